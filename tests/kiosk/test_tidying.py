"""A terminal that is never turned off erases what central gives free."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.terminal import Terminal
from sync import outbox
from sync.outbox import NewOperation, OperationView, State
from sync.wire.answers import Profile
from sync.wire.operation import new_op_id
from tests.kiosk.test_courier_command import enrolled, plan
from tests.support.central import RunningCentral
from tests.support.crank import Crank

PATIENCE = 20
WAITING = {State.RECORDED, State.SENT, State.UNKNOWN}


@pytest.fixture
def crank() -> Crank:
    return Crank()


@pytest.fixture
def central(tmp_path: Path, crank: Crank) -> Iterator[RunningCentral]:
    running = RunningCentral(tmp_path / "central", crank.now)
    running.start()
    yield running
    running.close()


def test_a_payload_goes_with_the_ack_that_moves_the_mark(
    central: RunningCentral, crank: Crank, tmp_path: Path
) -> None:
    data = enrolled(central, tmp_path / "data", Profile.PUBLIC)
    here = replace(plan(data), machine=crank.machine())

    async def play() -> None:
        terminal = await asyncio.to_thread(Terminal.open, here)
        changed = asyncio.Event()
        terminal.data.subscribe(lambda _tables: changed.set())

        async def until(seen: Callable[[list[OperationView]], bool]) -> None:
            """Newest first."""
            async with asyncio.timeout(PATIENCE):
                while not seen(await terminal.data.read(outbox.recent)):
                    await changed.wait()
                    changed.clear()

        async def send() -> None:
            new = NewOperation(new_op_id(), "test.note", {"text": "㳇"})
            await terminal.data.run(lambda conn: outbox.record(conn, new, terminal.stamp()))
            await until(lambda found: found[0].state not in WAITING)

        await terminal.start()
        await send()
        crank.forward(central.parts.horizon.total_seconds() + 1)
        await send()  # shows the first ack: only then central knows that it came
        await send()
        await until(lambda found: not found[-1].payload)
        assert (await terminal.data.read(outbox.recent))[0].payload
        await terminal.close()

    asyncio.run(play())
