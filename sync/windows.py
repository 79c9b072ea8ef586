"""Whether a moment has passed and whether a window is open, as far as the reading of the clock can tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sync.clock import Reading
from sync.wire.operation import TimeQuality

MARGIN = timedelta(minutes=10)
"""Around a moment, where the reading has drifted."""


class Sure(Enum):
    YES = "yes"
    NO = "no"
    NOT_SURE = "not-sure"


@dataclass(frozen=True)
class Window:
    """`from_` belongs to it, `to` does not; None is open on that side."""

    from_: datetime | None = None
    to: datetime | None = None


def passed(moment: datetime, reading: Reading) -> Sure:
    """What central's signed time has passed is past whatever the machine's clock says."""
    if reading.least is not None and reading.least >= moment:
        return Sure.YES
    match reading.quality:
        case TimeQuality.ANCHORED:
            return Sure.YES if reading.at >= moment else Sure.NO
        case TimeQuality.DRIFTING if abs(reading.at - moment) > MARGIN:
            return Sure.YES if reading.at >= moment else Sure.NO
        case _:
            return Sure.NOT_SURE


def within(window: Window, reading: Reading) -> Sure:
    begun = Sure.YES if window.from_ is None else passed(window.from_, reading)
    over = Sure.NO if window.to is None else passed(window.to, reading)
    if begun is Sure.NO or over is Sure.YES:
        return Sure.NO
    return Sure.YES if (begun, over) == (Sure.YES, Sure.NO) else Sure.NOT_SURE
