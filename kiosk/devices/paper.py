"""A slip as typed lines: what services say, and what every printer, page and PDF shows alike."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from kiosk.bilingual import Text


class SlipKind(Enum):
    RECORD_OF_REQUEST = "record-of-request"
    DONE = "done"
    NOT_DONE = "not-done"
    IN_REVIEW = "in-review"
    REFUND = "refund"
    CALLBACK = "callback"
    GUIDE = "guide"
    TEST = "test"


@dataclass(frozen=True)
class Title:
    text: Text


@dataclass(frozen=True)
class Words:
    text: Text
    strong: bool = False


@dataclass(frozen=True)
class Pair:
    label: Text
    value: Text


@dataclass(frozen=True)
class Amount:
    label: Text
    fen: int


@dataclass(frozen=True)
class Rule:
    pass


@dataclass(frozen=True)
class Qr:
    data: str
    caption: Text


@dataclass(frozen=True)
class Note:
    text: Text


Line = Title | Words | Pair | Amount | Rule | Qr | Note
_LINES: dict[str, type[Any]] = {kind.__name__: kind for kind in (Title, Words, Pair, Amount, Rule, Qr, Note)}


@dataclass(frozen=True)
class Slip:
    number: str
    kind: SlipKind
    op_id: str | None
    at: datetime
    lines: tuple[Line, ...]
    copy: bool = False

    def as_copy(self) -> "Slip":
        return replace(self, copy=True)

    def spelt(self, spell: Callable[[str], str]) -> "Slip":
        """With every text passed through `spell`."""
        return replace(self, lines=tuple(_spelt(line, spell) for line in self.lines))

    @property
    def title(self) -> Text:
        return next(line.text for line in self.lines if isinstance(line, Title))


def _spelt(line: Line, spell: Callable[[str], str]) -> Line:
    texts = {k: Text(spell(v.zh), spell(v.en)) for k, v in vars(line).items() if isinstance(v, Text)}
    made: Line = _LINES[type(line).__name__](**(vars(line) | texts))
    return made


def lines_to_json(lines: tuple[Line, ...]) -> list[list[Any]]:
    return [[type(line).__name__, {k: _plain(v) for k, v in vars(line).items()}] for line in lines]


def lines_from_json(raw: list[list[Any]]) -> tuple[Line, ...]:
    return tuple(_LINES[name](**{k: _rich(v) for k, v in members.items()}) for name, members in raw)


def _plain(value: Any) -> Any:
    return [value.zh, value.en] if isinstance(value, Text) else value


def _rich(value: Any) -> Any:
    return Text(*value) if isinstance(value, list) else value
