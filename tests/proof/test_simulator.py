"""A slice of the simulator: schedules replay exactly, and hold every invariant."""

from __future__ import annotations

from tests.proof.sim.schedule import run_schedule


def test_a_seed_replays_exactly() -> None:
    first, again, other = run_schedule(11), run_schedule(11), run_schedule(12)
    assert first.digest == again.digest
    assert first.digest != other.digest
