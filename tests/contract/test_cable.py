"""The running engine sees a pulled cable at once, and its return soon."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from sync.engine import Engine
from sync.errors import DiskFull
from sync.lanes import Lane
from sync.outbox import State
from sync.pace import Pace
from sync.packplan import Loaded
from sync.policy import Link
from tests.support.cable import cable, url_of
from tests.support.central import POINT, RunningCentral
from tests.support.terminal import KeptPacks, Terminal

LIMIT = 10.0
PACE = Pace(probe=3600.0, reach_wait=0.2, watch=True)  # only the held connection can tell in time


class Seen:
    """Waits for what the engine publishes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._changed = asyncio.Event()
        engine.on_status(lambda _status: self._changed.set())

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT):
            while not holds():
                self._changed.clear()
                await self._changed.wait()


@pytest.fixture
def real_ticks(terminal: Terminal) -> Terminal:
    """Back-off waits here are real, and short."""
    terminal.ticks = asyncio_ticks
    return terminal


def asyncio_ticks() -> float:
    return asyncio.get_running_loop().time()


async def test_a_pulled_cable_is_seen_at_once_and_its_return_pushes(
    central: RunningCentral, real_ticks: Terminal
) -> None:
    terminal = real_ticks
    await terminal.enrol(central.url, central.code(), POINT)
    async with cable(central) as proxy, terminal.engine(PACE, url_of(proxy)) as engine:
        seen = Seen(engine)
        running = asyncio.create_task(engine.run())
        await seen.until(lambda: engine.status.link is Link.ONLINE)
        await proxy.stand(2)  # one in use, one held

        began = asyncio_ticks()
        await proxy.cut()
        await seen.until(lambda: engine.status.link is Link.OFFLINE)
        assert asyncio_ticks() - began < 2.0
        noted = terminal.record()
        await seen.until(lambda: engine.status.queue.waiting == 1)

        began = asyncio_ticks()
        await proxy.restore()
        await seen.until(lambda: engine.status.queue.open == 0 and engine.status.link is Link.ONLINE)
        assert asyncio_ticks() - began < 2.0
        assert terminal.view(noted.op_id).state is State.ACCEPTED

        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class FullDisk(KeptPacks):
    async def install(self, loaded: Loaded) -> None:
        raise DiskFull(str(loaded.path))


async def test_a_dropped_line_frees_no_lane_that_rests(central: RunningCentral, real_ticks: Terminal) -> None:
    terminal = real_ticks
    central.build_pack([{"t": "place", "id": "511602", "level": "county", "name": "广安区"}])
    await terminal.enrol(central.url, central.code(), POINT)
    terminal.packs = FullDisk()
    async with cable(central) as proxy, terminal.engine(PACE, url_of(proxy)) as engine:
        seen = Seen(engine)
        running = asyncio.create_task(engine.run())
        await seen.until(lambda: Lane.CONTENT in engine.status.lane_errors)
        await proxy.stand(2)
        await proxy.cut()
        await seen.until(lambda: engine.status.link is Link.OFFLINE)
        (content,) = (one for one in engine.report().lanes if one.lane is Lane.CONTENT)
        assert content.next_at is not None
        assert content.next_at > terminal.crank.at + timedelta(seconds=10)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_what_is_recorded_wakes_the_engine(central: RunningCentral, real_ticks: Terminal) -> None:
    terminal = real_ticks
    await terminal.enrol(central.url, central.code(), POINT)
    async with terminal.engine(replace(PACE, watch=False)) as engine:
        seen = Seen(engine)
        running = asyncio.create_task(engine.run())
        await seen.until(lambda: engine.status.link is Link.ONLINE)
        noted = terminal.record()
        await seen.until(lambda: engine.status.last_ack_at is not None and engine.status.queue.open == 0)
        assert terminal.view(noted.op_id).state is State.ACCEPTED
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
