"""kill -9 of the real process at random moments, life after life on the same files."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from tests.proof.cuts.oracle import Finding, Promised
from tests.proof.cuts.proof import auditor, keep, scratch
from tests.proof.kills.injecting import injecting
from tests.proof.kills.warm import Errand, running

DEEDS, FEW = 60, 12
CALLS = ("pwrite64", "write", "fsync", "fdatasync", "openat", "ftruncate", "rename", "unlink", "mkdir")
MOST_WORDS, LONGEST = 40, 0.01
LIVES_A_HOME = 25


@dataclass
class KillReport:
    kills: int = 0
    ended: int = 0  # lives that were over before the kill came
    lost: int = 0
    operations: int = 0
    seeds: list[int] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    seconds: float = 0.0


def prove(first_seed: int, kills: int, seconds: float = 1e9) -> KillReport:
    """At least `kills`, or as many as go into the time."""
    report, begun = KillReport(), time.monotonic()
    for _ in life_after_life(first_seed, report):
        if report.kills >= kills or time.monotonic() > begun + seconds:
            break
    report.seconds = time.monotonic() - begun
    return report


def prove_at_calls(seed: int, kills: int, seconds: float = 1e9) -> KillReport:
    """At the k-th call of each kind in a thread, for every k until there is none; ends at so many kills."""
    report, begun = KillReport(), time.monotonic()
    for _ in at_calls(seed, report):
        if report.kills >= kills or time.monotonic() > begun + seconds:
            break
    report.seconds = time.monotonic() - begun
    return report


def life_after_life(first_seed: int, report: KillReport) -> Iterator[None]:
    """Without end; `report` grows from kill to kill."""
    for seed in count(first_seed):
        report.seeds.append(seed)
        yield from _one_home(seed, report)


def at_calls(seed: int, report: KillReport) -> Iterator[None]:
    report.seeds.append(seed)
    left = dict.fromkeys(CALLS, 1)
    while left:
        for call, k in tuple(left.items()):
            left[call] = k + 1
            if not _killed_at(seed, call, k, report):
                del left[call]
            yield


def _killed_at(seed: int, call: str, k: int, report: KillReport) -> bool:
    with scratch() as folder:
        home, log, promised = folder / "home", folder / "log", Promised()
        home.mkdir()
        with running(Errand(home, seed, 0, FEW)) as child:
            with injecting(f"{call}:signal=KILL:when={k}", child.pid, home, log):
                child.go()
                child.end()
            killed = child.exit_code == -signal.SIGKILL
        for said in child.heard:
            promised.hear(said)
        found = auditor(seed).check(home, promised, thorough=True)
        report.kills += killed
        report.ended += not killed
        report.operations += len(promised.ops)
        _note(found, f"seed {seed}, {call} {k}", home, report)
    return killed


def _note(found: Finding, where: str, home: Path, report: KillReport) -> None:
    report.lost += bool(found.lost)
    report.mended.update(item.value for item in found.mended)
    if not found.is_clean:
        report.violations.append(f"{where}: {'; '.join((*found.violations, *found.lost))[:300]}")
        keep(home, where)


def _one_home(seed: int, report: KillReport) -> Iterator[None]:
    chance, promised, audits = Random(seed), Promised(), auditor(seed)
    with scratch() as home:
        for life in range(LIVES_A_HOME):
            told = len(promised.ops)
            _one_life(Errand(home, seed, life, DEEDS), chance, promised, report)
            found = audits.check(home, promised, thorough=life % 5 == 4)
            report.operations += len(promised.ops) - told
            _note(found, f"seed {seed}, life {life}", home, report)
            yield
            if not found.is_clean:
                break


def _one_life(errand: Errand, chance: Random, promised: Promised, report: KillReport) -> None:
    """Killed while it opens, or at most a hundredth of a second after it has said so many words at work."""
    with running(errand) as child:
        child.go()
        if chance.random() < 0.8:
            words = count(chance.randrange(MOST_WORDS), -1)
            child.until(lambda said: '"begun"' in said)
            child.until(lambda _said: next(words) <= 0)
        child.linger(chance.uniform(0.0, LONGEST))
        killed = child.exit_code is None
        child.kill()
        child.end()
        report.kills += killed
        report.ended += not killed
        for said in child.heard:
            promised.hear(said)
