"""A power cut anywhere in a terminal's life loses nothing that was promised; with less syncing it would."""

import pytest

from tests.proof.cuts import proof, strace
from tests.proof.cuts.durability import SHIPPED, Durability, Ledger
from tests.proof.cuts.events import Resized, Said, Synced, Written
from tests.proof.cuts.proof import CutReport

pytestmark = pytest.mark.skipif(strace.why_not() is not None, reason=strace.why_not() or "")


def _nothing_lost_and_the_control_loses(report: CutReport) -> None:
    assert report.violations == []
    assert report.lost == 0
    assert report.control_lost > 0, "the control must lose, or this proof is blind"


def test_cuts_lose_nothing_and_the_control_does() -> None:
    report = proof.prove(range(1, 2), deeds=25, cuts=90, control_cuts=30)
    assert report.cuts > 60
    _nothing_lost_and_the_control_loses(report)


@pytest.mark.slow
def test_many_cuts() -> None:
    report = proof.prove(range(100, 110), deeds=120, cuts=10_000, control_cuts=500)
    assert report.cuts > 9_000
    _nothing_lost_and_the_control_loses(report)


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
