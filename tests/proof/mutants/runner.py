"""Shows every mutant to its prover until it is caught; the same seed must say nothing without it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from tests.proof.mutants.catalogue import MUTANTS
from tests.proof.mutants.model import Mutant


@dataclass(frozen=True)
class Row:
    mutant: str
    breaks: tuple[int, ...]
    prover: str
    oracle: str | None  # what it said; None: nobody saw it
    seed: int | None
    tries: int
    seconds: float


@dataclass(frozen=True)
class MutantReport:
    """`false_alarms`: what the oracles said of a seed of a survivor or a killed one with no mutant in."""

    mutants: int
    killed: int
    survivors: tuple[str, ...]
    rows: tuple[Row, ...]
    untried: tuple[str, ...] = ()  # there was no time
    false_alarms: tuple[str, ...] = ()


def prove(
    budget_seconds: float, seed: int = 1, only: str | None = None, mutants: Iterable[Mutant] = MUTANTS
) -> MutantReport:
    end = time.monotonic() + budget_seconds
    rows: list[Row] = []
    alarms: list[str] = []
    untried: list[str] = []
    for mutant in mutants:
        if only is not None and only not in mutant.name:
            continue
        if time.monotonic() >= end:
            untried.append(mutant.name)
            continue
        row = _show(mutant, seed, end, alarms)
        if row is None:
            untried.append(mutant.name)
        else:
            rows.append(row)
    survivors = tuple(row.mutant for row in rows if row.oracle is None)
    return MutantReport(
        len(rows), len(rows) - len(survivors), survivors, tuple(rows), tuple(untried), tuple(alarms)
    )


def _show(mutant: Mutant, first: int, end: float, alarms: list[str]) -> Row | None:
    """None where the prover cannot run here, or the time was over before it had said anything.

    Raises DoesNotApply.
    """
    with mutant.installed():
        pass
    began, tries = time.monotonic(), 0

    def row(oracle: str | None, seed: int | None) -> Row:
        took = time.monotonic() - began
        return Row(mutant.name, mutant.breaks, mutant.prover.name, oracle, seed, tries, took)

    for seed in mutant.prover.seeds(first):
        if time.monotonic() >= end:
            return None
        tries += 1
        faults = mutant.prover.faults(seed, mutant)
        if not faults:
            continue
        without = mutant.prover.faults(seed, None)
        if not without:
            return row(faults[0], seed)
        alarms.append(f"{mutant.prover.name} {seed} without {mutant.name}: {without[0]}")
    return row(None, None) if tries else None


def table(report: MutantReport) -> str:
    """For people."""
    lines = [
        f"{row.mutant:42} {row.prover:14} {_seen(row)} ({row.tries} tried, {row.seconds:.1f} s)"
        for row in report.rows
    ]
    lines += [f"{name:42} not tried" for name in report.untried]
    lines += [f"false alarm: {one}" for one in report.false_alarms]
    return "\n".join([*lines, f"{report.killed} of {report.mutants} mutants killed"])


def _seen(row: Row) -> str:
    if row.oracle is None:
        return "SURVIVES"
    said = " ".join(row.oracle.split())
    return f"seed {row.seed}: {said[:110]}"
