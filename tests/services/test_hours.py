"""Hours of a point: what a pack says, whether it is open, when it opens next, and what is no hours at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services import hours

WEEK: list[dict[str, Any]] = [
    {"days": [1, 2, 3, 4, 5, 6], "from": "08:30", "to": "12:00"},
    {"days": [1, 2, 3, 4, 5, 6], "from": "14:00", "to": "18:00"},
    {"days": [7], "from": "08:30", "to": "12:00"},
]
MONDAY = datetime(2026, 3, 2, tzinfo=UTC) - timedelta(hours=8)  # Beijing's midnight


def at(**after: float) -> datetime:
    return MONDAY + timedelta(**after)


def test_the_week_in_words() -> None:
    assert hours.show(hours.read(WEEK)).zh == "周一至周六 8:30–12:00，14:00–18:00；周日 8:30–12:00"
    assert hours.show(hours.read(WEEK)).en == "Mon–Sat 8:30–12:00, 14:00–18:00; Sun 8:30–12:00"


@pytest.mark.parametrize(
    ("after", "is_open"),
    [(8.4, False), (8.5, True), (11.99, True), (12, False), (14, True), (18, False), (6 * 24 + 15, False)],
)
def test_open_from_the_first_minute_to_before_the_last(after: float, is_open: bool) -> None:
    assert hours.is_open(hours.read(WEEK), at(hours=after)) is is_open


@pytest.mark.parametrize(
    ("after", "opens"), [(0, 8.5), (8.5, 14), (13, 14), (18, 32.5), (5 * 24 + 19, 6 * 24 + 8.5)]
)
def test_the_next_opening_is_after_now(after: float, opens: float) -> None:
    assert hours.next_opening(hours.read(WEEK), at(hours=after)) == at(hours=opens)


def test_a_near_moment_is_said_as_people_say_it() -> None:
    now = at(hours=20)
    assert hours.when(at(hours=21), now).zh == "今天 21:00"
    assert hours.when(at(days=1, hours=8.5), now).zh == "明天 08:30"
    assert hours.when(at(days=4, hours=9), now).zh == "周五 09:00"
    assert hours.when(at(days=30), now).zh == "2026年4月1日 00:00"
    assert (hours.day(at(days=5), now).zh, hours.day(at(days=5), now).en) == ("3月7日", "7 Mar")
    assert hours.day(at(days=-70), now).zh == "2025年12月22日"


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "08:30",
        [],
        [{}],
        [{"days": [], "from": "08:30", "to": "12:00"}],
        [{"days": [8], "from": "08:30", "to": "12:00"}],
        [{"days": [True], "from": "08:30", "to": "12:00"}],
        [{"days": ["1"], "from": "08:30", "to": "12:00"}],
        [{"days": [1], "from": "12:00", "to": "08:30"}],
        [{"days": [1], "from": "24:01", "to": "25:00"}],
        [{"days": [1], "from": "８:30", "to": "12:00"}],
        [*WEEK, {"days": [1]}],
        WEEK * 8,
    ],
)
def test_what_cannot_be_read_is_no_hours(raw: Any) -> None:
    assert hours.read(raw) == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(("days", "from", "to")), inner)
    ),
    max_leaves=12,
)


@given(JSON)
def test_anything_at_all_is_hours_or_none(raw: Any) -> None:
    found = hours.read(raw)
    assert hours.show(found).zh == "" or found
    assert all(one.start < one.end for one in found)


def test_without_hours_nothing_opens() -> None:
    assert hours.next_opening((), at()) is None
    assert hours.show(()).zh == ""
