"""One thread that owns one connection: whoever wants it sends a function."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine

from sync.errors import BugError, StoreError

T = TypeVar("T")


class ConnectionThread:
    def __init__(self, name: str, engine: Engine) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self.engine = engine
        self._closed = False
        self._conn: Connection | None = None
        self._executor.submit(self._opened).result()

    def submit(self, fn: Callable[[Connection], T]) -> Future[T]:
        if self._closed:
            raise BugError("the database is closed")
        return self._executor.submit(self._call, fn)

    def switch(self, engine: Engine) -> None:
        """Returns when all earlier work is done and the old connection is closed."""
        self._executor.submit(self._switch, engine).result()

    def renew(self) -> Connection:
        """A fresh connection to the same file, for work on this very thread. Raises StoreError.

        A read that failed once leaves SQLCipher's connection failing for ever.
        """
        self._drop()
        return self._opened()

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._executor.submit(self._close).result()
        self._executor.shutdown()

    def _call(self, fn: Callable[[Connection], T]) -> T:
        try:
            return fn(self._opened())
        except StoreError:
            self._drop()
            raise

    def _opened(self) -> Connection:
        if self._conn is None:
            self._conn = self.engine.connect()
        return self._conn

    def _switch(self, engine: Engine) -> None:
        self._close()
        self.engine = engine
        self._opened()

    def _close(self) -> None:
        self._drop()
        self.engine.dispose()

    def _drop(self) -> None:
        if self._conn is not None:
            self._conn.close()
            self._conn = None
