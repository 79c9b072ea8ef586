"""The same files without their key: what stands in them can be searched byte by byte."""

from __future__ import annotations

import pytest

from kiosk.store.engine import Source
from kiosk.store.opening import LEDGER_FILE


def without_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on ledgers are written in the clear, by the same code otherwise; packs keep their key, for
    the tests share them."""
    shipped = Source._pragmas

    def plain(self: Source) -> tuple[str, ...]:
        keyed = not self.path.name.startswith(LEDGER_FILE)
        return tuple(one for one in shipped(self) if keyed or not one.startswith("PRAGMA key"))

    monkeypatch.setattr(Source, "_pragmas", plain)
