"""One engine by URL: SQLite through sqlcipher3 without a key, or PostgreSQL through psycopg."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

T = TypeVar("T")
PATIENCE = 30.0  # seconds that a writer waits for the one before it

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TRIES = 4
_SQLITE_PLAIN_ERROR = "SQLITE_ERROR"  # wrong SQL, against busy, full, I/O ...
_PG_OUTAGES = ("08", "40", "53", "55", "57", "58")
_PG_CONFLICT = "40"
_READS_FILE = {"yizhan_reads": True}
_SNAPSHOT_SERVER = {"isolation_level": "REPEATABLE READ"}
_READS_SERVER = {"isolation_level": "AUTOCOMMIT"}  # as READ COMMITTED for who writes nothing, without BEGIN
IDLE = 5.0  # seconds after which a connection is asked whether it still stands


class Database:
    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        in_file = url.startswith("sqlite")
        self.engine = _sqlite(url, patience) if in_file else _postgres(url)
        self._reads = _READS_FILE if in_file else _READS_SERVER
        self._snapshots = _READS_FILE if in_file else _SNAPSHOT_SERVER

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self.engine.begin() as conn:
            yield conn

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.engine.connect().execution_options(**self._reads) as conn:
            yield conn

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Reads one state, however many questions are asked of it."""
        with self.engine.connect().execution_options(**self._snapshots) as conn:
            yield conn

    def write(self, work: Callable[[Connection], T]) -> T:
        """One transaction; again when another one stood in its way (deadlock, serialization)."""
        for left in range(_TRIES - 1, -1, -1):
            try:
                with self.writing() as conn:
                    return work(conn)
            except DBAPIError as error:
                if not (left and _state(error).startswith(_PG_CONFLICT)):
                    raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        self.engine.dispose()


def is_outage(error: BaseException) -> bool:
    """The database failed, not the statement: the same work may succeed later."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or _state(error).startswith(_PG_OUTAGES):
        return True
    name = getattr(error.orig, "sqlite_errorname", None)
    if isinstance(error, OperationalError) and isinstance(error.orig, sqlite.OperationalError):
        return name != _SQLITE_PLAIN_ERROR if name else "locked" in str(error.orig)
    return False


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")


def _sqlite(url: str, patience: float) -> Engine:
    engine = create_engine(
        url, module=sqlite, json_serializer=to_json, connect_args={"timeout": patience}, pool_size=8
    )
    event.listen(engine, "connect", _open_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_sqlite(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # BEGIN is ours, or DDL and savepoints are not transactional
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
        raw.execute(f"PRAGMA {pragma}")


def _begin_sqlite(conn: Connection) -> None:
    reads = conn.get_execution_options().get("yizhan_reads", False)
    conn.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgres(url: str) -> Engine:
    with_driver = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(with_driver, json_serializer=to_json, pool_size=8)
    event.listen(engine, "checkin", _rests)
    event.listen(engine, "checkout", partial(_stands, engine.dialect))
    return engine


def _rests(_raw: Any, record: ConnectionPoolEntry) -> None:
    record.info["rests_since"] = time.monotonic()


def _stands(dialect: Dialect, raw: Any, record: ConnectionPoolEntry, _held: object) -> None:
    """Asks only after a rest: `pool_pre_ping` asks before each of two transactions of a push."""
    since = record.info.get("rests_since")
    if since is None or time.monotonic() - since < IDLE:
        return
    try:
        dialect.do_ping(raw)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error  # the others are as old: the pool begins anew
