"""Has the leases tended while the terminal is on: after what touches them, and when central tells time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from sync import tending
from sync.database import Database, Unsubscribe
from sync.errors import NotEnrolled, StoreError
from sync.outbox import Stamp
from sync.wire.operation import TimeQuality

log = logging.getLogger(__name__)

TABLES = frozenset({"leases", "outcomes", "clock_anchors", "identity"})


class Tending:
    """What cannot be written now is tried again with the next change; whoever writes next is told why."""

    def __init__(self, db: Database, now: Callable[[], datetime], stamp: Callable[[], Stamp]) -> None:
        self._db = db
        self._now = now
        self._stamp = stamp
        self._changed = asyncio.Event()
        self._unsubscribe: Unsubscribe | None = None
        self._running: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._unsubscribe = self._db.subscribe(self._note)
        self._changed.set()
        self._running = asyncio.get_running_loop().create_task(self._run(), name="tending")

    async def end(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        self._running = self._unsubscribe = None

    async def tend(self) -> int:
        """How many operations were recorded. Raises StoreError."""
        stamp, now = self._stamp(), self._now()
        quality = TimeQuality(stamp.quality)
        if not await self._db.read(lambda conn: tending.due(conn, now, quality)):
            return 0
        return await self._db.run(lambda conn: tending.tend(conn, stamp, now))

    def _note(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self._changed.set()

    async def _run(self) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            await self._guard()

    async def _guard(self) -> None:
        try:
            await self.tend()
        except (StoreError, NotEnrolled):  # a locked terminal asks for nothing
            return
        except Exception:  # the outermost frame of the tending
            log.exception("the leases were not tended")
