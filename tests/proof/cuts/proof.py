"""Cuts the power at every place of recorded lives, and counts."""

from __future__ import annotations

import copy
import pickle
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sync.wire.keys import SigningKey
from tests.proof.cuts import strace
from tests.proof.cuts.disk import Disk, Image
from tests.proof.cuts.durability import LOWERED, SHIPPED, Durability
from tests.proof.cuts.events import Event, Said
from tests.proof.cuts.oracle import Auditor, Finding, Promised

REPO = Path(__file__).parents[3]
VIOLATIONS = REPO / "build/proof/violations"
LIFE = "life.pickle"
THOROUGH_EVERY = 25


@dataclass(frozen=True)
class Cut:
    """The power fails after so many events of the log of this seed; `draw` chooses what is left."""

    seed: int
    events: int
    draw: int

    def __str__(self) -> str:
        return f"--seed {self.seed} --cut {self.events}.{self.draw}"


@dataclass
class CutReport:
    cuts: int = 0
    lost: int = 0  # cuts after which something promised was gone
    control_cuts: int = 0
    control_lost: int = 0
    seeds: list[int] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)
    control_mended: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def cuts_a_second(self) -> float:
        return (self.cuts + self.control_cuts) / max(self.seconds, 1e-9)


@dataclass(frozen=True)
class Life:
    """One recorded process."""

    seed: int
    durability: Durability
    events: tuple[Event, ...]
    found: int = 0  # so many of the events stand for what was there before it began
    promised: Promised = field(default_factory=Promised)  # by those who lived before

    def begun(self) -> tuple[Disk, Promised]:
        disk = Disk()
        for event in self.events[: self.found]:
            disk.after(event)
        return disk, copy.deepcopy(self.promised)


@dataclass(frozen=True)
class Left:
    """What an earlier life left: the files, and what it had promised."""

    image: Image
    promised: Promised


def record(
    seed: int, count: int, durability: Durability = SHIPPED, *injections: str, left: Left | None = None
) -> Life:
    """`left`: this is the second life on these files."""
    with scratch() as folder:
        home = folder / "home"
        home.mkdir()
        reader = strace.Reader(home)
        if left is not None:
            materialise(left.image, home)
        found = tuple(reader.found())
        words = (str(home), str(seed), str(count), str(durability), str(int(left is not None)))
        command = (sys.executable, "-m", "tests.proof.cuts.driver", *words)
        log = folder / "log"
        done = strace.run(command, log, REPO, *injections)
        assert done.returncode == 0, done.stderr
        events = (*found, *reader.events(log))
        return Life(seed, durability, events, len(found), left.promised if left else Promised())


def places(life: Life, chance: Random, share: float) -> Iterator[tuple[Cut, Image, Promised]]:
    """Of each prefix of the log `share` cuts on the average; none where a cut could change nothing new."""
    disk, promised = life.begun()
    for place, event in enumerate(life.events[life.found :], life.found + 1):
        disk.after(event)
        if isinstance(event, Said):
            promised.hear(event.text)
        wanted = int(share) + (chance.random() < share % 1)
        if disk.is_settled():
            wanted = min(wanted, 1)
        for draw in range(wanted):
            yield Cut(life.seed, place, draw), disk.cut(Random(f"{place}.{draw}")), promised


def at(life: Life, cut: Cut) -> tuple[Image, Promised]:
    """This very cut again."""
    disk, promised = life.begun()
    for event in life.events[life.found : cut.events]:
        disk.after(event)
        if isinstance(event, Said):
            promised.hear(event.text)
    return disk.cut(Random(f"{cut.events}.{cut.draw}")), promised


def some(life: Life, share: float) -> Left:
    """What the cut at about this share of the life leaves."""
    place = life.found + int(share * (len(life.events) - life.found))
    return Left(*at(life, Cut(life.seed, place, 0)))


def examine(seed: int, image: Image, promised: Promised, *, thorough: bool = False) -> Finding:
    with scratch() as home:
        materialise(image, home)
        return auditor(seed).check(home, promised, thorough=thorough)


def auditor(seed: int) -> Auditor:
    return Auditor(SigningKey(Random(seed).randbytes(32)).public)


def materialise(image: Image, home: Path) -> None:
    for name, data in image.items():
        if data is None:
            (home / name).mkdir()
        else:
            (home / name).write_bytes(data)


_PRECIOUS = (".yzj", "ledger.db", "ledger.db-wal", "ledger.db-journal")


def told_too_early(life: Life) -> list[str]:
    """Ledger and journal each hold an operation before it is told: neither lives by the other's grace."""
    disk, _ = life.begun()
    early = []
    for place, event in enumerate(life.events[life.found :], life.found + 1):
        disk.after(event)
        if isinstance(event, Said) and event.text.startswith('{"op"'):
            late = [
                name for name in disk.unsynced() if name.endswith((".yzj", "-wal", "-journal", "ledger.db"))
            ]
            early += [f"--seed {life.seed}: told at {place}, before {name} was synced" for name in late]
    return early


def cut_life(
    life: Life, budget: int, report: CutReport, deadline: float, each: Callable[[], None] = lambda: None
) -> None:
    """About `budget` cuts of this life; `each` is called after every one."""
    is_control = life.durability != SHIPPED
    chance = Random(life.seed)
    audits = auditor(life.seed)
    share = budget / (len(life.events) - life.found)
    with scratch() as folder:
        for number, (cut, image, promised) in enumerate(places(life, chance, share)):
            if time.monotonic() > deadline:
                return
            home = folder / str(number)
            home.mkdir()
            materialise(image, home)
            found = audits.check(home, promised, thorough=number % THOROUGH_EVERY == 0)
            shutil.rmtree(home)
            mended = report.control_mended if is_control else report.mended
            mended.update(item.value for item in found.mended)
            if is_control:
                report.control_cuts += 1
                report.control_lost += bool(found.lost)
            else:
                report.cuts += 1
                report.lost += bool(found.lost)
                if not found.is_clean:
                    kept = _keep_cut(life, cut, image)
                    what = "; ".join((*found.violations, *found.lost))[:300]
                    report.violations.append(f"{cut}: {what} (kept: {kept})")
            each()


def prove(seeds: range, deeds: int, cuts: int, control_cuts: int, seconds: float = 1e9) -> CutReport:
    """`cuts` in all over `seeds`; control: the same lives with lowered durability, which must lose."""
    report, begun = CutReport(), time.monotonic()
    for seed in seeds:
        report.seeds.append(seed)
        life = record(seed, deeds)
        report.violations += told_too_early(life)
        cut_life(life, cuts // len(seeds), report, begun + seconds)
        if control_cuts:
            lowered = record(seed, deeds, LOWERED)
            cut_life(lowered, control_cuts // len(seeds), report, begun + seconds)
        if time.monotonic() > begun + seconds:
            break
    report.seconds = time.monotonic() - begun
    return report


def keep(home: Path, name: str) -> Path:
    """What was found wrong stays to be examined."""
    kept = VIOLATIONS / re.sub(r"[^A-Za-z0-9.]+", "-", name)
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(home, kept)
    return kept.relative_to(REPO)


def recorded(kept: Path) -> Life:
    """Only of this machine's own making: a pickle may do anything."""
    life = pickle.loads(kept.read_bytes())
    assert isinstance(life, Life)
    return life


def _keep_cut(life: Life, cut: Cut, image: Image) -> Path:
    """With the recording: its keys and nonces come no second time, and with it the cut is the very same."""
    with scratch() as home:
        materialise(image, home)
        (home / LIFE).write_bytes(pickle.dumps(life))
        return keep(home, f"cut {cut.seed} {cut.events}.{cut.draw}")


@contextmanager
def scratch() -> Iterator[Path]:
    """In memory where there is one: what is durable is decided by the log, not by this disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="yz-cut-", dir=memory if memory.is_dir() else None) as name:
        yield Path(name)
