"""Numbers that look random and are the same on every machine and every day."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")
SEED = "guangan-511602"


def below(limit: int, *key: object) -> int:
    """A number in [0, limit) that depends on the key alone."""
    text = "/".join((SEED, *(str(part) for part in key)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % limit


def between(low: int, high: int, *key: object) -> int:
    return low + below(high - low + 1, *key)


def one_of(items: Sequence[Item], *key: object) -> Item:
    return items[below(len(items), *key)]


def chance(percent: int, *key: object) -> bool:
    return below(100, *key) < percent
