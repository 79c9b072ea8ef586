"""Keeps the trusted clock's last anchor in the ledger, so that a restart need not trust the wall clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from sync import lines
from sync.clock import Anchor, Machine, TrustedClock
from sync.database import Database
from sync.tables import clock_anchors, operations
from sync.wire.encoding import instant, parse_instant

WORTH_WRITING = timedelta(hours=1)
MOVED = timedelta(seconds=2)
_ONE = 1


def load_clock(conn: Connection, machine: Machine) -> TrustedClock:
    """Never before the newest recorded operation, whatever the wall clock says."""
    newest = conn.execute(select(func.max(operations.c.at))).scalar_one_or_none()
    return TrustedClock(machine, load(conn), None if newest is None else parse_instant(newest))


def load(conn: Connection) -> Anchor | None:
    row = conn.execute(select(clock_anchors).where(clock_anchors.c.n == _ONE)).one_or_none()
    if row is None:
        return None
    return Anchor(_instant(row.server_ms), row.ticks_ms / 1000, row.boot, _instant(row.wall_ms))


def save(conn: Connection, anchor: Anchor) -> None:
    row = {
        "n": _ONE,
        "server_ms": _millis(anchor.server),
        "wall_ms": _millis(anchor.wall),
        "ticks_ms": round(anchor.ticks * 1000),
        "boot": anchor.boot,
    }
    lines.put(conn, clock_anchors, row)


def worth_writing(kept: Anchor | None, new: Anchor) -> bool:
    """An anchor comes with every answer; the disk needs one when it says something new."""
    if kept is None or kept.boot != new.boot or new.server - kept.server > WORTH_WRITING:
        return True
    ticked = kept.server + timedelta(seconds=new.ticks - kept.ticks)
    wall_moved = abs((new.wall - kept.wall) - (new.server - kept.server)) > MOVED
    return wall_moved or abs(new.server - ticked) > MOVED


class TimeKeeper:
    """Tells the clock what central said, and the disk when that is worth it."""

    def __init__(self, db: Database, clock: TrustedClock, ticks: Callable[[], float]) -> None:
        self._db = db
        self._clock = clock
        self._ticks = ticks
        self._kept: Anchor | None = None
        self._asked = False

    def start(self) -> float:
        """Of a question; for `heard`."""
        return self._ticks()

    async def heard(self, server_time: str, began: float) -> None:
        anchor = self._clock.anchor(parse_instant(server_time), self._ticks() - began)
        if not self._asked:
            self._kept, self._asked = await self._db.read(load), True
        if worth_writing(self._kept, anchor):
            await self._db.run(lambda conn: save(conn, anchor))
            self._kept = anchor

    def now(self) -> str:
        return instant(self._clock.now().at)


def _millis(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _instant(millis: int) -> datetime:
    return datetime.fromtimestamp(millis / 1000, UTC)
