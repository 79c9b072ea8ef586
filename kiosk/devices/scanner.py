"""What a scanner reads: the text, and the kind of code where the scanner tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Symbology(Enum):
    """The code letters of ISO/IEC 15424, which a scanner puts before the text when it is set to."""

    CODE_39 = "A"
    CODE_128 = "C"
    DATA_MATRIX = "d"
    EAN = "E"
    ITF = "I"
    PDF_417 = "L"
    QR = "Q"
    AZTEC = "z"


@dataclass(frozen=True)
class Scan:
    """What it says may name a person: no log shows it."""

    text: str = field(repr=False)
    symbology: Symbology | None = None


_LETTERS = {one.value: one for one in Symbology}
_MARK = 3  # "]", the letter, a digit or letter of its own


def of_text(text: str) -> Scan:
    """`]Q1…` as it was sent: without its mark. Anything else as it stands."""
    if len(text) > _MARK and text[0] == "]" and text[1] in _LETTERS and text[2].isalnum():
        return Scan(text[_MARK:], _LETTERS[text[1]])
    return Scan(text)
