"""How fast the line is in each direction, and how large one chunk may therefore be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

SMALLEST_CHUNK = 4 * 1024
LARGEST_CHUNK = 4 * 1024 * 1024
LEAST = 512  # of a line on which nothing larger comes through in one piece
CHUNK_SECONDS = 2.0
HEAD = 768  # of a request with its signature: it belongs to the chunk

WORTH_MEASURING = 2048
WEIGHT = 0.5
SHORTEST = 0.5  # a small chunk that was quick says only that one four times as large may be tried
DRIFT = 0.1


@dataclass(frozen=True)
class Rate:
    """Of one direction. `missed` counts chunks lost with their connection, less those that came through."""

    per_second: float | None = None
    missed: int = 0

    def saw(self, size: int, seconds: float) -> Rate:
        came = replace(self, missed=max(0, self.missed - 1))
        if size < WORTH_MEASURING:
            return came
        now, known = size / max(seconds, SHORTEST), self.per_second
        return replace(came, per_second=now if known is None else known + WEIGHT * (now - known))

    def lost(self) -> Rate:
        """The line broke under a chunk: that says nothing of its rate, but the next one is smaller."""
        return replace(self, missed=self.missed + 1)

    @property
    def chunk(self) -> int:
        """Bytes that may be in flight: two seconds of the line, so that nothing waits longer behind them."""
        wanted = 0 if self.per_second is None else int(CHUNK_SECONDS * self.per_second)
        whole = max(SMALLEST_CHUNK, min(LARGEST_CHUNK, wanted))
        return max(LEAST, whole >> min(self.missed, 16))

    @property
    def piece(self) -> int:
        """What of a chunk is left for the body of a request."""
        return max(LEAST, self.chunk - HEAD)


@dataclass(frozen=True)
class Timing:
    """Of one exchange, in seconds from its first byte: when the answer began, and when it had ended."""

    first: float
    whole: float


@dataclass(frozen=True)
class Speed:
    up: Rate = field(default_factory=Rate)
    down: Rate = field(default_factory=Rate)
    round_trip: float | None = None

    def saw(self, up: int, down: int, timing: Timing) -> Speed:
        """`up` and `down` are bytes of bodies: heads are alike in every exchange, and count as round trip."""
        falling = self.down.saw(down, timing.whole - timing.first) if down else self.down
        if up < WORTH_MEASURING:
            turned = self._turned(timing.first)
            return replace(turned, up=self.up.saw(up, 0.0) if up else self.up, down=falling)
        rising = timing.first - (self.round_trip or 0.0)
        return replace(self, up=self.up.saw(up, rising), down=falling)

    def lost_up(self) -> Speed:
        return replace(self, up=self.up.lost())

    def lost_down(self) -> Speed:
        return replace(self, down=self.down.lost())

    def _turned(self, seconds: float) -> Speed:
        """The shortest that was seen; a longer one counts little: it may have stood behind other bytes."""
        known = self.round_trip
        longer = known is not None and seconds > known
        return replace(self, round_trip=known + DRIFT * (seconds - known) if longer and known else seconds)
