"""Chip cards: the configured application is read to its end and nothing else is asked."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from kiosk.devices.chips import NoChips, fitted, text_of
from kiosk.devices.idcard import CardUnreadable, ReaderState

AID = bytes.fromhex("F0595A0101")
TOKEN = "eyJ0eXAiOiJ5ei1tZW1iZXIifQ." + "Ab-_9" * 120


@dataclass
class Card:
    """A card by ISO 7816-4 with one transparent file."""

    content: bytes
    shows_end: bool = True
    asked: list[bytes] = field(default_factory=list)

    def transmit(self, command: bytes) -> bytes:
        self.asked.append(command)
        if command[1] == 0xA4:
            return b"\x90\x00" if command[5:-1] == AID else b"\x6a\x82"
        offset = int.from_bytes(command[2:4], "big")
        piece = self.content[offset : offset + 256]
        if offset >= len(self.content):
            return b"\x6b\x00"
        return piece + (b"\x62\x82" if self.shows_end and len(piece) < 256 else b"\x90\x00")


@pytest.mark.parametrize("fill", [b"", b"\0" * 100, b"\xff" * 700])
@pytest.mark.parametrize("shows_end", [True, False])
def test_a_long_text_is_read_to_its_end(fill: bytes, shows_end: bool) -> None:
    card = Card(TOKEN.encode() + fill, shows_end)
    assert text_of(card.transmit, AID) == TOKEN
    assert {command[1] for command in card.asked} == {0xA4, 0xB0}


def test_a_text_that_ends_with_a_whole_piece() -> None:
    assert text_of(Card(b"x" * 512).transmit, AID) == "x" * 512


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"\0", b"a\x07b"])
def test_what_is_no_text_is_unreadable(content: bytes) -> None:
    with pytest.raises(CardUnreadable):
        text_of(Card(content).transmit, AID)


def test_a_card_of_somebody_else_is_unreadable() -> None:
    with pytest.raises(CardUnreadable, match="6a82"):
        text_of(Card(TOKEN.encode()).transmit, b"\xa0\x00\x00\x03\x33")


def test_a_card_that_never_ends_is_bounded() -> None:
    assert len(text_of(Card(b"x" * 65536).transmit, AID)) <= 2048 + 256


def test_without_a_setting_or_the_library_there_is_no_reader() -> None:
    assert isinstance(fitted(""), NoChips)
    assert fitted("").state() is ReaderState.NOT_FITTED
    assert fitted("").read() is None
