"""SQLAlchemy engines on sqlcipher3: raw key, pragmas, our own BEGIN, typed errors."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import NullPool, Pool, StaticPool
from sqlcipher3 import dbapi2

from kiosk.store.faults import of_sqlite, translated
from sync.errors import ReadOnly, UnsafeLibrary

BUSY_MS = 5000
OLDEST_SQLITE = (3, 51, 3)
"""Before it a checkpoint that meets a commit of another connection can reset the WAL and lose that commit."""
Driver = Any  # sqlcipher3's connection has no types


class Mode(Enum):
    WRITE = "write"  # durable: WAL, synchronous=FULL; what is deleted is overwritten
    READ = "read"
    BUILD = "build"  # a new cache file: nothing is lost that cannot be built again


@dataclass(frozen=True)
class Source:
    """One encrypted file and what is wanted of it."""

    path: Path
    key: bytes
    mode: Mode

    def connect(self) -> Driver:
        """A driver connection; raises dbapi2.Error."""
        access = "ro" if self.mode is Mode.READ else "rwc"
        uri = f"{self.path.absolute().as_uri()}?mode={access}"
        raw = dbapi2.connect(uri, isolation_level=None, timeout=BUSY_MS / 1000, uri=True)
        try:
            for pragma in self._pragmas():
                raw.execute(pragma).fetchall()
        except dbapi2.Error:
            raw.close()
            raise
        return raw

    def _pragmas(self) -> tuple[str, ...]:
        common = (f"PRAGMA key = \"x'{self.key.hex()}'\"", "PRAGMA foreign_keys = ON")
        match self.mode:
            case Mode.WRITE:
                durable = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")
                return (*common, *durable, "PRAGMA secure_delete = ON")
            case Mode.READ:
                return (*common, "PRAGMA query_only = ON", "SELECT count(*) FROM sqlite_master")
            case Mode.BUILD:
                return (*common, "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF")


def check_library(file: Path) -> None:
    """Raises UnsafeLibrary: a program that was put together wrongly writes nothing."""
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise UnsafeLibrary(str(file), f"SQLite {dbapi2.sqlite_version}, at least {oldest} is needed")


def open_engine(source: Source) -> Engine:
    begin = "BEGIN IMMEDIATE" if source.mode is not Mode.READ else "BEGIN"
    return _engine(source.connect, begin, str(source.path))


def memory_engine(create: Callable[[Connection], None]) -> Engine:
    """One connection to a database in memory, with the tables that `create` makes; it may change threads."""
    engine = _engine(
        lambda: dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False),
        "BEGIN",
        ":memory:",
        StaticPool,
    )
    with engine.connect() as conn, conn.begin():
        create(conn)
    return engine


def _engine(connect: Callable[[], Driver], begin: str, name: str, pool: type[Pool] = NullPool) -> Engine:
    engine = create_engine(
        "sqlite://", creator=connect, module=dbapi2, poolclass=pool, hide_parameters=True
    )  # an error that is logged says no values: they may be somebody's

    def on_begin(conn: Connection) -> None:
        with translated(Path(name)):
            conn.connection.cursor().execute(begin)  # past SQLAlchemy: every read begins one

    def on_error(context: ExceptionContext) -> None:
        fault = of_sqlite(context.original_exception, name)
        writes_in_a_read = begin == "BEGIN" and context.connection is not None and isinstance(fault, ReadOnly)
        if fault is not None and not writes_in_a_read:  # that would be our own bug, not the disk's
            raise fault from context.original_exception

    event.listen(engine, "begin", on_begin)
    event.listen(engine, "handle_error", on_error)
    return engine
