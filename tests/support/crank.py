"""Time that moves only when it is told to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sync.clock import Machine

START = datetime(2026, 3, 8, 2, 0, tzinfo=UTC)


@dataclass
class Crank:
    """`at` is true time; `wall` is what the machine's own clock says it is."""

    at: datetime = START
    wall_off: timedelta = field(default_factory=timedelta)
    ticked: float = 1000.0
    boot: str = "boot-1"

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.ticked += seconds

    def reboot(self, seconds: float = 60.0) -> None:
        self.forward(seconds)
        self.boot += "'"
        self.ticked = 5.0

    def now(self) -> datetime:
        return self.at

    def wall(self) -> datetime:
        return self.at + self.wall_off

    def ticks(self) -> float:
        return self.ticked

    def machine(self) -> Machine:
        return Machine(self.wall, self.ticks, self.boot)
