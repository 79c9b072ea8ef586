"""What a seed says: who is there, how bad the lines are, and what befalls whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.proof.sim.blows import BLOWS, Blow
from tests.proof.sim.line import Fate

FATES = tuple(fate for fate in Fate if fate is not Fate.WELL)


@dataclass(frozen=True)
class Script:
    seats: int
    lasts: float
    visits: int
    odds: dict[Fate, float]
    blows: tuple[tuple[float, Blow], ...]

    @classmethod
    def drawn(cls, rng: Random) -> Script:
        seats = rng.choices((1, 2, 3, 4), (8, 8, 3, 1))[0]
        lasts = rng.uniform(100, 600)
        fates = rng.sample(FATES, rng.choices((0, 1, 2, 3, 5), (1, 3, 3, 2, 1))[0])
        odds = {fate: rng.choice((0.05, 0.15, 0.3)) / max(1, len(fates) / 2) for fate in fates}
        blows = [(rng.uniform(0, lasts), blow) for blow in BLOWS if rng.random() < blow.odds]
        return cls(seats, lasts, rng.randrange(2, 6) + seats, odds, tuple(sorted(blows, key=lambda b: b[0])))
