"""What a lost answer costs, counted: nothing that central has is sent again."""

import random
from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from sync import outbox
from sync.outbox import NewOperation, State
from sync.pace import Pace
from sync.points import Point
from sync.wire.operation import new_op_id
from tests.support.cable import cable, url_of
from tests.support.central import POINT, RunningCentral
from tests.support.terminal import Terminal, settle, until
from tools.fault_proxy import FaultProxy

PACE = Pace(watch=False, probe=5.0, changes=30.0, heartbeat=60.0)
NOISE = random.Random(1)
COUNT = 100


def record(terminal: Terminal, count: int) -> None:
    def write(conn: Connection) -> None:
        for _ in range(count):
            new = NewOperation(new_op_id(), "test.note", {"text": NOISE.randbytes(20).hex()})
            outbox.record(conn, new, terminal.stamp(conn))

    terminal.db.run_sync(write)


def states(terminal: Terminal) -> set[State]:
    return {view.state for view in terminal.db.read_sync(lambda conn: outbox.recent(conn, limit=10_000))}


async def bytes_up(terminal: Terminal, proxy: FaultProxy, at_send: Callable[[], None]) -> int:
    """Of pushing them all, one of the answers lost perhaps."""

    def reached(point: Point) -> None:
        if point is Point.SEND:
            at_send()

    record(terminal, COUNT)
    terminal.reached = reached
    before = proxy.asked
    async with terminal.engine(PACE, url_of(proxy)) as engine:
        await until(engine, terminal.crank, lambda: states(terminal) == {State.ACCEPTED})
    return proxy.asked - before


async def test_a_lost_answer_costs_a_handshake_and_a_question_and_no_operation_again(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    async with cable(central) as proxy:
        well = await bytes_up(terminal, proxy, lambda: None)
        losses = iter([True])

        def lose_one() -> None:
            if next(losses, False):
                proxy.drop_answer_after(0)

        connections = proxy.connections
        lost = await bytes_up(terminal, proxy, lose_one)
        assert proxy.connections - connections == 2
    assert lost - well < 4000  # a handshake, a question, a push that only asks: less than the operations


async def test_the_answers_of_many_lost_pushes_are_fetched_a_chunk_at_a_time(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    record(terminal, 700)
    async with terminal.engine(PACE) as engine:
        await settle(engine)

    def forget(conn: Connection) -> None:
        conn.exec_driver_sql("DELETE FROM outcomes")
        conn.exec_driver_sql("UPDATE operations SET transfer = 'sent'")

    terminal.db.run_sync(forget)  # as if no answer had ever come
    terminal.restart()
    async with cable(central) as proxy, terminal.engine(PACE, url_of(proxy)) as engine:
        await settle(engine)
        assert proxy.asked < 35_000  # the changes' pages for the most part; the operations are 50,000
    assert states(terminal) == {State.ACCEPTED}


@pytest.mark.parametrize("after", [0, 600, 3000])
async def test_wherever_the_answer_breaks_off_all_arrives_once(
    central: RunningCentral, terminal: Terminal, after: int
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    async with cable(central) as proxy:
        losses = iter([True] * 3)

        def lose() -> None:
            if next(losses, False):
                proxy.drop_answer_after(after)

        await bytes_up(terminal, proxy, lose)
    assert states(terminal) == {State.ACCEPTED}
