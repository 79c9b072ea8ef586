"""Translates what SQLite reports into the errors of the terminal, and the operating system's with it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from sync.disk import store_error
from sync.errors import Busy, Damaged, DiskFailing, DiskFull, ReadOnly, StoreError

_IOERR_WRITE = 778  # a quota or a limit on file size looks like this
_SHARED_MEMORY_FILE = 32 * 1024
_OF_SQLITE: dict[int, type[StoreError]] = {
    5: Busy,  # SQLITE_BUSY
    6: Busy,  # SQLITE_LOCKED
    8: ReadOnly,  # SQLITE_READONLY
    10: DiskFailing,  # SQLITE_IOERR
    11: Damaged,  # SQLITE_CORRUPT
    13: DiskFull,  # SQLITE_FULL
    14: ReadOnly,  # SQLITE_CANTOPEN
    26: Damaged,  # SQLITE_NOTADB
}


def of_sqlite(error: BaseException, file: str) -> StoreError | None:
    """None where the fault is the program's own (a constraint, a wrong statement)."""
    if isinstance(error, MemoryError):  # SQLCipher's word for a page that it cannot read any more
        return DiskFailing(file, "a page could not be read")
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(error, dbapi2.Error) or code is None:
        return None
    kind = DiskFull if code == _IOERR_WRITE else _OF_SQLITE.get(code & 0xFF)
    if kind is DiskFailing and _is_full(file):
        kind = DiskFull
    return None if kind is None else kind(file, str(error))


def _is_full(file: str) -> bool:
    """Where not even SQLite's shared-memory file fits, it speaks of a disk error."""
    try:
        return shutil.disk_usage(Path(file).parent).free < _SHARED_MEMORY_FILE
    except OSError:
        return False


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """For code that speaks to SQLite's driver or to files directly."""
    try:
        yield
    except (dbapi2.Error, MemoryError) as error:
        fault = of_sqlite(error, str(file))
        if fault is None:
            raise
        raise fault from error
    except OSError as error:
        raise store_error(error, str(file)) from error
