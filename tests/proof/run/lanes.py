"""Shares the time out among the provers: as many at once as there are cores, each turn its own process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.proof.run.provers import PYTHON, Prover
from tests.proof.run.tally import Tally, total

REPO = Path(__file__).parents[3]
LOGS = REPO / "build/proof/log"
GRACE = 45.0  # seconds that a prover may be over its turn: its last thing may be long
LONGEST = 900.0
LAST = 8.0  # a turn this short still fills what is left at the end
SEEDS_A_TURN = 100_000


@dataclass
class Past:
    """All turns of one prover."""

    prover: Prover
    why_not: str | None = None
    turns: list[Tally] = field(default_factory=list)
    given: float = 0.0  # seconds of turns begun
    took: float = 0.0  # wall seconds, of turns that ended
    cpus: list[float] = field(default_factory=list)  # of each turn
    stopped: int = 0  # turns that were stopped before they ended by themselves
    is_broken: bool = False  # the prover itself ended in a way that is no answer

    @property
    def has_work(self) -> bool:
        is_enough = self.given >= self.prover.most or (self.prover.once and self.turns)
        return self.why_not is None and not self.is_broken and not is_enough

    @property
    def cpu(self) -> float:
        return sum(self.cpus)

    @property
    def tally(self) -> Tally:
        return total(self.turns)


@dataclass(frozen=True)
class Budget:
    seconds: float
    seed: int
    lanes: int

    @property
    def whole(self) -> float:
        return self.seconds * self.lanes

    def of(self, prover: Prover) -> float:
        """A prover for which its share is too short gets its least, where that is no more than an eighth."""
        share = min(self.whole * prover.share, prover.most)
        return prover.least if share < prover.least <= self.whole / 8 else share

    def turn_of(self, prover: Prover) -> float:
        if prover.once:
            return self.of(prover)
        return min(LONGEST, max(prover.least, self.of(prover) / 4))


def first_seed(seed: int, name: str, turn: int) -> int:
    return Random(f"{seed} {name}").randrange(1, 10_000) * 10_000_000 + turn * SEEDS_A_TURN


class Lanes:
    """`pasts` may be read at any moment."""

    def __init__(self, budget: Budget, provers: tuple[Prover, ...]) -> None:
        self.budget = budget
        self.pasts = {one.name: Past(one, self._why_not(one)) for one in provers}
        self.begun = time.monotonic()
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[str]] = set()
        self._over = False
        self._threads = [threading.Thread(target=self._lane, daemon=True) for _ in range(budget.lanes)]

    def _why_not(self, prover: Prover) -> str | None:
        if self.budget.of(prover) < prover.least:
            return f"the time is too short: it needs {prover.least:.0f} s"
        return prover.why_not()

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    @property
    def left(self) -> float:
        return max(0.0, self.begun + self.budget.seconds - time.monotonic())

    def is_done(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        """What was said so far counts."""
        with self._lock:
            self._over = True
            running = tuple(self._running)
        for process in running:
            _end(process)
        for thread in self._threads:
            thread.join(10)

    def _lane(self) -> None:
        while (next_one := self._next()) is not None:
            self._turn(*next_one)

    def _next(self) -> tuple[Past, float, int] | None:
        """The one that is furthest behind its share."""
        with self._lock:
            waiting = [
                one
                for one in self.pasts.values()
                if one.has_work and min(one.prover.least, LAST) <= self.left
            ]
            if self._over or not waiting:
                return None
            past = min(waiting, key=lambda one: one.given / one.prover.share)
            seconds = min(self.budget.turn_of(past.prover), self.left)
            past.given += seconds
            past.turns.append(Tally())
            past.cpus.append(0.0)
            return past, seconds, len(past.turns) - 1

    def _turn(self, past: Past, seconds: float, number: int) -> None:
        name, begun = past.prover.name, time.monotonic()
        seed = first_seed(self.budget.seed, name, number)
        words = ["-m", "tests.proof.run.turn", name, str(seed), f"{seconds:.0f}"]
        log = LOGS / f"{name.replace(' ', '-')}-{number}.txt"
        surroundings = os.environ | SURROUNDINGS
        with log.open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, *words],
                cwd=REPO,
                env=surroundings,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )
            self._follow(past, process, number, seconds)
        past.took += time.monotonic() - begun
        code = process.returncode
        if code == -signal.SIGKILL:
            past.stopped += 1  # also by us, when all is over
        elif code != (1 if past.turns[number].violations else 0):
            past.is_broken = True
            last = log.read_text().strip()[-400:]
            past.turns[number].found(
                f"the prover itself ended with {code}: {last}", f"{PYTHON} {' '.join(words[1:])}"
            )

    def _follow(self, past: Past, process: subprocess.Popen[str], number: int, seconds: float) -> None:
        with self._lock:
            self._running.add(process)
            if self._over:
                _end(process)
        overdue = threading.Timer(seconds + GRACE, _end, (process,))
        overdue.start()
        said = process.stdout
        assert said is not None
        for line in said:
            if line.startswith('{"counts"'):
                past.turns[number] = Tally.decode(line)
            past.cpus[number] = max(past.cpus[number], cpu_of_session(process.pid))
        process.wait()
        overdue.cancel()
        with self._lock:
            self._running.discard(process)
        _end(process)


SURROUNDINGS: Mapping[str, str] = {
    "PYTHONHASHSEED": "0",  # the order of sets too is the same again
    "QT_QPA_PLATFORM": "offscreen",
    "QT_QUICK_BACKEND": "software",
}


def _end(process: subprocess.Popen[str]) -> None:
    """With all that it began."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def cpu_of_session(leader: int) -> float:
    """Seconds of all processes of the session and of those they waited for; 0 where there is no /proc."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(after_name[3]) == leader:
            ticks += sum(map(int, after_name[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
