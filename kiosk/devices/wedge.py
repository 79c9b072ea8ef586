"""Tells a scanner that types like a keyboard from a person who types.

Keys are held back until it is clear whose they are: a person's go on to the page a moment later, a scanner's
never reach it, so no code ends up in an amount or a PIN.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.devices.scanner import Scan, of_text

ENDS = frozenset("\r\t")


class Ending(Enum):
    KEY = "key"  # Enter or Tab after the last character
    PAUSE = "pause"  # nothing, as some scanners are delivered


@dataclass(frozen=True)
class WedgeRule:
    """A scanner sends a character every 1 to 20 ms; the fastest typist needs 50."""

    gap: float = 0.035  # seconds between two keys of a scanner at most
    least: int = 6  # characters
    most: int = 2953  # what the largest QR code holds
    ending: Ending = Ending.KEY


@dataclass(frozen=True)
class Stroke:
    """One character, or Enter as `\\r`, Tab as `\\t`; `at` in seconds of any steady clock."""

    text: str
    at: float


Held = tuple[Stroke, ...]


@dataclass(frozen=True)
class Step:
    """`held` is kept back from now on; the `released` first of what was held, then the stroke itself where it
    `passes`, go on to the page."""

    held: Held = ()
    released: int = 0
    passes: bool = False
    scan: Scan | None = None


def press(held: Held, stroke: Stroke, rule: WedgeRule) -> Step:
    quick = bool(held) and 0 <= stroke.at - held[-1].at <= rule.gap
    if stroke.text in ENDS:
        if quick and len(held) >= rule.least:
            return Step(scan=_scan(held))
        return Step(released=len(held), passes=True)
    if not quick:
        return Step((stroke,), released=len(held))
    if len(held) == rule.most:
        return Step(released=len(held), passes=True)
    return Step((*held, stroke))


def pause(held: Held, rule: WedgeRule) -> Step:
    """Nothing came for longer than `gap`."""
    if rule.ending is Ending.PAUSE and len(held) >= rule.least:
        return Step(scan=_scan(held))
    return Step(released=len(held))


def other(held: Held) -> Step:
    """A key that no scanner sends: an arrow, one held down, one with Ctrl."""
    return Step(released=len(held), passes=True)


def _scan(held: Held) -> Scan:
    return of_text("".join(stroke.text for stroke in held))
