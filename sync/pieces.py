"""Parts of files on the disk: what has come of them, their hash, and sweeping those nobody wants any more."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sync.disk import store_error
from sync.ranges import Piece

T = TypeVar("T")
CARRIED = ".carried"
"""Ends the name of a pack that is being taken in from a courier; a start finds what a kill left of it."""


async def off_loop(work: Callable[[], T]) -> T:
    """Runs file work in a thread and says in our own types what the disk refused."""
    try:
        return await asyncio.to_thread(work)
    except OSError as error:
        raise store_error(error, str(error.filename)) from error


def size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def append(path: Path, piece: Piece) -> int:
    """The length after it; a piece that starts at 0 starts the file anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "wb") as file:
        file.truncate(piece.start)
        file.seek(piece.start)
        file.write(piece.data)
        return file.tell()


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def sweep(folder: Path, ending: str, keep: frozenset[str] = frozenset()) -> None:
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if entry.name.endswith(ending) and entry.name not in keep:
            Path(entry.path).unlink(missing_ok=True)
