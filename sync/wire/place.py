"""Where a terminal stands in its stream of changes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """The number that was read last, and what had it: a restored central gives lost numbers out again."""

    cursor: int
    mark: str | None = None
