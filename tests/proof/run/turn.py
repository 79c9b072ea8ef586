"""One prover at work for some seconds: `python -m tests.proof.run.turn NAME SEED SECONDS`."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

from tests.proof.run.tally import Tally

SAYS_EVERY = 1.0


@dataclass
class Turn:
    seed: int
    seconds: float
    tally: Tally = field(default_factory=Tally)
    _begun: float = field(default_factory=time.monotonic)
    _said: float = 0.0

    @property
    def ends(self) -> float:
        return self._begun + self.seconds

    @property
    def left(self) -> float:
        return max(0.0, self.ends - time.monotonic())

    def say(self, *, now: bool = False) -> None:
        """All so far, as one line; whoever stops this process keeps what was said last."""
        if now or time.monotonic() > self._said + SAYS_EVERY:
            self._said = time.monotonic()
            print(self.tally.encode(), flush=True)


def main() -> int:
    from tests.proof.run.provers import PROVERS

    name, seed, seconds = sys.argv[1:]
    turn = Turn(int(seed), float(seconds))
    prover = next(one for one in PROVERS if one.name == name)
    prover.work(turn)
    turn.say(now=True)
    return 1 if turn.tally.violations else 0


if __name__ == "__main__":
    sys.exit(main())
