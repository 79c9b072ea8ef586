"""Keeps what the lanes have used, day by day, in the ledger: seldom, for it is written beside real work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from sync import documents
from sync.budget import Month, Outlook, day_of, outlook
from sync.clock import TrustedClock
from sync.database import Database
from sync.lanes import Lane
from sync.meter import Meter, Used

SETTING = "data_budget_mb"
MEGABYTE = 1_000_000
WRITE_EVERY = 900.0  # seconds, and so the most that a power cut forgets
WRITE_AT = 1_000_000  # bytes, likewise

_ADD = (
    "INSERT INTO line_use (day, lane, up, down) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (day, lane) DO UPDATE SET up = up + excluded.up, down = down + excluded.down"
)
_MONTH = "SELECT lane, sum(up + down) FROM line_use WHERE day >= ? AND day < ? GROUP BY lane"


def add(conn: Connection, used: Mapping[tuple[str, Lane], Used]) -> None:
    """By day and lane. Not journaled: a rebuilt ledger begins to count anew."""
    for (day, lane), size in used.items():
        conn.exec_driver_sql(_ADD, (day, lane.value, size.up, size.down))


def of_month(conn: Connection, at: datetime) -> dict[Lane, int]:
    return {Lane(lane): size for lane, size in conn.exec_driver_sql(_MONTH, Month.of(at).days)}


def limit(conn: Connection, local: int | None) -> int | None:
    """Central's setting in megabytes, else this machine's own in bytes; below 1 none."""
    value = documents.settings(conn).get(SETTING)
    said = value if isinstance(value, int) and not isinstance(value, bool) else None
    chosen = local if said is None else said * MEGABYTE
    return chosen if chosen is not None and chosen > 0 else None


class Purse:
    def __init__(
        self,
        db: Database,
        clock: TrustedClock,
        meter: Meter,
        ticks: Callable[[], float],
        local: int | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._meter = meter
        self._ticks = ticks
        self._local = local
        self._unwritten: dict[tuple[str, Lane], Used] = {}
        self._written_at = ticks()
        self.outlook = Outlook()

    async def look(self) -> Outlook:
        """Takes what the meter counted; writes when it is worth it."""
        now = self._clock.now().at
        for lane, used in self._meter.take().items():
            key = (day_of(now), lane)
            self._unwritten[key] = self._unwritten.get(key, Used()) + used
        size = sum(used.both for used in self._unwritten.values())
        if size >= WRITE_AT or self._ticks() - self._written_at >= WRITE_EVERY:
            await self._write()
        self.outlook = await self._db.read(lambda conn: self._outlook(conn, now))
        return self.outlook

    async def close(self) -> None:
        await self.look()
        await self._write()

    async def _write(self) -> None:
        if self._unwritten:
            await self._db.run(lambda conn: add(conn, self._unwritten))
        self._unwritten = {}
        self._written_at = self._ticks()

    def _outlook(self, conn: Connection, now: datetime) -> Outlook:
        used = of_month(conn, now)
        first, end = Month.of(now).days
        for (day, lane), more in self._unwritten.items():
            if first <= day < end:
                used[lane] = used.get(lane, 0) + more.both
        return outlook(used, now, limit(conn, self._local))
