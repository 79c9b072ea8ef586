"""When the engine pushes, pulls, asks, waits and stops."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.lanes import Lane
from sync.pace import Pace
from sync.policy import (
    HOSTILE,
    IN_VAIN,
    LOCKING,
    NEVER,
    Do,
    Done,
    Dropped,
    Event,
    Failed,
    Link,
    Nudged,
    Rationed,
    Rested,
    State,
    Step,
    Stop,
    Trouble,
    Turn,
    Wait,
    Woken,
    after,
    decide,
)
from sync.waits import back_off

PACE = Pace(probe=5.0, changes=30.0, quiet=200.0, heartbeat=60.0)


def fold(state: State, *events: Event, now: float = 0.0, chance: float = 1.0) -> State:
    for event in events:
        state = after(state, event, now, chance, PACE)
    return state


def online(now: float = 0.0) -> State:
    """Everything done once."""
    return fold(State(), *(Done(step) for step in Step), now=now)


def test_it_asks_before_it_sends() -> None:
    assert decide(State(), 0.0) == Do(Step.STATUS)
    assert decide(fold(State(), Done(Step.STATUS)), 0.0) == Do(Step.PUSH)


def test_lanes_go_in_their_order() -> None:
    state, seen = State(), []
    while isinstance(decision := decide(state, 0.0), Do):
        seen.append(decision.step)
        state = fold(state, Done(decision.step))
    assert seen == [Step.STATUS, *(step for step in Step if step is not Step.STATUS)]
    assert [step.lane.value for step in Step] == sorted(step.lane.value for step in Step)
    assert decision == Wait(PACE.probe)


@pytest.mark.parametrize("under_way", [Step.ATTACHMENTS, Step.PACK, Step.PICTURES])
def test_an_operation_goes_before_the_next_chunk_and_before_the_next_question(under_way: Step) -> None:
    later = 1.0 + PACE.probe  # so long lasted the chunk: the question whether the line is there is due too
    state = fold(online(), Woken(under_way), now=1.0)
    state = fold(state, Woken(Step.PUSH), Done(under_way, more=True), now=later)
    state = replace(state, turns={**state.turns, Step.STATUS: Turn(due=later)})
    assert decide(state, later) == Do(Step.PUSH)
    state = fold(state, Done(Step.PUSH), now=later)
    assert decide(state, later) == Do(under_way)


@given(st.frozensets(st.sampled_from([Lane.ATTACHMENTS, Lane.CONTENT])))
def test_lanes_beyond_the_data_budget_rest_and_the_others_go_on(resting: frozenset[Lane]) -> None:
    state = fold(online(), *(Woken(step) for step in Step), Rationed(resting))
    seen = []
    while isinstance(decision := decide(state, 0.0), Do):
        seen.append(decision.step)
        state = fold(state, Done(decision.step))
    assert seen == [step for step in Step if step.lane not in resting and step is not Step.STATUS]
    assert isinstance(decide(fold(state, Rationed(frozenset()), *map(Woken, Step)), 0.0), Do)


def test_more_to_push_is_pushed_at_once_and_then_it_rests() -> None:
    state = fold(online(), Woken())
    assert decide(fold(state, Done(Step.PUSH, more=True)), 0.0) == Do(Step.PUSH)
    assert decide(fold(state, Done(Step.PUSH)), 0.0) == Wait(PACE.probe)


def test_an_ack_says_what_the_question_would_have_asked() -> None:
    state = fold(online(), Woken(), now=4.9)
    assert decide(fold(state, Done(Step.PUSH), now=4.9), 5.0) == Wait(4.9 + PACE.probe)
    assert decide(fold(state, Done(Step.PUSH, nothing=True), now=4.9), 5.0) == Do(Step.STATUS)
    assert decide(fold(online(), Done(Step.CHANGES), now=4.9), 5.0) == Do(Step.STATUS)


def news_due(state: State) -> float:
    return state.turns[Step.CHANGES].due


def test_news_that_do_not_come_are_asked_for_less_often() -> None:
    state = online()
    for _ in range(IN_VAIN - 1):
        state = fold(state, Done(Step.CHANGES, nothing=True))
        assert news_due(state) == PACE.changes
    quiet = fold(state, Done(Step.CHANGES, nothing=True))
    assert news_due(quiet) == PACE.quiet > PACE.changes
    assert news_due(fold(quiet, Done(Step.STATUS), Done(Step.HEARTBEAT))) == PACE.quiet
    assert news_due(fold(quiet, Done(Step.PUSH, nothing=True))) == PACE.quiet
    assert news_due(fold(quiet, Done(Step.PUSH), now=7.0)) == 7.0 + PACE.changes
    assert news_due(fold(quiet, Done(Step.CHANGES))) == PACE.changes
    sent = fold(quiet, Done(Step.PUSH), Done(Step.CHANGES, nothing=True))
    assert news_due(sent) == PACE.changes


def test_no_link_waits_and_then_asks_again() -> None:
    state = fold(online(), Failed(Step.STATUS, Trouble.NO_LINK))
    assert (state.link, state.trouble) == (Link.OFFLINE, Trouble.NO_LINK)
    assert decide(state, 0.0) == Wait(PACE.first_wait)
    assert decide(state, PACE.first_wait) == Do(Step.STATUS)


def test_waits_grow_up_to_the_cap_of_their_trouble() -> None:
    for trouble, cap in ((Trouble.NO_LINK, PACE.reach_wait), (Trouble.CAPTIVE_PORTAL, PACE.longest_wait)):
        state = fold(online(), *(Failed(Step.STATUS, trouble) for _ in range(30)))
        assert decide(state, 0.0) == Wait(cap)


def test_coming_back_pushes_and_pulls_at_once() -> None:
    state = fold(online(), Failed(Step.STATUS, Trouble.NO_LINK), Done(Step.STATUS), now=1.0)
    assert state.link is Link.ONLINE
    assert [decide(fold(state, *done, now=1.0), 1.0) for done in ((), (Done(Step.PUSH),))] == [
        Do(Step.PUSH),
        Do(Step.CHANGES),
    ]


def test_a_lost_answer_asks_one_question_before_anything_is_sent_again() -> None:
    state = fold(online(), Woken(), Failed(Step.PUSH, Trouble.ANSWER_LOST))
    assert decide(state, 0.0) == Do(Step.STATUS)
    state = fold(state, Done(Step.STATUS))
    assert decide(state, 0.0) == Wait(PACE.first_wait)
    assert decide(state, PACE.first_wait) == Do(Step.PUSH)


@pytest.mark.parametrize("trouble", [Trouble.ANSWER_LOST, Trouble.CENTRAL_BUSY, Trouble.CAPTIVE_PORTAL])
def test_a_lane_that_always_fails_while_the_question_is_answered_never_spins(trouble: Trouble) -> None:
    state, now, pushes = fold(online(), Woken()), 0.0, 0
    while now < 3600:
        match decide(state, now):
            case Do(Step.PUSH):
                pushes += 1
                state = fold(state, Failed(Step.PUSH, trouble), now=now)
            case Do(step):
                state = fold(state, Done(step), now=now)
            case Wait(until):
                now = until
    assert 20 < pushes < 60


def test_a_failing_pack_rests_alone() -> None:
    state = fold(online(), Woken(Step.PACK), Failed(Step.PACK, Trouble.LANE), Woken(Step.PUSH))
    assert state.link is Link.ONLINE
    assert decide(state, 0.0) == Do(Step.PUSH)
    state = fold(state, Done(Step.PUSH))
    assert decide(state, 0.0) == Wait(PACE.probe)
    assert state.turns[Step.PACK].ready == PACE.lane_wait


def test_a_fault_of_ours_in_one_lane_leaves_the_link_alone() -> None:
    state = fold(online(), Woken(Step.PICTURES), Failed(Step.PICTURES, Trouble.FAULT))
    assert state.link is Link.ONLINE
    assert state.turns[Step.PICTURES].held > 0


@pytest.mark.parametrize("trouble", sorted(LOCKING, key=str))
def test_what_locks_stops_for_good(trouble: Trouble) -> None:
    state = fold(online(), Failed(Step.STATUS, trouble))
    assert state.link is Link.LOCKED
    assert decide(state, 1e9) == Stop(trouble)
    assert decide(fold(state, Nudged(), Woken()), 1e9) == Stop(trouble)
    late = (Done(Step.STATUS), Failed(Step.STATUS, Trouble.FAULT), Failed(Step.PACK, Trouble.NO_LINK))
    assert [decide(fold(state, event), 1e9) for event in late] == [Stop(trouble)] * 3


@pytest.mark.parametrize("trouble", sorted(HOSTILE, key=str))
def test_strangers_on_the_line_are_named(trouble: Trouble) -> None:
    state = fold(online(), Failed(Step.STATUS, trouble))
    assert (state.link, state.trouble) == (Link.HOSTILE, trouble)


def test_central_says_when_to_come_again() -> None:
    state = fold(online(), Failed(Step.STATUS, Trouble.CENTRAL_BUSY, retry_after=40))
    assert decide(state, 0.0) == Wait(40)
    state = fold(online(), Failed(Step.STATUS, Trouble.CENTRAL_BUSY, retry_after=1e9))
    assert decide(state, 0.0) == Wait(PACE.longest_wait)


@pytest.mark.parametrize("asked", [1.0, 8.0, 480.0, 900.0])
@given(chance=st.floats(0, 0.999))
def test_our_turn_is_kept_and_nothing_is_asked_before_it(asked: float, chance: float) -> None:
    state = fold(online(), Woken(), Failed(Step.PUSH, Trouble.OUR_TURN, asked), chance=chance)
    decision = decide(fold(state, Woken(), Woken(Step.CHANGES)), 0.0)
    assert isinstance(decision, Wait)
    assert asked <= decision.until <= asked + max(1.0, 0.02 * asked)
    assert decide(state, decision.until) == Do(Step.PUSH)
    state = fold(state, Done(Step.PUSH), now=decision.until)
    assert (state.link, state.trouble) == (Link.ONLINE, None)


def test_no_turn_parks_a_terminal_longer_than_a_quarter_of_an_hour_nor_lets_it_spin() -> None:
    for asked, kept in ((1e9, PACE.longest_turn), (0.0, 1.0), (None, 1.0)):
        state = fold(online(), Woken(), Failed(Step.PUSH, Trouble.OUR_TURN, asked), chance=0.0)
        assert decide(state, 0.0) == Wait(kept)
    assert PACE.longest_turn == 900


def test_a_question_refused_after_an_outage_is_asked_again_at_our_turn_before_anything_is_sent() -> None:
    state = fold(online(), Woken(), Failed(Step.STATUS, Trouble.NO_LINK))
    state = fold(state, Failed(Step.STATUS, Trouble.OUR_TURN, 60.0), chance=0.0)
    assert (state.link, decide(state, 0.0), decide(state, 60.0)) == (Link.ONLINE, Wait(60.0), Do(Step.STATUS))
    assert decide(fold(state, Done(Step.STATUS), now=60.0), 60.0) == Do(Step.PUSH)


def test_a_person_need_not_wait_for_our_turn() -> None:
    state = fold(online(), Woken(), Failed(Step.PUSH, Trouble.OUR_TURN, 480.0), Nudged())
    assert decide(state, 0.0) == Do(Step.STATUS)


def test_after_an_outage_of_hours_terminals_come_back_spread_over_a_quarter_of_a_minute() -> None:
    lost = [Failed(Step.STATUS, Trouble.NO_LINK)] * 1000
    first, last = (decide(fold(online(), *lost, chance=chance), 0.0) for chance in (0.0, 1.0))
    assert (first, last) == (Wait(15.0), Wait(30.0))


def test_a_question_that_cannot_be_asked_for_now_does_not_spin() -> None:
    state = fold(online(), Failed(Step.PUSH, Trouble.ANSWER_LOST), Failed(Step.STATUS, Trouble.LANE))
    assert decide(state, 0.0) == Wait(PACE.lane_wait)
    assert decide(state, PACE.lane_wait) == Do(Step.STATUS)


def test_a_full_disk_while_the_link_is_unknown_does_not_spin() -> None:
    state = fold(State(), Failed(Step.STATUS, Trouble.LANE))
    assert decide(state, 0.0) == Wait(PACE.lane_wait)
    assert decide(state, PACE.lane_wait) == Do(Step.STATUS)


def test_a_nudge_tries_now_whatever_it_waits_for() -> None:
    waiting = fold(online(), *(Failed(Step.STATUS, Trouble.CAPTIVE_PORTAL) for _ in range(9)))
    assert decide(fold(waiting, Nudged(), now=1.0), 1.0) == Do(Step.STATUS)
    held = fold(online(), Woken(), Failed(Step.PUSH, Trouble.ANSWER_LOST), Done(Step.STATUS), Nudged())
    assert decide(fold(held, Done(Step.STATUS)), 0.0) == Do(Step.PUSH)


def test_a_dropped_idle_line_only_raises_a_question() -> None:
    held = fold(online(), Woken(), Failed(Step.PUSH, Trouble.CENTRAL_BUSY), Done(Step.STATUS), Dropped())
    assert decide(held, 0.0) == Do(Step.STATUS)
    assert fold(held, Done(Step.STATUS)).turns[Step.PUSH].held > 0.0
    turn = fold(online(), Failed(Step.PUSH, Trouble.OUR_TURN, 100.0), Dropped(), chance=0.0)
    assert decide(turn, 0.0) == Wait(100.0)
    away = fold(online(), *(Failed(Step.STATUS, Trouble.CAPTIVE_PORTAL) for _ in range(9)))
    assert fold(away, Dropped()) == away


def test_a_rested_lane_waits_to_be_woken() -> None:
    state = fold(online(), Rested(Step.PACK))
    assert state.turns[Step.PACK] == Turn(due=NEVER)
    assert fold(state, Woken(Step.PACK)).turns[Step.PACK].due == 0.0


def test_jitter_spreads_terminals_over_half_the_wait() -> None:
    assert back_off(3, 1.0, 100.0, 0.0) == 2.0
    assert back_off(3, 1.0, 100.0, 1.0) == 4.0
    assert back_off(10_000, 1.0, 100.0, 1.0) == 100.0


RATIONS = [frozenset[Lane](), frozenset({Lane.CONTENT}), frozenset({Lane.CONTENT, Lane.ATTACHMENTS})]
events = st.one_of(
    st.builds(Rationed, st.sampled_from(RATIONS)),
    st.sampled_from([Nudged(), Dropped(), *(Woken(step) for step in Step)]),
    st.builds(Done, st.sampled_from(Step), st.booleans()),
    st.builds(Failed, st.sampled_from(Step), st.sampled_from(Trouble), st.none() | st.floats(0, 1e6)),
)


@given(st.lists(st.tuples(events, st.floats(0, 1000), st.floats(0, 0.999)), max_size=30))
def test_whatever_happens_there_is_a_next_step_or_a_bounded_wait(
    history: list[tuple[Event, float, float]],
) -> None:
    state, now = State(), 0.0
    for event, passed, chance in history:
        now += passed
        state = after(state, event, now, chance, PACE)
    decision = decide(state, now)
    if state.link is Link.LOCKED:
        assert isinstance(decision, Stop)
    elif isinstance(decision, Wait):
        assert now < decision.until <= now + max(PACE.longest_wait, PACE.probe, PACE.longest_turn * 1.02)
        assert isinstance(decide(state, decision.until), Do)


def test_nothing_pushes_by_the_clock() -> None:
    assert fold(online(), Done(Step.PUSH)).turns[Step.PUSH].due == NEVER
