"""A life that has ended still hears how much of it may go, and its payloads are erased like any other's."""

from __future__ import annotations

from sqlalchemy import Connection, delete, update

from central import cases
from central.tables import incarnations
from kiosk.store import upkeep
from sync import identity, transfer
from sync.outbox import State
from sync.tables import enrolments
from sync.transfer import Chain
from tests.support.central import POINT, RunningCentral
from tests.support.recovery import CASH, ask, case_numbers, live_through, results
from tests.support.terminal import PACE, Terminal, settle, until


async def test_what_an_ended_life_recorded_is_erased_once_every_backup_has_it(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    old = [terminal.record(text="told").op_id]
    await live_through(terminal, periods=1)
    old.append(terminal.record(text="told after it had ended").op_id)
    name = terminal.db.read_sync(identity.require).terminal
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    await live_through(terminal, periods=1)
    assert marks(terminal, name) == [(0, 2), (0, 0)]

    async with terminal.engine() as engine:
        await settle(engine)
        terminal.crank.forward((central.parts.horizon + upkeep.KEPT).total_seconds())
        for _ in range(3):
            terminal.crank.forward(PACE.heartbeat)
            await settle(engine)
    assert marks(terminal, name) == [(2, 2), (0, 0)]

    def erase(conn: Connection) -> int:
        lives = upkeep.lives(conn, terminal.crank.at)
        return sum(upkeep.erase(conn, life, span) for life in lives for span in life.spans(0))

    assert terminal.db.run_sync(erase) == 2
    assert [terminal.view(op).payload for op in old] == [{}, {}]


def marks(terminal: Terminal, name: str) -> list[tuple[int, int]]:
    """Of each life its prune mark and its last operation."""

    def read(conn: Connection) -> list[tuple[int, int]]:
        chains = [Chain(name, incarnation) for incarnation in (1, 2)]
        return [(transfer.prune_mark(conn, chain), transfer.last_seq(conn, chain)) for chain in chains]

    return terminal.db.read_sync(read)


async def test_an_ended_life_that_was_not_heard_once_is_heard_later(
    central: RunningCentral, terminal: Terminal
) -> None:
    """A request can be spoiled on its way: to central it is then unsigned."""
    await terminal.enrol(central.url, central.code(), POINT)
    await live_through(terminal, periods=1)
    late = terminal.record(text="not yet sent").op_id
    here = terminal.db.read_sync(identity.require)
    await terminal.enrol(central.url, central.code(terminal=here.terminal), POINT)
    old_ledger = delete(enrolments).where(enrolments.c.incarnation == here.incarnation)
    terminal.db.run_sync(lambda conn: conn.execute(old_ledger))  # or central is shown its word at once
    hear(central, here.kid, "spoiled")
    async with terminal.engine() as engine:
        await settle(engine)
        assert late not in results(central)
        hear(central, "spoiled", here.kid)
        for _ in range(2):
            terminal.crank.forward(PACE.heartbeat)
            await settle(engine)
    assert results(central)[late][0] == "accepted"


def hear(central: RunningCentral, kid: str, now: str) -> None:
    mine = update(incarnations).where(incarnations.c.kid == kid).values(kid=now)
    central.parts.database.write(lambda conn: conn.execute(mine))


async def test_a_case_whose_closing_came_back_before_what_opened_it_is_closed(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    bad = terminal.record("test.decide", text="reject", cash=CASH)
    first = terminal.db.read_sync(identity.require)
    await terminal.enrol(central.url, central.code(terminal=first.terminal), POINT)
    backup = central.backup()
    await live_through(terminal, periods=1)
    case = terminal.view(bad.op_id).case_id
    back = {"fen": -CASH["fen"], "lease": "none"}
    paid = {"case": case, "resolution": "cash-back", "receiver": "㳇", "copy": "S-1", "returned": []}
    closing = terminal.record("case.close", **paid, cash=back)
    async with terminal.engine() as engine:
        await until(engine, terminal.crank, lambda: terminal.view(closing.op_id).state is State.ACCEPTED)
    central.restore(backup)
    old_ledger = delete(enrolments).where(enrolments.c.incarnation == first.incarnation)
    terminal.db.run_sync(lambda conn: conn.execute(old_ledger))
    hear(central, first.kid, "spoiled")
    async with terminal.engine() as engine:
        await settle(engine)
        assert results(central)[closing.op_id][0] == "accepted"
        assert bad.op_id not in results(central)
        hear(central, "spoiled", first.kid)
        for _ in range(3):
            terminal.crank.forward(PACE.heartbeat)
            await settle(engine)
    assert results(central)[bad.op_id][2] == case
    assert case_numbers(central)[str(case)][1] == "closed"
    assert ask(central, lambda conn: cases.due(conn, str(case))) == 0
