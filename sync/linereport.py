"""All that a person may want to know of the line, beyond whether it is there; derived when asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sync.budget import NOTHING_USED, Outlook
from sync.lanes import Lane
from sync.policy import Link, State, Step, Trouble
from sync.rate import Speed
from sync.recovery import Recovery


@dataclass(frozen=True)
class LaneNow:
    lane: Lane
    next_at: datetime | None = None  # None: when there is something to do
    resting: bool = False  # for the month's data budget
    error: str | None = None  # what keeps it from going on while the link is well


@dataclass(frozen=True)
class LineReport:
    recovery: Recovery = Recovery.NONE
    data: Outlook = NOTHING_USED
    speed: Speed = field(default_factory=Speed)
    lanes: tuple[LaneNow, ...] = ()


def errors_of(ails: Mapping[Step, str]) -> Mapping[Lane, str]:
    """Of several steps of a lane the first speaks."""
    return {step.lane: ails[step] for step in sorted(ails, key=lambda one: one.value, reverse=True)}


def lanes(state: State, errors: Mapping[Lane, str], ticks: float, now: datetime) -> tuple[LaneNow, ...]:
    """Each lane's next turn, the soonest of its steps."""
    ready: Mapping[Lane, float] = {
        lane: min(state.turns[step].ready for step in Step if step.lane is lane) for lane in Lane
    }
    return tuple(
        LaneNow(lane, _moment(at, ticks, now), lane in state.resting, errors.get(lane))
        for lane, at in ready.items()
    )


def next_try(state: State, ticks: float, now: datetime) -> datetime | None:
    """While not online, or until our turn."""
    online = state.link is Link.ONLINE and state.trouble is not Trouble.OUR_TURN
    return None if online or state.link is Link.LOCKED else _moment(state.not_before, ticks, now)


def _moment(at: float, ticks: float, now: datetime) -> datetime | None:
    if math.isinf(at):
        return None
    return (now + timedelta(seconds=max(0.0, at - ticks))).replace(microsecond=0)
