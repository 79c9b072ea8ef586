"""Lays a slip out in columns, one for an ASCII character and two for any other, as receipt printers do."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from kiosk.bilingual import Lang, Text
from kiosk.devices.paper import Amount, Line, Note, Pair, Qr, Rule, Slip, Title, Words

BOTH = (Lang.ZH, Lang.EN)
COPY = Text("★ 补打 ★", "* COPY *")
WIDE_YUAN = str.maketrans("¥", "￥")  # the one that Chinese code pages have
NEVER_FIRST = "，。；：、！？）】》”’,.;:!?)"


class Align(Enum):
    LEFT = 0
    CENTRE = 1


@dataclass(frozen=True)
class TextRow:
    text: str
    align: Align = Align.LEFT
    big: bool = False
    strong: bool = False


@dataclass(frozen=True)
class QrRow:
    data: str


Row = TextRow | QrRow


def width_of(text: str) -> int:
    return sum(1 if ord(char) < 128 else 2 for char in text)


def layout(slip: Slip, width: int, langs: tuple[Lang, ...] = BOTH) -> tuple[Row, ...]:
    rows: list[Row] = []
    if slip.copy:
        rows += _centred(COPY, width, langs, big=True)
    for line in slip.lines:
        rows += _rows(line, width, langs)
    if slip.copy:
        rows += _centred(COPY, width, langs, big=False)
    return tuple(rows)


def lines(slip: Slip, width: int, langs: tuple[Lang, ...] = BOTH) -> tuple[str, ...]:
    """The slip as plain text, none wider than `width` columns."""
    return tuple(line for row in layout(slip, width, langs) for line in _plain(row, width))


def _plain(row: Row, width: int) -> Iterator[str]:
    match row:
        case QrRow(data):
            yield from wrap(f"[QR] {data}", width)
        case TextRow(text, Align.CENTRE):
            yield " " * ((width - width_of(text)) // 2) + text
        case TextRow(text):
            yield text


def _rows(line: Line, width: int, langs: tuple[Lang, ...]) -> Iterator[Row]:
    match line:
        case Title(text):
            yield from _centred(text, width, langs, big=True)
        case Words(text, strong):
            for words in _said(text, langs):
                yield from (TextRow(part, strong=strong) for part in wrap(words, width))
        case Note(text):
            for words in _said(text, langs):
                yield from (TextRow(part) for part in wrap(words, width))
        case Pair(label, value):
            yield from _pair(label, " / ".join(_said(value, langs)), width, langs, strong=False)
        case Amount(label, fen):
            yield from _pair(label, amount(fen), width, langs, strong=True)
        case Rule():
            yield TextRow("-" * width)
        case Qr(data, caption):
            yield QrRow(data)
            yield from _centred(caption, width, langs, big=False)


def amount(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}￥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def _said(text: Text, langs: tuple[Lang, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.of(lang).translate(WIDE_YUAN) for lang in langs))


def _centred(text: Text, width: int, langs: tuple[Lang, ...], *, big: bool) -> Iterator[Row]:
    for place, words in enumerate(_said(text, langs)):
        large = big and place == 0
        for part in wrap(words, width // 2 if large else width):
            yield TextRow(part, Align.CENTRE, large, strong=large)


def _pair(label: Text, value: str, width: int, langs: tuple[Lang, ...], *, strong: bool) -> Iterator[Row]:
    name = " ".join(_said(label, langs))
    room = width - width_of(name) - width_of(value)
    if room >= 1:
        yield TextRow(name + " " * room + value, strong=strong)
        return
    yield from (TextRow(part) for part in wrap(name, width))
    parts = wrap(value, width - 2)
    for part in parts:
        yield TextRow(" " * (2 if len(parts) > 1 else width - width_of(part)) + part, strong=strong)


def wrap(text: str, width: int) -> list[str]:
    """Breaks anywhere between Chinese characters, at spaces between words, and never before a full stop."""
    rows: list[str] = []
    for paragraph in text.split("\n"):
        row = ""
        for piece in _pieces(paragraph):
            if width_of(row) + width_of(piece.rstrip()) <= width:
                row += piece
                continue
            if row.strip():
                rows.append(row.rstrip())
            row = piece.lstrip()
            while width_of(row) > width:
                head = _head(row, width)
                rows.append(head)
                row = row[len(head) :]
        rows.append(row.rstrip())
    return rows


def _head(text: str, width: int) -> str:
    used = 0
    for index, char in enumerate(text):
        used += width_of(char)
        if used > width:
            return text[:index]
    return text


def _pieces(text: str) -> Iterator[str]:
    """What may not be torn: a word with the spaces after it, or one wide character with its punctuation."""
    piece = ""
    for char in text:
        joins = (
            char == " "
            or char in NEVER_FIRST
            or (char.isascii() and piece[-1:].isascii() and piece[-1:] != " ")
        )
        if piece and not joins:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece
