"""What devices send: cards by serial line, file and chip, a scanner's keys, a printer's answers."""

from __future__ import annotations

from kiosk.devices import chips, escpos_status, file_cards, idnumber, sam_text, scanner, wedge
from kiosk.devices.idcard import CardUnreadable, IdCard, ReaderUnplugged
from kiosk.devices.sam import SamReader
from kiosk.devices.sam_frames import BadFrame, parse
from kiosk.devices.wedge import Ending, Held, Step, Stroke, WedgeRule
from tests.devices.cards import AUTHORITY, FOUND, NOBODY, RARE, SELECTED, ZHANG, counting, told
from tests.fuzz.harness import Harness


def _believed(card: IdCard | None) -> None:
    """Whatever was sent, what is shown of it is whole."""
    if card is not None:
        assert idnumber.valid(card.number)
        assert card.name
        assert idnumber.born(card.number) == card.born
        repr(card)


def _frame(data: bytes) -> None:
    answer = parse(data)
    assert answer is None or len(answer.data) < len(data)


class _Line:
    """Says the same whatever it is asked: three answers after each other, or noise."""

    def __init__(self, data: bytes) -> None:
        self._left = data.split(b"|", 2)
        self._coming = b""

    def write(self, data: bytes) -> None:
        self._coming = self._left.pop(0) if self._left else b""

    def read(self) -> bytes:
        head, self._coming = self._coming[:500], self._coming[500:]
        return head

    def close(self) -> None:
        self._left = []


def _reader(data: bytes) -> None:
    _believed(SamReader(lambda: _Line(data), counting()).read())


def _block(data: bytes) -> None:
    _believed(sam_text.card_of(data))


def _file(data: bytes) -> None:
    _believed(file_cards.card_of(data))


def _chip(data: bytes) -> None:
    """Answers of a card, one to a line."""
    answers = data.split(b"\n")
    text = chips.text_of(lambda _: answers.pop(0) if answers else b"\x6b\x00", b"\xf0YZ\x01\x01")
    assert text.isprintable()


def _keys(data: bytes) -> None:
    """A character and the hundredths of a second before it."""
    text = data.decode("utf-8", "replace")
    for ending in Ending:
        rule, held, now, typed, scanned = WedgeRule(ending=ending), Held(), 0.0, 0, 0
        for char, wait in zip(text[::2], text[1::2], strict=False):
            now += ord(wait) % 32 / 100
            step = wedge.press(held, Stroke(char, now), rule)
            typed, scanned, held = typed + step.released + step.passes, scanned + _length(step), step.held
        step = wedge.pause(held, rule)
        assert not step.held
        assert typed + step.released + scanned + _length(step) <= len(text[::2])


def _length(step: Step) -> int:
    return len(step.scan.text) if step.scan else 0


def _scan(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    scanner.of_text(text)
    idnumber.valid(text)


def _printer(data: bytes) -> None:
    answers = list(data)
    escpos_status.state_of(lambda _: answers.pop(0) if answers else None)


def harnesses() -> tuple[Harness, ...]:
    card = (ReaderUnplugged, CardUnreadable)
    blocks = (sam_text.block_of(ZHANG, AUTHORITY), sam_text.block_of(RARE, AUTHORITY))
    exchange = b"|".join((FOUND, SELECTED, told(ZHANG)))
    chip = b"\x90\x00\n" + b"eyJ0eXAiOiJ5ei1tZW1iZXIifQ" + b"\x62\x82"
    return (
        Harness("sam-frame", (FOUND, SELECTED, NOBODY, told(RARE)), _frame, (BadFrame,)),
        Harness("sam-reader", (exchange, NOBODY), _reader, card),
        Harness("id-card", blocks, _block, card),
        Harness("id-file", (file_cards.file_of(ZHANG), file_cards.file_of(RARE)), _file, card),
        Harness("chip-card", (chip, b"\x6a\x82"), _chip, card),
        Harness("scanner-keys", (b"6\x209\x210\x211\x212\x213\x21\r\x21",), _keys, ()),
        Harness("scan", (b"]Q1yz1.token", b"11010519491231002X"), _scan, ()),
        Harness("printer-status", (b"\x12\x12", b"\x72\x36", b"\x12\x52\x1a"), _printer, ()),
    )
