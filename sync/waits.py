"""How long to wait: longer after each failure, as long as central says at our turn, never all alike."""

from __future__ import annotations


def jittered(seconds: float, chance: float) -> float:
    return seconds * (0.5 + 0.5 * chance)


def back_off(failures: int, first: float, cap: float, chance: float) -> float:
    return jittered(min(cap, first * 2.0 ** min(failures - 1, 20)), chance)


def turn_in(asked: float | None, longest: float, chance: float) -> float:
    """Never before the turn; a little after it, for those who were told the same second."""
    kept = min(max(1.0, asked or 0.0), longest)
    return kept + chance * max(1.0, 0.02 * kept)
