"""Has the leases tended while the terminal is on: after what touches them, and when central tells time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.chore import Chore
from sync import tending
from sync.database import Database
from sync.outbox import Stamp
from sync.wire.operation import TimeQuality

TABLES = frozenset({"leases", "outcomes", "clock_anchors", "identity"})


class Tending(Chore):
    def __init__(self, db: Database, now: Callable[[], datetime], stamp: Callable[[], Stamp]) -> None:
        super().__init__(db, "tending", TABLES)
        self._now = now
        self._stamp = stamp

    async def work(self) -> int:
        """How many operations were recorded. Raises StoreError."""
        stamp, now = self._stamp(), self._now()
        quality = TimeQuality(stamp.quality)
        if not await self._db.read(lambda conn: tending.due(conn, now, quality)):
            return 0
        return await self._db.run(lambda conn: tending.tend(conn, stamp, now))
