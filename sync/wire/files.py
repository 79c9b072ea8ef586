"""Files of both sides: names that last through a power cut, and our folder on a stick."""

import os
from pathlib import Path

FOLDER = "yizhan"  # on a stick: nothing else of it is touched


def sync_folder(folder: Path) -> None:
    """After a file was made or renamed in it; raises OSError."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
