"""kill -9 of the real process at random moments, life after life on the same files."""

from __future__ import annotations

import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.proof.cuts.oracle import Finding, Promised
from tests.proof.cuts.proof import auditor, scratch
from tests.proof.kills.injecting import injecting
from tests.proof.kills.warm import Errand, running

DEEDS, FEW = 60, 12
CALLS = ("pwrite64", "write", "fsync", "fdatasync", "openat", "ftruncate", "rename", "unlink", "mkdir")
LONGEST = 0.12
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
    report, begun, seed = KillReport(), time.monotonic(), first_seed
    while report.kills < kills and time.monotonic() < begun + seconds:
        report.seeds.append(seed)
        _one_home(seed, report, kills, begun + seconds)
        seed += 1
    report.seconds = time.monotonic() - begun
    return report


def prove_at_calls(seed: int, kills: int, seconds: float = 1e9) -> KillReport:
    """At the k-th call of each kind in a thread, for every k until there is none; ends at so many kills."""
    report, begun = KillReport(seeds=[seed]), time.monotonic()
    left = dict.fromkeys(CALLS, 1)
    while left and report.kills < kills and time.monotonic() < begun + seconds:
        for call, k in tuple(left.items()):
            left[call] = k + 1
            if not _killed_at(seed, call, k, report):
                del left[call]
            if report.kills >= kills or time.monotonic() > begun + seconds:
                break
    report.seconds = time.monotonic() - begun
    return report


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
    _note(found, f"seed {seed}, {call} {k}", report)
    return killed


def _note(found: Finding, where: str, report: KillReport) -> None:
    report.lost += bool(found.lost)
    report.mended.update(item.value for item in found.mended)
    if not found.is_clean:
        report.violations.append(f"{where}: {'; '.join((*found.violations, *found.lost))[:300]}")


def _one_home(seed: int, report: KillReport, kills: int, deadline: float) -> None:
    chance, promised, audits = Random(seed), Promised(), auditor(seed)
    with scratch() as home:
        for life in range(LIVES_A_HOME):
            if report.kills >= kills or time.monotonic() > deadline:
                break
            _one_life(Errand(home, seed, life, DEEDS), chance, promised, report)
            found = audits.check(home, promised, thorough=life % 5 == 4)
            _note(found, f"seed {seed}, life {life}", report)
            if not found.is_clean:
                break
        report.operations += len(promised.ops)


def _one_life(errand: Errand, chance: Random, promised: Promised, report: KillReport) -> None:
    """Killed while it opens, or at work."""
    with running(errand) as child:
        child.go()
        if chance.random() < 0.8:
            child.until(lambda said: '"begun"' in said)
        child.linger(chance.uniform(0.0, LONGEST))
        killed = child.exit_code is None
        child.kill()
        child.end()
        report.kills += killed
        report.ended += not killed
        for said in child.heard:
            promised.hear(said)
