"""Attachments go up behind their operations, through breaking lines and restarts; a bad one holds up none."""

import io
import random

import pytest

from central import attachments as quota
from central import epoch
from sync import attachments
from sync.attachments import Waiting
from sync.engine import Engine
from sync.lanes import Lane
from sync.pace import Pace
from sync.policy import Link
from sync.spool import Attachment
from tests.support.cable import cable, url_of
from tests.support.central import POINT, RunningCentral
from tests.support.terminal import Terminal, settle, until

PACE = Pace(watch=False, attachments=60)
PHOTO = random.Random(1).randbytes(30_000)
SMALL = random.Random(2).randbytes(100)


def keep(terminal: Terminal, *datas: bytes) -> list[Attachment]:
    """The files first, then the operation that names them, as the services do it."""
    these = [terminal.spool.add(io.BytesIO(data)) for data in datas]
    noted = terminal.record(text="note", attachments=[one.sha256 for one in these])
    terminal.db.run_sync(lambda conn: attachments.attach(conn, noted.op_id, *these))
    terminal.spool.let_go(*these)
    return these


def waiting(terminal: Terminal) -> tuple[Waiting, ...]:
    return terminal.db.read_sync(attachments.waiting)


def arrived(central: RunningCentral, one: Attachment, data: bytes) -> bool:
    path = central.parts.attachments.path(one.sha256)
    return path.is_file() and path.read_bytes() == data


def on_disk(terminal: Terminal) -> set[str]:
    return {path.name for path in terminal.spool.folder.iterdir()}


async def test_they_follow_their_operation_and_stay_until_it_may_be_pruned(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    datas = (PHOTO, SMALL, b"")
    these = keep(terminal, *datas)
    assert waiting(terminal) == ()  # central does not have the operation yet
    async with terminal.engine(PACE) as engine:
        await settle(engine)
        assert all(arrived(central, one, data) for one, data in zip(these, datas, strict=True))
        assert waiting(terminal) == ()
        assert len(on_disk(terminal)) == 3  # central may yet be restored from a backup
        await free_to_prune(central, terminal, engine)
    assert on_disk(terminal) == set()
    assert terminal.db.read_sync(attachments.named) == frozenset()


async def free_to_prune(central: RunningCentral, terminal: Terminal, engine: Engine) -> None:
    """Each push shows the ack before it, and the prune mark follows central's backups."""
    for _ in range(3):
        terminal.record()
        terminal.crank.forward(central.parts.horizon.total_seconds() + 86400)
        engine.wake()
        await settle(engine)


async def test_the_same_bytes_added_again_while_they_are_removed_are_kept(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    (one,) = keep(terminal, SMALL)
    async with terminal.engine(PACE) as engine:
        await settle(engine)
        again = terminal.spool.add(io.BytesIO(SMALL))  # a second person brings the same paper
        await free_to_prune(central, terminal, engine)
        assert terminal.db.read_sync(attachments.named) == frozenset()
        noted = terminal.record(text="note", attachments=[again.sha256])
        terminal.db.run_sync(lambda conn: attachments.attach(conn, noted.op_id, again))
        terminal.spool.let_go(again)
        central.parts.attachments.path(one.sha256).unlink()
        engine.wake()
        await until(engine, terminal.crank, lambda: arrived(central, again, SMALL))
        assert not [line for line in terminal.reports if line.startswith("attachment")]
        await free_to_prune(central, terminal, engine)
    assert on_disk(terminal) == set()


async def test_what_a_form_that_was_left_had_taken_goes(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    (named,) = keep(terminal, PHOTO)
    left, named_too = terminal.spool.add(io.BytesIO(SMALL)), terminal.spool.add(io.BytesIO(PHOTO))
    async with terminal.engine(PACE) as engine:
        await settle(engine)
        assert on_disk(terminal) == {named.sha256, left.sha256}
        terminal.spool.let_go(left, named_too)
        terminal.record()
        engine.wake()
        await settle(engine)
    assert on_disk(terminal) == {named.sha256}


async def test_a_central_without_room_is_waited_for_and_told_of(
    central: RunningCentral, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota, "QUOTA", 10_000)
    await terminal.enrol(central.url, central.code(), POINT)
    large, small = keep(terminal, PHOTO, SMALL)
    async with terminal.engine(PACE) as engine:
        await until(engine, terminal.crank, lambda: arrived(central, small, SMALL))
        await settle(engine)
        assert [one.attachment for one in waiting(terminal)] == [large]
        for _ in range(3):
            terminal.crank.forward(61)
            await settle(engine)
            assert "over-quota" in engine.status.lane_errors.get(Lane.ATTACHMENTS, "")
        monkeypatch.undo()
        for _ in range(30):  # it is asked again within half an hour
            terminal.crank.forward(61)
            await settle(engine)
        assert arrived(central, large, PHOTO)
        assert Lane.ATTACHMENTS not in engine.status.lane_errors
    assert waiting(terminal) == ()


async def test_a_broken_line_costs_one_chunk_and_a_restart_asks_how_far_it_came(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    (one,) = keep(terminal, PHOTO)
    part = central.folder.attachments / "parts"
    async with cable(central) as proxy:
        async with terminal.engine(PACE, url_of(proxy)) as engine:
            await until(engine, terminal.crank, lambda: part.is_dir() and any(part.iterdir()))
            await proxy.cut()
            await settle(engine)
            assert engine.status.link is Link.OFFLINE
        terminal.restart()
        await proxy.restore()
        (half,) = part.iterdir()
        rest = len(PHOTO) - half.stat().st_size
        before = proxy.asked
        async with terminal.engine(PACE) as engine:
            await until(engine, terminal.crank, lambda: waiting(terminal) == ())
            assert proxy.asked - before < rest + 15_000  # heads and handshakes
    assert 0 < rest < len(PHOTO)
    assert arrived(central, one, PHOTO)


async def test_a_lost_answer_is_asked_after_and_nothing_arrives_twice(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    (one,) = keep(terminal, PHOTO)
    async with cable(central) as proxy, terminal.engine(PACE, url_of(proxy)) as engine:
        for _ in range(20):
            await engine.turn()
            terminal.crank.forward(1)
            proxy.drop_answer_after(2500)
        await proxy.restore()
        await until(engine, terminal.crank, lambda: waiting(terminal) == ())
    assert arrived(central, one, PHOTO)


async def test_one_that_is_damaged_here_or_unknown_there_holds_up_none(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    damaged, gone, *good = keep(terminal, PHOTO, SMALL, PHOTO[::-1], SMALL[::-1])
    stranger = terminal.spool.add(io.BytesIO(b"named by no payload"))
    noted = terminal.record()
    terminal.db.run_sync(lambda conn: attachments.attach(conn, noted.op_id, stranger))
    path = terminal.spool.folder / damaged.sha256
    path.write_bytes(path.read_bytes()[:-1])
    terminal.spool.remove(gone.sha256)
    async with terminal.engine(PACE) as engine:
        await settle(engine)
        assert engine.status.link is Link.ONLINE
    assert arrived(central, good[0], PHOTO[::-1])
    assert arrived(central, good[1], SMALL[::-1])
    assert [one.attachment for one in waiting(terminal)] == [stranger]
    assert [line.split()[0] for line in terminal.reports].count("attachment") == 3


async def test_other_bytes_at_central_are_thrown_away_there_and_sent_again(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    (one,) = keep(terminal, PHOTO)
    async with terminal.engine(PACE) as engine:
        part = central.folder.attachments / "parts"
        await until(engine, terminal.crank, lambda: part.is_dir() and any(part.iterdir()))
        (half,) = part.iterdir()
        half.write_bytes(b"x" * half.stat().st_size)
        await until(engine, terminal.crank, lambda: waiting(terminal) == ())
    assert arrived(central, one, PHOTO)


async def test_a_restored_central_is_brought_them_again(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    (one,) = keep(terminal, PHOTO)
    async with terminal.engine(PACE) as engine:
        await settle(engine)
        assert waiting(terminal) == ()
        central.parts.attachments.path(one.sha256).unlink()
        central.parts.database.write(lambda conn: epoch.raise_above(conn, 1, terminal.crank.at))
        terminal.crank.forward(PACE.probe)
        await until(engine, terminal.crank, lambda: arrived(central, one, PHOTO))
        await until(engine, terminal.crank, lambda: waiting(terminal) == ())
