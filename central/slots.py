"""Decides which push comes in now and when the others come again: in turns, no faster than central can."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

SOONEST = 1.0  # seconds: what Retry-After can say at least
EARLY = 1.0  # a terminal's clock may run that much ahead of its turn
MEMORY = 0.98  # of one push for the next: the rate is that of the last fifty
SLOWEST, FASTEST = 1.0, 10_000.0  # pushes a second that are believed


@dataclass(frozen=True)
class Limits:
    """For two cores."""

    at_work: int = 4  # pushes that the database works on at once
    room: int = 32  # pushes that were let in, those at work among them
    per_second: float = 50.0  # what central manages, until it has been measured
    share: float = 0.85  # of what it manages, given away as turns
    longest: float = 600.0  # seconds; nobody is promised a turn beyond
    keep: float = 60.0  # seconds that a turn waits for its terminal
    most: int = 50_000  # turns promised at a time
    door: int = 512  # small requests in the house at a time, their senders not known yet


@dataclass(frozen=True)
class Admitted:
    pass


@dataclass(frozen=True)
class Later:
    seconds: float


Answer = Admitted | Later


class Rate:
    """Pushes a second while there is any: idle time says nothing of what could be done."""

    def __init__(self, per_second: float) -> None:
        self._done = 1 / (1 - MEMORY)
        self._busy = self._done / per_second
        self._since = 0.0

    @property
    def per_second(self) -> float:
        return min(FASTEST, max(SLOWEST, self._done / max(self._busy, 1e-9)))

    def begins(self, now: float) -> None:
        """The first one in the house."""
        self._since = now

    def served(self, now: float) -> None:
        self._done = self._done * MEMORY + 1
        self._busy = self._busy * MEMORY + max(0.0, now - self._since)
        self._since = now


class Turns:
    """One line: each turn a gap behind the one before it, forgotten in the same order."""

    def __init__(self) -> None:
        self.end = 0.0
        self._given: deque[tuple[float, str]] = deque()

    def after(self, now: float, gap: float) -> float:
        return max(now + SOONEST, self.end + gap)

    def give(self, who: str, at: float) -> None:
        self.end = at
        self._given.append((at, who))

    def pop_before(self, moment: float) -> tuple[float, str] | None:
        return self._given.popleft() if self._given and self._given[0][0] < moment else None


class Slots:
    """The book of turns of one process; every verb is told the time, in seconds that only go on.

    Who comes at its turn goes in as long as there is room, newcomers only when nobody has a turn ahead. Who
    comes early hears the rest of the same wait. Who found the room full at its turn gets another one in a
    second line, before all who have none. A central with nothing to do refuses nobody.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rate = Rate(limits.per_second)
        self._line, self._late, self._strangers = Turns(), Turns(), Turns()
        self._turns: dict[str, float] = {}
        self.inside = 0

    @property
    def promised(self) -> int:
        return len(self._turns)

    @property
    def per_second(self) -> float:
        return self._rate.per_second

    def ask(self, who: str, now: float) -> Answer:
        self._forget(now)
        turn = self._turns.get(who)
        if self._has_room(turn, now):
            self._turns.pop(who, None)
            if self.inside == 0:
                self._rate.begins(now)
            self.inside += 1
            return Admitted()
        if turn is None:
            return self._promise(self._line, who, now)
        if now < turn - EARLY:
            return Later(turn - now)
        self._line.end = max(self._line.end, now) + self._gap  # newcomers come behind this one too
        return self._promise(self._late, who, now)

    def left(self, now: float) -> None:
        """One that was let in is done, well or not."""
        assert self.inside > 0, "more left than were let in"
        self.inside -= 1
        self._rate.served(now)

    def stranger(self, now: float) -> Later:
        """For somebody whose name is not known: spread like the others, and nothing promised."""
        at = min(self._strangers.after(now, self._gap), now + self._limits.longest)
        self._strangers.end = at
        return Later(at - now)

    @property
    def _gap(self) -> float:
        return 1.0 / (self._limits.share * self._rate.per_second)

    def _has_room(self, turn: float | None, now: float) -> bool:
        if self.inside == 0:
            return True
        if self.inside >= self._limits.room:
            return False
        if turn is None:
            return max(self._line.end, self._late.end) <= now
        return now >= turn - EARLY

    def _promise(self, line: Turns, who: str, now: float) -> Later:
        at, known = line.after(now, self._gap), who in self._turns
        if at > now + self._limits.longest or (not known and len(self._turns) >= self._limits.most):
            return Later(self._limits.longest)
        line.give(who, at)
        self._turns[who] = at
        return Later(at - now)

    def _forget(self, now: float) -> None:
        for line in (self._line, self._late):
            while gone := line.pop_before(now - self._limits.keep):
                at, who = gone
                if self._turns.get(who) == at:
                    del self._turns[who]
