"""The book of turns: room, order, promises kept, nothing kept for ever."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from central.slots import EARLY, Admitted, Later, Limits, Slots

LIMITS = Limits(at_work=2, room=3, per_second=2.0, longest=40.0, keep=10.0, most=12)
NAMES = [f"T{n}" for n in range(30)]


def crowd(slots: Slots, names: list[str], now: float) -> dict[str, float]:
    """Everybody asks at once; who was told to come again, and when."""
    told = {}
    for name in names:
        answer = slots.ask(name, now)
        if isinstance(answer, Later):
            told[name] = now + answer.seconds
    return told


def test_idle_central_refuses_nobody() -> None:
    slots = Slots(LIMITS)
    for moment in range(100):
        assert slots.ask(f"T{moment}", float(moment)) == Admitted()
        slots.left(float(moment))


def test_a_few_at_once_all_come_in() -> None:
    assert crowd(Slots(LIMITS), NAMES[: LIMITS.room], 0.0) == {}


def test_turns_lie_apart_as_central_manages() -> None:
    told = sorted(crowd(Slots(LIMITS), NAMES[:10], 0.0).values())
    gaps = [later - sooner for sooner, later in pairwise(told)]
    assert len(told) == 7
    assert min(gaps) >= 1 / LIMITS.per_second


def test_who_comes_early_hears_the_rest_of_the_same_wait() -> None:
    slots = Slots(LIMITS)
    told = crowd(slots, NAMES[:10], 0.0)
    name, at = list(told.items())[-1]
    for moment in (0.5, 1.0, 2.5, 2.5):
        assert slots.ask(name, moment) == Later(at - moment)


def test_who_comes_at_its_turn_goes_before_newcomers() -> None:
    slots = Slots(LIMITS)
    told = crowd(slots, NAMES[:10], 0.0)
    slots.left(1.0)
    first = min(told, key=lambda name: told[name])
    assert isinstance(slots.ask("newcomer", told[first]), Later)
    assert slots.ask(first, told[first]) == Admitted()


def test_who_found_the_room_full_at_its_turn_waits_less_than_a_newcomer() -> None:
    slots = Slots(LIMITS)
    told = crowd(slots, NAMES[:10], 0.0)
    first = min(told, key=lambda name: told[name])
    again, new = slots.ask(first, told[first]), slots.ask("newcomer", told[first])
    assert isinstance(again, Later)
    assert isinstance(new, Later)
    assert again.seconds < new.seconds


def test_a_turn_that_nobody_took_is_forgotten() -> None:
    slots = Slots(LIMITS)
    told = crowd(slots, NAMES[:10], 0.0)
    end = max(told.values()) + LIMITS.keep + 0.1
    assert isinstance(slots.ask("newcomer", end), Later)  # the three that were let in never left
    slots.left(end)
    assert slots.ask("another", end + 20) == Admitted()
    assert slots.promised == 0


def test_beyond_the_longest_wait_nothing_is_promised() -> None:
    slots = Slots(LIMITS)
    waits = [answer.seconds for name in range(200) if isinstance(answer := slots.ask(f"T{name}", 0.0), Later)]
    assert max(waits) == LIMITS.longest
    assert slots.promised <= LIMITS.most


@settings(max_examples=30)
@given(st.floats(1, 500))
def test_the_rate_follows_what_is_managed_and_not_how_little_is_asked(rate: float) -> None:
    slots, now = Slots(LIMITS), 0.0
    for _ in range(900):
        slots.ask("T", now)
        slots.left(now + 1 / rate)
        now += 60 + 1 / rate
    assert 0.99 * rate <= slots.per_second <= 1.01 * rate


class Book(RuleBasedStateMachine):
    """Any order of asking, leaving and waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.slots = Slots(LIMITS)
        self.now = 0.0
        self.inside: list[str] = []
        self.promised: dict[str, float] = {}

    @rule(name=st.sampled_from(NAMES))
    def ask(self, name: str) -> None:
        was_inside, promise = len(self.inside), self.promised.get(name)
        answer = self.slots.ask(name, self.now)
        if isinstance(answer, Admitted):
            assert was_inside < LIMITS.room
            self.inside.append(name)
            self.promised.pop(name, None)
            return
        assert 0 < answer.seconds <= LIMITS.longest
        at = self.now + answer.seconds
        if promise is not None and self.now <= promise + LIMITS.keep:
            early = self.now < promise - EARLY
            assert abs(at - promise) < 1e-6 if early else was_inside >= LIMITS.room
        self.promised[name] = at
        if answer.seconds == LIMITS.longest:
            del self.promised[name]

    @precondition(lambda self: self.inside)
    @rule()
    def leave(self) -> None:
        self.inside.pop()
        self.slots.left(self.now)

    @rule(seconds=st.floats(0.01, 30))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @precondition(lambda self: self.promised)
    @rule()
    def wait_for_a_turn(self) -> None:
        self.now = max(self.now, min(self.promised.values()))

    @invariant()
    def room_and_memory_are_bounded(self) -> None:
        assert self.slots.inside == len(self.inside) <= LIMITS.room
        assert self.slots.promised <= LIMITS.most


TestBook = Book.TestCase
TestBook.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
