"""The citizen's number of GB 11643-1999: its check character, and what else it says."""

from __future__ import annotations

from datetime import date
from enum import Enum

LENGTH = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_DIGITS = frozenset("0123456789")


class Sex(Enum):
    MALE = "male"
    FEMALE = "female"


def check_character(first: str) -> str:
    """Of the first seventeen digits (ISO 7064, MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def valid(number: str) -> bool:
    """`X` is a capital: what people type is raised before it comes here."""
    first, last = number[:-1], number[-1:]
    if len(number) != LENGTH or not _DIGITS.issuperset(first):
        return False
    return last == check_character(first) and _born(number) is not None


def born(number: str) -> date:
    """Of a valid number."""
    day = _born(number)
    assert day is not None, "a valid number"
    return day


def sex(number: str) -> Sex:
    """Of a valid number."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def _born(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
