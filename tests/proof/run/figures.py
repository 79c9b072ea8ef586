"""The figures of a run: `build/proof.json`, and whether it held."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.proof.run.lanes import Past
from tests.proof.run.tally import Violation

FIGURES: Mapping[str, tuple[str, ...]] = {
    "schedules": ("schedules",),
    "cuts": ("cuts",),
    "control_cuts": ("cuts",),
    "control_lost": ("cuts",),
    "kills": ("kills", "call kills"),
    "fault_points": ("faults",),
    "weeks": ("weeks",),
    "mutants": ("mutants",),
    "mutants_killed": ("mutants",),
    "fuzz_executions": ("fuzz",),
    "stampede_terminals": ("stampede",),
    "long_tests": ("journeys",),
}
"""Figure → the provers that count it; None is written where none of them ran."""


@dataclass(frozen=True)
class Run:
    """How it was asked for, and where."""

    seed: int
    minutes: float
    lanes: int
    began: str  # UTC
    setting: Mapping[str, str]


@dataclass(frozen=True)
class Lane:
    """What one prover did."""

    name: str
    why_not: str | None
    counts: Mapping[str, int]
    seen: Mapping[str, int]
    seeds: tuple[tuple[int, int], ...]
    rows: tuple[str, ...]
    violations: tuple[Violation, ...]
    seconds: float
    cpu_seconds: float
    stopped: int

    @property
    def ran(self) -> bool:
        return self.why_not is None and bool(self.counts)


@dataclass(frozen=True)
class Figures:
    run: Run
    provers: tuple[Lane, ...]
    seconds: float
    is_whole: bool  # no: somebody stopped it
    figures: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def violations(self) -> list[tuple[str, Violation]]:
        return [(one.name, found) for one in self.provers for found in one.violations]

    @property
    def not_run(self) -> dict[str, str]:
        return {one.name: one.why_not or "no turn came" for one in self.provers if not one.ran}

    @property
    def is_blind(self) -> bool:
        """The control did not lose: then the cuts prove nothing."""
        return bool(self.figures["control_cuts"]) and not self.figures["control_lost"]

    @property
    def holds(self) -> bool:
        return not self.violations and not self.is_blind

    @property
    def rates(self) -> dict[str, dict[str, float]]:
        """Of one core: what a CPU second does."""
        return {
            name: {
                "a_cpu_second": round(count / one.cpu_seconds, 3),
                "cpu_seconds_each": round(one.cpu_seconds / count, 5),
            }
            for one in self.provers
            for name, count in one.counts.items()
            if name in FIGURES and one.cpu_seconds > 0 and count and "control" not in name
        }


def gather(run: Run, pasts: Iterable[Past], seconds: float, *, is_whole: bool) -> Figures:
    provers = tuple(_lane(one) for one in pasts)
    figures: dict[str, int | None] = {}
    for name, by in FIGURES.items():
        counting = [one for one in provers if one.name in by and one.ran]
        figures[name] = sum(one.counts.get(name, 0) for one in counting) if counting else None
    return Figures(run, provers, seconds, is_whole, figures)


def _lane(past: Past) -> Lane:
    tally, why_not = past.tally, past.why_not
    if why_not is None and past.stopped and not tally.counts:
        why_not = "its turn was over before it had counted anything"
    return Lane(
        past.prover.name,
        why_not,
        dict(tally.counts),
        dict(tally.seen),
        tuple(tally.seeds),
        tuple(tally.rows),
        tuple(tally.violations),
        round(past.took, 1),
        round(past.cpu, 1),
        past.stopped,
    )


def as_json(found: Figures) -> dict[str, Any]:
    return {
        **found.figures,
        "violations": len(found.violations),
        "violation_list": [{"prover": name, **asdict(one)} for name, one in found.violations],
        "holds": found.holds,
        "is_whole": found.is_whole,
        "not_run": found.not_run,
        "seeds": {"run": found.run.seed, **{one.name: one.seeds for one in found.provers if one.seeds}},
        "rates": found.rates,
        "seconds": round(found.seconds, 1),
        "run": asdict(found.run),
        "provers": {one.name: _without(one) for one in found.provers},
    }


def _without(lane: Lane) -> dict[str, Any]:
    said = asdict(lane)
    for told_elsewhere in ("name", "violations", "seeds"):
        del said[told_elsewhere]
    return said


def write(path: Path, text: str) -> None:
    """Whole or not at all: a run that is stopped still has what it knew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f"{path.suffix}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)


def encode(found: Figures) -> str:
    return json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n"
