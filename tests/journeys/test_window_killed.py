"""SIGKILL under the real window between two taps: the operator finds the truth first thing after."""

import asyncio
import signal
import subprocess
import sys

import pytest

from kiosk.services import words
from sync.outbox import State
from sync.points import Point
from tests.journeys.counter import counter
from tests.journeys.settling import settle
from tests.journeys.witness import LONGEST, REPO
from tests.journeys.world import World

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
PLACES = {
    Point.LEDGER_COMMIT: ("", 1),
    Point.JOURNAL_LINE: ("", 1),
    Point.INPUT: ("", 0),
    Point.PRINT: ("shown\n", 1),
}


def window(county: World, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.journeys.window_victim", str(county.home), *words]
    return subprocess.run(command, cwd=REPO, capture_output=True, text=True, timeout=LONGEST, check=False)


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(point, marks=() if point is Point.JOURNAL_LINE else pytest.mark.slow, id=point.value)
        for point in PLACES
    ],
)
async def test_killed_between_two_taps(county: World, point: Point) -> None:
    shown, payments = PLACES[point]
    killed = await asyncio.to_thread(window, county, "pay", point.value)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, shown), killed.stderr
    seen = await asyncio.to_thread(window, county, "look")
    assert seen.returncode == 0, seen.stderr
    assert "交电费" in seen.stdout
    assert (words.of(State.RECORDED).zh in seen.stdout) == bool(payments)
    with county.serving() as central:
        county.point_to(central.port)
        async with counter(county) as at:
            assert len(await at.recorded()) == payments
            assert await settle(at.terminal, county.central) == []
