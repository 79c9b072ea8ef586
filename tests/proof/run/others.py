"""The provers that count for themselves: leases, mutants, fuzz, stampede, and the long tests."""

from __future__ import annotations

import importlib
import tempfile
import time
import traceback
from dataclasses import asdict, is_dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.proof.run.turn import Turn

PYTHON = ".venv/bin/python -m"
MACHINES, DEEDS, EXCHANGES = 50, 2, 120
SMALL = 1_000_000
FIRST_ACK = 600.0  # virtual seconds


def weeks(turn: Turn) -> None:
    from tests.proof.leases.week import county, live_through

    seed, tally = turn.seed, turn.tally
    while not tally.counts["weeks"] or turn.left:
        with tempfile.TemporaryDirectory(prefix="yz-week-") as folder, county(Path(folder), seed) as week:
            try:
                live_through(week, MACHINES, DEEDS, EXCHANGES)
            except Exception:  # noqa: BLE001 - the outermost frame of one week
                last = traceback.format_exc(limit=-2)[-600:]
                tally.found(f"seed {seed}: {last}", f"{PYTHON} tests.proof.run.turn weeks {seed} 0")
            tally.seen.update(week.seen)
        tally.counts["weeks"] += 1
        tally.ran(seed)
        seed += 1
        turn.say()


def mutants(turn: Turn) -> None:
    """In an order of the seed's, so that short runs do not try the same few each time."""
    catalogue = importlib.import_module("tests.proof.mutants.catalogue").MUTANTS
    prove = importlib.import_module("tests.proof.mutants").prove
    seed, tally = turn.seed % SMALL, turn.tally
    tally.ran(seed)
    for mutant in Random(turn.seed).sample(catalogue, len(catalogue)):
        report = prove(turn.left, seed, mutants=(mutant,))
        tally.counts["mutants"] += report.mutants
        tally.counts["mutants_killed"] += report.killed
        tally.counts["mutants_not_tried"] += len(report.untried)
        for row in report.rows:
            tally.rows.append(f"{row.mutant} · {row.prover} · {row.oracle or 'SURVIVES'} · {row.tries}")
        tally.rows += [f"{name} · not tried: no time" for name in report.untried]
        for name in report.survivors:
            tally.found(f"nothing catches the mutant {name}", f"{PYTHON} tests.proof.mutants --only {name}")
        for what in report.false_alarms:
            tally.found(f"an oracle calls with no mutant in: {what}", f"{PYTHON} tests.proof.mutants")
        turn.say()


def fuzz(turn: Turn) -> None:
    report = importlib.import_module("tests.fuzz").prove(turn.seconds, turn.seed)
    tally = turn.tally
    tally.ran(turn.seed)
    tally.counts["fuzz_harnesses"], tally.counts["fuzz_executions"] = report.harnesses, report.executions
    tally.counts["fuzz_guided"] = report.guided
    tally.rows = [f"{one.name} · {one.executions}" for one in report.each]
    for one in report.findings:
        tally.found(str(one)[:600], f"{PYTHON} tests.fuzz --seed {turn.seed} {one.harness}")


def stampede(turn: Turn) -> None:
    """In virtual time: each has its first ack in ten minutes, and none is lost."""
    module = importlib.import_module("tests.proof.stampede.proof")
    seed, tally = turn.seed, turn.tally
    while not tally.counts["stampedes"] or turn.left:
        report = module.prove(seed)
        tally.counts["stampedes"] += 1
        tally.counts["stampede_terminals"] += report.terminals
        tally.ran(seed)
        tally.rows.append(_row(report))
        if report.lost or report.max_first_ack_s > FIRST_ACK:
            tally.found(f"seed {seed}: {report}", f"{PYTHON} tests.proof.run.turn stampede {seed} 0")
        seed += 1
        turn.say()


def journeys(turn: Turn) -> None:
    """The tests marked slow: journeys with real windows and processes, the cuts of special lives."""
    import pytest

    class Counting:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                turn.tally.found(
                    f"{report.nodeid} ({report.when}): {report.longreprtext[-600:]}",
                    f"{PYTHON} pytest -m slow '{report.nodeid}'",
                )
            if report.when == "call":
                turn.tally.counts["long_tests"] += report.passed
                turn.tally.rows.append(f"{report.nodeid}: {report.outcome}")
                turn.say()

        def pytest_runtest_teardown(self, item: pytest.Item) -> None:
            if time.monotonic() > turn.ends:
                item.session.shouldstop = "the turn is over"

    pytest.main(
        ["-q", "-m", "slow", "-p", "no:terminal", "tests/journeys", "tests/proof"], plugins=[Counting()]
    )


def _row(one: Any) -> str:
    if is_dataclass(one) and not isinstance(one, type):
        return " · ".join(str(value) for value in asdict(one).values())
    return " · ".join(map(str, one)) if isinstance(one, (tuple, list)) else str(one)
