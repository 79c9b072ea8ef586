"""Runs the harnesses within a time and tells what they did and found."""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.fuzz import calls, devices, terminal, wire
from tests.fuzz.harness import Finding, Harness

KEPT = 5
"""Findings of one harness that are told: more are hardly other ones."""
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class HarnessReport:
    name: str
    executions: int
    seconds: float
    findings: tuple[Finding, ...]

    @property
    def rate(self) -> int:
        return round(self.executions / self.seconds) if self.seconds else 0


@dataclass(frozen=True)
class FuzzReport:
    harnesses: int
    executions: int
    findings: tuple[Finding, ...]
    guided: int
    """Of the executions, those guided by coverage; 0 where atheris does not run."""
    each: tuple[HarnessReport, ...]


def harnesses(stack: ExitStack) -> tuple[Harness, ...]:
    """`stack` closes what they stand on: a ledger, a central."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yizhan-fuzz-")))
    (folder / "central").mkdir()
    bench = terminal.Bench.set_up(folder)
    stack.callback(bench.ledger.db.close)
    central = calls.harnesses(folder / "central", stack)
    return (*wire.harnesses(), *terminal.harnesses(bench), *devices.harnesses(), *central)


def prove(budget_seconds: float, seed: int, names: Iterable[str] = (), *, guide: bool = True) -> FuzzReport:
    """Half of the time by changes to samples, half guided by coverage where that can be had."""
    guide = guide and can_be_guided()
    logging.disable(logging.CRITICAL)  # central tells of each refusal
    try:
        with ExitStack() as stack:
            chosen = _chosen(harnesses(stack), names)
            share = budget_seconds / len(chosen) / (2 if guide else 1)
            each = [_under_fire(one, share, seed) for one in chosen]
    finally:
        logging.disable(logging.NOTSET)
    steered = [_guided(one.name, share, seed) for one in chosen] if guide else []
    both = (*each, *steered)
    return FuzzReport(
        harnesses=len(chosen),
        executions=sum(one.executions for one in both),
        findings=tuple(finding for one in both for finding in one.findings),
        guided=sum(one.executions for one in steered),
        each=both,
    )


def can_be_guided() -> bool:
    """atheris has wheels for some systems and versions of Python alone."""
    return importlib.util.find_spec("atheris") is not None


def _chosen(known: Sequence[Harness], names: Iterable[str]) -> list[Harness]:
    wanted = set(names) or {one.name for one in known}
    unknown = wanted - {one.name for one in known}
    if unknown:
        raise SystemExit(
            f"no harness {', '.join(sorted(unknown))}; there are {', '.join(o.name for o in known)}"
        )
    return [one for one in known if one.name in wanted]


def _under_fire(harness: Harness, seconds: float, seed: int) -> HarnessReport:
    rng = Random(f"{seed} {harness.name}")
    found: dict[str, Finding] = {}
    began, executions = time.monotonic(), 0
    kept = [path.read_bytes() for path in harness.corpus()]
    while executions < len(kept) or time.monotonic() - began < seconds:
        data = kept[executions] if executions < len(kept) else harness.changed(rng)
        executions += 1
        finding = harness.try_(data)
        if finding is not None and len(found) < KEPT:
            found.setdefault(finding.what[:60], finding)
    return HarnessReport(harness.name, executions, time.monotonic() - began, tuple(found.values()))


def _guided(name: str, seconds: float, seed: int) -> HarnessReport:
    with tempfile.TemporaryDirectory(prefix="yizhan-guided-") as text:
        folder, began = Path(text), time.monotonic()
        (folder / "corpus").mkdir()
        found = folder / "found"
        asked = [name, "--seconds", str(max(1, round(seconds))), "--seed", str(seed % 2**31 or 1)]
        asked += ["--corpus", str(folder / "corpus"), "--found", str(found)]
        command = [sys.executable, "-m", "tests.fuzz.guided", *asked]
        # atheris ends its process without leaving any frame: what it laid down goes with this folder
        ran = subprocess.run(
            command,
            cwd=_HERE.parent.parent,
            env=os.environ | {"TMPDIR": text},
            capture_output=True,
            text=True,
            check=False,
        )
        counted = _EXECUTED.search(ran.stderr)
        findings: tuple[Finding, ...] = ()
        if found.exists() or ran.returncode:
            said = [line for line in ran.stderr.splitlines() if "Error" in line or "ERROR" in line]
            data = found.read_bytes() if found.exists() else b""
            findings = (Finding(name, f"guided: {' '.join(said)[:300]}", data),)
        executions = int(counted[1]) if counted else 0
        return HarnessReport(f"{name} (guided)", executions, time.monotonic() - began, findings)
