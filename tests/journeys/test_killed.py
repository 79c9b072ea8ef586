"""SIGKILL at every named point of the way, at the terminal: nothing shown is lost, nothing is doubled."""

import asyncio
import sys

import pytest

from kiosk.terminal import Terminal
from sync import outbox
from sync.outbox import State
from sync.points import Point
from sync.policy import Link
from tests.journeys.counter import until
from tests.journeys.machine import plan_of
from tests.journeys.settling import files_of
from tests.journeys.visit import RECORDED, Deed
from tests.journeys.witness import nothing_is_doubled, run_victim, started_again
from tests.journeys.world import World
from tests.support import agreement

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")

PLACES: dict[Point, tuple[Deed, ...]] = {
    Point.INPUT: (*RECORDED, Deed.SYNC),
    Point.LEDGER_COMMIT: (*RECORDED, Deed.SYNC),
    Point.JOURNAL_LINE: (*RECORDED, Deed.SYNC),
    Point.SEND: (Deed.SYNC,),
    Point.CENTRAL_COMMIT: (Deed.SYNC,),
    Point.ACK: (Deed.SYNC,),
    Point.PRINT: RECORDED,
}
EVERY = [(point, deed) for point in Point for deed in PLACES[point]]
ALWAYS = {
    (Point.INPUT, Deed.ORDER),
    (Point.LEDGER_COMMIT, Deed.PAY),
    (Point.LEDGER_COMMIT, Deed.REDEEM),
    (Point.JOURNAL_LINE, Deed.SELL),
    (Point.SEND, Deed.SYNC),
    (Point.CENTRAL_COMMIT, Deed.SYNC),
    (Point.ACK, Deed.SYNC),
    (Point.PRINT, Deed.PAY_LATE),
}


def _params() -> list[object]:
    return [
        pytest.param(
            *pair,
            marks=() if pair in ALWAYS else pytest.mark.slow,
            id=f"{pair[0].value}-{pair[1].value}",
        )
        for pair in EVERY
    ]


def test_each_named_point_is_killed_at_least_once_in_every_run() -> None:
    assert {point for point, _ in ALWAYS} == set(Point)
    assert set(EVERY) >= ALWAYS


def test_the_product_passes_every_point_where_we_think_it_does(county: World) -> None:
    errand = county.errand()
    with county.serving() as central:
        county.point_to(central.port)
        shown = run_victim(county, errand)
        ends = agreement.read(files_of(plan_of(county.home)), county.central)
    assert set(shown.passed) == set(EVERY)
    assert shown.lines[-1] == "settled []"
    assert shown.all("recorded") == [errand.id(deed) for deed in RECORDED]
    nothing_is_doubled(ends, errand)


@pytest.mark.parametrize(("point", "deed"), _params())
async def test_killed_and_started_again(county: World, point: Point, deed: Deed) -> None:
    errand = county.errand()
    with county.serving() as central:
        county.point_to(central.port)
        shown = run_victim(county, errand, (point.value, deed.value, "1"))
        ends = await started_again(county, errand, shown)
    begun = RECORDED if deed is Deed.SYNC else RECORDED[: RECORDED.index(deed) + 1]
    kept = begun if point is not Point.INPUT or deed is Deed.SYNC else begun[:-1]
    told = kept if point is Point.PRINT or deed is Deed.SYNC else begun[:-1]
    assert shown.all("recorded") == [errand.id(one) for one in told]
    assert [op.op for op in ends.here.ops][1:] == [errand.id(one) for one in kept]


async def test_after_a_cut_on_the_line_the_screen_says_that_nobody_knows(county: World) -> None:
    """Central has it all, the terminal comes up with no network: nothing is called done, or merely sent."""
    errand = county.errand()
    with county.serving() as central:
        county.point_to(central.port)
        run_victim(county, errand, (Point.CENTRAL_COMMIT.value, Deed.SYNC.value, "1"))
    terminal = await asyncio.to_thread(Terminal.open, plan_of(county.home))
    await terminal.start()
    await until(terminal, lambda: terminal.line.link is Link.OFFLINE)
    views = await terminal.data.read(outbox.recent)
    await terminal.close()
    assert {view.op_id for view in views if view.state is State.UNKNOWN} == set(errand.ids.values())
