"""A lease grant: what central reserved for one terminal (PROTOCOL.md §4, DESIGN's lease)."""

from dataclasses import dataclass
from typing import Any

from sync.wire.encoding import parse_instant
from sync.wire.errors import Malformed
from sync.wire.shape import Fields

OPTIONAL = ("slice", "low", "most", "soft_count", "hard_count")

MOST_SERIALS = 1_000_000  # of one run: a terminal counts through them


@dataclass(frozen=True)
class Grant:
    lease: str
    right: str
    unit: str
    amount: int  # from the lease's beginning, not what is left
    rev: int
    terminal: str
    incarnation: int
    start_seq: int
    soft: int  # spent below it: offline freely
    hard: int  # spent at it: stop
    max_age_days: int
    detail: dict[str, Any]
    issued: str
    slice: int | None = None  # what should lie here: a terminal tops it up by itself
    low: int | None = None  # percent of the slice: below it the terminal asks for more
    most: int | None = None  # of it in one operation
    soft_count: int | None = None  # operations that drew on it, as `soft` and `hard`
    hard_count: int | None = None

    def payload(self) -> dict[str, Any]:
        """What is not limited is absent."""
        return {name: value for name, value in vars(self).items() if value is not None}

    @classmethod
    def parse(cls, raw: Any) -> "Grant":
        """Raises Malformed."""
        read = Fields(raw, "grant")
        _check(read.mapping("detail"))
        parse_instant(read.text("issued"))
        return cls(
            lease=read.text("lease"),
            right=read.text("right"),
            unit=read.text("unit"),
            amount=read.integer("amount"),
            rev=read.integer("rev"),
            terminal=read.text("terminal"),
            incarnation=read.integer("incarnation"),
            start_seq=read.integer("start_seq"),
            soft=read.integer("soft"),
            hard=read.integer("hard"),
            max_age_days=read.integer("max_age_days"),
            detail=read.mapping("detail"),
            issued=read.text("issued"),
            **{name: read.optional_integer(name) for name in OPTIONAL},
        )


def _check(detail: dict[str, Any]) -> None:
    if "first" in detail or "last" in detail:
        read = Fields(detail, "run of serials")
        if not 0 <= read.integer("last") + 1 - read.integer("first") <= MOST_SERIALS:
            raise Malformed("a run of serials of no such length")
    for card in Fields(detail, "deck").items("cards") if "cards" in detail else ():
        if not isinstance(card, list) or len(card) != 2 or not all(isinstance(part, str) for part in card):
            raise Malformed("not a card")
