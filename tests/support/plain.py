"""The same files without their key: what stands in them can be searched byte by byte."""

from __future__ import annotations

import pytest

from kiosk.store.engine import Source


def without_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on SQLite's files are written in the clear, by the same code otherwise."""
    shipped = Source._pragmas

    def plain(self: Source) -> tuple[str, ...]:
        return tuple(one for one in shipped(self) if not one.startswith("PRAGMA key"))

    monkeypatch.setattr(Source, "_pragmas", plain)
