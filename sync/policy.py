"""Decides, from the state and from what just happened, what the engine does next; touches nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import assert_never

from sync.lanes import Lane
from sync.pace import Pace
from sync.waits import back_off, jittered, turn_in


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
    OUR_TURN = "our-turn"  # central is busy and said when to come
    CAPTIVE_PORTAL = "captive-portal"
    WRONG_ANSWER = "wrong-answer"
    WRONG_CERTIFICATE = "wrong-certificate"
    CERTIFICATE_DATES = "certificate-dates"
    REFUSED = "refused"
    CHAIN_FORK = "chain-fork"
    INCARNATION_CLOSED = "incarnation-closed"
    RESTORED = "restored"
    LANE = "lane"
    FAULT = "fault"


class Step(Enum):
    """One exchange with central, in the order of the lanes: the first that is due goes first."""

    PUSH = 1
    STATUS = 2
    CHANGES = 3
    HEARTBEAT = 4
    DELTA = 5  # which pack there is, and what changed since ours
    ATTACHMENTS = 6
    PACK = 7  # a whole one
    PICTURES = 8

    @property
    def lane(self) -> Lane:
        return _LANES[self]


_LANES = {
    Step.PUSH: Lane.OPERATIONS,
    Step.STATUS: Lane.NEWS,
    Step.CHANGES: Lane.NEWS,
    Step.HEARTBEAT: Lane.NEWS,
    Step.DELTA: Lane.NEWS,
    Step.ATTACHMENTS: Lane.ATTACHMENTS,
    Step.PACK: Lane.CONTENT,
    Step.PICTURES: Lane.CONTENT,
}
LOCKING = frozenset({Trouble.CHAIN_FORK, Trouble.INCARNATION_CLOSED, Trouble.RESTORED})
HOSTILE = frozenset(
    {
        Trouble.CAPTIVE_PORTAL,
        Trouble.WRONG_ANSWER,
        Trouble.WRONG_CERTIFICATE,
        Trouble.CERTIFICATE_DATES,
    }
)
NEVER = math.inf
LONG_OUTAGE = 60  # failures: a few minutes
IN_VAIN = 10  # questions, and news are asked for less often


@dataclass(frozen=True)
class Turn:
    """When one step is due, and how long its own failures hold it back."""

    due: float = 0.0
    held: float = 0.0
    strikes: int = 0

    @property
    def ready(self) -> float:
        return max(self.due, self.held)


@dataclass(frozen=True)
class State:
    link: Link = Link.UNKNOWN
    trouble: Trouble | None = None
    failures: int = 0
    not_before: float = 0.0
    turns: Mapping[Step, Turn] = field(default_factory=lambda: MappingProxyType(dict.fromkeys(Step, Turn())))
    in_vain: int = 0  # questions for news, since there were any or something was sent
    in_doubt: bool = False  # what was sent last may have arrived: one question before anything else
    resting: frozenset[Lane] = frozenset()  # what the month's data budget does not allow


@dataclass(frozen=True)
class Woken:
    """Something was recorded here, or a verdict said that a lane has work."""

    step: Step = Step.PUSH


@dataclass(frozen=True)
class Nudged:
    """A person asked to try now, whatever it waits for."""


@dataclass(frozen=True)
class Dropped:
    """The idle connection ended: the line may be gone, and nobody asked for anything."""


@dataclass(frozen=True)
class Done:
    """`nothing`: there was nothing to send, or no news."""

    step: Step
    more: bool = False
    nothing: bool = False


@dataclass(frozen=True)
class Rested:
    """A lane waits for something that is not the link (a pack being installed)."""

    step: Step


@dataclass(frozen=True)
class Failed:
    step: Step
    trouble: Trouble
    retry_after: float | None = None


@dataclass(frozen=True)
class Rationed:
    """The lanes that the data budget holds back from now on; never the first two."""

    resting: frozenset[Lane]


Event = Woken | Nudged | Dropped | Done | Rested | Failed | Rationed


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
    if now < state.not_before:
        return Wait(state.not_before)
    if state.in_doubt:
        held = state.turns[Step.STATUS].held
        return Do(Step.STATUS) if held <= now else Wait(held)
    open_ = [step for step in Step if step.lane not in state.resting]
    for step in open_:
        if state.turns[step].ready <= now:
            return Do(step)
    return Wait(min(state.turns[step].ready for step in open_))


def after(  # noqa: PLR0911  one line a kind
    state: State, event: Event, now: float, chance: float, pace: Pace
) -> State:
    """The state after the event; `chance` in [0, 1) is the jitter. What is locked stays so."""
    if state.link is Link.LOCKED and not isinstance(event, Rationed):
        return state
    match event:
        case Woken(step):
            return _with(state, {step: replace(state.turns[step], due=now)})
        case Nudged():
            free = {step: replace(turn, held=0.0) for step, turn in state.turns.items()}
            return replace(_with(state, free), in_doubt=True, not_before=min(now, state.not_before))
        case Dropped():
            return replace(state, in_doubt=state.in_doubt or state.link is Link.ONLINE)
        case Done():
            return _after_done(state, event, now, pace)
        case Rested(step):
            return _with(state, {step: replace(state.turns[step], due=NEVER)})
        case Failed():
            return _after_failure(state, event, now, chance, pace)
        case Rationed(resting):
            assert not resting & {Lane.OPERATIONS, Lane.NEWS}, "no budget holds operations or their news"
            return replace(state, resting=resting)
        case _:
            assert_never(event)


def _after_done(state: State, done: Done, now: float, pace: Pace) -> State:
    step, heard = done.step, done.step in (Step.PUSH, Step.CHANGES) and not done.nothing
    in_vain = 0 if heard else state.in_vain + (step is Step.CHANGES)
    turns = _all_due(state, now) if state.link is not Link.ONLINE else dict(state.turns)
    turns[step] = Turn(due=now if done.more else now + _period(step, pace, in_vain))
    if heard and step is Step.PUSH:  # the answer said what central holds, and may soon have consequences
        turns[Step.STATUS] = Turn(due=now + pace.probe)
        turns[Step.CHANGES] = replace(news := turns[Step.CHANGES], due=min(news.due, now + pace.changes))
    in_doubt = state.in_doubt and step is not Step.STATUS
    well = replace(_with(state, turns), link=Link.ONLINE, trouble=None, in_doubt=in_doubt)
    return replace(well, in_vain=in_vain, failures=0, not_before=now)


def _period(step: Step, pace: Pace, in_vain: int) -> float:
    return {
        Step.STATUS: pace.probe,
        Step.PUSH: NEVER,
        Step.CHANGES: pace.changes if in_vain < IN_VAIN else max(pace.changes, pace.quiet),
        Step.HEARTBEAT: pace.heartbeat,
        Step.ATTACHMENTS: pace.attachments,
        Step.DELTA: pace.pack,
        Step.PACK: NEVER,
        Step.PICTURES: pace.pictures,
    }[step]


def _all_due(state: State, now: float) -> dict[Step, Turn]:
    """Central is there again: up with what waited, and down with the news."""
    again = (Step.PUSH, Step.CHANGES, Step.HEARTBEAT)
    return {step: replace(turn, due=now) if step in again else turn for step, turn in state.turns.items()}


def _given_a_turn(state: State, now: float, wait: float) -> State:
    """The line is there; what central holds is asked at our turn, where it was not known before."""
    back = state.link is not Link.ONLINE
    turns = _all_due(state, now) if back else state.turns
    held = replace(_with(state, turns), link=Link.ONLINE, trouble=Trouble.OUR_TURN, failures=0)
    return replace(held, in_doubt=state.in_doubt or back, not_before=now + wait)


def _after_failure(state: State, event: Failed, now: float, chance: float, pace: Pace) -> State:
    step, trouble = event.step, event.trouble
    if trouble in LOCKING:
        return replace(state, link=Link.LOCKED, trouble=trouble)
    if trouble is Trouble.OUR_TURN:
        return _given_a_turn(state, now, turn_in(event.retry_after, pace.longest_turn, chance))
    if trouble is Trouble.LANE:
        held = now + jittered(pace.lane_wait, chance)
        asks = step is Step.STATUS and state.link is not Link.ONLINE
        state = replace(state, not_before=held if asks else state.not_before)
        return _with(state, {step: replace(state.turns[step], held=held)})
    if step is not Step.STATUS and trouble is not Trouble.NO_LINK:
        state = _struck(state, event, now, chance, pace)
    if trouble is Trouble.FAULT and step is not Step.STATUS:
        return state
    if trouble is Trouble.ANSWER_LOST and step is not Step.STATUS:
        return replace(state, in_doubt=True)
    failures, cap = state.failures + 1, pace.longest_wait
    if trouble in (Trouble.NO_LINK, Trouble.ANSWER_LOST):
        cap = max(pace.reach_wait, min(pace.reach_spread, pace.reach_wait * failures / LONG_OUTAGE))
    wait = max(back_off(failures, pace.first_wait, cap, chance), _asked(event, pace))
    link = Link.HOSTILE if trouble in HOSTILE else Link.OFFLINE
    return replace(state, link=link, trouble=trouble, failures=failures, not_before=now + wait)


def _struck(state: State, event: Failed, now: float, chance: float, pace: Pace) -> State:
    """A step that fails while the status question is answered must not spin."""
    strikes = (turn := state.turns[event.step]).strikes + 1
    wait = max(back_off(strikes, pace.first_wait, pace.longest_wait, chance), _asked(event, pace))
    return _with(state, {event.step: replace(turn, strikes=strikes, held=now + wait)})


def _asked(event: Failed, pace: Pace) -> float:
    return min(event.retry_after or 0.0, pace.longest_wait)


def _with(state: State, turns: Mapping[Step, Turn]) -> State:
    return replace(state, turns=MappingProxyType({**state.turns, **turns}))
