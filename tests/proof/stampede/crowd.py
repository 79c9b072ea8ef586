"""A terminal in virtual time: the product's policy decides, line and habits come from the seed."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from random import Random

from sync.pace import Pace
from sync.policy import (
    Decision,
    Done,
    Failed,
    Nudged,
    Rested,
    State,
    Step,
    Trouble,
    after,
    decide,
)

PACE = Pace(probe=300.0, changes=600.0, heartbeat=900.0)  # `[line]` where 20,000 share one core
KEPT = 30.0  # seconds that an idle connection is kept
PATIENCE, PROBE_PATIENCE = 20.0, 4.0
STAYS_AWAY = 300.0


class Habit(Enum):
    PLAIN = "plain"
    DEAF = "deaf"  # asks again after a second, whatever it is told
    DIES = "dies"  # is told a turn and never comes
    LATE = "late"  # is told a turn, and comes minutes after it


@dataclass
class Terminal:
    number: int
    habit: Habit
    back_at: float  # its line is there again
    trip: float  # seconds there and back
    speed: float  # of its clock
    batches: deque[int]  # operations in each push
    rng: Random
    state: State = field(default_factory=State)
    serial: int = 0
    used_at: float = -1e9
    first_ack: float | None = None
    gone: bool = False

    @classmethod
    def of(cls, number: int, rng: Random, within: float) -> Terminal:
        habit = rng.choices(list(Habit), weights=(89, 1, 5, 5))[0]
        batches = deque([20] * rng.choices((1, 2, 5), weights=(90, 8, 2))[0])
        drift = rng.choice((1e-4, 1e-3, 0.02))
        made = cls(
            number,
            habit,
            rng.uniform(0, within),
            rng.uniform(0.05, 1.2),
            1 + rng.uniform(-drift, drift),
            batches,
            rng,
        )
        away = [Failed(Step.STATUS, Trouble.NO_LINK)] * 3
        for event in (*away, Rested(Step.ATTACHMENTS), Rested(Step.PICTURES)):
            made.state = after(made.state, event, 0.0, rng.random(), PACE)
        made.state = after(made.state, Rested(Step.PACK), 0.0, 0.0, PACE)
        return made

    def hear(self, event: Done | Failed | Nudged | Rested, now: float) -> None:
        self.state = after(self.state, event, now * self.speed, self.rng.random(), PACE)

    def decide(self, now: float) -> Decision:
        return decide(self.state, now * self.speed + 1e-6)

    def true_time(self, ticks: float) -> float:
        return ticks / self.speed

    def patience(self, step: Step) -> float:
        return PROBE_PATIENCE if step is Step.STATUS else PATIENCE

    def connects(self, now: float) -> bool:
        new = now - self.used_at > KEPT
        self.used_at = now
        return new

    @property
    def waits_for_ack(self) -> bool:
        return self.habit is not Habit.DIES and bool(self.batches)

    def refused(self, step: Step, seconds: float, now: float) -> float | None:
        """What it makes of its turn; a time, if it is away until then."""
        if self.habit is Habit.DIES:
            self.gone = True
            return None
        self.hear(Failed(step, Trouble.OUR_TURN, 0.0 if self.habit is Habit.DEAF else seconds), now)
        if self.habit is not Habit.LATE:
            return None
        self.habit = Habit.PLAIN  # once
        self.back_at = now + seconds + STAYS_AWAY
        return self.back_at
