"""How large one chunk may be on the line as it is measured."""

from hypothesis import given
from hypothesis import strategies as st

from sync.rate import HEAD, LARGEST_CHUNK, LEAST, SMALLEST_CHUNK, Rate, Speed, Timing


def test_the_first_chunk_is_small_and_the_next_at_most_four_times_as_large() -> None:
    rate = Rate()
    sizes = []
    while rate.chunk < LARGEST_CHUNK:
        sizes.append(rate.chunk)
        rate = Rate().saw(rate.chunk, 0.001)
    assert sizes == [SMALLEST_CHUNK * 4**n for n in range(5)]


def test_a_chunk_is_two_seconds_of_the_line() -> None:
    assert Rate().saw(16_000, 2.0).chunk == 16_000
    assert Rate().saw(4_096, 32.0).chunk == SMALLEST_CHUNK
    assert Rate().saw(LARGEST_CHUNK, 0.5).chunk == LARGEST_CHUNK


def test_the_rate_follows_the_line_within_a_few_chunks() -> None:
    rate = Rate(8_000.0)
    for _ in range(5):
        rate = rate.saw(rate.chunk, rate.chunk / 1_000)
    assert 1_000 <= rate.per_second < 1_300 if rate.per_second else False


def test_what_is_too_short_to_measure_changes_nothing() -> None:
    assert Rate(8_000.0).saw(500, 0.001) == Rate(8_000.0)


def test_lost_chunks_shrink_to_a_least_and_the_measured_rate_stays() -> None:
    rate = Rate(8_000.0)
    sizes = []
    for _ in range(8):
        rate = rate.lost()
        sizes.append(rate.chunk)
    assert sizes == [8_000, 4_000, 2_000, 1_000, LEAST, LEAST, LEAST, LEAST]
    assert rate.per_second == 8_000.0


def test_a_piece_and_the_head_of_its_request_are_one_chunk_while_the_line_carries_one() -> None:
    rate = Rate(8_000.0)
    assert rate.piece + HEAD == rate.chunk
    assert Rate().lost().lost().lost().piece == LEAST


def test_after_losses_it_grows_again_step_by_step() -> None:
    rate = Rate(8_000.0).lost().lost().saw(500, 0.1)
    assert rate.chunk == 8_000
    assert rate.saw(500, 0.1).chunk == 16_000


@given(st.lists(st.none() | st.tuples(st.integers(0, 10**7), st.floats(0, 1000))))
def test_a_chunk_is_never_less_than_the_least_nor_more_than_the_largest(
    history: list[tuple[int, float] | None],
) -> None:
    rate = Rate()
    for seen in history:
        rate = rate.lost() if seen is None else rate.saw(*seen)
        assert LEAST <= rate.chunk <= LARGEST_CHUNK


def test_the_round_trip_is_not_counted_as_sending() -> None:
    speed = Speed().saw(0, 300, Timing(first=0.6, whole=0.6))
    assert speed.round_trip == 0.6
    speed = speed.saw(16_000, 8_000, Timing(first=2.6, whole=3.6))
    assert speed.up.per_second == 8_000
    assert speed.down.per_second == 8_000


def test_one_slow_turn_hardly_lengthens_the_round_trip_and_a_quick_one_shortens_it() -> None:
    speed = Speed(round_trip=0.6).saw(0, 300, Timing(4.6, 4.6))
    assert speed.round_trip == 1.0
    assert speed.saw(0, 300, Timing(0.5, 0.5)).round_trip == 0.5


def test_a_question_says_nothing_of_what_was_lost() -> None:
    lost = Speed(up=Rate(8_000.0).lost())
    assert lost.saw(0, 300, Timing(0.6, 0.6)).up == lost.up


def test_the_directions_are_measured_apart() -> None:
    speed = Speed().saw(0, 50_000, Timing(0.1, 1.1))
    assert (speed.up, speed.down.per_second) == (Rate(), 50_000)
