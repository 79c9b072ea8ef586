"""Decides, from the state and from what just happened, what the engine does next; touches nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import assert_never


class Link(Enum):
    UNKNOWN = "unknown"
    ONLINE = "online"
    OFFLINE = "offline"
    HOSTILE = "hostile"
    LOCKED = "locked"


class Trouble(Enum):
    """Why the link is not online, or why one lane rests."""

    NO_LINK = "no-link"
    ANSWER_LOST = "answer-lost"
    CENTRAL_BUSY = "central-busy"
    CAPTIVE_PORTAL = "captive-portal"
    WRONG_ANSWER = "wrong-answer"
    WRONG_CERTIFICATE = "wrong-certificate"
    REFUSED = "refused"
    CHAIN_FORK = "chain-fork"
    INCARNATION_CLOSED = "incarnation-closed"
    RESTORED = "restored"
    LANE = "lane"
    FAULT = "fault"


class Step(Enum):
    """One exchange with central, in the order of the lanes: the first that is due goes first."""

    STATUS = 1
    PUSH = 2
    CHANGES = 3
    HEARTBEAT = 4
    PACK = 5
    PICTURES = 6


LOCKING = frozenset({Trouble.CHAIN_FORK, Trouble.INCARNATION_CLOSED, Trouble.RESTORED})
HOSTILE = frozenset({Trouble.CAPTIVE_PORTAL, Trouble.WRONG_ANSWER, Trouble.WRONG_CERTIFICATE})
NEVER = math.inf


@dataclass(frozen=True)
class Pace:
    """How often, in seconds; a deployer turns these to fit the price of the link."""

    probe: float = 5.0
    changes: float = 30.0
    heartbeat: float = 60.0
    pack: float = 1800.0
    pictures: float = 1800.0
    first_wait: float = 0.5
    reach_wait: float = 5.0
    longest_wait: float = 120.0
    lane_wait: float = 60.0
    watch: bool = True  # hold one idle connection, to see at once that the line is gone

    def period(self, step: Step) -> float:
        return {
            Step.STATUS: self.probe,
            Step.PUSH: NEVER,
            Step.CHANGES: self.changes,
            Step.HEARTBEAT: self.heartbeat,
            Step.PACK: self.pack,
            Step.PICTURES: self.pictures,
        }[step]


@dataclass(frozen=True)
class Lane:
    """When one step is due, and how long its own failures hold it back."""

    due: float = 0.0
    held: float = 0.0
    strikes: int = 0

    @property
    def ready(self) -> float:
        return max(self.due, self.held)


def _idle() -> Mapping[Step, Lane]:
    return MappingProxyType(dict.fromkeys(Step, Lane()))


@dataclass(frozen=True)
class State:
    link: Link = Link.UNKNOWN
    trouble: Trouble | None = None
    failures: int = 0
    not_before: float = 0.0
    lanes: Mapping[Step, Lane] = field(default_factory=_idle)


@dataclass(frozen=True)
class Woken:
    """Something was recorded here, or a verdict said that a lane has work."""

    step: Step = Step.PUSH


@dataclass(frozen=True)
class Nudged:
    """The link may have changed: a held connection dropped, or a person asked to try now."""


@dataclass(frozen=True)
class Done:
    step: Step
    more: bool = False


@dataclass(frozen=True)
class Rested:
    """A lane waits for something that is not the link (a pack being installed)."""

    step: Step


@dataclass(frozen=True)
class Failed:
    step: Step
    trouble: Trouble
    retry_after: float | None = None


Event = Woken | Nudged | Done | Rested | Failed


@dataclass(frozen=True)
class Do:
    step: Step


@dataclass(frozen=True)
class Wait:
    until: float


@dataclass(frozen=True)
class Stop:
    trouble: Trouble


Decision = Do | Wait | Stop


def decide(state: State, now: float) -> Decision:
    if state.link is Link.LOCKED:
        assert state.trouble is not None
        return Stop(state.trouble)
    if state.link is not Link.ONLINE:
        return Do(Step.STATUS) if now >= state.not_before else Wait(state.not_before)
    for step in Step:
        if state.lanes[step].ready <= now:
            return Do(step)
    return Wait(min(lane.ready for lane in state.lanes.values()))


def after(state: State, event: Event, now: float, chance: float, pace: Pace) -> State:
    """The state after the event; `chance` in [0, 1) is the jitter."""
    match event:
        case Woken(step):
            return _with(state, {step: replace(state.lanes[step], due=now)})
        case Nudged():
            free = {step: replace(lane, held=0.0) for step, lane in state.lanes.items()}
            free[Step.STATUS] = Lane(due=now)
            return replace(_with(state, free), not_before=min(now, state.not_before))
        case Done(step, more):
            return _after_done(state, step, more, now, pace)
        case Rested(step):
            return _with(state, {step: replace(state.lanes[step], due=NEVER)})
        case Failed():
            return _after_failure(state, event, now, chance, pace)
        case _:
            assert_never(event)


def _after_done(state: State, step: Step, more: bool, now: float, pace: Pace) -> State:
    lanes = dict(state.lanes)
    if state.link is not Link.ONLINE:
        for waiting in (Step.PUSH, Step.CHANGES, Step.HEARTBEAT):
            lanes[waiting] = replace(lanes[waiting], due=now)
    lanes[Step.STATUS] = Lane(due=now + pace.probe)
    if step is not Step.STATUS:
        lanes[step] = Lane(due=now if more else now + pace.period(step))
    return replace(_with(state, lanes), link=Link.ONLINE, trouble=None, failures=0, not_before=now)


def _after_failure(state: State, event: Failed, now: float, chance: float, pace: Pace) -> State:
    step, trouble = event.step, event.trouble
    if trouble in LOCKING:
        return replace(state, link=Link.LOCKED, trouble=trouble)
    if trouble is Trouble.LANE:
        held = now + jittered(pace.lane_wait, chance)
        return _with(state, {step: replace(state.lanes[step], held=held)})
    if step is not Step.STATUS and trouble is not Trouble.NO_LINK:
        state = _struck(state, event, now, chance, pace)
    if trouble is Trouble.FAULT and step is not Step.STATUS:
        return state
    if trouble is Trouble.ANSWER_LOST and step is not Step.STATUS:
        return _with(state, {Step.STATUS: Lane(due=now)})
    failures = state.failures + 1
    cap = pace.reach_wait if trouble in (Trouble.NO_LINK, Trouble.ANSWER_LOST) else pace.longest_wait
    wait = max(back_off(failures, pace.first_wait, cap, chance), _asked(event, pace))
    link = Link.HOSTILE if trouble in HOSTILE else Link.OFFLINE
    return replace(state, link=link, trouble=trouble, failures=failures, not_before=now + wait)


def _struck(state: State, event: Failed, now: float, chance: float, pace: Pace) -> State:
    """A lane that fails while the status question is answered must not spin."""
    lane = state.lanes[event.step]
    strikes = lane.strikes + 1
    wait = max(back_off(strikes, pace.first_wait, pace.longest_wait, chance), _asked(event, pace))
    return _with(state, {event.step: replace(lane, strikes=strikes, held=now + wait)})


def _asked(event: Failed, pace: Pace) -> float:
    return min(event.retry_after or 0.0, pace.longest_wait)


def _with(state: State, lanes: Mapping[Step, Lane]) -> State:
    return replace(state, lanes=MappingProxyType({**state.lanes, **lanes}))


def jittered(seconds: float, chance: float) -> float:
    return seconds * (0.5 + 0.5 * chance)


def back_off(failures: int, first: float, cap: float, chance: float) -> float:
    return jittered(min(cap, first * 2.0 ** min(failures - 1, 20)), chance)


BYTES_PER_OPERATION = 110
FIRST_BATCH = 200
SMALLEST_BATCH = 20
LARGEST_BATCH = 1000
SMALLEST_CHUNK = 4096
FIRST_CHUNK = 64 * 1024
LARGEST_CHUNK = 4 * 1024 * 1024


def batch_limit(bytes_per_second: float | None) -> int:
    """Operations in one push: about two seconds of the measured rate."""
    if bytes_per_second is None:
        return FIRST_BATCH
    return max(SMALLEST_BATCH, min(LARGEST_BATCH, int(2 * bytes_per_second / BYTES_PER_OPERATION)))


def chunk_size(bytes_per_second: float | None) -> int:
    """Bytes of one piece of a download: two seconds of the measured rate, so an operation waits no longer."""
    if bytes_per_second is None:
        return FIRST_CHUNK
    return max(SMALLEST_CHUNK, min(LARGEST_CHUNK, int(2 * bytes_per_second)))
