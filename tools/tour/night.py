"""The power fails at each named point of the way, and the terminal is started again: step 10."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sync.points import Point
from tests.journeys.visit import Deed
from tests.journeys.witness import run_victim, started_again
from tests.journeys.world import World, build
from tests.support import agreement

DURING: dict[Point, Deed] = {
    Point.INPUT: Deed.ORDER,
    Point.LEDGER_COMMIT: Deed.PAY,
    Point.JOURNAL_LINE: Deed.SELL,
    Point.SEND: Deed.SYNC,
    Point.CENTRAL_COMMIT: Deed.SYNC,
    Point.ACK: Deed.SYNC,
    Point.PRINT: Deed.PAY,
}


@dataclass(frozen=True)
class Killed:
    """One SIGKILL, and what differed after the restart."""

    point: str
    during: str
    operations: int
    differences: tuple[str, ...]


async def power_cuts(work: Path) -> list[Killed]:
    assert set(DURING) == set(Point), "a point has no rehearsal"
    prepared = await asyncio.to_thread(build, work / "prepared")
    return [await _kill(prepared.copy(work / point.value), point, deed) for point, deed in DURING.items()]


async def _kill(county: World, point: Point, deed: Deed) -> Killed:
    errand = county.errand()
    with county.serving() as central:
        county.point_to(central.port)
        shown = await asyncio.to_thread(run_victim, county, errand, (point.value, deed.value, "1"))
        ends = await started_again(county, errand, shown)
    return Killed(point.value, deed.value, len(ends.here.ops), tuple(agreement.compare(ends)))
