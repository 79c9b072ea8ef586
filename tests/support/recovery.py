"""What tests of a central that was restored ask of it and do with its terminals."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from central import cases, ledger, outcomes, pools
from central.tables import operations, operators
from sync.policy import Link
from sync.recovery import Recovery
from sync.wire.answers import Outcome
from sync.wire.rights import stock_right
from tests.support.central import POINT, RunningCentral
from tests.support.terminal import Terminal, settle

HONEY = stock_right("honey")
CASH = {"fen": 500, "lease": "none"}


def stock_honey(conn: Connection) -> None:
    pools.create(conn, HONEY, pools.Unit.PIECE, 20)
    pools.allot(conn, pools.Allotment(HONEY, POINT, first=5, ceiling=20))


def ask(central: RunningCentral, question: Any) -> Any:
    with central.parts.database.reading() as conn:
        return question(conn)


def effects(central: RunningCentral) -> set[str]:
    """Each `test.note` leaves one operator behind; what it moved of cash says that it was once."""
    query = select(operators.c.id).where(operators.c.verifier == "-")
    return set(ask(central, lambda conn: conn.execute(query).scalars().all()))


def results(central: RunningCentral) -> dict[str, tuple[str, str | None, str | None, int]]:
    query = select(operations).order_by(operations.c.terminal, operations.c.incarnation, operations.c.seq)
    rows = ask(central, lambda conn: conn.execute(query).all())
    return {row.op: (row.outcome, row.reason, row.case_id, row.rev) for row in rows}


def case_numbers(central: RunningCentral) -> dict[str, tuple[str, str]]:
    rows = ask(central, lambda conn: conn.execute(select(cases.cases)).all())
    return {row.id: (row.number, row.state) for row in rows}


def books(central: RunningCentral) -> dict[str, int]:
    balances: dict[str, int] = ask(central, ledger.trial_balance)
    return balances


async def live_through(terminal: Terminal, *, periods: int = 3) -> Recovery:
    """Everything that is to be said is said; the last state."""
    async with terminal.engine() as engine:
        for _ in range(periods):
            await settle(engine)
            terminal.crank.forward(60)
        await settle(engine)
        assert engine.status.link is Link.ONLINE, engine.status
        return engine.status.recovery


async def a_day(central: RunningCentral, terminal: Terminal) -> list[str]:
    """One of each: accepted, rejected with a case, reviewed, a lease asked for; and a later decision."""
    done = [terminal.record(cash=CASH, text="paid")]
    done.append(terminal.record("test.decide", text="reject", cash=CASH))
    done.append(terminal.record("test.decide", text="review"))
    later = terminal.record("test.decide", text="review")
    done.append(later)
    done.append(terminal.record("lease.request", right=HONEY, amount=4))
    async with terminal.engine() as engine:
        await settle(engine)
        central.parts.database.write(
            lambda conn: outcomes.decide(conn, later.op_id, Outcome.ACCEPTED, at=terminal.crank.at)
        )
        terminal.crank.forward(60)
        await settle(engine)
        assert engine.status.queue.review == 1
    return [one.op_id for one in done]
