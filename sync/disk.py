"""What the operating system says of a disk, in our own errors; and how bytes and names become durable."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path

from sync.errors import DiskFailing, DiskFull, ReadOnly, StoreError
from sync.wire.files import sync_folder

_KINDS: dict[int, type[StoreError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT if hasattr(errno, "EDQUOT") else -1: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EROFS: ReadOnly,
    errno.EACCES: ReadOnly,
    errno.EPERM: ReadOnly,
    errno.EIO: DiskFailing,
}


def store_error(error: OSError, file: str) -> StoreError:
    kind = _KINDS.get(error.errno or 0, DiskFailing)
    return kind(file, error.strerror or str(error))


def make_folder(folder: Path, sync: Callable[[Path], None] = sync_folder) -> None:
    """With its parents, and so that a power cut does not take it away again; raises OSError."""
    if not folder.parent.exists():
        make_folder(folder.parent, sync)
    folder.mkdir(exist_ok=True)
    with suppress(PermissionError):  # a parent that we may not read is not one that we made
        sync(folder.parent)  # each time: an earlier start may have ended between making and syncing


class Disk:
    """The calls on which durability rests, for a faulty disk to stand in their place. All raise OSError."""

    def open(self, path: Path, mode: str) -> FileIO:
        return FileIO(path, mode)

    def sync(self, file: FileIO) -> None:
        sync = getattr(os, "fdatasync", os.fsync)
        sync(file.fileno())

    def rename(self, old: Path, new: Path) -> None:
        """Over `new` if it is there; durable once the folder is synced."""
        old.replace(new)

    def sync_folder(self, folder: Path) -> None:
        sync_folder(folder)


THIS_DISK = Disk()
