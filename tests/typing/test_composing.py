"""Typing with candidates: letters become text by picking, nothing is lost by going back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.typing.composing import (
    AsTyped,
    Backspace,
    Composing,
    GiveUp,
    Key,
    Letter,
    Pick,
    Pressed,
    press,
)
from kiosk.typing.engine import Engine, Expect
from kiosk.typing.table import table


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(table())


def after(engine: Engine, *keys: Key, state: Composing | None = None) -> Pressed:
    done = Pressed(state or Composing())
    for key in keys:
        done = press(done.state, key, engine)
    return done


def letters(text: str) -> list[Key]:
    return [Letter(one) for one in text]


def place(engine: Engine, state: Composing, text: str) -> Pick:
    return Pick([one.text for one in state.candidates(engine)].index(text))


def test_a_word_is_typed_and_picked(engine: Engine) -> None:
    done = after(engine, *letters("shenfenzheng"), Pick(0))
    assert done == Pressed(Composing(), "身份证")


def test_a_name_is_picked_one_by_one(engine: Engine) -> None:
    state = after(engine, *letters("shanxiaofu"), state=Composing(expect=Expect.SURNAME)).state
    for text in ("单", "小"):
        state = press(state, place(engine, state, text), engine).state
    assert (state.chosen, state.letters) == ("单小", "fu")
    done = press(state, place(engine, state, "㳇"), engine)
    assert done == Pressed(Composing(expect=Expect.SURNAME), "单小㳇")


def test_going_back_gives_picked_letters_back(engine: Engine) -> None:
    state = after(engine, *letters("nihao")).state
    state = press(state, place(engine, state, "你"), engine).state
    assert (state.chosen, state.letters) == ("你", "hao")
    state = after(engine, *[Backspace()] * 3, state=state).state
    assert (state.chosen, state.letters) == ("", "ni")
    assert after(engine, *[Backspace()] * 3, state=state).state.idle


def test_letters_are_meant_as_they_are(engine: Engine) -> None:
    assert after(engine, *letters("xi'an"), AsTyped()) == Pressed(Composing(), "xian")


def test_giving_up_leaves_nothing(engine: Engine) -> None:
    assert after(engine, *letters("shei"), GiveUp()) == Pressed(Composing())


def test_a_separator_stands_between_letters_only(engine: Engine) -> None:
    assert after(engine, *letters("'xi''an")).state.letters == "xi'an"


KEYS = st.one_of(
    st.sampled_from("abcdefghijklmnopqrstuvwxyz'A1中").map(Letter),
    st.integers(-2, 60).map(Pick),
    st.sampled_from([Backspace(), AsTyped(), GiveUp()]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(KEYS, max_size=30), st.sampled_from(Expect))
def test_no_order_of_keys_breaks_it(engine: Engine, keys: list[Key], expect: Expect) -> None:
    state = Composing(expect=expect)
    for key in keys:
        before = state
        done = press(state, key, engine)
        state = done.state
        assert state.letters or not state.picked
        assert state.expect is expect
        if done.committed:
            assert state.idle
        if isinstance(key, Letter):
            assert state.letters.startswith(before.letters)
