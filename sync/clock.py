"""Trusted time: central's signed instants, carried on by this machine's ticks and not by its wall clock."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from sync import witnesses
from sync.wire.operation import TimeQuality
from sync.witnesses import TOLERANCE, Anchor, ClockMark, MarkKind, Shift, Sight

__all__ = [
    "Anchor", "ClockMark", "Heard", "Machine", "MarkKind", "Proven", "Reading", "TrustedClock", "WallClock",
    "this_machine",
]  # fmt: skip

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
STALE = timedelta(days=7)
LONGEST_SILENCE = timedelta(days=400)
AGAIN = timedelta(days=1)  # a doubt that lasts is marked again, to stay in sight
LONGEST_ROUND_TRIP = 60.0
"""Seconds; an answer that took longer says only that it is not earlier."""
EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
"""No central lived before; what it signs for then comes of a dead clock."""


@dataclass(frozen=True)
class Reading:
    """`least`: central signed that it is not earlier than this."""

    at: datetime
    quality: TimeQuality
    least: datetime | None = None


@dataclass(frozen=True)
class Proven:
    """What is certain without the wall clock: it is `at`, or, where not exact, at least that late."""

    at: datetime
    exact: bool


class WallClock(Enum):
    """What the machine's own clock is, seen from trusted time."""

    UNCHECKED = "unchecked"
    RIGHT = "right"
    BEHIND = "behind"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Machine:
    """The machine's clocks, so that tests can turn them by hand."""

    wall: Callable[[], datetime]
    ticks: Callable[[], float]
    boot: str


def this_machine() -> Machine:
    return Machine(wall=lambda: datetime.now(UTC), ticks=_ticks, boot=_boot_id())


def _ticks() -> float:
    """Seconds since start-up, sleep included where the system counts it."""
    boottime: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


def _boot_id() -> str:
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:  # not Linux: every start of the program counts as a new boot
        return str(uuid.uuid4())


@dataclass(frozen=True)
class Heard:
    """What became of a signed time; no anchor where it is not followed, or not yet."""

    anchor: Anchor | None
    marks: tuple[ClockMark, ...] = ()


class TrustedClock:
    """`now()` never blocks and never goes back, but where central puts it right; that leaves a mark."""

    def __init__(self, machine: Machine, last: Anchor | None = None, floor: datetime | None = None) -> None:
        """`floor`: it was said to be that late before this start."""
        self._machine = machine
        self._anchor = last
        self._floor = floor
        self._floor_ticks = machine.ticks()
        self._signed_floor: datetime | None = None
        self._candidate: Anchor | None = None  # what central says against what it signed before
        self._seen = None if last is None else Sight(last.wall, last.ticks, last.boot)
        self.last_mark: ClockMark | None = None

    def now(self) -> Reading:
        """At least what was said before. Where it must not be believed it goes on from there by ticks."""
        sight = self._sight()
        reading = self._estimate(sight)
        floor = self._carried_floor()
        if floor is not None and reading.at < floor - TOLERANCE:
            reading = Reading(floor, TimeQuality.UNKNOWN)
        if self._candidate is not None:
            reading = replace(reading, quality=TimeQuality.UNKNOWN)
        self._raise_floor(reading.at)
        assert self._floor is not None
        return replace(reading, at=self._floor, least=self._least())

    def hear(self, server: datetime, round_trip: float = 0.0) -> Heard:
        """Central's signed answer to what was asked `round_trip` seconds ago; half of it is the way back."""
        if round_trip > LONGEST_ROUND_TRIP:
            return Heard(None, self.floor_from(server))
        moment, sight = server + timedelta(seconds=round_trip / 2), self._sight()
        if moment < EARLIEST:
            return Heard(None, self._doubt(moment - self.now().at))
        off = witnesses.doubt(self._anchor, moment, sight)
        if off is None:
            return self._follow(moment)
        held = self._candidate
        if held is None or not witnesses.keeps_to(held, moment, sight):
            self._candidate = _anchor(moment, sight)
            return Heard(None, self._doubt(off))
        return self._follow(moment) if witnesses.confirmed(held, sight) else Heard(None)

    def anchor(self, server: datetime, round_trip: float = 0.0) -> Anchor:
        """Follows whatever was before: at enrolment, where a person vouches for central."""
        followed = self._follow(server + timedelta(seconds=round_trip / 2)).anchor
        assert followed is not None
        return followed

    def floor_from(self, server: datetime) -> tuple[ClockMark, ...]:
        """A signed time of an answer that was long on its way: it is not earlier, and may be much later."""
        last, sight = self._anchor, self._sight()
        if last is not None and witnesses.ticking(last, sight):
            off = witnesses.doubt(last, server, sight)
            ahead = off is not None and off > timedelta(0)
            return self._doubt(off) if off is not None and ahead else ()
        self._signed_floor = max(server, self._signed_floor or server)
        self._raise_floor(server)
        return ()

    def observe(self) -> tuple[ClockMark, ...]:
        """Whether somebody turned the machine's clocks since the last look, or before this start."""
        before, now = self._seen, self._sight()
        self._seen = now
        if before is None:
            return ()
        shift = witnesses.moved(before, now) if before.boot == now.boot else self._after_restart(now)
        if shift is None:
            return ()
        if shift[0] is MarkKind.TICKS_BACK:
            self._lose_ticks()
        return (self._mark(*shift),)

    def proven(self) -> Proven | None:
        """None before the first signed time."""
        last, sight = self._anchor, self._sight()
        if last is None:
            return None
        if witnesses.ticking(last, sight):
            return Proven(witnesses.carried(last, sight), exact=True)
        return Proven(max(last.server, self._signed_floor or last.server), exact=False)

    def wall_clock(self) -> WallClock:
        drift = self.drift()
        if drift is None:
            return WallClock.UNCHECKED
        if abs(drift) <= TOLERANCE:
            return WallClock.RIGHT
        return WallClock.AHEAD if drift > timedelta(0) else WallClock.BEHIND

    def drift(self) -> timedelta | None:
        """How far the wall clock is ahead of trusted time; None before the first anchor."""
        return None if self._anchor is None else self._machine.wall() - self.now().at

    @property
    def floor(self) -> Anchor | None:
        """What `floor_from` was told since the last anchor, to be kept over a restart."""
        return None if self._signed_floor is None else _anchor(self._signed_floor, self._sight())

    @property
    def boot(self) -> str:
        return self._machine.boot

    def _sight(self) -> Sight:
        machine = self._machine
        return Sight(machine.wall(), machine.ticks(), machine.boot)

    def _estimate(self, sight: Sight) -> Reading:
        last = self._anchor
        if last is None:
            return Reading(sight.wall, TimeQuality.UNKNOWN)
        if witnesses.ticking(last, sight):
            is_fresh = sight.ticks - last.ticks <= STALE.total_seconds()
            quality = TimeQuality.ANCHORED if is_fresh else TimeQuality.DRIFTING
            return Reading(witnesses.carried(last, sight), quality)
        at = witnesses.by_wall(last, sight)
        believed = -TOLERANCE <= at - last.server <= LONGEST_SILENCE
        return Reading(at, TimeQuality.DRIFTING if believed else TimeQuality.UNKNOWN)

    def _least(self) -> datetime | None:
        proven = self.proven()
        known = [at for at in (self._signed_floor, proven.at if proven else None) if at is not None]
        return max(known) if known and self._candidate is None else None

    def _follow(self, moment: datetime) -> Heard:
        was_known = self._floor is not None
        before, sight = self.now().at, self._sight()
        self._anchor, self._candidate, self._signed_floor = _anchor(moment, sight), None, None
        self._floor_ticks = sight.ticks
        shift = moment - before
        if abs(shift) > TOLERANCE:
            self._floor = moment
            return Heard(self._anchor, (self._mark(MarkKind.CORRECTED, shift),) if was_known else ())
        self._floor = max(moment, before)  # a little ahead: it stands still until it is right
        return Heard(self._anchor)

    def _after_restart(self, now: Sight) -> Shift | None:
        last = self._anchor
        if last is None:
            return None
        at, floor = witnesses.by_wall(last, now), max(last.server, self._floor or last.server)
        is_wrong = at < floor - TOLERANCE or at - last.server > LONGEST_SILENCE
        return (MarkKind.WALL_WRONG, at - floor) if is_wrong else None

    def _lose_ticks(self) -> None:
        """They began anew: what was tied to them says only that it is not earlier."""
        if self._anchor is not None:
            self._anchor = replace(self._anchor, boot="")
        self._floor_ticks = self._machine.ticks()

    def _doubt(self, off: timedelta) -> tuple[ClockMark, ...]:
        """Of two centrals that contradict each other, the wrong one is marked once a day."""
        last = self.last_mark
        is_new = (
            last is None
            or last.kind is not MarkKind.CENTRAL_DOUBTED
            or abs(off - timedelta(seconds=last.seconds)) > TOLERANCE
            or self.now().at - last.at >= AGAIN
        )
        return (self._mark(MarkKind.CENTRAL_DOUBTED, off),) if is_new else ()

    def _mark(self, kind: MarkKind, shift: timedelta) -> ClockMark:
        reading = self.now()
        self.last_mark = ClockMark(kind, round(shift.total_seconds()), reading.at, reading.quality)
        return self.last_mark

    def _carried_floor(self) -> datetime | None:
        if self._floor is None:
            return None
        return self._floor + timedelta(seconds=max(0.0, self._machine.ticks() - self._floor_ticks))

    def _raise_floor(self, at: datetime) -> None:
        if self._floor is None or at > self._floor:
            self._floor, self._floor_ticks = at, self._machine.ticks()


def _anchor(moment: datetime, sight: Sight) -> Anchor:
    return Anchor(moment, sight.ticks, sight.boot, sight.wall)
