"""Fifty terminals, a week offline, any order of return: spent never above reserved, all sums constant."""

from __future__ import annotations

from pathlib import Path

from tests.proof.leases.week import county, live_through

MUST_HAPPEN = ("answer lost", "new life", "closed by hand", "tended", "hand_back", "use", "sell", "redeem")


def test_fifty_terminals_after_a_week_offline(tmp_path: Path) -> None:
    with county(tmp_path, seed=1) as week:
        live_through(week, machines=50, deeds=1, exchanges=70)
        assert not [what for what in MUST_HAPPEN if not week.seen[what]], week.seen
