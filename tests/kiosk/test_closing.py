"""A terminal whose disk or engine fails while it ends: everything is closed, and it can begin again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kiosk import compose
from kiosk.terminal import Plan, Terminal
from sync import outbox
from sync.errors import KeyUnavailable
from sync.keystore import ATTACHMENTS, LEDGER
from sync.outbox import NewOperation
from sync.policy import Link
from sync.wire.operation import new_op_id
from tests.kiosk.test_courier_command import central, enrolled, plan
from tests.store.test_full_and_readonly import full_disk_under, segments
from tests.support.central import RunningCentral

__all__ = ["central"]

PATIENCE = 20


class Stopped(Exception):
    pass


@dataclass
class Ticks:
    """The machine's, until they stop."""

    machine: Callable[[], float]
    stopped: bool = False

    def __call__(self) -> float:
        if self.stopped:
            raise Stopped
        return self.machine()


async def online(terminal: Terminal) -> None:
    changed = asyncio.Event()
    unsubscribe = terminal.line.on_change(changed.set)
    await terminal.start()
    async with asyncio.timeout(PATIENCE):
        while terminal.line.link is not Link.ONLINE:
            await changed.wait()
            changed.clear()
    unsubscribe()


def at_work(plan_: Plan, act: Callable[[Terminal], Awaitable[None]]) -> None:
    async def whole() -> None:
        terminal = await asyncio.to_thread(Terminal.open, plan_)
        await online(terminal)
        await act(terminal)

    asyncio.run(whole())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_the_line_ends_on_a_full_disk_and_begins_again(
    central: RunningCentral, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    here = plan(enrolled(central, tmp_path / "data"))

    async def fill_up(terminal: Terminal) -> None:
        new = NewOperation(new_op_id(), "test.note", {"text": "㳇"})
        with full_disk_under(segments(here.folders.journal)[-1]):
            await terminal.data.run(lambda conn: outbox.record(conn, new, terminal.stamp()))
            assert terminal.data.journal_fault is not None
            await terminal.line.end()
        assert terminal.line.client is None
        await online(terminal)
        await terminal.close()

    at_work(here, fill_up)
    assert "what the line used is forgotten: DiskFull" in caplog.text


def test_what_the_engine_died_of_is_told_once_and_the_line_begins_again(
    central: RunningCentral, tmp_path: Path
) -> None:
    here = plan(enrolled(central, tmp_path / "data"))
    ticks = Ticks(here.machine.ticks)

    async def stop(terminal: Terminal) -> None:
        ticks.stopped = True
        with pytest.raises(Stopped):
            await terminal.line.end()
        ticks.stopped = False
        await online(terminal)
        await terminal.close()

    at_work(replace(here, machine=replace(here.machine, ticks=ticks)), stop)


def test_the_files_are_closed_though_the_line_ends_badly(central: RunningCentral, tmp_path: Path) -> None:
    here = plan(enrolled(central, tmp_path / "data"))
    ticks = Ticks(here.machine.ticks)

    async def stop(terminal: Terminal) -> None:
        ticks.stopped = True
        with pytest.raises(Stopped):
            await terminal.close()
        again = await asyncio.to_thread(Terminal.open, here)
        await again.close()

    at_work(replace(here, machine=replace(here.machine, ticks=ticks)), stop)


def test_a_terminal_that_could_not_open_lets_its_folder_go(tmp_path: Path) -> None:
    here = plan(tmp_path / "data")
    asyncio.run(Terminal.open(here).close())
    file = tmp_path / "data" / compose.KEY_FILE
    whole = file.read_bytes()
    document = json.loads(whole)
    document["secrets"][ATTACHMENTS] = document["secrets"][LEDGER]
    file.write_text(json.dumps(document), "utf-8")
    with pytest.raises(KeyUnavailable):
        Terminal.open(here)
    file.write_bytes(whole)
    asyncio.run(Terminal.open(here).close())
