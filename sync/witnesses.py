"""Holds the machine's clock, its ticks and central's signed time against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sync.wire.operation import TimeQuality

TOLERANCE = timedelta(minutes=2)
DRIFT = 2e-4  # of a cheap crystal, per second
CONFIRMED = 3600.0
"""Seconds that central must keep to a time which contradicts what it signed before."""


@dataclass(frozen=True)
class Anchor:
    """One signed instant and what this machine's clocks said then."""

    server: datetime
    ticks: float
    boot: str
    wall: datetime


@dataclass(frozen=True)
class Sight:
    """The machine's clocks, seen at one moment."""

    wall: datetime
    ticks: float
    boot: str


class MarkKind(Enum):
    WALL_SET = "wall-set"  # the machine's clock was set while its ticks went on
    WALL_WRONG = "wall-wrong"  # after a restart it says what cannot be
    TICKS_BACK = "ticks-back"
    CORRECTED = "corrected"  # trusted time was put right by central
    CENTRAL_DOUBTED = "central-doubted"  # central signed a time that contradicts what it signed before


@dataclass(frozen=True)
class ClockMark:
    """`seconds`: how far forward, negative back."""

    kind: MarkKind
    seconds: int
    at: datetime
    quality: TimeQuality


Shift = tuple[MarkKind, timedelta]


def moved(before: Sight, now: Sight) -> Shift | None:
    """Of the same boot."""
    ticked = timedelta(seconds=now.ticks - before.ticks)
    if ticked < timedelta(seconds=-1):
        return MarkKind.TICKS_BACK, ticked
    shift = now.wall - before.wall - ticked
    return (MarkKind.WALL_SET, shift) if abs(shift) > TOLERANCE else None


def ticking(anchor: Anchor, now: Sight) -> bool:
    """Whether the anchor's ticks go on in this boot."""
    return anchor.boot == now.boot and now.ticks >= anchor.ticks


def carried(anchor: Anchor, now: Sight) -> datetime:
    """Only where `ticking`."""
    return anchor.server + timedelta(seconds=now.ticks - anchor.ticks)


def by_wall(anchor: Anchor, now: Sight) -> datetime:
    """As the machine's clock was off then, it is off now."""
    return now.wall + (anchor.server - anchor.wall)


def doubt(anchor: Anchor | None, moment: datetime, now: Sight) -> timedelta | None:
    """How far `moment` is from what central signed before; None where they agree, where nothing was signed,
    or where the machine's clock confirms the new time against the ticks (they stood still in its sleep)."""
    if anchor is None:
        return None
    if ticking(anchor, now):
        off = moment - carried(anchor, now)
        agree = abs(off) <= TOLERANCE + timedelta(seconds=(now.ticks - anchor.ticks) * DRIFT)
    else:
        off = moment - anchor.server
        agree = off >= -TOLERANCE
    return None if agree or abs(moment - by_wall(anchor, now)) <= TOLERANCE else off


def keeps_to(candidate: Anchor, moment: datetime, now: Sight) -> bool:
    """Whether central says the same as when it was first doubted."""
    return ticking(candidate, now) and abs(moment - carried(candidate, now)) <= TOLERANCE


def confirmed(candidate: Anchor, now: Sight) -> bool:
    return now.ticks - candidate.ticks >= CONFIRMED
