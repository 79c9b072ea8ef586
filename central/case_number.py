"""Case numbers people can read out: county, day, count of the day, and a check digit."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

COUNTY_TIME = timezone(timedelta(hours=8))
_PREFIX = re.compile(r"[A-Z0-9]{2,6}")
_SHAPE = re.compile(rf"({_PREFIX.pattern})-(\d{{6}})-(\d{{3,6}})(\d)")


def number(prefix: str, opened: datetime, count: int) -> str:
    """`GA-261122-0007`: of county GA, opened on 22 November 2026, the last digit checks all before it."""
    day = opened.astimezone(COUNTY_TIME).strftime("%y%m%d")
    body = f"{count:03d}"
    return f"{prefix}-{day}-{body}{check_digit(prefix + day + body)}"


def is_prefix(text: str) -> bool:
    return _PREFIX.fullmatch(text) is not None


def is_well_formed(text: str) -> bool:
    found = _SHAPE.fullmatch(text)
    return found is not None and check_digit("".join(found.groups()[:3])) == int(found.group(4))


def check_digit(body: str) -> int:
    """ISO 7064 MOD 11,10 over the digits of each character's value (letters count from 10)."""
    digits = "".join(str(int(character, 36)) for character in body)
    product = 10
    for digit in digits:
        product = 2 * ((product + int(digit)) % 10 or 10) % 11
    return (11 - product) % 10
