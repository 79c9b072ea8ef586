"""Central in virtual time: one core that answers one request after the other, and its real book of turns."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, fields
from enum import Enum

from central.slots import Admitted, Later, Limits, Slots
from sync.policy import Step


class Kind(Enum):
    QUESTION = "question"  # status, changes, heartbeat, manifest
    KNOCK = "knock"  # a push, until its sender is known
    PUSH = "push"


@dataclass(frozen=True)
class Costs:
    """Seconds of central's one core: 2,000 operations a second, and what each request costs beside."""

    connect: float = 0.001  # a TLS handshake
    question: float = 0.001
    knock: float = 0.001  # body, signature, the row of the sender
    operation: float = 0.00045
    no: float = 0.0004  # to whom nobody listens

    def times(self, factor: float) -> Costs:
        return Costs(*(factor * getattr(self, one.name) for one in fields(self)))


@dataclass
class Request:
    terminal: int
    serial: int
    step: Step
    operations: int
    back: float  # seconds the answer is on its way
    kind: Kind = Kind.QUESTION
    connects: bool = False


@dataclass(frozen=True)
class Reply:
    request: Request
    at: float
    retry_after: float | None = None


class House:
    """Questions and knocks stand in one line, admitted pushes in another; the core is theirs by halves."""

    def __init__(self, limits: Limits, costs: Costs) -> None:
        self.slots = Slots(limits)
        self._door = limits.door
        self._costs = costs
        self._asking: deque[Request] = deque()
        self._pushing: deque[Request] = deque()
        self._ahead = 0.0  # seconds that pushes had more of the core than the others, while both waited
        self._owed = 0.0  # work done between two others
        self.serving: Request | None = None
        self.peak = self.peak_promised = self.refused = 0

    def arrive(self, request: Request, now: float) -> Reply | None:
        """A reply at once: the door is full."""
        if len(self._asking) >= self._door:
            self._owed += self._costs.no + (self._costs.connect if request.connects else 0.0)
            return self._refuse(request, self.slots.stranger(now), now)
        self._asking.append(request)
        self.peak = max(self.peak, len(self._asking) + len(self._pushing))
        return None

    def begin(self) -> float | None:
        """What the core does next, and how long; None: nothing."""
        if self.serving is not None or not (self._asking or self._pushing):
            return None
        both = bool(self._pushing and self._asking)
        pushes = self._ahead <= 0 if both else bool(self._pushing)
        one = self.serving = (self._pushing if pushes else self._asking).popleft()
        seconds = self._seconds(one)
        if both or not pushes:
            self._ahead = max(0.0, self._ahead + (seconds if pushes else -seconds))
        owed, self._owed = self._owed, 0.0
        return owed + seconds

    def _seconds(self, one: Request) -> float:
        costs = self._costs
        seconds = costs.connect if one.connects else 0.0
        one.connects = False
        if one.kind is Kind.PUSH:
            return seconds + costs.operation * one.operations
        return seconds + (costs.knock if one.kind is Kind.KNOCK else costs.question)

    def end(self, now: float) -> Reply | None:
        """What was served; None: a push went on to the other line."""
        one, self.serving = self.serving, None
        assert one is not None
        if one.kind is Kind.PUSH:
            self.slots.left(now)
            return Reply(one, now + one.back)
        if one.kind is Kind.QUESTION:
            return Reply(one, now + one.back)
        answer = self.slots.ask(str(one.terminal), now)
        self.peak_promised = max(self.peak_promised, self.slots.promised)
        if isinstance(answer, Admitted):
            one.kind = Kind.PUSH
            self._pushing.append(one)
            return None
        return self._refuse(one, answer, now)

    def _refuse(self, request: Request, answer: Later, now: float) -> Reply:
        self.refused += 1
        return Reply(request, now + request.back, float(-int(-answer.seconds // 1)))
