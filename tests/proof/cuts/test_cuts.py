"""A power cut anywhere in a terminal's life loses nothing that was promised; with less syncing it would."""

from collections.abc import Callable

import pytest

from kiosk.store.database import DAMAGED_FLAG
from tests.proof.cuts import proof, strace
from tests.proof.cuts.durability import SHIPPED, Durability, Ledger
from tests.proof.cuts.events import Resized, Said, Synced, Written
from tests.proof.cuts.proof import CutReport, Left

pytestmark = pytest.mark.skipif(strace.why_not() is not None, reason=strace.why_not() or "")


def _nothing_lost_and_the_control_loses(report: CutReport) -> None:
    assert report.violations == []
    assert report.lost == 0
    assert report.mended.keys() <= {"journal-tail", "journal-rewritten"}, "a cut alone harms no ledger"
    assert report.control_lost > 0, "the control must lose, or this proof is blind"


def test_cuts_lose_nothing_and_the_control_does() -> None:
    report = proof.prove(range(1, 2), deeds=25, cuts=90, control_cuts=30)
    assert report.cuts > 60
    _nothing_lost_and_the_control_loses(report)


@pytest.mark.parametrize(
    ("durability", "file"),
    [
        (Durability(Ledger.SHIPPED, journal_synced=False), ".yzj"),
        (Durability(Ledger.WAL_NORMAL), "ledger.db-wal"),
    ],
    ids=str,
)
def test_an_operation_told_before_one_of_the_two_is_synced_is_seen(durability: Durability, file: str) -> None:
    early = proof.told_too_early(proof.record(5, 8, durability))
    assert early
    assert all(file in one for one in early)


def _damaged(left: Left) -> Left:
    """Seen to be damaged while it was at work: the next start rebuilds the ledger from the journal."""
    return Left(left.image | {f"data/{DAMAGED_FLAG}": b""}, left.promised)


def _as_it_is(left: Left) -> Left:
    return left


@pytest.mark.slow
@pytest.mark.parametrize("makes", [_as_it_is, _damaged])
@pytest.mark.parametrize("share", [0.2, 0.55, 0.9, 1.0])
def test_cut_again_while_it_mends_what_the_first_left(share: float, makes: Callable[[Left], Left]) -> None:
    report = CutReport()
    left = makes(proof.some(proof.record(11, 40), share))
    proof.cut_life(proof.record(11, 3, left=left), 150, report, deadline=1e18)
    assert report.violations == []
    assert report.cuts > 100


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["fdatasync:error=EIO:when=5..6", "fsync:error=EIO:when=17"])
def test_what_a_failed_sync_left_in_doubt_is_written_again(fault: str) -> None:
    report = CutReport()
    proof.cut_life(proof.record(7, 40, SHIPPED, fault), 400, report, deadline=1e18)
    assert report.violations == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "durability",
    [
        Durability(Ledger.SHIPPED, journal_synced=False),
        Durability(Ledger.WAL_NORMAL),
        Durability(Ledger.DELETE_EXTRA),
    ],
    ids=str,
)
def test_ledger_and_journal_each_make_up_for_the_other(durability: Durability) -> None:
    report = CutReport()
    proof.cut_life(proof.record(7, 80, durability), 500, report, deadline=1e18)
    assert (report.control_lost, report.control_cuts > 400) == (0, True)


def test_a_recorded_life_passes_through_all_that_a_long_one_does() -> None:
    """Checkpoints of the ledger, new segments of the journal, replaced files, erased payloads, restarts."""
    events = proof.record(2, 60, SHIPPED).events
    assert sum(isinstance(event, Synced) for event in events) > 100
    assert sum(isinstance(event, Written) for event in events) > 500
    assert any(isinstance(event, Resized) for event in events)
    assert sum(isinstance(event, Said) and '"op"' in event.text for event in events) > 30
