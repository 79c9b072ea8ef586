"""What can be leased, by name: `<sort>:<what>`; the same on both sides (PROTOCOL.md §4)."""

from enum import StrEnum


class Sort(StrEnum):
    FLOAT = "float"
    STOCK = "stock"
    COUPON = "coupon"
    POINTS = "points"
    BUDGET = "budget"
    DECK = "deck"
    NUMBERS = "numbers"


SINGLE = frozenset({Sort.COUPON, Sort.DECK, Sort.NUMBERS})
"""Consist of single things with serials; the others only of an amount."""

GENERIC = frozenset({Sort.POINTS, Sort.BUDGET, Sort.DECK, Sort.NUMBERS})
"""Spent by `right.use`; the others have kinds of their own."""

ONCE = frozenset({Sort.DECK, Sort.NUMBERS})
"""Handed out in their order; a prize that was seen or a number that was called is not taken back."""


def sort_of(right: str) -> Sort | None:
    """None for one of a later version."""
    name = right.partition(":")[0]
    return Sort(name) if name in Sort.__members__.values() else None


def token_of(right: str, serial: int) -> str:
    """What names one single thing of the right in the ledger."""
    return f"{right.partition(':')[2]}/{serial}" if sort_of(right) is Sort.COUPON else str(serial)


def serial_of(token: str) -> int:
    return int(token.rpartition("/")[2])
