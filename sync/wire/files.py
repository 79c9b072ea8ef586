"""Files of both sides: names and contents that last through a power cut, and our folder on a stick."""

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def lock(handle: int, *, waits: bool = False) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def lock(handle: int, *, waits: bool = False) -> None:
        """Against other processes, and against threads of this one that opened the file for themselves; until
        it is closed. Raises OSError when it is held and this one does not wait."""
        fcntl.flock(handle, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)


FOLDER = "yizhan"  # on a stick: nothing else of it is touched


def write_whole(path: Path, data: bytes, by: Path, mode: int = 0o644) -> None:
    """Whole or as it was, after a power cut too; `by` lies beside it and becomes it. Raises OSError."""
    with os.fdopen(os.open(by, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    by.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """After a file was made or renamed in it; raises OSError."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
