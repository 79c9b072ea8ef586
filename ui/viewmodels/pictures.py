"""Addresses of the pack's pictures for QML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QUrl


def urls(find: Callable[[str], Path | None], named: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """By whatever shows it; those that are not on this disk yet are left out."""
    found = ((which, find(sha256)) for which, sha256 in named if sha256)
    return {which: QUrl.fromLocalFile(str(path)).toString() for which, path in found if path is not None}
