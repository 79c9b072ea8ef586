"""What the operator is told of clock and packs, worst first."""

from datetime import timedelta

from kiosk.health import Vitals, health
from kiosk.store.opening import Mended
from sync.clock import TrustedClock
from sync.packplan import PackTrouble, RefusedPack
from tests.support.crank import Crank


def told(clock: TrustedClock, *mended: Mended, pack: RefusedPack | None = None) -> list[str]:
    return [words.en for words in health(Vitals(mended, None, clock, pack))]


def running(crank: Crank) -> TrustedClock:
    clock = TrustedClock(crank.machine())
    clock.hear(crank.at)
    clock.observe()
    return clock


def test_all_well_says_nothing() -> None:
    assert told(running(Crank())) == []


def test_a_clock_that_was_set_is_told_while_it_is_off_and_for_a_week_after() -> None:
    crank = Crank()
    clock = running(crank)
    crank.wall_off = timedelta(hours=-3)
    clock.observe()
    [words] = told(clock)
    assert "clock is behind" in words
    crank.wall_off = timedelta(0)
    clock.observe()
    [words] = told(clock)
    assert "was set (8 Mar 2026, 10:00, 3 h 0 min forward)" in words
    crank.forward(8 * 86400)
    assert told(clock) == []


def test_a_pack_that_is_not_taken_is_told_with_its_version() -> None:
    refused = RefusedPack("ff", "20260308-2", PackTrouble.BAD, "no title")
    words = told(running(Crank()), Mended.CACHE_WENT_BACK, pack=refused)
    assert "the version before it is used" in words[0]
    assert "cannot be loaded" in words[1]
    assert words[1].endswith("(20260308-2)")
