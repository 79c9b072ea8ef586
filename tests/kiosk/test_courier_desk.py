"""A courier's stick at a terminal at work: found where it is mounted, filled, read, nothing else touched."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from central.courier_folder import work_through
from kiosk.courier_desk import FOLDER, CourierDesk
from kiosk.devices.media import Stick, sticks
from kiosk.terminal import Terminal
from sync import outbox
from sync.carried import Fate
from sync.errors import StoreError
from sync.lanes import Lane
from sync.outbox import NewOperation, State
from sync.points import Point
from sync.way import RightOfWay
from sync.wire.operation import new_op_id
from tests.kiosk.test_courier_command import central, enrolled, plan
from tests.support.central import RunningCentral

__all__ = ["central"]


def test_only_what_is_mounted_is_offered(tmp_path: Path) -> None:
    for name in ("a/stick", "b", "a/plain", "a/stick/deeper"):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    (tmp_path / "file").touch()
    mounted = {tmp_path / "a/stick", tmp_path / "b", tmp_path / "a/stick/deeper", tmp_path}
    found = sticks([tmp_path, tmp_path / "nowhere"], mounted.__contains__)
    assert [one.name for one in found] == ["b", "stick"]
    assert all(one.free > 0 for one in found)
    assert sticks([tmp_path]) == ()


def test_at_a_terminal_at_work(central: RunningCentral, tmp_path: Path) -> None:
    data = enrolled(central, tmp_path / "data")
    stick = Stick(tmp_path / "stick", 1)
    stick.path.mkdir()
    (stick.path / "holiday.jpg").write_bytes(b"x")

    async def visit(terminal: Terminal) -> None:
        await terminal.start()
        central.stop()
        desk = CourierDesk(terminal)
        assert await desk.sticks() == ()
        assert await desk.empty(stick) == ()  # reading makes nothing on it: it may be write-protected
        assert [path.name for path in stick.path.iterdir()] == ["holiday.jpg"]
        new = NewOperation(new_op_id(), "test.note", {"text": "㳇"})
        await terminal.data.run(lambda conn: outbox.record(conn, new, terminal.stamp()))
        (written,) = await desk.fill(stick)
        assert written.operations == 1
        await asyncio.to_thread(work_through, central.parts, stick.path / FOLDER, stick.path / FOLDER)
        assert [one.fate for one in await desk.empty(stick)] == [Fate.TAKEN, Fate.UPWARD]
        (view,) = await terminal.data.read(outbox.recent)
        assert view.state is State.ACCEPTED
        assert (await desk.carry(stick)).taken_along
        with pytest.raises(StoreError):
            await desk.fill(Stick(tmp_path / "gone", 1))

    async def whole() -> None:
        terminal = Terminal.open(replace(plan(data), media=(tmp_path,)))
        try:
            await visit(terminal)
        finally:
            await terminal.close()

    asyncio.run(whole())
    assert sorted(path.name for path in stick.path.iterdir()) == ["holiday.jpg", FOLDER]


def test_a_terminals_own_push_goes_before_what_it_carries(central: RunningCentral, tmp_path: Path) -> None:
    """Whoever would send a piece while the push is on its way waits until the line is at rest."""
    data, waiting, had_to_wait = enrolled(central, tmp_path / "data"), [], []

    async def act() -> None:
        terminal = Terminal.open(replace(plan(data), probe=passing))
        try:
            await terminal.start()
            client = terminal.line.client
            assert client is not None
            ways.append(client.way)
            new = NewOperation(new_op_id(), "test.note", {"text": "㳇"})
            await terminal.data.run(lambda conn: outbox.record(conn, new, terminal.stamp()))
            await acked.wait()
            await asyncio.gather(*waiting)
        finally:
            await terminal.close()

    ways: list[RightOfWay] = []
    acked = asyncio.Event()

    def passing(point: Point) -> None:
        if point is Point.SEND and ways and not waiting:
            waiting.append(asyncio.ensure_future(ways[0].clear_for(Lane.ATTACHMENTS)))
        if point is Point.ACK and waiting and not had_to_wait:
            had_to_wait.append(not waiting[0].done())
            acked.set()

    asyncio.run(act())
    assert had_to_wait == [True]


def test_a_start_sweeps_a_pack_that_a_kill_left_half_taken_in(tmp_path: Path) -> None:
    half, part = (tmp_path / "data" / "downloads" / name for name in ("ab.carried", "ab.pack.part"))
    half.parent.mkdir(parents=True)
    for path in (half, part):
        path.write_bytes(b"x")
    asyncio.run(Terminal.open(plan(tmp_path / "data")).close())
    assert [path.name for path in half.parent.iterdir()] == [part.name]  # what the line brought goes on
