"""Keeps the clock's anchor and marks in the ledger, so that a restart need not trust the wall clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from sync import lines
from sync.clock import Anchor, ClockMark, Machine, MarkKind, TrustedClock
from sync.database import Database
from sync.tables import clock_anchors, clock_marks, operations
from sync.wire.encoding import instant, parse_instant
from sync.wire.operation import TimeQuality

WORTH_WRITING = timedelta(hours=1)
MOVED = timedelta(seconds=2)
_ANCHOR, _FLOOR = 1, 2


def load_clock(conn: Connection, machine: Machine) -> TrustedClock:
    """Never before the newest operation recorded since central last put the time right."""
    clock = TrustedClock(machine, load(conn), _recorded(conn))
    floor = _row(conn, _FLOOR)
    if floor is not None:
        clock.floor_from(floor.server)
    clock.last_mark = next(iter(marks(conn, 1)), None)
    return clock


def _recorded(conn: Connection) -> datetime | None:
    right = select(func.coalesce(func.max(clock_marks.c.after_op), 0))
    since = right.where(clock_marks.c.kind == MarkKind.CORRECTED.value).scalar_subquery()
    newest = conn.execute(
        select(func.max(operations.c.at)).where(operations.c.n > since)
    ).scalar_one_or_none()
    return None if newest is None else parse_instant(newest)


def load(conn: Connection) -> Anchor | None:
    return _row(conn, _ANCHOR)


def save(conn: Connection, anchor: Anchor) -> None:
    """What was certain before it is no more than it says."""
    _put(conn, _ANCHOR, anchor)
    if _row(conn, _FLOOR) is not None:
        lines.remove(conn, clock_anchors, n=_FLOOR)


def save_floor(conn: Connection, floor: Anchor) -> None:
    _put(conn, _FLOOR, floor)


def save_marks(conn: Connection, marks: Sequence[ClockMark], boot: str) -> None:
    newest = conn.execute(select(func.coalesce(func.max(operations.c.n), 0))).scalar_one()
    for mark in marks:
        row = {"kind": mark.kind.value, "seconds": mark.seconds, "at": instant(mark.at)}
        rest = {"tq": mark.quality.value, "boot": boot, "after_op": newest}
        lines.put(conn, clock_marks, row | rest)


def marks(conn: Connection, limit: int = 20) -> tuple[ClockMark, ...]:
    """The newest first."""
    rows = conn.execute(select(clock_marks).order_by(clock_marks.c.n.desc()).limit(limit))
    return tuple(
        ClockMark(MarkKind(row.kind), row.seconds, parse_instant(row.at), TimeQuality(row.tq)) for row in rows
    )


def count_marks(conn: Connection) -> int:
    return conn.execute(select(func.count()).select_from(clock_marks)).scalar_one()


_ROW = select(clock_anchors).where(clock_anchors.c.n == bindparam("here"))


def _row(conn: Connection, n: int) -> Anchor | None:
    row = conn.execute(_ROW, {"here": n}).one_or_none()
    if row is None:
        return None
    return Anchor(_instant(row.server_ms), row.ticks_ms / 1000, row.boot, _instant(row.wall_ms))


def _put(conn: Connection, n: int, anchor: Anchor) -> None:
    row = {
        "n": n,
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
    """Tells the clock what central said, and the disk what is worth keeping of it."""

    def __init__(self, db: Database, clock: TrustedClock, ticks: Callable[[], float]) -> None:
        self._db = db
        self._clock = clock
        self._ticks = ticks
        self._kept: Anchor | None = None
        self._asked = False
        self._unkept: tuple[ClockMark, ...] = ()  # the disk did not take them

    def start(self) -> float:
        """Of a question; for `heard`."""
        return self._ticks()

    async def heard(self, server_time: str, began: float) -> None:
        """Of an answer with our nonce."""
        heard = self._clock.hear(parse_instant(server_time), self._ticks() - began)
        await self._mark(heard.marks)
        if heard.anchor is None:
            return
        anchor = heard.anchor
        if not self._asked:
            self._kept, self._asked = await self._db.read(load), True
        if heard.marks or worth_writing(self._kept, anchor):
            await self._db.run(lambda conn: save(conn, anchor))
            self._kept = anchor

    async def heard_late(self, server_time: str) -> None:
        """Of an answer that came by another way or after a long time: it is at least so late."""
        marks = self._clock.floor_from(parse_instant(server_time))
        await self._mark(marks)
        floor = self._clock.floor
        if floor is not None:
            await self._db.run(lambda conn: save_floor(conn, floor))

    async def watch(self) -> None:
        """Looks whether somebody turned this machine's clock; marks it."""
        await self._mark(self._clock.observe())

    def now(self) -> str:
        return instant(self._clock.now().at)

    async def _mark(self, marks: Sequence[ClockMark]) -> None:
        self._unkept = keep = (*self._unkept, *marks)
        if keep:
            await self._db.run(lambda conn: save_marks(conn, keep, self._clock.boot))
            self._unkept = ()


def _millis(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _instant(millis: int) -> datetime:
    return datetime.fromtimestamp(millis / 1000, UTC)
