"""A forked operation that central had taken in and lost: its case and what was decided are as it told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from central import cases, honour, ledger, outcomes
from central.books import cash_entries
from central.forked import decide, incoming, waiting
from central.handlers.base import Accepted, Handler, Incoming, Posting
from central.intake import UNREADABLE
from central.judge import judge
from central.recovery_tables import forked_operations as table
from sync.wire.answers import Outcome, Result
from sync.wire.case import CaseState, Reason


def rejoin(conn: Connection, op: Incoming, told: Result) -> str:
    """The case its customer has on paper, with its cash."""
    assert told.case is not None
    row = cases.find(conn, told.case, hold=True)
    if row is None:
        cases.insert_as(conn, op, told.case, Reason.CHAIN_FORK, {"seq": told.seq})
    cases.take_cash(conn, op, told.case)
    if row is None or row.state == CaseState.OPEN:
        cases.revise(conn, told.case, op.received_at)
    return told.case


def keep(
    conn: Connection, handlers: Mapping[str, Handler], op: Incoming, told: Result, *, readable: bool
) -> None:
    """Final before the chain that it was in was lost, and no case tells of it: as in a chain."""
    twin = bool(outcomes.known_ids(conn, [op.header.op]))
    if twin or not readable:
        verdict = honour.force(conn, op, told).verdict
    else:
        verdict = honour.keep(conn, handlers.get(op.header.kind), op, told, readable=True).verdict
    entries = cash_entries(op, verdict)
    if entries:
        ledger.post(conn, list(entries))


def catch_up(
    conn: Connection, handlers: Mapping[str, Handler], terminal: str, told: Result, at: datetime
) -> bool:
    """Whether it is one that is here, taken in beside its chain; what was decided of it since then holds."""
    here = (table.c.terminal == terminal) & (table.c.op == told.op) & (table.c.seq == told.seq)
    row = conn.execute(select(table).where(here, table.c.case_id == told.case)).one_or_none()
    if row is not None and row.outcome == Outcome.REVIEW.value and told.outcome.final:
        decide_as_told(conn, handlers, told, incoming(conn, row, at), at)
    return row is not None


def decide_as_told(
    conn: Connection, handlers: Mapping[str, Handler], told: Result, op: Incoming, at: datetime
) -> None:
    """What was accepted and cannot be effected any more is a loss."""
    assert told.case is not None
    here = (table.c.terminal == op.terminal.id) & (table.c.op == told.op) & (table.c.seq == told.seq)
    row = conn.execute(select(table).where(here, table.c.case_id == told.case)).one()
    if told.outcome is Outcome.ACCEPTED:
        _effect(conn, handlers, op, told.case)
    reason = Reason(told.reason) if told.reason else None
    decide(conn, row, told.outcome, reason, at, rev=told.rev)
    found = cases.find(conn, told.case)
    if found is not None and found.state == CaseState.OPEN:
        even = not cases.due(conn, told.case) and not waiting(conn, told.case, at)
        if even:
            cases.close(conn, told.case, at, by=None, facts={})
        else:
            cases.revise(conn, told.case, at)


def _effect(conn: Connection, handlers: Mapping[str, Handler], op: Incoming, case: str) -> None:
    suspense = ledger.suspense(op.terminal.id)
    ledger.book(conn, op, "judged", ledger.transfer(ledger.customer_due(case), suspense, op.cash_fen))
    point = conn.begin_nested()
    known = op.header.kind != UNREADABLE
    verdict = judge(conn, handlers.get(op.header.kind), op).verdict if known else None
    if isinstance(verdict, Accepted):
        point.commit()
        ledger.book(conn, op, "settled", (Posting(suspense, op.cash_fen), *verdict.settle))
    else:
        point.rollback()
        ledger.book(conn, op, "lost", ledger.transfer(suspense, ledger.LOSS, op.cash_fen))
