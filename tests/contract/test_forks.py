"""A restored disk and a cloned one: both chains end up kept, each stray operation waits for a person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from central import cases, epoch, ledger, reviews, standing
from central.recovery_tables import forked_operations
from central.rights_audit import audit_rights
from central.tables import incarnations
from sync import identity, outbox
from sync.errors import NotEnrolled
from sync.identity import IdentityState
from sync.outbox import NewOperation, State
from sync.policy import Link, Stop, Trouble
from sync.wire.case import Reason
from sync.wire.operation import new_op_id
from tests.support.central import POINT, RunningCentral
from tests.support.recovery import CASH, ask, books, case_numbers, live_through
from tests.support.terminal import PACE, Terminal, settle


@pytest.fixture
def clone(central: RunningCentral, terminal: Terminal) -> Iterator[Terminal]:
    """The terminal's disk as it was after its first day, in a second machine; made by `split`."""
    made = Terminal(terminal.folder.with_name("clone"), terminal.crank, terminal.opened, terminal.clock)
    yield made
    if made.opened is not terminal.opened:
        made.close()


async def split(central: RunningCentral, terminal: Terminal, clone: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    terminal.record(text="before")
    await live_through(terminal, periods=1)
    terminal.close()
    shutil.copytree(terminal.folder, clone.folder)
    for machine in (terminal, clone):
        fresh = Terminal.open(machine.folder, machine.crank)
        machine.opened, machine.clock = fresh.opened, fresh.clock


def forked(central: RunningCentral) -> dict[str, tuple[int, str]]:
    rows = ask(central, lambda conn: conn.execute(select(forked_operations)).all())
    return {row.op: (row.seq, row.outcome) for row in rows}


def quarantined(central: RunningCentral) -> list[int]:
    query = select(incarnations.c.incarnation).where(incarnations.c.quarantined_at.is_not(None))
    return list(ask(central, lambda conn: conn.execute(query).scalars().all()))


async def test_of_a_clone_both_chains_are_kept(
    central: RunningCentral, terminal: Terminal, clone: Terminal
) -> None:
    await split(central, terminal, clone)
    first = terminal.record(cash=CASH, text="mine")
    await live_through(terminal, periods=1)
    stray = [clone.record(cash=CASH, text="the clone's").op_id, clone.record(text="more").op_id]
    async with clone.engine() as engine:
        assert await settle(engine) == Stop(Trouble.CHAIN_FORK)
        assert engine.status.link is Link.LOCKED
    assert clone.db.read_sync(identity.require).state is IdentityState.FORKED
    assert [(clone.view(op).state, clone.view(op).reason) for op in stray] == [
        (State.REVIEW, Reason.CHAIN_FORK)
    ] * 2
    assert forked(central) == {stray[0]: (2, "review"), stray[1]: (3, "review")}
    assert quarantined(central) == [1]

    last = terminal.record(cash=CASH, text="after the clone was seen")
    async with terminal.engine() as engine:
        assert await settle(engine) == Stop(Trouble.CHAIN_FORK)
    assert terminal.view(last.op_id).state is State.REVIEW
    assert terminal.view(first.op_id).state is State.ACCEPTED
    assert books(central)[ledger.till(POINT)] == 3 * CASH["fen"]  # it lies in two drawers
    opened = ask(central, lambda conn: conn.execute(select(cases.cases)).all())
    assert sorted(case.op for case in opened) == sorted([*stray, last.op_id])
    assert ask(central, audit_rights) == []


async def test_what_a_restored_disk_recorded_comes_in_after_it_is_enrolled_again(
    central: RunningCentral, terminal: Terminal, clone: Terminal
) -> None:
    await split(central, terminal, clone)
    terminal.record(text="lost with the disk")
    terminal.record(text="lost with the disk")
    await live_through(terminal, periods=1)
    terminal.close()  # its disk dies; the copy takes its place and works on, with no line
    stray = clone.record(cash=CASH, text="on the copy")
    central.stop()
    async with clone.engine() as engine:
        await settle(engine)
    central.start()
    name = clone.db.read_sync(identity.require).terminal
    await clone.enrol(central.url, central.code(terminal=name), POINT)
    fresh = clone.record(text="the new life")
    await live_through(clone)
    assert clone.view(fresh.op_id).state is State.ACCEPTED
    assert clone.view(stray.op_id).state is State.REVIEW
    assert forked(central) == {stray.op_id: (2, "review")}

    [case] = [row.id for row in ask(central, lambda conn: conn.execute(select(cases.cases)).all())]
    handlers, at = central.parts.handlers, clone.crank.at
    central.parts.database.write(lambda conn: reviews.retry(conn, handlers, case, at))
    await live_through(clone)
    assert clone.view(stray.op_id).state is State.ACCEPTED
    assert books(central) == {ledger.till(POINT): 500, "partner:test": -500}
    again = Terminal.open(terminal.folder, terminal.crank)
    terminal.opened = again.opened


async def test_an_old_life_whose_disk_was_put_back_is_heard_after_every_loss(
    central: RunningCentral, terminal: Terminal, clone: Terminal
) -> None:
    """Its chain ends below central's, so no push of it ever gets an ack: its evidence has to say it."""
    await split(central, terminal, clone)
    terminal.record(text="lost with the disk")
    await live_through(terminal, periods=1)
    name = clone.db.read_sync(identity.require).terminal
    await clone.enrol(central.url, central.code(terminal=name), POINT)
    async with clone.engine() as engine:
        await settle(engine)
        for _ in range(2):
            central.parts.database.write(lambda conn: standing.begin_reconciling(conn, clone.crank.at))
            for _ in range(3):
                clone.crank.forward(PACE.heartbeat)
                await settle(engine)
            assert ask(central, standing.of).silent == ()


async def test_a_locked_terminal_is_enrolled_again_on_the_same_disk(
    central: RunningCentral, terminal: Terminal, clone: Terminal
) -> None:
    await split(central, terminal, clone)
    terminal.record(text="mine")
    await live_through(terminal, periods=1)
    stray = clone.record(cash=CASH, text="the clone's")
    async with clone.engine() as engine:
        assert await settle(engine) == Stop(Trouble.CHAIN_FORK)
    with pytest.raises(NotEnrolled):
        clone.record(text="not while it is locked")
    before = clone.db.read_sync(outbox.recent)
    name = clone.db.read_sync(identity.require).terminal
    await clone.enrol(central.url, central.code(terminal=name), POINT)
    assert clone.db.read_sync(outbox.recent) == before  # nothing on the disk is lost
    fresh = clone.record(cash=CASH, text="the new life")
    assert fresh.seq == 1
    rests = NewOperation(new_op_id(), "test.note", {"text": "rests on the stray"}, depends_on=stray.op_id)
    clone.db.run_sync(lambda conn: outbox.record(conn, rests, clone.stamp(conn)))
    await live_through(clone)
    assert clone.view(fresh.op_id).state is State.ACCEPTED
    assert clone.view(stray.op_id).state is State.REVIEW
    follower = clone.view(rests.op_id)
    assert (follower.state, follower.reason) == (State.REVIEW, Reason.PARENT_REVIEW)
    case = clone.view(stray.op_id).case_id
    assert case is not None
    central.parts.database.write(
        lambda conn: reviews.retry(conn, central.parts.handlers, case, clone.crank.at)
    )
    await live_through(clone)
    assert clone.view(stray.op_id).state is State.ACCEPTED
    assert clone.view(rests.op_id).state is State.ACCEPTED


async def test_the_same_fork_again_gets_the_same_answer(
    central: RunningCentral, terminal: Terminal, clone: Terminal
) -> None:
    await split(central, terminal, clone)
    terminal.record(text="mine")
    await live_through(terminal, periods=1)
    stray = clone.record(cash=CASH, text="the clone's")
    for _ in range(2):
        async with clone.engine() as engine:
            await settle(engine)
        known = clone.view(stray.op_id)
        clone.db.run_sync(lambda conn: conn.exec_driver_sql("UPDATE operations SET transfer = 'recorded'"))
        clone.restart()
    assert known.case_id is not None
    assert forked(central) == {stray.op_id: (2, "review")}
    assert books(central)[ledger.till(POINT)] == 500


@pytest.mark.parametrize("decided", [False, True])
@pytest.mark.parametrize("lost", ["the decision", "all of the fork"])
async def test_a_fork_that_central_lost_is_shown_anew_and_is_what_it_was(
    central: RunningCentral, terminal: Terminal, clone: Terminal, lost: str, *, decided: bool
) -> None:
    await split(central, terminal, clone)
    terminal.record(cash=CASH, text="mine")
    await live_through(terminal, periods=1)
    stray = clone.record(cash=CASH, text="the clone's")
    before = central.backup()
    async with clone.engine() as engine:
        await settle(engine)
    if lost == "the decision":
        before = central.backup()
    name = clone.db.read_sync(identity.require).terminal
    [case] = [row.id for row in ask(central, lambda conn: conn.execute(select(cases.cases)).all())]
    if decided:
        handlers, at = central.parts.handlers, clone.crank.at
        central.parts.database.write(lambda conn: reviews.retry(conn, handlers, case, at))
    await clone.enrol(central.url, central.code(terminal=name), POINT)
    await live_through(clone)
    told, was = clone.view(stray.op_id), books(central)
    assert told.state is (State.ACCEPTED if decided else State.REVIEW)

    central.restore(before)
    await live_through(clone)
    await live_through(clone)
    assert clone.view(stray.op_id) == told
    assert forked(central) == {stray.op_id: (2, told.state.value)}
    rows = ask(central, lambda conn: conn.execute(select(cases.cases)).all())
    assert [(row.id, row.state) for row in rows] == [(case, "closed" if decided else "open")]
    assert books(central) == was
    if ask(central, epoch.is_reconciling):
        central.parts.database.write(lambda conn: standing.end_reconciling(conn, clone.crank.at))
    assert books(central) == was


@pytest.mark.parametrize(
    ("taken_instead", "seen"), [(1, Trouble.CHAIN_FORK), (3, Trouble.CHAIN_FORK), (5, Trouble.RESTORED)]
)
async def test_a_clone_took_the_place_of_what_central_lost(
    central: RunningCentral, terminal: Terminal, clone: Terminal, taken_instead: int, seen: Trouble
) -> None:
    """Central cannot know that the first was its own chain: the one it answered shows what it was told."""
    await split(central, terminal, clone)
    before = central.backup()
    paid = terminal.record(cash=CASH, text="mine").op_id
    refused = terminal.record("test.decide", text="reject", cash=CASH).op_id
    waits = terminal.record("test.decide", text="review").op_id
    await live_through(terminal, periods=1)
    told = {op: terminal.view(op) for op in (paid, refused, waits)}
    was = books(central)

    central.restore(before)
    for _ in range(taken_instead):
        clone.record(text="the clone's")
    async with clone.engine() as engine:
        await settle(engine)
    async with terminal.engine() as engine:
        assert await settle(engine) == Stop(seen)

    assert forked(central) == {paid: (2, "accepted"), refused: (3, "rejected"), waits: (4, "review")}
    assert {op: terminal.view(op) for op in (paid, refused)} == {op: told[op] for op in (paid, refused)}
    assert terminal.view(waits).case_id == told[waits].case_id
    assert books(central) == was
    assert ask(central, audit_rights) == []
    assert ask(central, epoch.current) == 2


async def test_a_fork_that_was_lost_while_its_terminal_was_locked(
    central: RunningCentral, terminal: Terminal, clone: Terminal
) -> None:
    await split(central, terminal, clone)
    terminal.record(text="mine")
    await live_through(terminal, periods=1)
    stray = clone.record(cash=CASH, text="the clone's")
    before = central.backup()
    async with clone.engine() as engine:
        assert await settle(engine) == Stop(Trouble.CHAIN_FORK)
    told = clone.view(stray.op_id)

    central.restore(before)
    name = clone.db.read_sync(identity.require).terminal
    await clone.enrol(central.url, central.code(terminal=name), POINT)
    await live_through(clone)
    assert forked(central) == {stray.op_id: (2, "review")}
    assert clone.view(stray.op_id) == told
    assert list(case_numbers(central)) == [told.case_id]
