"""A slice of the simulator: schedules replay exactly, hold every invariant, and leave no fault out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from central.database import Database
from tests.proof.sim.blows import BLOWS
from tests.proof.sim.disk import FaultyDisk
from tests.proof.sim.line import Fate
from tests.proof.sim.schedule import Report, run_schedule
from tests.proof.sim.work import WISHES

SLICE = range(1, 41)
WIDE = range(1, 301)  # wide enough that every fault comes up
REACHED = (
    "reached: looked at again",
    "reached: central restored",
    "reached: enrolment lost",
    "reached: locked",
    "reached: payload erased",
    "courier: handed in",
    "courier: head office",
    "courier: taken",
    "courier: known",
    "courier: damaged",
    "courier: came again",
    "reached: next incarnation",
    "reached: power cut under a tap",
)


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [run_schedule(seed) for seed in SLICE]


def test_a_seed_replays_exactly(reports: list[Report]) -> None:
    first, other = reports[10], reports[11]
    assert run_schedule(first.seed).digest == first.digest
    assert first.digest != other.digest


def test_every_invariant_holds(reports: list[Report]) -> None:
    assert _faults(reports) == ""


def _faults(reports: Iterable[Report]) -> str:
    return "\n".join(
        f"{fault} (again: python -m tests.proof.sim --seed {one.seed} --verbose)"
        for one in reports
        for fault in one.violations
    )


@pytest.mark.slow
def test_no_fault_is_left_out() -> None:
    seen: Counter[str] = Counter()
    for seed in WIDE:
        seen.update(run_schedule(seed).seen)
    wanted = [f"line: {fate.value}" for fate in Fate if fate is not Fate.KILLED]
    wanted += [blow.name for blow in BLOWS]
    wanted += [f"recorded: {what}" for what in WISHES]
    assert [name for name in (*wanted, *REACHED) if not seen[name]] == []


@contextmanager
def _nothing_synced() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FaultyDisk, "sync", lambda _disk, _file: None)
        yield


@contextmanager
def _answered_before_the_commit() -> Iterator[None]:
    def write(database: Database, work):  # type: ignore[no-untyped-def]
        with database.engine.connect() as conn, conn.begin() as transaction:
            answer = work(conn)
            transaction.rollback()
            return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "write", write)
        yield


@pytest.mark.slow
@pytest.mark.parametrize("broken", [_nothing_synced, _answered_before_the_commit])
def test_the_simulator_sees_what_is_broken(broken) -> None:  # type: ignore[no-untyped-def]
    assert any(run_schedule(seed, broken).violations for seed in range(1000, 1040))


@pytest.mark.slow
def test_thousands_of_schedules() -> None:
    failed = [report for report in map(run_schedule, range(10_000, 13_000)) if report.violations]
    assert [(one.seed, one.violations) for one in failed] == []
