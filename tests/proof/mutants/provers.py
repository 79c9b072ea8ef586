"""The parts of the proof that mutants are shown to, each brought near what a mutant breaks."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

from tests.proof.cuts import proof as cuts
from tests.proof.cuts import strace
from tests.proof.cuts.durability import SHIPPED, Durability
from tests.proof.leases.week import county, live_through
from tests.proof.mutants.model import DoesNotApply, Mutant
from tests.proof.sim import script as scripts
from tests.proof.sim import work
from tests.proof.sim.line import Fate
from tests.proof.sim.schedule import run_schedule
from tests.proof.sim.template import template


@contextmanager
def _set(owner: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


PATIENCE = 20.0  # seconds for one schedule, which takes one
LONG = 180.0  # seconds for a process with tests, which take a few
PASSED, FAILED = 0, 1  # what pytest says; all else is its own trouble
ROOT = Path(__file__).parents[3]


class Endless(KeyboardInterrupt):
    """A mutant that never comes to rest. Of this kind, because a task keeps every other to itself."""


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    def over(*_: Any) -> None:
        raise Endless

    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@dataclass(frozen=True)
class Schedules:
    """The simulator; `blows`, `wishes` and `fates` are what schedules are full of, where any are named."""

    blows: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    fates: tuple[Fate, ...] = ()
    seats: int = 1  # at least
    tries: int = 40
    name: str = "schedules"

    def seeds(self, first: int) -> Iterator[int]:
        with self._full():
            found = [seed for seed in range(first, first + 40 * self.tries) if self._fits(seed)]
        return islice(found, self.tries)

    def _fits(self, seed: int) -> bool:
        """Its script alone, drawn without running it, has what is wanted."""
        drawn = scripts.Script.drawn(Random(seed))
        named = {blow.name for _, blow in drawn.blows}
        return named.issuperset(self.blows) and drawn.visits > 3 and self.seats <= drawn.seats <= 3

    def faults(self, seed: int, mutant: Mutant | None) -> tuple[str, ...]:
        with self._full():
            try:
                with _patience(PATIENCE):
                    found = run_schedule(seed, None if mutant is None else mutant.installed).violations
            except Endless:
                found = (f"8 convergence: no end of it in {PATIENCE:.0f} s",)
        if found:
            template.cache_clear()  # what broke may have left a statement open in the county's files
        return found

    @contextmanager
    def _full(self) -> Iterator[None]:
        with ExitStack() as stack:
            if self.blows:
                odds = [
                    replace(blow, odds=0.9 if blow.name in self.blows else blow.odds / 2)
                    for blow in scripts.BLOWS
                ]
                stack.enter_context(_set(scripts, "BLOWS", tuple(odds)))
            if self.wishes:
                stack.enter_context(_set(work, "WISHES", _Some(work.WISHES, self.wishes)))
            if self.fates:
                stack.enter_context(_set(scripts, "FATES", self.fates * 5))
            yield


class _Some(dict[str, Any]):
    """All wishes, of which only some come to people by themselves."""

    def __init__(self, all_: dict[str, Any], some: tuple[str, ...]) -> None:
        super().__init__(all_)
        assert super().keys() >= set(some)
        self._some = some

    def __iter__(self) -> Iterator[str]:
        return iter(self._some)


@dataclass(frozen=True)
class Weeks:
    """The property test of leases, with fewer machines."""

    machines: int = 6
    deeds: int = 4
    exchanges: int = 60
    tries: int = 6
    name: str = "weeks"

    def seeds(self, first: int) -> Iterator[int]:
        return islice(count(first), self.tries)

    def faults(self, seed: int, mutant: Mutant | None) -> tuple[str, ...]:
        with tempfile.TemporaryDirectory() as folder, county(Path(folder), seed) as week:
            broken = nullcontext() if mutant is None else mutant.installed()
            return _asserted(lambda: live_through(week, self.machines, self.deeds, self.exchanges), broken)


@dataclass(frozen=True)
class Cuts:
    """A recorded life of the real process: what it told before both files were synced."""

    durability: Durability
    tries: int = 1
    name: str = "cuts"

    def seeds(self, first: int) -> Iterator[int]:
        return iter(() if strace.why_not() is not None else (first,))

    def faults(self, seed: int, mutant: Mutant | None) -> tuple[str, ...]:
        wanted = SHIPPED if mutant is None else self.durability
        return tuple(cuts.told_too_early(cuts.record(seed, 8, wanted)))


@dataclass(frozen=True)
class Tests:
    """Tests of the suite, in a process of their own: for what no schedule walks."""

    nodes: str
    tries: int = 1
    name: str = "tests"

    def seeds(self, first: int) -> Iterator[int]:
        return iter((first,))

    def faults(self, seed: int, mutant: Mutant | None) -> tuple[str, ...]:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=short", "-p", "no:cacheprovider"]
        shown = [] if mutant is None else ["-p", "tests.proof.mutants.plugin", "--mutant", mutant.name]
        try:
            done = subprocess.run(
                [*command, *shown, self.nodes],
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=LONG,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return (f"8 convergence: no end of it in {LONG:.0f} s",)
        if done.returncode not in (PASSED, FAILED):
            raise DoesNotApply(f"{self.nodes}: {(done.stdout + done.stderr)[-500:]}")
        said = [line[1:].strip() for line in done.stdout.splitlines() if line.startswith("E  ")]
        return () if done.returncode == PASSED else (" ".join(said)[:300] or done.stdout[-300:],)


@dataclass(frozen=True)
class Asks:
    """One question to the product's functions, asked with many seeds."""

    question: Callable[[int], None]
    tries: int = 5

    @property
    def name(self) -> str:
        return self.question.__name__

    def seeds(self, first: int) -> Iterator[int]:
        return islice(count(first), self.tries)

    def faults(self, seed: int, mutant: Mutant | None) -> tuple[str, ...]:
        broken = nullcontext() if mutant is None else mutant.installed()
        return _asserted(lambda: self.question(seed), broken)


def _asserted(work_: Callable[[], None], broken: AbstractContextManager[None]) -> tuple[str, ...]:
    try:
        with broken:
            work_()
    except Exception as error:  # noqa: BLE001  what a broken product raises is what is asked for
        said = str(error) or traceback.extract_tb(error.__traceback__)[-1].line
        return (f"{type(error).__name__}: {str(said)[:300]}",)
    return ()
