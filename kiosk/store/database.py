"""The terminal's database: commit, then journal, then the news of what changed, then the answer."""

import asyncio
import threading
from asyncio import AbstractEventLoop
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine

from kiosk.store.durable import write_file
from kiosk.store.engine import BUSY_MS
from kiosk.store.faults import translated
from kiosk.store.threads import ConnectionThread
from sync import lines
from sync.database import OnChange, Unsubscribe, take_touched, touch
from sync.errors import Damaged, DiskFailing, StoreError
from sync.journal import Journal
from sync.points import Point, Probe, unobserved

T = TypeVar("T")
DAMAGED_FLAG = "ledger.damaged"
LOG_PATIENCE_MS = 50


@dataclass(frozen=True)
class Engines:
    write: Engine
    read: Engine
    cache: Engine
    cache_before: Callable[[Connection], Engine]  # makes the last good pack the active one


class KioskDatabase:
    """Implements `sync.database.Database`; `read_cache` adds the active pack.

    A journal that cannot be written does not turn a commit into a failure: the ledger has it. It is kept as
    `journal_fault`, and nothing more is written until the journal has caught up.
    """

    def __init__(self, engines: Engines, journal: Journal, folder: Path, probe: Probe = unobserved) -> None:
        self.folder = folder
        self.importing = asyncio.Lock()  # of packs: what an import finds half built it sweeps
        self._journal = journal
        self._probe = probe
        self._subscribers: tuple[tuple[AbstractEventLoop, OnChange], ...] = ()
        self._subscribing = threading.Lock()
        self._on_close: list[Callable[[], None]] = []
        self.journal_fault: StoreError | None = None
        self._writer, self._reader, self._cache = _threads(engines)
        self._cache_before = engines.cache_before

    async def run(self, fn: Callable[[Connection], T]) -> T:
        return await asyncio.wrap_future(self._writing(fn))

    async def read(self, fn: Callable[[Connection], T]) -> T:
        return await asyncio.wrap_future(self._reader.submit(lambda conn: self._snapshot(conn, fn)))

    async def read_cache(self, fn: Callable[[Connection], T]) -> T:
        """`fn` on the active pack; on empty tables where there is none. Raises Damaged; next time it is the
        last good pack that answers."""
        engine = self._cache.engine
        try:
            return await asyncio.wrap_future(self._cache.submit(lambda conn: _snapshot(conn, fn)))
        except Damaged:
            await self.run(lambda conn: self._go_back(conn, engine))
            raise

    def run_sync(self, fn: Callable[[Connection], T]) -> T:
        return self._writing(fn).result()

    def read_sync(self, fn: Callable[[Connection], T]) -> T:
        return self._reader.submit(lambda conn: self._snapshot(conn, fn)).result()

    def read_cache_sync(self, fn: Callable[[Connection], T]) -> T:
        return self._cache.submit(lambda conn: _snapshot(conn, fn)).result()

    def subscribe(self, callback: OnChange) -> Unsubscribe:
        entry = (asyncio.get_running_loop(), callback)
        with self._subscribing:
            self._subscribers = (*self._subscribers, entry)

        def unsubscribe() -> None:
            with self._subscribing:
                self._subscribers = tuple(item for item in self._subscribers if item is not entry)

        return unsubscribe

    def use_cache(self, engine: Engine) -> None:
        """Readers go over to another cache file; the old one is closed when this returns."""
        self._cache.switch(engine)

    def forget_asked(self) -> None:
        """SQLAlchemy keeps statements, each with the values of whoever asked first."""
        for thread in (self._writer, self._reader, self._cache):
            thread.engine.clear_compiled_cache()

    async def empty_log(self) -> bool:
        """Moves the write-ahead log into the file and cuts it to nothing; False while somebody reads a state
        before that. Raises StoreError."""
        return await asyncio.wrap_future(self._writer.submit(self._empty_log))

    def at_close(self, action: Callable[[], None]) -> None:
        self._on_close.append(action)

    def close(self) -> None:
        """Every part, though another fails; whoever waits for the folder comes last."""
        with ExitStack() as parts:
            while self._on_close:
                parts.callback(self._on_close.pop(0))
            parts.callback(self._journal.close)
            for thread in (self._writer, self._reader, self._cache):
                parts.callback(thread.close)

    def _writing(self, fn: Callable[[Connection], T]) -> Future[T]:
        return self._writer.submit(lambda conn: self._write(conn, fn))

    def _write(self, conn: Connection, fn: Callable[[Connection], T]) -> T:
        if self.journal_fault is not None:
            conn = self._writer.renew()
            self._catch_up(conn)
            if self.journal_fault is not None:
                raise self.journal_fault
        take_touched(conn)
        self._probe(Point.INPUT)
        result, conn = self._commit(conn, fn)
        self._probe(Point.LEDGER_COMMIT)
        self._catch_up(conn)
        self._probe(Point.JOURNAL_LINE)
        self._publish(take_touched(conn))
        return result

    def _empty_log(self, conn: Connection) -> bool:
        with translated(self.folder):
            cursor = conn.connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {LOG_PATIENCE_MS:d}")  # whoever records waits for this
            try:
                ((busy, _, _),) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS:d}")
                cursor.close()
        return not busy

    def _go_back(self, conn: Connection, damaged: Engine) -> None:
        """Before anybody hears of it: whoever reads on the news reads from the other file."""
        if self._cache.engine is damaged:  # nobody else saw it before us
            self._cache.switch(self._cache_before(conn))

    def _commit(self, conn: Connection, fn: Callable[[Connection], T]) -> tuple[T, Connection]:
        """The result, and the connection to go on with.

        A fault may be reported when the transaction is in the file already. Then it is recorded: whoever were
        told otherwise would do it again, and central would settle what the screen denied.
        """
        results: list[T] = []
        try:
            with conn.begin():
                results.append(fn(conn))
                with translated(self.folder):
                    lines.join(conn, self._journal.last_n)
        except StoreError as error:
            touched = take_touched(conn)
            try:
                conn = self._renewed(self._writer, error)
                is_recorded = bool(results) and self._is_ahead(conn)
            except StoreError as unknown:
                self.journal_fault = unknown  # the next write looks first what is there
                raise
            if not is_recorded:
                raise _not_damaged(error) from error
            touch(conn, *touched)
        return results[0], conn

    def _is_ahead(self, conn: Connection) -> bool:
        """Whether the ledger has lines that the journal has not: only those of the last transaction."""
        with translated(self.folder):
            return bool(lines.tail(conn, self._journal.last_n))

    def _snapshot(self, conn: Connection, fn: Callable[[Connection], T]) -> T:
        try:
            return _snapshot(conn, fn)
        except StoreError as error:
            return _snapshot(self._renewed(self._reader, error), fn)

    def _renewed(self, thread: ConnectionThread, after: StoreError) -> Connection:
        """A connection that works. Raises Damaged where the file is: it is rebuilt at the next start.

        To SQLCipher a page that cannot be read at this moment is a damaged one.
        """
        try:
            conn = thread.renew()
            if isinstance(after, Damaged):
                _snapshot(conn, _examine)
        except Damaged:
            write_file(self.folder / DAMAGED_FLAG, b"")
            raise
        return conn

    def _catch_up(self, conn: Connection) -> None:
        try:
            with translated(self.folder):
                self._journal.catch_up(conn)
        except StoreError as error:
            self.journal_fault = error
        else:
            self.journal_fault = None

    def _publish(self, tables: frozenset[str]) -> None:
        if not tables:
            return
        for loop, callback in self._subscribers:
            if not loop.is_closed():
                loop.call_soon_threadsafe(callback, tables)


def _threads(engines: Engines) -> list[ConnectionThread]:
    """All or none: one that stays behind would keep its file open beside the next try."""
    names = ("ledger-writer", "ledger-reader", "cache-reader")
    with ExitStack() as undo:
        threads: list[ConnectionThread] = []
        for name, engine in zip(names, (engines.write, engines.read, engines.cache), strict=True):
            threads.append(ConnectionThread(name, engine))
            undo.callback(threads[-1].close)
        undo.pop_all()
    return threads


def _examine(conn: Connection) -> None:
    found = conn.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise Damaged("ledger", found)


def _not_damaged(error: StoreError) -> StoreError:
    """The file has been examined since."""
    return DiskFailing(error.file, error.detail) if isinstance(error, Damaged) else error


def _snapshot(conn: Connection, fn: Callable[[Connection], T]) -> T:
    with conn.begin():
        return fn(conn)
