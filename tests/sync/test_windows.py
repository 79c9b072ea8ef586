"""Dates of services, coupons and bills: certain only as far as the clock is."""

from datetime import datetime, timedelta

import pytest

from sync.clock import Reading
from sync.windows import MARGIN, Sure, Window, passed, within
from sync.wire.operation import TimeQuality
from tests.support.crank import START

DAY = timedelta(days=1)
OPEN = Window(START - DAY, START + DAY)
ANCHORED, DRIFTING, UNKNOWN = TimeQuality.ANCHORED, TimeQuality.DRIFTING, TimeQuality.UNKNOWN


@pytest.mark.parametrize(
    ("at", "quality", "least", "verdict"),
    [
        (START, ANCHORED, None, Sure.YES),
        (START - DAY, ANCHORED, None, Sure.YES),  # its first moment belongs to it
        (START + DAY, ANCHORED, None, Sure.NO),  # its end does not
        (START - 2 * DAY, ANCHORED, None, Sure.NO),
        (START, DRIFTING, None, Sure.YES),
        (START + DAY - MARGIN / 2, DRIFTING, None, Sure.NOT_SURE),
        (START - DAY - MARGIN / 2, DRIFTING, None, Sure.NOT_SURE),
        (START + 2 * DAY, DRIFTING, None, Sure.NO),
        (START, UNKNOWN, None, Sure.NOT_SURE),
        (START + 3650 * DAY, UNKNOWN, None, Sure.NOT_SURE),  # a leap of years shuts nothing
        (START - 3650 * DAY, UNKNOWN, None, Sure.NOT_SURE),
        (START, UNKNOWN, START, Sure.NOT_SURE),
        (START - 3650 * DAY, UNKNOWN, START + DAY, Sure.NO),  # and being set back opens nothing again
        (START - 3650 * DAY, DRIFTING, START + 2 * DAY, Sure.NO),
    ],
)
def test_a_window(at: datetime, quality: TimeQuality, least: datetime | None, verdict: Sure) -> None:
    assert within(OPEN, Reading(at, quality, least)) is verdict


@pytest.mark.parametrize("quality", list(TimeQuality))
def test_what_has_no_dates_is_always_open(quality: TimeQuality) -> None:
    assert within(Window(), Reading(START, quality)) is Sure.YES


def test_a_side_that_is_open_is_not_in_doubt() -> None:
    assert within(Window(to=START), Reading(START, UNKNOWN, START)) is Sure.NO
    assert within(Window(from_=START), Reading(START - DAY, UNKNOWN, START)) is Sure.YES
    assert passed(START, Reading(START - DAY, UNKNOWN, START)) is Sure.YES
