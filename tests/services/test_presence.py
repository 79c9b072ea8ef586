"""Who is there: every way in and out, and the idle rule."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.permissions import Session
from kiosk.services.presence import (
    Assisting,
    Came,
    Departure,
    Event,
    Guest,
    How,
    Identified,
    IdleRule,
    Left,
    Locked,
    MoreTime,
    Nobody,
    OperatorThere,
    Patience,
    Person,
    PersonLeft,
    Presence,
    SignedIn,
    SignedOut,
    Ticked,
    Touched,
    Villager,
    Who,
    departure,
    seconds_left,
    step,
)

CHEN = Session("op-1", "陈秀英", ("operator",), frozenset(), False, datetime(2026, 3, 8, tzinfo=UTC))
WANG = Session("op-2", "王建国", ("operator",), frozenset(), False, datetime(2026, 3, 8, tzinfo=UTC))
LI = Person(How.CARD, "李四", "511602194501011234")
ZHOU = Person(How.MEMBER, "周五", "m-77")
PATIENCE = Patience(IdleRule(60, 90), IdleRule(40, 50), locked_for=300)
ALL: tuple[Who, ...] = (
    Nobody(), Guest(), Villager(LI), OperatorThere(CHEN), Assisting(CHEN, LI),
    Locked(OperatorThere(CHEN)), Locked(Assisting(CHEN, LI)),
)  # fmt: skip
EVENTS: tuple[Event, ...] = (
    Touched(), Ticked(), MoreTime(), Came(), Identified(ZHOU), PersonLeft(),
    SignedIn(WANG), SignedOut(), Left(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("before", "event", "after"),
    [
        (Nobody(), Came(), Guest()),
        (Nobody(), Identified(LI), Villager(LI)),
        (Guest(), Identified(LI), Villager(LI)),
        (Villager(LI), Identified(ZHOU), Villager(ZHOU)),
        (Villager(LI), PersonLeft(), Guest()),
        (Villager(LI), SignedIn(CHEN), Assisting(CHEN, LI)),
        (OperatorThere(CHEN), Identified(LI), Assisting(CHEN, LI)),
        (Assisting(CHEN, LI), PersonLeft(), OperatorThere(CHEN)),
        (Assisting(CHEN, LI), SignedOut(), Villager(LI)),
        (OperatorThere(CHEN), SignedOut(), Guest()),
        (Assisting(CHEN, LI), Left(), Nobody()),
        (Locked(Assisting(CHEN, LI)), SignedIn(CHEN), Assisting(CHEN, LI)),
        (Locked(Assisting(CHEN, LI)), SignedIn(WANG), OperatorThere(WANG)),
        (Locked(OperatorThere(CHEN)), Left(), Nobody()),
    ],
)
def test_every_way_in_and_out(before: Who, event: Event, after: Who) -> None:
    assert step(Presence(before, 0), event, 1, PATIENCE).who == after


@pytest.mark.parametrize("event", [e for e in EVENTS if not isinstance(e, (SignedIn, Left))])
def test_a_lock_opens_to_a_pin_alone(event: Event) -> None:
    before = Presence(Locked(Assisting(CHEN, LI)), 0)
    after = step(before, event, 1, PATIENCE)
    assert after == before
    assert (after.session, after.person) == (None, None)


@pytest.mark.parametrize("who", ALL)
@pytest.mark.parametrize("event", EVENTS)
def test_nobody_stays_for_ever_and_nobodys_data_stays_unnoticed(who: Who, event: Event) -> None:
    """A person who was there and is not is always said to have gone, whatever happened."""
    after = step(Presence(who, 0), event, 1, PATIENCE).who
    gone = departure(who, after)
    held = who.behind if isinstance(who, Locked) else who
    person = Presence(held).person
    still = Presence(after.behind if isinstance(after, Locked) else after).person
    if person is not None and still != person:
        assert gone in (Departure.PERSON, Departure.EVERYBODY)
    late = step(Presence(after, 1), Ticked(), 1000, PATIENCE).who
    assert late == Nobody()


def test_a_customer_is_warned_then_gone() -> None:
    there = Presence(Guest(), 0)
    assert seconds_left(there, 59.9, PATIENCE) is None
    assert seconds_left(there, 60, PATIENCE) == 30
    assert seconds_left(there, 89.2, PATIENCE) == 1
    assert step(there, Ticked(), 89.9, PATIENCE).who == Guest()
    assert step(there, Ticked(), 90, PATIENCE).who == Nobody()


def test_a_touch_begins_anew_but_comes_too_late_after_the_end() -> None:
    there = step(Presence(Villager(LI), 0), Touched(), 89, PATIENCE)
    assert step(there, Ticked(), 178, PATIENCE).who == Villager(LI)
    assert step(there, Touched(), 179, PATIENCE).who == Nobody()


def test_more_time_is_not_cut_short_by_the_next_touch() -> None:
    there = step(Presence(Guest(), 0), MoreTime(), 70, PATIENCE)
    there = step(there, Touched(), 71, PATIENCE)
    assert seconds_left(there, 70 + 119, PATIENCE) is None
    assert seconds_left(there, 70 + 120, PATIENCE) == 30


def test_an_operator_is_locked_first_and_gone_later() -> None:
    there = Presence(Assisting(CHEN, LI), 0)
    assert seconds_left(there, 41, PATIENCE) == 9
    locked = step(there, Ticked(), 50, PATIENCE)
    assert locked.who == Locked(Assisting(CHEN, LI))
    assert step(locked, Ticked(), 349, PATIENCE) == locked
    assert step(locked, Ticked(), 350, PATIENCE).who == Nobody()


def test_a_machine_that_slept_through_the_lock_shows_nobody() -> None:
    assert step(Presence(Assisting(CHEN, LI), 0), Ticked(), 351, PATIENCE).who == Nobody()
    assert step(Presence(OperatorThere(CHEN), 0), SignedIn(CHEN), 351, PATIENCE).who == OperatorThere(CHEN)


def test_without_a_lock_an_operator_is_gone_at_once() -> None:
    plain = Patience(IdleRule(60, 90), IdleRule(40, 50))
    assert step(Presence(OperatorThere(CHEN), 0), Ticked(), 50, plain).who == Nobody()


def test_large_type_has_twice_the_time() -> None:
    there = Presence(Guest(), 0)
    assert step(there, Ticked(), 179, PATIENCE.doubled()).who == Guest()
    assert step(there, Ticked(), 180, PATIENCE.doubled()).who == Nobody()


HAPPENINGS = st.lists(
    st.tuples(st.sampled_from(EVENTS), st.sampled_from((0.0, 1.0, 39.0, 49.0, 59.0, 299.0)))
)


@given(HAPPENINGS, st.sampled_from((PATIENCE, PATIENCE.doubled(), Patience())))
def test_whatever_happens_nobody_is_there_unseen_or_for_ever(
    happenings: list[tuple[Event, float]], patience: Patience
) -> None:
    """No identity appears without its proof, none goes without being said, and all go in the end."""
    now, there = 0.0, Presence(Nobody(), 0.0)
    for event, wait in happenings:
        now += wait
        after = step(there, event, now, patience)
        gone = departure(there.who, after.who)
        if after.person is not None and after.person not in held(there.who):
            assert event == Identified(after.person)
        if after.session is not None and after.session not in held(there.who):
            assert event == SignedIn(after.session)
        if set(held(there.who)) - set(held(after.who)):
            assert gone is not None or isinstance(event, SignedIn)
        assert (gone is Departure.EVERYBODY) == (isinstance(after.who, Nobody) and after.who != there.who)
        there = after
    end = now + 2 * (patience.customer.warn_after + patience.customer.wipe_after + patience.locked_for)
    assert step(there, Ticked(), end + 1, patience).who == Nobody()


def held(who: Who) -> tuple[Session | Person, ...]:
    """Whose data is here, before or behind a lock."""
    there = Presence(who.behind if isinstance(who, Locked) else who)
    return tuple(one for one in (there.session, there.person) if one is not None)
