"""Files that are whole or absent after a power cut, and the lock that keeps a second kiosk out."""

import os
from collections.abc import Callable
from pathlib import Path

from kiosk.store.faults import translated
from sync.disk import make_folder
from sync.errors import AlreadyRunning
from sync.wire.files import lock, write_whole


def write_file(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Raises StoreError."""
    fresh = path.with_name(f"{path.name}.new")
    with translated(path):
        if not path.parent.exists():
            make_folder(path.parent)
        write_whole(path, data, fresh, mode)


def lock_folder(folder: Path) -> Callable[[], None]:
    """Returns what releases it; the system does when the program dies. Raises AlreadyRunning, StoreError."""
    path = folder / "lock"
    with translated(path):
        make_folder(folder)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock(handle)
    except OSError as error:
        os.close(handle)
        raise AlreadyRunning(str(folder), "another kiosk uses this folder") from error
    return lambda: os.close(handle)
