"""Frames of the security module against a recorded one: cards are read whole, or it is said why not."""

from __future__ import annotations

import os
import threading
import tty
from dataclasses import replace

import pytest

from kiosk.devices.idcard import CardUnreadable, ReaderState, ReaderUnplugged
from kiosk.devices.sam import SamReader
from kiosk.devices.sam_frames import Ask, BadFrame, Said, answer, parse, request
from kiosk.devices.sam_text import NATIONS, block_of, card_of
from kiosk.devices.serial_line import open_serial
from tests.devices.cards import AUTHORITY, FOUND, NOBODY, RARE, SELECTED, ZHANG, Module, counting, told


@pytest.fixture
def module() -> Module:
    return Module()


@pytest.fixture
def reader(module: Module) -> SamReader:
    return SamReader(module.open, counting())


def test_the_frames_are_those_of_the_makers_papers() -> None:
    asked = {ask: request(ask).hex() for ask in Ask}
    assert asked == {
        Ask.STATE: "aaaaaa9669000311ffed",
        Ask.FIND: "aaaaaa96690003200122",
        Ask.SELECT: "aaaaaa96690003200221",
        Ask.READ: "aaaaaa96690003300132",
    }
    found, selected = parse(FOUND), parse(SELECTED)
    assert found is not None
    assert found.said is Said.FOUND
    assert selected is not None
    assert selected.said is Said.DONE
    assert len(told(ZHANG)) == 1295


def test_there_are_56_nations() -> None:
    assert (len(NATIONS), NATIONS[0], NATIONS[55]) == (56, "汉", "基诺")


@pytest.mark.parametrize("card", [ZHANG, RARE])
def test_a_card_is_read_as_it_is(reader: SamReader, module: Module, card: object) -> None:
    module.lay(card)  # type: ignore[arg-type]
    assert reader.read() == card
    assert module.asked == [Ask.FIND, Ask.SELECT, Ask.READ]


def test_no_card_is_none_and_a_card_is_told_once_while_it_lies(reader: SamReader, module: Module) -> None:
    assert reader.read() is None
    module.lay(ZHANG)
    assert reader.read() == ZHANG
    assert reader.read() is None
    assert module.opened == 1


def test_a_residence_permit_has_no_nation() -> None:
    permit = replace(ZHANG, nation="")
    assert card_of(block_of(permit, AUTHORITY, "J")) == permit


def test_another_kind_of_card_is_named() -> None:
    with pytest.raises(CardUnreadable, match="another kind"):
        card_of(block_of(ZHANG, AUTHORITY, "I"))


@pytest.mark.parametrize(
    ("card", "why"),
    [
        (replace(ZHANG, number="110105194912310021"), "check"),
        (replace(ZHANG, born=ZHANG.born.replace(day=30)), "somebody else"),
        (replace(ZHANG, sex=RARE.sex), "somebody else"),
        (replace(ZHANG, name=""), "no name"),
    ],
)
def test_what_does_not_fit_together_is_not_believed(card: object, why: str) -> None:
    with pytest.raises(CardUnreadable, match=why) as caught:
        card_of(block_of(card, AUTHORITY))  # type: ignore[arg-type]
    assert ZHANG.name not in str(caught.value)


@pytest.mark.parametrize(
    "answers",
    [
        {Ask.FIND: FOUND, Ask.SELECT: answer(Said.NOT_SELECTED)},
        {Ask.FIND: FOUND, Ask.SELECT: SELECTED, Ask.READ: answer(Said.NOT_READ)},
        {Ask.FIND: FOUND, Ask.SELECT: SELECTED, Ask.READ: answer(Said.DONE)},
        {Ask.FIND: FOUND, Ask.SELECT: SELECTED, Ask.READ: told(ZHANG)[:-1] + b"\0"},
        {Ask.FIND: FOUND[:-1] + b"\0"},
    ],
)
def test_a_card_that_lies_askew_is_unreadable_and_the_next_try_reads_it(
    reader: SamReader, module: Module, answers: dict[Ask, bytes]
) -> None:
    module.answers |= answers
    with pytest.raises(CardUnreadable):
        reader.read()
    module.lay(ZHANG)
    assert reader.read() == ZHANG


def test_a_line_that_brought_noise_is_opened_anew(reader: SamReader, module: Module) -> None:
    module.answers |= {Ask.FIND: FOUND[:-1] + b"\0"}
    with pytest.raises(CardUnreadable):
        reader.read()
    module.answers.clear()
    assert reader.read() is None
    assert module.opened == 2


def test_a_pulled_cable_is_unplugged_and_put_back_it_goes_on(reader: SamReader, module: Module) -> None:
    assert reader.state() is ReaderState.READY
    module.pulled = True
    for _ in range(2):
        with pytest.raises(ReaderUnplugged):
            reader.read()
    assert reader.state() is ReaderState.UNPLUGGED
    module.pulled = False
    assert reader.state() is ReaderState.READY
    assert reader.read() is None


@pytest.mark.parametrize("said", [Said.SELF_TEST_FAILED, Said.NOT_LICENSED])
def test_a_module_that_is_broken_is_no_empty_reader(reader: SamReader, module: Module, said: Said) -> None:
    module.answers |= {Ask.FIND: answer(said), Ask.STATE: answer(said)}
    with pytest.raises(ReaderUnplugged):
        reader.read()
    assert reader.state() is ReaderState.UNPLUGGED


def test_silence_is_not_waited_out_for_ever(reader: SamReader, module: Module) -> None:
    module.dumb = True
    with pytest.raises(ReaderUnplugged):
        reader.read()


def test_noise_before_a_frame_is_passed_over_and_half_a_frame_waited_for() -> None:
    assert parse(b"\x00\xaa\xaa" + NOBODY) == parse(NOBODY)
    assert parse(NOBODY[:-1]) is None
    with pytest.raises(BadFrame):
        parse(NOBODY[:5] + b"\xff\xff" + NOBODY[7:])


def test_over_a_real_serial_line() -> None:
    """pyserial at one end of a pseudo terminal, a module at the other."""
    ours, theirs = os.openpty()
    tty.setraw(ours)
    tty.setraw(theirs)
    answers = {request(Ask.FIND): FOUND, request(Ask.SELECT): SELECTED, request(Ask.READ): told(RARE)}

    def serve() -> None:
        for _ in answers:
            os.write(ours, answers[os.read(ours, 64)])

    thread = threading.Thread(target=serve)
    thread.start()
    line = open_serial(os.ttyname(theirs), 115200)
    try:
        assert SamReader(lambda: line).read() == RARE
    finally:
        thread.join()
        line.close()
        os.close(ours)
        os.close(theirs)


def test_no_such_port_is_unplugged() -> None:
    reader = SamReader(lambda: open_serial("/dev/no-such-port", 115200))
    assert reader.state() is ReaderState.UNPLUGGED
