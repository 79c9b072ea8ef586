"""A month's bytes: what they come to at the month's end, and which lanes rest for it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sync.budget import Month, Outlook, outlook
from sync.lanes import Lane

HALF = datetime(2026, 6, 15, 16, 0, tzinfo=UTC)  # the first of the second half of June, in Beijing
USED = {Lane.OPERATIONS: 10, Lane.NEWS: 40, Lane.ATTACHMENTS: 100, Lane.CONTENT: 200}


def test_a_month_is_beijings() -> None:
    first = Month.of(datetime(2026, 5, 31, 16, 0, tzinfo=UTC))
    assert first.days == ("2026-06-01", "2026-07-01")
    assert Month.of(datetime(2026, 6, 30, 15, 59, tzinfo=UTC)) == first
    assert Month.of(datetime(2026, 12, 31, 12, tzinfo=UTC)).days == ("2026-12-01", "2027-01-01")


def test_the_rest_of_the_month_is_taken_to_be_as_the_month_so_far() -> None:
    assert outlook(USED, HALF, None) == Outlook(350, 700, None, frozenset())


def test_first_pictures_and_packs_rest_and_only_then_attachments() -> None:
    resting = {limit: outlook(USED, HALF, limit).resting for limit in (700, 699, 500, 499, 1)}
    assert resting == {
        700: frozenset(),
        699: {Lane.CONTENT},
        500: {Lane.CONTENT},  # 350, and half a month of 150
        499: {Lane.CONTENT, Lane.ATTACHMENTS},
        1: {Lane.CONTENT, Lane.ATTACHMENTS},
    }


def test_a_busy_first_hour_is_not_taken_for_the_whole_month() -> None:
    hour = datetime(2026, 5, 31, 17, 0, tzinfo=UTC)
    assert outlook({Lane.CONTENT: 1_000_000}, hour, None).forecast < 31 * 1_000_000


@given(
    st.dictionaries(st.sampled_from(Lane), st.integers(0, 10**12)),
    st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.none() | st.integers(1, 10**12),
)
def test_operations_and_their_news_never_rest(
    used: dict[Lane, int], now: datetime, limit: int | None
) -> None:
    seen = outlook(used, now, limit)
    assert seen.resting <= {Lane.ATTACHMENTS, Lane.CONTENT}
    assert seen.forecast >= seen.used == sum(used.values())
    assert seen.resting == frozenset() or (limit is not None and seen.forecast > limit)
