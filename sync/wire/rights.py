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


MONEY = frozenset({Sort.FLOAT, Sort.BUDGET})
"""Counted in fen; the others in pieces or points."""


def float_right(point: str) -> str:
    return f"{Sort.FLOAT}:{point}"


def stock_right(good: str) -> str:
    return f"{Sort.STOCK}:{good}"


def coupon_right(kind: str) -> str:
    return f"{Sort.COUPON}:{kind}"


def sort_of(right: str) -> Sort | None:
    """None for one of a later version."""
    name = right.partition(":")[0]
    return Sort(name) if name in Sort.__members__.values() else None


def what_of(right: str) -> str:
    """The point, good, kind, programme or campaign that it is a right to."""
    return right.partition(":")[2]


def token_of(right: str, serial: int) -> str:
    """What names one single thing of the right in the ledger."""
    return f"{what_of(right)}/{serial}" if sort_of(right) is Sort.COUPON else str(serial)


def serial_of(token: str) -> int:
    return int(token.rpartition("/")[2])
