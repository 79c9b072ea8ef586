"""What makes names in a folder last through a power cut, for both sides."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """After a file was made or renamed in it; raises OSError."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
