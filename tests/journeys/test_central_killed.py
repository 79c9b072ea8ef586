"""SIGKILL at central around its commit, before it answers: the terminal asks once and both agree."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.terminal import Terminal
from sync import outbox
from sync.outbox import State
from sync.policy import Link
from tests.journeys.counter import until
from tests.journeys.machine import plan_of
from tests.journeys.settling import files_of, settle
from tests.journeys.visit import RECORDED, Visit
from tests.journeys.witness import REPO, nothing_is_doubled
from tests.journeys.world import World
from tests.support import agreement

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
PIN_SET_BEFORE = 1


def mortal(folder: Path, port: int, moment: str, count: int) -> "subprocess.Popen[bytes]":
    words = (str(folder), str(port), moment, str(count))
    return subprocess.Popen([sys.executable, "-m", "tests.journeys.mortal", *words], cwd=REPO)


@pytest.mark.parametrize(("moment", "held"), [("before", 0), ("after", len(RECORDED))])
async def test_central_dies_around_its_commit(county: World, moment: str, held: int) -> None:
    errand = county.errand()
    with county.serving() as central:
        port = central.port
    county.point_to(port)
    terminal = await asyncio.to_thread(Terminal.open, plan_of(county.home))
    await Visit(terminal, errand, lambda _deed: None, lambda _line: None).serve()
    doomed = mortal(county.central, port, moment, PIN_SET_BEFORE + len(RECORDED))
    try:
        settling = asyncio.create_task(settle(terminal, county.central))
        assert await asyncio.to_thread(doomed.wait, 60) == -signal.SIGKILL
    finally:
        doomed.kill()
    ends = await asyncio.to_thread(agreement.read, files_of(terminal.plan), county.central)
    assert len(ends.central.ops) == PIN_SET_BEFORE + held
    await _until_noticed(terminal)
    with county.serving(port):
        assert await settling == []
        await terminal.close()
        nothing_is_doubled(agreement.read(files_of(terminal.plan), county.central), errand)


async def _until_noticed(terminal: Terminal) -> None:
    """The person sees at once that the answer is missing, and nothing is called done."""
    await until(terminal, lambda: terminal.line.link is Link.OFFLINE)
    states = {view.state for view in await terminal.data.read(outbox.recent)}
    assert states == {State.ACCEPTED, State.UNKNOWN}, "the PIN from before, and what nobody knows"
