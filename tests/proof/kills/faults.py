"""A disk that fails at the k-th system call of a kind: said clearly, nothing is lost, work goes on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.proof.cuts.oracle import Promised
from tests.proof.cuts.proof import auditor, keep, scratch
from tests.proof.kills.injecting import injecting
from tests.proof.kills.warm import Child, Errand, running

DEEDS = 16
AFTERWARDS = 4


@dataclass(frozen=True)
class Fault:
    """`call` fails in each thread from its k-th time on, `times` times; of the files of the store only."""

    call: str
    error: str
    k: int
    times: int = 1

    def __str__(self) -> str:
        return f"{self.call}:error={self.error}:when={self.k}..{self.k + self.times - 1}"


KINDS: tuple[tuple[str, str], ...] = (
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EIO"),
    ("pwrite64", "EINTR"),
    ("write", "ENOSPC"),
    ("write", "EIO"),
    ("write", "EINTR"),
    ("fsync", "EIO"),
    ("fdatasync", "EIO"),
    ("fdatasync", "EINTR"),
    ("fdatasync", "ENOSPC"),
    ("openat", "EIO"),
    ("openat", "EMFILE"),
    ("openat", "EROFS"),
    ("rename", "EIO"),
    ("ftruncate", "EIO"),
    ("unlink", "EIO"),
    ("mkdir", "ENOSPC"),
    ("pread64", "EIO"),
)


@dataclass
class FaultReport:
    fault_points: int = 0  # system calls that failed
    lives: int = 0
    told: Counter[str] = field(default_factory=Counter)  # what the person would have read
    lost: int = 0
    mended: Counter[str] = field(default_factory=Counter)
    seeds: list[int] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    seconds: float = 0.0


def prove(seed: int, points: int, seconds: float = 1e9) -> FaultReport:
    """Every k of every kind until no such call is left, kinds in turn; ends at so many points or seconds."""
    report, begun = FaultReport(), time.monotonic()
    for _ in at_points(seed, report):
        if report.fault_points >= points or time.monotonic() > begun + seconds:
            break
    report.seconds = time.monotonic() - begun
    return report


def at_points(seed: int, report: FaultReport) -> Iterator[None]:
    """`report` grows from life to life."""
    report.seeds.append(seed)
    left = dict.fromkeys(KINDS, 1)
    while left:
        for (call, error), k in tuple(left.items()):
            times = 1 if k % 3 else 4
            left[call, error] = k + 1
            if not suffer(seed, Fault(call, error, k, times), report):
                del left[call, error]
            yield


def suffer(seed: int, fault: Fault, report: FaultReport) -> int:
    """How many calls failed in one life."""
    with scratch() as folder:
        home, log = folder / "home", folder / "log"
        home.mkdir()
        promised = Promised()
        with running(Errand(home, seed, 0, DEEDS)) as child, injecting(str(fault), child.pid, home, log):
            child.go()
            child.end()
        _hear(child, promised)
        failed = log.read_text(errors="replace").count("(INJECTED)")
        _judge(home, seed, fault, promised, report)
        report.fault_points += failed
        return failed


def run_full(seed: int, limit: int, report: FaultReport) -> None:
    """No file may grow beyond `limit`: the write across it is short, later ones fail; a new life has room."""
    with scratch() as home:
        promised = Promised()
        with running(Errand(home, seed, 0, DEEDS, limit)) as child:
            child.go()
            child.end()
        _hear(child, promised)
        report.fault_points += 1
        _judge(home, seed, f"full at {limit}", promised, report)


def _hear(child: Child, promised: Promised) -> None:
    for said in child.heard:
        promised.hear(said)


def _judge(home: Path, seed: int, fault: object, promised: Promised, report: FaultReport) -> None:
    """At once, and once more after another life on a disk that is whole again."""
    found = auditor(seed).check(home, promised, thorough=True)
    if found.is_clean:
        with running(Errand(home, seed, 1, AFTERWARDS)) as child:
            child.go()
            child.end()
        _hear(child, promised)
        if '{"ended": 1}' not in child.heard:
            promised.bugs.append("work does not go on")
        found = auditor(seed).check(home, promised, thorough=True)
    report.lives += 1
    report.told.update(promised.faults)
    report.mended.update(item.value for item in found.mended)
    report.lost += bool(found.lost)
    if not found.is_clean:
        report.violations.append(f"seed {seed}, {fault}: {'; '.join((*found.violations, *found.lost))[:600]}")
        keep(home, f"seed {seed}, {fault}")
