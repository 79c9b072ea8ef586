"""How often a terminal speaks with central and how long it waits, in seconds: what a deployer turns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """Turned to fit the price of the link."""

    probe: float = 600.0  # whether central still holds what it acked; that the line is there, any answer says
    changes: float = 60.0
    quiet: float = 300.0  # what `changes` grows to while nothing comes and nothing is recorded
    heartbeat: float = 600.0
    pack: float = 1800.0
    pictures: float = 1800.0
    attachments: float = 1800.0
    first_wait: float = 0.5
    reach_wait: float = 5.0
    reach_spread: float = 30.0  # what `reach_wait` grows to in an outage of hours: all come back at once
    longest_wait: float = 120.0
    longest_turn: float = 900.0  # nobody signs when our turn is: it binds no longer than this
    lane_wait: float = 60.0
    data_budget: int | None = None  # bytes a month, where central has not set another
    watch: bool = True  # hold one idle connection, to see at once that the line is gone
