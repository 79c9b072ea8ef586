"""Trusted time: anchored by central, carried by ticks, never led by the wall clock."""

from datetime import datetime, timedelta

from sync.clock import Anchor, Machine, TrustedClock, WallClock, this_machine
from sync.wire.operation import TimeQuality
from tests.support.crank import Crank

YEAR = timedelta(days=365)


def anchored(crank: Crank) -> tuple[TrustedClock, Anchor]:
    clock = TrustedClock(crank.machine())
    return clock, clock.anchor(crank.at)


def after_reboot(crank: Crank, last: Anchor, floor: datetime | None = None) -> TrustedClock:
    crank.reboot()
    return TrustedClock(crank.machine(), last, floor)


def test_before_any_answer_it_is_the_wall_clock_and_says_so(crank: Crank) -> None:
    clock = TrustedClock(crank.machine())
    assert clock.now().at == crank.at
    assert clock.now().quality is TimeQuality.UNKNOWN
    assert clock.wall_clock() is WallClock.UNCHECKED
    assert clock.proven() is None


def test_after_an_answer_the_wall_clock_may_do_what_it_likes(crank: Crank) -> None:
    clock, _ = anchored(crank)
    for off in (-YEAR, YEAR, timedelta(hours=-3)):
        crank.wall_off = off
        crank.forward(100)
        assert clock.now().at == crank.at
        assert clock.now().quality is TimeQuality.ANCHORED
        assert clock.wall_clock() is (WallClock.AHEAD if off > timedelta(0) else WallClock.BEHIND)
    crank.wall_off = timedelta(seconds=5)
    assert clock.wall_clock() is WallClock.RIGHT


def test_half_the_round_trip_belongs_to_the_way_back(crank: Crank) -> None:
    clock = TrustedClock(crank.machine())
    clock.anchor(crank.at, round_trip=4.0)
    assert clock.now().at == crank.at + timedelta(seconds=2)


def test_an_old_anchor_drifts(crank: Crank) -> None:
    clock, _ = anchored(crank)
    crank.forward(8 * 86400)
    assert clock.now().quality is TimeQuality.DRIFTING
    assert clock.now().at == crank.at


def test_after_a_reboot_the_wall_clock_is_corrected_by_what_it_was_off(crank: Crank) -> None:
    crank.wall_off = timedelta(hours=-8)
    _, last = anchored(crank)
    clock = after_reboot(crank, last)
    assert clock.now().at == crank.at
    assert clock.now().quality is TimeQuality.DRIFTING
    proven = clock.proven()
    assert proven is not None
    assert (proven.at, proven.exact) == (last.server, False)


def test_a_clock_set_back_a_year_over_a_reboot_never_goes_behind_what_was_seen(crank: Crank) -> None:
    _, last = anchored(crank)
    newest = crank.at + timedelta(hours=2)
    crank.forward(7200)
    crank.wall_off = -YEAR
    clock = after_reboot(crank, last, floor=newest)
    first = clock.now()
    assert first.quality is TimeQuality.UNKNOWN
    assert first.at >= newest
    crank.forward(30)
    assert clock.now().at == first.at + timedelta(seconds=30)
    assert clock.wall_clock() is WallClock.BEHIND
    clock.anchor(crank.at)
    assert clock.now().at == crank.at
    assert clock.now().quality is TimeQuality.ANCHORED


def test_a_leap_of_years_ahead_is_not_believed(crank: Crank) -> None:
    _, last = anchored(crank)
    crank.wall_off = 3 * YEAR
    assert after_reboot(crank, last).now().quality is TimeQuality.UNKNOWN


def test_time_recorded_ahead_is_left_again_when_central_says_so(crank: Crank) -> None:
    crank.wall_off = timedelta(days=2)
    clock = TrustedClock(crank.machine())
    ahead = clock.now().at
    crank.wall_off = timedelta(0)
    assert clock.now().at == ahead
    clock.anchor(crank.at)
    assert clock.now().at == crank.at


def test_it_never_goes_back_by_itself(crank: Crank) -> None:
    clock = TrustedClock(crank.machine())
    seen = [clock.now().at]
    for off in (5, -3, -200, 40, -4000):
        crank.wall_off += timedelta(seconds=off)
        crank.forward(1)
        seen.append(clock.now().at)
    assert seen == sorted(seen)


def test_the_real_machine_ticks() -> None:
    machine: Machine = this_machine()
    first = machine.ticks()
    assert machine.ticks() >= first
    assert machine.boot
    assert machine.wall().tzinfo is not None
