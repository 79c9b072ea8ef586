"""20,000 terminals come back within a minute: all have their first ack within ten, and none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.slots import Limits
from tests.proof.stampede.house import Costs
from tests.proof.stampede.proof import StampedeReport, prove
from tests.proof.stampede.real import BATCH, RealReport, stampede

TEN_MINUTES = 600.0
SLOW_DISK = Costs(connect=0.0001, question=0.0001, knock=0.0001, no=0.00005)  # beside it all else is cheap
MB_A_CONNECTION = 0.6  # two fifths of it asyncio's buffer for TLS


def holds(report: StampedeReport, scale: int) -> None:
    limits = Limits()
    assert report.lost == 0, report
    assert report.max_first_ack_s <= TEN_MINUTES, report
    assert report.refused <= 3 * report.terminals, report
    assert report.peak_waiting <= limits.door // scale + limits.room, report
    assert report.second_wave * scale <= 250, report


def test_a_tenth_of_them_at_a_tenth_of_central() -> None:
    holds(prove(1, scale=10), scale=10)


def test_where_the_disk_is_slow_it_is_the_book_of_turns_that_spreads_them() -> None:
    report = prove(1, scale=10, costs=SLOW_DISK)
    holds(report, scale=10)
    assert report.peak_promised >= 1000, report


@pytest.mark.slow
def test_the_proof_sees_turns_that_are_not_spread() -> None:
    spread, crowded = prove(1, scale=10), prove(1, scale=10, limits=Limits(share=4.0))
    assert crowded.refused > 3 * spread.refused
    with pytest.raises(AssertionError):
        holds(crowded, scale=10)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 4))
def test_all_of_them(seed: int) -> None:
    holds(prove(seed), scale=1)


def all_came_through(report: RealReport) -> None:
    assert report.acked == report.at_central == report.terminals * BATCH, report
    assert report.failures == 0, report
    assert report.refused > 0, "nobody was told to come later"
    assert report.grown_mb <= 30 + MB_A_CONNECTION * report.terminals, report


def test_forty_real_connections_at_once(tmp_path: Path) -> None:
    all_came_through(stampede(tmp_path, 40))


@pytest.mark.slow
def test_three_hundred_real_connections_at_once(tmp_path: Path) -> None:
    all_came_through(stampede(tmp_path, 300))
