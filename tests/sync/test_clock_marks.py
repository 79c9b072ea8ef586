"""Clocks turned by people, batteries and centrals: trusted time goes on, and every turn leaves a mark."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import anchors
from sync.anchors import TimeKeeper
from sync.clock import LONGEST_ROUND_TRIP, MarkKind, TrustedClock
from sync.outbox import NewOperation, record
from sync.outbox import recent as recorded
from sync.wire.encoding import instant, parse_instant
from sync.wire.operation import TimeQuality, new_op_id
from sync.witnesses import CONFIRMED, TOLERANCE
from tests.support.crank import Crank
from tests.support.ledger import Ledger

YEAR = timedelta(days=365)
HOUR = timedelta(hours=1)


def heard(crank: Crank) -> TrustedClock:
    clock = TrustedClock(crank.machine())
    assert clock.hear(crank.at).anchor is not None
    clock.observe()
    return clock


def kinds(clock: TrustedClock) -> list[MarkKind]:
    return [mark.kind for mark in clock.observe()]


@pytest.mark.parametrize("off", [-10 * YEAR, -HOUR, HOUR, 10 * YEAR])
def test_a_clock_set_while_running_is_marked_once_and_changes_nothing(crank: Crank, off: timedelta) -> None:
    clock = heard(crank)
    crank.forward(60)
    crank.wall_off += off
    (mark,) = clock.observe()
    assert (mark.kind, mark.seconds) == (MarkKind.WALL_SET, round(off.total_seconds()))
    assert (mark.at, mark.quality) == (crank.at, TimeQuality.ANCHORED)
    assert clock.now().at == crank.at
    assert clock.observe() == ()


def test_small_steps_of_the_clock_are_nobodys_deed(crank: Crank) -> None:
    clock = heard(crank)
    for _ in range(100):
        crank.forward(60)
        crank.wall_off += TOLERANCE / 50
        assert clock.observe() == ()


def test_a_clock_set_while_the_program_was_closed_is_marked_at_start(crank: Crank) -> None:
    clock = TrustedClock(crank.machine())
    last = clock.anchor(crank.at)
    crank.forward(3600)
    crank.wall_off -= YEAR
    assert kinds(TrustedClock(crank.machine(), last)) == [MarkKind.WALL_SET]


@pytest.mark.parametrize("wrong", [-56 * YEAR, 10 * YEAR])
def test_a_dead_battery_at_start_is_marked_and_central_puts_it_right(crank: Crank, wrong: timedelta) -> None:
    last = TrustedClock(crank.machine()).anchor(crank.at)
    crank.reboot(3600)
    crank.wall_off = wrong
    clock = TrustedClock(crank.machine(), last)
    assert kinds(clock) == [MarkKind.WALL_WRONG]
    assert clock.now().quality is TimeQuality.UNKNOWN
    told = clock.hear(crank.at)
    assert [mark.kind for mark in told.marks] == [MarkKind.CORRECTED]
    assert clock.now().at == crank.at
    assert clock.now().quality is TimeQuality.ANCHORED


def test_sleep_that_the_ticks_count_changes_nothing(crank: Crank) -> None:
    clock = heard(crank)
    crank.forward(30 * 3600)
    assert clock.observe() == ()
    assert clock.now().at == crank.at


def test_sleep_that_stops_the_ticks_is_put_right_at_once(crank: Crank) -> None:
    """The machine's clock and central agree against the ticks."""
    clock = heard(crank)
    crank.at += 8 * HOUR
    assert kinds(clock) == [MarkKind.WALL_SET]
    told = clock.hear(crank.at)
    assert told.anchor is not None
    assert clock.now().at == crank.at


def test_ticks_that_begin_anew_are_not_believed(crank: Crank) -> None:
    clock = heard(crank)
    crank.forward(5000)
    before = clock.now().at
    clock.observe()
    crank.ticked -= 4000
    assert kinds(clock) == [MarkKind.TICKS_BACK]
    after = clock.now()
    assert after.at >= before
    assert after.quality is not TimeQuality.ANCHORED
    crank.forward(10)
    assert clock.now().at >= after.at


def test_a_central_that_contradicts_itself_is_doubted_until_it_keeps_to_it(crank: Crank) -> None:
    clock = heard(crank)
    wrong = 10 * YEAR
    crank.forward(60)
    told = clock.hear(crank.at + wrong)
    assert told.anchor is None
    assert [mark.kind for mark in told.marks] == [MarkKind.CENTRAL_DOUBTED]
    assert clock.now().at == crank.at
    assert clock.now().quality is TimeQuality.UNKNOWN
    assert clock.now().least is None
    crank.forward(CONFIRMED / 2)
    assert clock.hear(crank.at + wrong).marks == ()
    assert clock.now().at == crank.at
    crank.forward(CONFIRMED / 2)
    followed = clock.hear(crank.at + wrong)
    assert [mark.kind for mark in followed.marks] == [MarkKind.CORRECTED]
    assert clock.now().at == crank.at + wrong


def test_of_two_centrals_one_wrong_never_moves_the_time(crank: Crank) -> None:
    clock = heard(crank)
    for n in range(100):
        crank.forward(600)
        clock.hear(crank.at - YEAR if n % 2 else crank.at)
        assert clock.now().at == crank.at


def test_the_wrong_one_of_two_centrals_is_marked_once_a_day_and_when_it_says_something_else(
    crank: Crank,
) -> None:
    clock = heard(crank)

    def marks(off: timedelta) -> int:
        found = 0
        for n in range(10):
            crank.forward(600)
            found += len(clock.hear(crank.at + off if n % 2 else crank.at).marks)
        return found

    assert [marks(off) for off in (-YEAR, -YEAR, YEAR)] == [1, 0, 1]
    crank.forward(24 * 3600)
    assert marks(YEAR) == 1


def test_what_a_central_with_a_dead_clock_signs_is_no_time(crank: Crank) -> None:
    clock = TrustedClock(crank.machine())
    told = clock.hear(crank.at - 56 * YEAR)
    assert told.anchor is None
    assert clock.now().at == crank.at


def test_an_answer_that_took_long_or_was_carried_never_sets_the_clock_back(crank: Crank) -> None:
    clock = heard(crank)
    crank.forward(86400)
    assert clock.floor_from(crank.at - timedelta(hours=20)) == ()
    assert clock.hear(crank.at - HOUR, LONGEST_ROUND_TRIP * 2).anchor is None
    assert clock.now().at == crank.at
    assert clock.now().quality is TimeQuality.ANCHORED


def test_a_carried_answer_says_that_it_is_not_earlier(crank: Crank) -> None:
    last = TrustedClock(crank.machine()).anchor(crank.at)
    crank.reboot(30 * 86400)
    crank.wall_off = -56 * YEAR
    clock = TrustedClock(crank.machine(), last)
    carried = crank.at - timedelta(days=2)
    clock.floor_from(carried)
    assert clock.now().at == clock.now().least == carried
    assert clock.now().quality is TimeQuality.UNKNOWN


def test_a_little_ahead_time_stands_still_until_it_is_right(crank: Crank) -> None:
    clock = heard(crank)
    crank.forward(100)
    ahead = clock.now().at
    assert clock.hear(crank.at - timedelta(seconds=90)).marks == ()
    assert clock.now().at == ahead
    crank.forward(60)
    assert clock.now().at == ahead
    crank.forward(60)
    assert clock.now().at == ahead + timedelta(seconds=30)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.integers(0, 40 * 86400)),
        st.tuples(st.just("turn"), st.integers(-12 * 365 * 86400, 12 * 365 * 86400)),
        st.tuples(st.just("hear"), st.integers(0, 90)),
        st.tuples(st.just("carry"), st.integers(0, 90 * 86400)),
        st.tuples(st.just("boot"), st.integers(30, 40 * 86400)),
        st.tuples(st.just("ticks"), st.integers(1, 5000)),
        st.tuples(st.just("lie"), st.integers(-12 * 365 * 86400, 12 * 365 * 86400)),
    ),
    max_size=30,
)


@given(STEPS)
@settings(max_examples=300, deadline=None)
def test_time_never_goes_back_but_by_a_mark(steps: list[tuple[str, int]]) -> None:
    """Years of passing, turning, booting and lying; also: what is signed and anchored is true."""
    crank = Crank()
    clock = TrustedClock(crank.machine())
    last, said, lied = None, clock.now().at, False
    for what, n in steps:
        corrected = False
        match what:
            case "pass":
                crank.forward(n)
            case "turn":
                crank.wall_off += timedelta(seconds=n)
            case "ticks":
                crank.ticked -= n
            case "boot":
                crank.reboot(n)
                clock = TrustedClock(crank.machine(), last, said)
            case "carry":
                clock.floor_from(crank.at - timedelta(seconds=n))
            case "lie" | "hear":
                lied = lied or what == "lie"
                told = clock.hear(
                    crank.at + timedelta(seconds=n if what == "lie" else -n / 2), 0.0 if what == "lie" else n
                )
                last = told.anchor or last
                corrected = any(mark.kind is MarkKind.CORRECTED for mark in told.marks)
        corrected = corrected or any(mark.kind is MarkKind.CORRECTED for mark in clock.observe())
        reading = clock.now()
        assert reading.at >= said or corrected
        assert reading.least is None or reading.at >= reading.least
        if reading.quality is TimeQuality.ANCHORED and not lied:
            assert abs(reading.at - crank.at) <= 2 * TOLERANCE
        said = reading.at


@pytest.fixture
def keeper(ledger: Ledger, crank: Crank) -> TimeKeeper:
    return TimeKeeper(ledger.db, load(ledger, crank), crank.ticks)


def load(ledger: Ledger, crank: Crank) -> TrustedClock:
    return ledger.db.read_sync(lambda conn: anchors.load_clock(conn, crank.machine()))


def note(ledger: Ledger, clock: TrustedClock) -> str:
    reading = clock.now()
    stamp = ledger.stamp()
    stamp = type(stamp)(
        instant(reading.at), reading.quality.value, stamp.signer, stamp.terminal, stamp.incarnation
    )
    new = NewOperation(new_op_id(), "test.note", {"n": 1})
    return ledger.db.run_sync(lambda conn: record(conn, new, stamp)).at


async def test_marks_are_kept_journaled_and_found_again(
    ledger: Ledger, crank: Crank, keeper: TimeKeeper
) -> None:
    await keeper.heard(instant(crank.at), keeper.start())
    await keeper.watch()
    crank.wall_off -= YEAR
    await keeper.watch()
    ledger.reopen()
    (mark,) = ledger.db.read_sync(anchors.marks)
    assert (mark.kind, mark.seconds) == (MarkKind.WALL_SET, -365 * 86400)
    last = load(ledger, crank).last_mark
    assert last == mark


async def test_what_was_recorded_ahead_is_no_floor_once_central_put_it_right(
    ledger: Ledger, crank: Crank
) -> None:
    crank.wall_off = timedelta(days=2)
    clock = load(ledger, crank)
    keeper = TimeKeeper(ledger.db, clock, crank.ticks)
    ahead = parse_instant(note(ledger, clock))
    await keeper.heard(instant(crank.at), keeper.start())
    assert parse_instant(note(ledger, clock)) < ahead
    for _ in range(2):
        crank.reboot()
        assert load(ledger, crank).now().at <= crank.at + TOLERANCE
    assert [mark.kind for mark in ledger.db.read_sync(anchors.marks)] == [MarkKind.CORRECTED]


async def test_a_carried_time_outlives_the_program(ledger: Ledger, crank: Crank, keeper: TimeKeeper) -> None:
    await keeper.heard(instant(crank.at), keeper.start())
    crank.reboot(30 * 86400)
    crank.wall_off = -56 * YEAR
    late = TimeKeeper(ledger.db, load(ledger, crank), crank.ticks)
    carried = crank.at - timedelta(days=1)
    await late.heard_late(instant(carried))
    crank.reboot()
    assert load(ledger, crank).now().at >= carried


def test_texts_of_instants_sort_as_times(ledger: Ledger, crank: Crank) -> None:
    clock = TrustedClock(crank.machine())
    said = []
    for _ in range(50):
        crank.forward(0.173)
        said.append(note(ledger, clock))
    assert said == sorted(said)
    views = ledger.db.read_sync(recorded)
    assert [view.at for view in reversed(views)] == said
