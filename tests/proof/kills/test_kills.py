"""Killed at any moment, on a disk that fails at any call: nothing shown is lost, nothing is done twice."""

import sys

import pytest

from tests.proof.cuts import strace
from tests.proof.kills import faults, kills
from tests.proof.kills.faults import Fault, FaultReport

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")
traced = pytest.mark.skipif(strace.why_not() is not None, reason=strace.why_not() or "")

SOME = (
    Fault("pwrite64", "ENOSPC", 9),
    Fault("pwrite64", "EINTR", 30, 4),
    Fault("write", "EIO", 4),
    Fault("fdatasync", "EIO", 3, 2),
    Fault("fdatasync", "EIO", 12),
    Fault("openat", "EMFILE", 5),
    Fault("rename", "EIO", 2),
    Fault("pread64", "EIO", 33, 4),
)


def _nothing_lost(report: FaultReport | kills.KillReport) -> None:
    assert report.violations == []
    assert report.lost == 0


def test_killed_life_after_life() -> None:
    report = kills.prove(1, kills=16)
    _nothing_lost(report)
    assert report.operations > 50


@traced
def test_killed_at_a_system_call() -> None:
    report = kills.prove_at_calls(3, kills=9)
    assert report.kills == 9
    _nothing_lost(report)


@traced
def test_a_call_that_fails_is_said_loses_nothing_and_work_goes_on() -> None:
    report = FaultReport()
    for fault in SOME:
        assert faults.suffer(1, fault, report) > 0, f"{fault} never came"
    _nothing_lost(report)
    assert report.told["DiskFailing"] > 0
    assert report.mended["ledger-rebuilt"] == 0, "a disk that fails for a moment is no damage"


@pytest.mark.parametrize("room", [100_000, 260_000])
def test_a_write_cut_short_for_want_of_room(room: int) -> None:
    report = FaultReport()
    faults.run_full(3, room, report)
    _nothing_lost(report)
    assert report.told.total() > 0
