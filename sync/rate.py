"""The measured rate of the line in one direction."""

from __future__ import annotations

WORTH_MEASURING = 2048
WEIGHT = 0.5
SHORTEST = 0.001


class Rate:
    """`per_second` is None until something long enough has passed."""

    def __init__(self) -> None:
        self.per_second: float | None = None

    def saw(self, size: int, seconds: float) -> None:
        if size < WORTH_MEASURING:
            return
        now = size / max(seconds, SHORTEST)
        known = self.per_second
        self.per_second = now if known is None else known + WEIGHT * (now - known)

    def halve(self) -> None:
        """After an answer was lost: the next attempt is smaller."""
        if self.per_second is not None:
            self.per_second /= 2
