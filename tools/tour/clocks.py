"""One time for the whole tour: real, but a week can pass at once, for central and for every machine."""

from __future__ import annotations

from datetime import datetime, timedelta

from sync.clock import Machine, this_machine


class Clocks:
    def __init__(self) -> None:
        self._real = this_machine()
        self._ahead = timedelta(0)

    def forward(self, ahead: timedelta) -> None:
        self._ahead += ahead

    def wall(self) -> datetime:
        return self._real.wall() + self._ahead

    def ticks(self) -> float:
        return self._real.ticks() + self._ahead.total_seconds()

    def machine(self) -> Machine:
        return Machine(self.wall, self.ticks, self._real.boot)
