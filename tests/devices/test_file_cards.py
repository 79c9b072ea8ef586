"""Cards that are files: laid down, taken away, damaged."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.devices.file_cards import NO_CABLE, FileCardReader, card_of, file_of
from kiosk.devices.idcard import CardUnreadable, NoReader, ReaderState, ReaderUnplugged
from tests.devices.cards import RARE, ZHANG


def test_a_card_lies_there_until_it_is_taken_away(tmp_path: Path) -> None:
    reader = FileCardReader(tmp_path)
    assert reader.read() is None
    (tmp_path / "a.json").write_bytes(file_of(RARE))
    assert reader.read() == RARE
    (tmp_path / "a.json").unlink()
    assert reader.read() is None


def test_a_folder_that_is_not_there_is_no_reader(tmp_path: Path) -> None:
    reader = FileCardReader(tmp_path / "none")
    assert (reader.read(), reader.state()) == (None, ReaderState.NOT_FITTED)


def test_the_pulled_cable(tmp_path: Path) -> None:
    (tmp_path / NO_CABLE).touch()
    reader = FileCardReader(tmp_path)
    assert reader.state() is ReaderState.UNPLUGGED
    with pytest.raises(ReaderUnplugged):
        reader.read()


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"name":1}', b"\xff", b"x" * 5000, file_of(replace(ZHANG, number="1"))]
)
def test_what_is_no_card_is_unreadable(data: bytes) -> None:
    with pytest.raises(CardUnreadable):
        card_of(data)


def test_nothing_of_a_person_is_in_a_log() -> None:
    assert repr(ZHANG) == "IdCard()"


def test_a_terminal_without_a_reader_says_so() -> None:
    assert (NoReader().read(), NoReader().state()) == (None, ReaderState.NOT_FITTED)


def test_a_card_expires_after_its_last_day() -> None:
    last = RARE.valid_to
    assert last is not None
    assert not RARE.expired(last)
    assert RARE.expired(last.replace(year=last.year + 1))
    assert not ZHANG.expired(last)


def test_the_demo_s_card_is_one() -> None:
    from tools.run import CARD

    assert card_of(CARD.read_bytes()).name == "张玉芬"
