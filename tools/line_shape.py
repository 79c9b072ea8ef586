"""How fast a line carries bytes at each moment: a constant rate, or one that was measured in the field."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

MEGABIT = 1_000_000 / 8


class Pace(Protocol):
    def end(self, start: float, size: int) -> float:
        """When `size` bytes are through that begin at `start`; seconds since the line began."""


@dataclass(frozen=True)
class Constant:
    bytes_per_second: float

    def end(self, start: float, size: int) -> float:
        return start + size / self.bytes_per_second


@dataclass(frozen=True)
class Trace:
    """Samples (second, bytes per second), each holding until the next; begins again after the last."""

    times: tuple[float, ...]
    rates: tuple[float, ...]

    @classmethod
    def read(cls, path: Path, *, share: float = 1.0) -> Trace:
        """Lines of `seconds megabits-per-second`; `share` of the measured rate is ours."""
        rows = [line.split() for line in path.read_text().splitlines() if line and not line.startswith("#")]
        first = float(rows[0][0])
        times = tuple(float(row[0]) - first for row in rows)
        assert list(times) == sorted(set(times)), "the samples are not in order"
        return cls(times, tuple(float(row[1]) * MEGABIT * share for row in rows))

    @property
    def length(self) -> float:
        """The last sample holds as long as the one before it."""
        return 2 * self.times[-1] - self.times[-2]

    def end(self, start: float, size: int) -> float:
        now, left = start, float(size)
        while True:
            lap, within = divmod(now, self.length)
            sample = bisect.bisect_right(self.times, within) - 1
            until = self.times[sample + 1] if sample + 1 < len(self.times) else self.length
            rate = self.rates[sample]
            if rate * (until - within) >= left:
                return now + left / rate
            left -= rate * (until - within)
            now = lap * self.length + until


@dataclass(frozen=True)
class Shape:
    """None carries at once. The round trip is halved between the directions; a connection costs one."""

    up: Pace | None = None
    down: Pace | None = None
    round_trip: float = 0.0

    @classmethod
    def of(cls, bits_per_second: float, round_trip: float) -> Shape:
        pace = Constant(bits_per_second / 8)
        return cls(pace, pace, round_trip)
