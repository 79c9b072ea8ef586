"""How long the idle connection stays away after it ended."""

from sync.watch import BETWEEN, LONGEST_BETWEEN, pause_after


def test_whoever_closes_idle_connections_is_reconnected_to_ever_more_rarely() -> None:
    pauses = [BETWEEN]
    while pauses[-1] < LONGEST_BETWEEN:
        pauses.append(pause_after(pauses[-1], 60.0, broke=False))
    assert len(pauses) < 10
    assert pause_after(LONGEST_BETWEEN, 60.0, broke=False) == LONGEST_BETWEEN


def test_a_line_that_broke_is_watched_again_at_once() -> None:
    assert pause_after(LONGEST_BETWEEN, 60.0, broke=True) == BETWEEN


def test_a_central_that_is_restarted_now_and_then_is_watched_all_the_same() -> None:
    assert pause_after(40.0, 86_400.0, broke=False) == BETWEEN
