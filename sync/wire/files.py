"""Files of both sides: names and contents that last through a power cut, and our folder on a stick."""

import os
from pathlib import Path

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
