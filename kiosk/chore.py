"""Work that goes on beside the screen while the terminal is on: after what touches it, and now and then."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from abc import ABC, abstractmethod

from sync.database import Database, Unsubscribe
from sync.errors import NotEnrolled, StoreError

log = logging.getLogger(__name__)


class Chore(ABC):
    """What cannot be done now is tried again with the next change; whoever writes next is told why.

    `every`: seconds after which it is done with no change at all; None: never.
    """

    def __init__(self, db: Database, name: str, tables: frozenset[str], every: float | None = None) -> None:
        self._db = db
        self._name = name
        self._tables = tables
        self._every = every
        self._changed = asyncio.Event()
        self._unsubscribe: Unsubscribe | None = None
        self._running: asyncio.Task[None] | None = None

    @abstractmethod
    async def work(self) -> int:
        """How much was done."""

    def begin(self) -> None:
        self._unsubscribe = self._db.subscribe(self._note)
        self._changed.set()
        self._running = asyncio.get_running_loop().create_task(self._run(), name=self._name)

    async def end(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        self._running = self._unsubscribe = None

    def _note(self, tables: frozenset[str]) -> None:
        if tables & self._tables:
            self._changed.set()

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._changed.wait()
            self._changed.clear()
            await self._guard()

    async def _guard(self) -> None:
        try:
            await self.work()
        except (StoreError, NotEnrolled):  # a locked terminal records nothing
            return
        except Exception:  # the outermost frame of a chore
            log.exception("%s failed", self._name)
