"""Lost answers, power cuts, gaps, forks and restored disks: nothing lost, nothing doubled."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, select, update

from central import pools
from central.tables import incarnations, operations, operators
from sync import identity, leases, outbox
from sync.identity import IdentityState
from sync.leases import LeaseState
from sync.membership import membership, stamp
from sync.outbox import NewOperation, State
from sync.pace import Pace
from sync.points import Point
from sync.policy import Link, Stop, Trouble
from sync.wire.operation import new_op_id
from sync.wire.rights import stock_right
from tests.support.cable import cable, url_of
from tests.support.central import POINT, RunningCentral
from tests.support.terminal import Terminal, settle, until


class PowerCut(BaseException):
    """The machine is off; nothing below may catch it."""


def effects(central: RunningCentral) -> int:
    """Each `test.note` leaves one operator behind, named by its operation."""
    with central.parts.database.reading() as conn:
        return conn.execute(select(func.count()).where(operators.c.verifier == "-")).scalar_one()


def held(central: RunningCentral) -> int:
    with central.parts.database.reading() as conn:
        return conn.execute(select(func.count()).select_from(operations)).scalar_one()


def record_many(terminal: Terminal, count: int) -> list[str]:
    def write(conn: Connection) -> list[str]:
        member = membership(identity.require(conn), terminal.keys)
        ids = [new_op_id() for _ in range(count)]
        for op_id in ids:
            new = NewOperation(op_id, "test.note", {"text": "㳇㮾𡓐"})
            outbox.record(conn, new, stamp(member, terminal.clock))
        return ids

    return terminal.db.run_sync(write)


def states(terminal: Terminal) -> set[State]:
    return {view.state for view in terminal.db.read_sync(lambda conn: outbox.recent(conn, limit=10_000))}


async def test_a_lost_answer_is_unknown_until_one_question_settles_it(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    noted = terminal.record()
    async with cable(central) as proxy:

        def lose_the_answer(point: Point) -> None:
            if point is Point.SEND and effects(central) == 0:
                proxy.drop_answer_after(0)

        terminal.reached = lose_the_answer
        async with terminal.engine(url=url_of(proxy)) as engine:
            await until(engine, terminal.crank, lambda: effects(central) == 1)
            assert terminal.view(noted.op_id).state is State.UNKNOWN
            assert engine.status.queue.unknown == 1
            await until(engine, terminal.crank, lambda: states(terminal) == {State.ACCEPTED})
            assert engine.status.queue.open == 0
    assert (effects(central), held(central)) == (1, 1)


async def test_a_cut_before_central_has_it_sends_it_once_more(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    noted = terminal.record()
    async with terminal.engine() as engine:

        def stop_central(point: Point) -> None:
            if point is Point.SEND:
                central.stop()

        terminal.reached = stop_central
        async with terminal.engine() as doomed:
            await settle(doomed)
            assert doomed.status.link is Link.OFFLINE
        assert terminal.view(noted.op_id).state in (State.UNKNOWN, State.RECORDED)
        central.start()
        await settle(engine)
    assert states(terminal) == {State.ACCEPTED}
    assert (effects(central), held(central)) == (1, 1)


@pytest.mark.parametrize("at", [Point.SEND, Point.CENTRAL_COMMIT, Point.ACK])
async def test_a_power_cut_at_any_point_loses_and_doubles_nothing(
    central: RunningCentral, terminal: Terminal, at: Point
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    record_many(terminal, 5)

    def cut(point: Point) -> None:
        if point is at:
            raise PowerCut

    terminal.reached = cut
    with pytest.raises(PowerCut):
        async with terminal.engine() as engine:
            await settle(engine)
    terminal.restart()
    terminal.reached = lambda point: None
    async with terminal.engine() as engine:
        await settle(engine)
        assert engine.status.queue.open == 0
    assert states(terminal) == {State.ACCEPTED}
    assert (effects(central), held(central)) == (5, 5)


async def test_a_thousand_operations_through_a_breaking_line_arrive_exactly_once(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    record_many(terminal, 1000)
    sent = 0
    async with cable(central) as proxy:

        def break_seven(point: Point) -> None:
            nonlocal sent
            if point is Point.SEND:
                sent += 1
                if sent <= 7:
                    proxy.drop_answer_after((0, 300, 2000)[sent % 3])

        terminal.reached = break_seven
        async with terminal.engine(url=url_of(proxy)) as engine:
            await until(engine, terminal.crank, lambda: engine.status.queue.open == 0 and sent > 0)
    assert sent > 7
    assert states(terminal) == {State.ACCEPTED}
    assert (effects(central), held(central)) == (1000, 1000)


def forget(central: RunningCentral, above: int) -> None:
    """Central comes back from a backup that is older than what it acked."""

    def go_back(conn: Connection) -> None:
        link = conn.execute(select(operations.c.link).where(operations.c.seq == above)).scalar_one()
        conn.execute(delete(operations).where(operations.c.seq > above))
        conn.execute(update(incarnations).values(high_water=above, chain=link))
        conn.execute(delete(operators).where(operators.c.verifier == "-"))

    central.parts.database.write(go_back)


async def test_a_gap_is_filled_from_where_central_expects_it(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    record_many(terminal, 6)
    async with terminal.engine() as engine:
        await settle(engine)
        record_many(terminal, 2)

        def restore(point: Point) -> None:
            if point is Point.SEND and held(central) == 6:
                forget(central, above=3)

        terminal.reached = restore
        engine.wake()
        await settle(engine)
        assert engine.status.queue.open == 0
    assert held(central) == 8
    assert states(terminal) == {State.ACCEPTED}


async def test_a_restored_central_gets_back_what_it_lost_and_lives_on_as_a_new_epoch(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    record_many(terminal, 6)
    async with terminal.engine() as engine:
        await settle(engine)
    forget(central, above=2)
    async with terminal.engine() as engine:
        await settle(engine)
        terminal.crank.forward(60)
        await settle(engine)
        assert engine.status.link is Link.ONLINE
    assert held(central) == 6
    assert terminal.db.read_sync(identity.require).epoch == 2


async def test_a_restored_disk_is_locked_and_stays_locked(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    terminal.record()
    terminal.close()
    copy = terminal.folder.with_name("backup")
    shutil.copytree(terminal.folder, copy)
    terminal.opened = Terminal.open(terminal.folder, terminal.crank).opened
    async with terminal.engine() as engine:
        await settle(engine)
    restored = Terminal.open(copy, terminal.crank)
    try:
        restored.db.run_sync(lambda conn: conn.exec_driver_sql("DELETE FROM operations"))
        for _ in range(2):
            async with restored.engine() as engine:
                assert await settle(engine) == Stop(Trouble.RESTORED)
                assert engine.status.link is Link.LOCKED
            restored.restart()
        assert restored.db.read_sync(identity.require).state is IdentityState.LOCKED
    finally:
        restored.close()


async def test_another_chain_at_central_locks(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    terminal.record()
    async with terminal.engine() as engine:
        await settle(engine)
        central.parts.database.write(lambda conn: conn.execute(update(incarnations).values(chain=bytes(32))))
        engine.nudge()
        assert await settle(engine) == Stop(Trouble.CHAIN_FORK)
    assert terminal.reports


async def test_a_later_incarnation_stops_this_one(
    central: RunningCentral, terminal: Terminal, tmp_path: Path
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    name = terminal.db.read_sync(identity.require).terminal
    other = Terminal.open(tmp_path / "other", terminal.crank)
    try:
        await other.enrol(central.url, central.code(terminal=name), POINT)
        assert other.db.read_sync(identity.require).incarnation == 2
    finally:
        other.close()
    async with terminal.engine() as engine:
        assert await settle(engine) == Stop(Trouble.INCARNATION_CLOSED)
    assert terminal.db.read_sync(identity.require).state is IdentityState.CLOSED


async def test_what_an_ended_life_left_unsent_still_comes_in(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    old = [terminal.record().op_id for _ in range(3)]
    name = terminal.db.read_sync(identity.require).terminal
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    new = terminal.record()
    assert new.seq == 1
    async with terminal.engine() as engine:
        await settle(engine)
        assert engine.status.link is Link.ONLINE
    assert {terminal.view(op_id).state for op_id in (*old, new.op_id)} == {State.ACCEPTED}
    assert (effects(central), held(central)) == (4, 4)


async def test_what_an_ended_life_was_granted_is_frozen(central: RunningCentral, terminal: Terminal) -> None:
    def stock(conn: Connection) -> None:
        right = stock_right("honey")
        pools.create(conn, right, pools.Unit.PIECE, 20)
        pools.allot(conn, pools.Allotment(right, POINT, first=5, ceiling=20))

    central.parts.database.write(stock)
    await terminal.enrol(central.url, central.code(), POINT)
    name = terminal.db.read_sync(identity.require).terminal
    (before,) = terminal.db.read_sync(leases.all_leases)
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    states = {lease.id: lease.state for lease in terminal.db.read_sync(leases.all_leases)}
    assert states.pop(before.id) is LeaseState.FROZEN
    assert list(states.values()) == [LeaseState.OPEN]


async def test_one_bad_operation_holds_nothing_up(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    first = terminal.record()
    bad = terminal.record("test.broken", text="crash")
    unknown = terminal.record("no.such.kind", text="x")
    last = terminal.record()
    async with terminal.engine() as engine:
        await settle(engine)
        assert engine.status.queue.waiting == 0
    assert terminal.view(first.op_id).state is terminal.view(last.op_id).state is State.ACCEPTED
    assert terminal.view(bad.op_id).state is terminal.view(unknown.op_id).state is State.REVIEW


async def test_central_out_of_order_is_waited_for(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    terminal.record()
    async with terminal.engine(Pace(watch=False)) as engine:
        await settle(engine)
        broken = "ALTER TABLE incarnations RENAME TO incarnations_away"
        mended = "ALTER TABLE incarnations_away RENAME TO incarnations"
        central.parts.database.write(lambda conn: conn.exec_driver_sql(broken))
        engine.nudge()
        await settle(engine)
        assert (engine.status.link, engine.status.reason) == (Link.OFFLINE, Trouble.CENTRAL_BUSY)
        central.parts.database.write(lambda conn: conn.exec_driver_sql(mended))
        await until(engine, terminal.crank, lambda: engine.status.link is Link.ONLINE)
