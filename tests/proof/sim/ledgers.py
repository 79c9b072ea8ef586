"""SQLite files in memory that lose, with the power, what was not durably committed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlcipher3 import dbapi2

Step = Callable[[str], None]
DURABLE = {"full", "extra", "2", "3"}
SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_NOTADB = 13, 10, 14, 26


class _Raw(dbapi2.Connection):  # type: ignore[misc]
    file: MemoryFile


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]
    handle: Handle

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        handle = self.handle
        handle.file.check()
        handle.file.step("sql")
        if sql.startswith("BEGIN"):
            handle.begin()
            return self
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any) -> Any:
        self.handle.file.step("sql")
        return super().executemany(sql, parameters)


class MemoryFile:
    """The file as the disk has it. One transaction more is held open where a commit was not made durable."""

    def __init__(self, step: Step) -> None:
        self.raw: Any = dbapi2.connect(
            ":memory:", isolation_level=None, check_same_thread=False, factory=_Raw, cached_statements=512
        )
        self.step = step
        self.durable = True
        self.damaged = False

    def check(self) -> None:
        if self.damaged:
            raise fault(SQLITE_NOTADB, "file is not a database")

    def copy(self, step: Step) -> MemoryFile:
        """As it lies on the disk: a transaction that is under way is not in it."""
        made = MemoryFile(step)
        made.restore(self)
        return made

    def restore(self, other: MemoryFile) -> None:
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")
        assert not other.raw.in_transaction
        other.raw.backup(self.raw)

    def after_cut(self) -> None:
        if self.raw.in_transaction:
            self.raw.execute("ROLLBACK")

    def close(self) -> None:
        self.raw.close()


class Handle:
    """What the driver's `connect` returns."""

    def __init__(self, file: MemoryFile) -> None:
        self.file = file
        self._in: str | None = None
        self._changes = 0

    def cursor(self, *_: Any) -> Any:
        made = self.file.raw.cursor(_Cursor)
        made.handle = self
        return made

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        told = re.match(r"PRAGMA\s+(\w+)\s*=?\s*(\w*)", sql)
        if told and told[1] == "synchronous":
            self.file.durable = told[2].lower() in DURABLE
        if told is None or told[1] != "key":
            self.file.check()
        if told and told[1] in ("key", "synchronous", "journal_mode", "query_only", "wal_checkpoint"):
            return self.file.raw.execute("SELECT 0")
        return self.file.raw.execute(sql, parameters)

    def begin(self) -> None:
        nested = self.file.raw.in_transaction
        self.file.raw.execute("SAVEPOINT yz_not_durable" if nested else "BEGIN")
        self._in = "SAVEPOINT" if nested else "BEGIN"
        self._changes = self.file.raw.total_changes

    def commit(self) -> None:
        if self._in is None:
            return
        self.file.step("end" if self.file.raw.total_changes == self._changes else "commit")
        began, self._in = self._in, None
        if began == "SAVEPOINT":
            self.file.raw.execute("RELEASE yz_not_durable")
        if self.file.durable:
            self.file.raw.execute("COMMIT")
        self.file.step("committed")

    def rollback(self) -> None:
        if self._in is None:
            return
        began, self._in = self._in, None
        if not self.file.raw.in_transaction:  # SQLite rolled back by itself, or the power is gone
            return
        if began == "SAVEPOINT":
            self.file.raw.execute("ROLLBACK TO yz_not_durable")
            self.file.raw.execute("RELEASE yz_not_durable")
        else:
            self.file.raw.execute("ROLLBACK")

    def close(self) -> None:
        self.rollback()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file.raw, name)


class Driver:
    """Stands where `kiosk.store.engine` names its driver; everything but `connect` is the driver's own."""

    def __init__(self, open_file: Callable[[Path, bool], MemoryFile | None]) -> None:
        self._open_file = open_file

    def connect(self, database: str, **_options: Any) -> Any:
        if database == ":memory:":
            return dbapi2.connect(database, isolation_level=None, check_same_thread=False)
        parts = urlsplit(database)
        file = self._open_file(Path(unquote(parts.path)), "mode=rwc" in parts.query)
        if file is None:
            raise fault(SQLITE_CANTOPEN, "unable to open database file")
        return Handle(file)

    def __getattr__(self, name: str) -> Any:
        return getattr(dbapi2, name)


def fault(code: int, words: str) -> Exception:
    error: Exception = dbapi2.OperationalError(words)
    error.sqlite_errorcode = code  # type: ignore[attr-defined]
    return error
