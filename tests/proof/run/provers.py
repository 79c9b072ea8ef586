"""Each prover as one function that works for one turn; it does one thing at least, however short the turn."""

from __future__ import annotations

import importlib.util
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.proof.run import others
from tests.proof.run.tally import Violation
from tests.proof.run.turn import Turn

PYTHON = ".venv/bin/python -m"
DEEDS, CUTS_A_LIFE, CONTROL_CUTS = 120, 800, 60
CUTS_A_SECOND = 20
FULL_EVERY, FULL = 10, (40_000, 600_000)  # bytes that a file may grow to


@dataclass(frozen=True)
class Prover:
    """`share` of all seconds; `least`: a shorter turn is not worth its start; above `most` nothing is won."""

    name: str
    share: float
    least: float
    work: Callable[[Turn], None]
    most: float = math.inf
    once: bool = False  # its whole share in one turn
    module: str = "tests.proof"  # without it: not run
    traces: bool = False  # needs strace

    def why_not(self) -> str | None:
        try:
            there = importlib.util.find_spec(self.module) is not None
        except ModuleNotFoundError:
            there = False
        if not there:
            return f"there is no {self.module}"
        return _strace_missing() if self.traces else None


def _strace_missing() -> str | None:
    from tests.proof.cuts.strace import why_not

    return why_not()


def schedules(turn: Turn) -> None:
    from tests.proof.sim.schedule import run_schedule

    seed, tally = turn.seed, turn.tally
    while not tally.counts["schedules"] or turn.left:
        report = run_schedule(seed)
        tally.counts["schedules"] += 1
        tally.counts["exchanges"] += report.exchanges
        tally.seen.update(report.seen)
        tally.ran(seed)
        if report.violations:
            tally.counts["schedules_failed"] += 1
            tally.found(
                f"seed {seed}: {'; '.join(report.violations)[:600]}",
                f"{PYTHON} tests.proof.sim --seed {seed} --verbose",
            )
        seed += 1
        turn.say()


def cuts(turn: Turn) -> None:
    from tests.proof.cuts import proof
    from tests.proof.cuts.durability import LOWERED

    report, seed, tally = proof.CutReport(), turn.seed, turn.tally

    def count() -> None:
        tally.counts["cuts"], tally.counts["cuts_lost"] = report.cuts, report.lost
        tally.counts["control_cuts"], tally.counts["control_lost"] = report.control_cuts, report.control_lost
        tally.seen = report.mended
        tally.violations = [Violation(what, _cut_again(what)) for what in report.violations]
        turn.say()

    budget = int(min(CUTS_A_LIFE, max(100, turn.seconds * CUTS_A_SECOND)))
    while not tally.counts["recorded_lives"] or turn.left:
        life = proof.record(seed, DEEDS)
        tally.counts["recorded_lives"] += 1
        tally.ran(seed)
        report.violations += proof.told_too_early(life)
        proof.cut_life(life, budget, report, turn.ends, count)
        if not report.control_cuts:
            proof.cut_life(proof.record(seed, DEEDS, LOWERED), CONTROL_CUTS, report, 1e18, count)
        seed += 1
        count()


def _cut_again(what: str) -> str:
    kept = re.search(r"--cut (\S+): .*\(kept: (\S+)\)$", what)
    if kept is None:
        return f"{PYTHON} tests.proof.cuts {what.partition(':')[0]}"
    return f"{PYTHON} tests.proof.cuts --life {kept[2]}/life.pickle --cut {kept[1]}"


def kills(turn: Turn) -> None:
    from tests.proof.kills import kills as module

    report = module.KillReport()
    for _ in module.life_after_life(turn.seed, report):
        turn.tally.counts["homes"] = len(report.seeds)
        _killed(turn, report, "kills kills")
        if not turn.left:
            break


def call_kills(turn: Turn) -> None:
    from tests.proof.kills import kills as module

    report = module.KillReport()
    for _ in module.at_calls(turn.seed, report):
        turn.tally.counts["kills_at_calls"] = report.kills
        _killed(turn, report, "kills calls")
        if not turn.left:
            break


def _killed(turn: Turn, report: object, command: str) -> None:
    from tests.proof.kills.kills import KillReport

    assert isinstance(report, KillReport)
    tally = turn.tally
    tally.ran(report.seeds[-1])
    tally.counts["kills"], tally.counts["kills_lost"] = report.kills, report.lost
    tally.counts["kills_too_late"], tally.counts["kills_operations"] = report.ended, report.operations
    tally.seen = report.mended
    tally.violations = [Violation(what, _seed_again(command, what)) for what in report.violations]
    turn.say()


def faults(turn: Turn) -> None:
    from tests.proof.kills import faults as module

    report, tally, room = module.FaultReport(), turn.tally, Random(turn.seed)
    for number, _ in enumerate(module.at_points(turn.seed, report)):
        if number % FULL_EVERY == 0:
            module.run_full(turn.seed, room.randrange(*FULL), report)
        tally.ran(turn.seed)
        tally.counts["fault_points"], tally.counts["fault_lives"] = report.fault_points, report.lives
        tally.counts["faults_lost"] = report.lost
        tally.seen = report.told + report.mended
        tally.violations = [Violation(what, _seed_again("kills faults", what)) for what in report.violations]
        turn.say()
        if not turn.left:
            break


def _seed_again(command: str, what: str) -> str:
    seed = re.match(r"seed (\d+)", what)
    assert seed is not None, what
    return f"{PYTHON} tests.proof.{command} --seed {seed[1]}"


PROVERS = (
    Prover("mutants", 0.12, 30, others.mutants, most=600, once=True, module="tests.proof.mutants"),
    Prover("fuzz", 0.03, 20, others.fuzz, most=160, once=True, module="tests.fuzz"),
    Prover("stampede", 0.02, 45, others.stampede, most=100, once=True, module="tests.proof.stampede.proof"),
    Prover("journeys", 0.03, 150, others.journeys, most=200, once=True),
    Prover("faults", 0.02, 12, faults, most=150, once=True, traces=True),
    Prover("call kills", 0.02, 12, call_kills, most=150, once=True, traces=True),
    Prover("weeks", 0.02, 12, others.weeks, most=120),
    Prover("kills", 0.045, 10, kills),
    Prover("cuts", 0.106, 14, cuts, traces=True),
    Prover("schedules", 0.589, 20, schedules),
)
