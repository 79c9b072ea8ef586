"""Trusted time: central's signed instants, carried on by this machine's ticks and not by its wall clock."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from sync.wire.operation import TimeQuality

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
TOLERANCE = timedelta(minutes=2)
STALE = timedelta(days=7)
LONGEST_SILENCE = timedelta(days=400)


@dataclass(frozen=True)
class Reading:
    at: datetime
    quality: TimeQuality


@dataclass(frozen=True)
class Proven:
    """What is certain without the wall clock: it is `at`, or, where not exact, at least that late."""

    at: datetime
    exact: bool


@dataclass(frozen=True)
class Anchor:
    """One signed instant and what this machine's clocks said then."""

    server: datetime
    ticks: float
    boot: str
    wall: datetime


class WallClock(Enum):
    """What the machine's own clock is, seen from trusted time."""

    UNCHECKED = "unchecked"
    RIGHT = "right"
    BEHIND = "behind"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Machine:
    """The machine's clocks, so that tests can turn them by hand."""

    wall: Callable[[], datetime]
    ticks: Callable[[], float]
    boot: str


def this_machine() -> Machine:
    return Machine(wall=lambda: datetime.now(UTC), ticks=_ticks, boot=_boot_id())


def _ticks() -> float:
    """Seconds since start-up, sleep included where the system counts it."""
    boottime: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


def _boot_id() -> str:
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:  # not Linux: every start of the program counts as a new boot
        return str(uuid.uuid4())


class TrustedClock:
    """`now()` never blocks and goes back only when central says so, through `anchor()`."""

    def __init__(self, machine: Machine, last: Anchor | None = None, floor: datetime | None = None) -> None:
        self._machine = machine
        self._anchor = last
        known = [at for at in (floor, last.server if last else None) if at is not None]
        self._floor = max(known) if known else None
        self._floor_ticks = machine.ticks()

    def now(self) -> Reading:
        reading = self._estimate()
        carried = self._carried_floor()
        if carried is not None and reading.at < carried - TOLERANCE:
            reading = Reading(carried, TimeQuality.UNKNOWN)
        self._raise_floor(reading.at)
        assert self._floor is not None
        return replace(reading, at=self._floor)

    def anchor(self, server: datetime, round_trip: float = 0.0) -> Anchor:
        """Half the round trip is taken for the way back."""
        machine = self._machine
        moment = server + timedelta(seconds=round_trip / 2)
        self._anchor = Anchor(moment, machine.ticks(), machine.boot, machine.wall())
        self._floor, self._floor_ticks = moment, machine.ticks()
        return self._anchor

    def proven(self) -> Proven | None:
        """None before the first signed time."""
        last = self._anchor
        if last is None:
            return None
        if last.boot != self._machine.boot:
            return Proven(last.server, exact=False)
        return Proven(last.server + timedelta(seconds=self._machine.ticks() - last.ticks), exact=True)

    def wall_clock(self) -> WallClock:
        drift = self.drift()
        if drift is None:
            return WallClock.UNCHECKED
        if abs(drift) <= TOLERANCE:
            return WallClock.RIGHT
        return WallClock.AHEAD if drift > timedelta(0) else WallClock.BEHIND

    def drift(self) -> timedelta | None:
        """How far the wall clock is ahead of trusted time; None before the first anchor."""
        return None if self._anchor is None else self._machine.wall() - self.now().at

    def _estimate(self) -> Reading:
        machine, last = self._machine, self._anchor
        wall = machine.wall()
        if last is None:
            return Reading(wall, TimeQuality.UNKNOWN)
        if last.boot == machine.boot:
            age = timedelta(seconds=machine.ticks() - last.ticks)
            quality = TimeQuality.ANCHORED if age <= STALE else TimeQuality.DRIFTING
            return Reading(last.server + age, quality)
        at = wall + (last.server - last.wall)
        silent_too_long = at - last.server > LONGEST_SILENCE
        return Reading(at, TimeQuality.UNKNOWN if silent_too_long else TimeQuality.DRIFTING)

    def _carried_floor(self) -> datetime | None:
        if self._floor is None:
            return None
        return self._floor + timedelta(seconds=max(0.0, self._machine.ticks() - self._floor_ticks))

    def _raise_floor(self, at: datetime) -> None:
        if self._floor is None or at > self._floor:
            self._floor, self._floor_ticks = at, self._machine.ticks()
