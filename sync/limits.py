"""What a lease is, and how freely it may be spent with no network: by sum, by count and by age."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sync.wire.encoding import parse_instant
from sync.wire.operation import TimeQuality


class LeaseState(Enum):
    OPEN = "open"
    FROZEN = "frozen"  # of a closed incarnation, until a closing statement
    REVOKED = "revoked"
    CLOSED = "closed"


BLIND_USES = 30
"""So often a lease may still be drawn on when nobody knows the time: its age cannot be told."""


@dataclass(frozen=True)
class Lease:
    id: str
    right: str
    terminal: str
    incarnation: int
    unit: str
    amount: int
    spent: int
    returned: int
    rev: int
    soft: int
    hard: int
    max_age_days: int
    detail: dict[str, Any]
    issued: str
    state: LeaseState
    uses: int
    blind: int
    slice: int | None
    low: int | None
    most: int | None
    soft_count: int | None
    hard_count: int | None

    @property
    def left(self) -> int:
        return self.amount - self.spent - self.returned

    @property
    def room(self) -> int:
        """For one operation."""
        return self.left if self.most is None else min(self.left, self.most)

    @property
    def block(self) -> range | None:
        """The serials of single things."""
        if not {"first", "last"} <= self.detail.keys():
            return None
        return range(int(self.detail["first"]), int(self.detail["last"]) + 1)


class Advice(Enum):
    FREE = "free"
    PREFER_ONLINE = "prefer-online"
    STOP = "stop"


class Limit(Enum):
    """What a lease came up against."""

    SOFT = "soft"
    HARD = "hard"
    EXHAUSTED = "exhausted"
    AGE = "age"
    CLOCK = "clock"  # the time is not known, nor how old it is
    CLOSED = "closed"


@dataclass(frozen=True)
class Standing:
    advice: Advice
    limit: Limit | None
    left: int


def standing(lease: Lease, now: datetime, quality: TimeQuality = TimeQuality.ANCHORED) -> Standing:
    """By sum, count and age. A time nobody vouches for neither ages a lease nor keeps it young for ever."""
    stop = _stop(lease, now, quality)
    if stop is not None:
        return Standing(Advice.STOP, stop, lease.left)
    if lease.spent >= lease.soft or _over(lease.uses, lease.soft_count):
        return Standing(Advice.PREFER_ONLINE, Limit.SOFT, lease.left)
    if quality is TimeQuality.UNKNOWN:
        return Standing(Advice.PREFER_ONLINE, Limit.CLOCK, lease.left)
    return Standing(Advice.FREE, None, lease.left)


def _stop(lease: Lease, now: datetime, quality: TimeQuality) -> Limit | None:
    blind = quality is TimeQuality.UNKNOWN
    age = 0 if blind else (now - parse_instant(lease.issued)).days
    stops = (
        (lease.state is not LeaseState.OPEN, Limit.CLOSED),
        (lease.left <= 0, Limit.EXHAUSTED),
        (age >= lease.max_age_days, Limit.AGE),
        (blind and lease.blind >= BLIND_USES, Limit.CLOCK),
        (lease.spent >= lease.hard or _over(lease.uses, lease.hard_count), Limit.HARD),
    )
    return next((limit for reached, limit in stops if reached), None)


def _over(count: int, limit: int | None) -> bool:
    return limit is not None and count >= limit
