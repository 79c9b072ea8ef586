"""Central looks again at what it could not decide: after it learned a schema, or mended what failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from central import cases, changes, closing, forked, forks, ledger, outcomes, redemptions
from central.business_tables import cases as cases_table
from central.errors import SetupError
from central.handlers.base import Accepted, Handler, Incoming, Posting, Rejected, TerminalRow
from central.intake import UNREADABLE
from central.judge import judge
from central.outcomes import OperationRow
from central.tables import terminals
from sync.wire.answers import Outcome, Profile, Result
from sync.wire.case import CaseState, Reason
from sync.wire.encoding import instant
from sync.wire.kinds import Kind
from sync.wire.operation import new_op_id

_FOLLOWS = (Reason.PARENT_REJECTED, Reason.PARENT_REVIEW)


def retry(conn: Connection, handlers: Mapping[str, Handler], case: str, at: datetime) -> None:
    """Judges everything that waits for the case anew, in its order; closes it if nothing is owed any more."""
    _must_be_open(conn, case)
    forks.retry(conn, handlers, case, at)
    for row in outcomes.reviews_of(conn, case):
        if row.kind != UNREADABLE and row.reason is not Reason.LEASE_BREACH and not row.is_twin:
            _again(conn, handlers, row, case, at)
    even = cases.due(conn, case) == 0 and not redemptions.held(conn, case)
    if even and not outcomes.reviews_of(conn, case) and not forked.waiting(conn, case, at):
        cases.close(conn, case, at, by=None, facts={})
    else:
        cases.revise(conn, case, at)


def about_lease(conn: Connection, lease: str) -> list[str]:
    """The open cases of closing statements on it."""
    query = select(cases_table.c.id, cases_table.c.facts).where(
        cases_table.c.kind == Kind.LEASE_CLOSE.value, cases_table.c.state == CaseState.OPEN
    )
    return [row.id for row in conn.execute(query) if row.facts.get("lease") == lease]


def give_up(conn: Connection, case: str, at: datetime) -> None:
    """Nothing is owed and nothing will come of it: what waits is refused, a breach is borne."""
    _must_be_open(conn, case)
    if cases.due(conn, case) or redemptions.held(conn, case):
        raise SetupError("这件待办还有应退款项，请先办理 · this case still owes something")
    closing.settle_reviews(conn, case, at, given_back=True)
    cases.close(conn, case, at, by=None, facts={})


def as_told(
    conn: Connection, handlers: Mapping[str, Handler], row: OperationRow, told: Result, at: datetime
) -> None:
    """A decision central signed and forgot: it holds, and what cannot be effected any more is a loss."""
    if told.outcome is Outcome.ACCEPTED and row.reason is Reason.LEASE_BREACH:
        closing.bear(conn, row)
    elif told.outcome is Outcome.ACCEPTED and row.case_id is not None:
        effect(conn, handlers, row, incoming(conn, row, at), row.case_id)
    reason = Reason(told.reason) if told.reason else None
    outcomes.decide_row(conn, row, told.outcome, reason, at=at, rev=max(told.rev, row.rev + 1))


def incoming(conn: Connection, row: OperationRow, at: datetime) -> Incoming:
    return Incoming(_terminal(conn, row), row.header, row.payload, at)


def effect(
    conn: Connection, handlers: Mapping[str, Handler], row: OperationRow, op: Incoming, case: str
) -> None:
    """Of what was said to be accepted; what cannot be effected any more is a loss."""
    suspense = ledger.suspense(op.terminal.id)
    held = redemptions.find(conn, row.op)
    if held is not None:
        redemptions.forget_hold(conn, held, instant(op.received_at))
    _move(conn, op, _where_cash_waits(conn, op, case), suspense)
    point = conn.begin_nested()
    known = row.kind != UNREADABLE and not row.is_twin
    verdict = judge(conn, handlers.get(row.kind), op).verdict if known else None
    if isinstance(verdict, Accepted):
        point.commit()
        _settle(conn, op, verdict)
    else:
        point.rollback()
        _move(conn, op, suspense, ledger.LOSS)


def _again(
    conn: Connection, handlers: Mapping[str, Handler], row: OperationRow, case: str, at: datetime
) -> None:
    op = Incoming(_terminal(conn, row), row.header, row.payload, at)
    waits = _where_cash_waits(conn, op, case)
    held = redemptions.find(conn, row.op)
    point = conn.begin_nested()
    if held is not None:
        redemptions.forget_hold(conn, held, instant(at))
    suspense, due = ledger.suspense(op.terminal.id), ledger.customer_due(case)
    _move(conn, op, waits, suspense)
    verdict = judge(conn, handlers.get(row.kind), op).verdict
    if held is not None and not isinstance(verdict, Accepted) and verdict.reason in _FOLLOWS:
        point.rollback()  # a lease that was closed since would not give the coupon a second time
        if verdict.reason is not row.reason:
            outcomes.decide_row(conn, row, Outcome.REVIEW, verdict.reason, at=at)
        return
    point.commit()
    if isinstance(verdict, Accepted):
        _settle(conn, op, verdict)
        outcomes.decide_row(conn, row, Outcome.ACCEPTED, at=at)
        return
    if verdict.reason is not Reason.LEASE_BREACH:  # whose cash its handler has booked
        _move(conn, op, suspense, due if isinstance(verdict, Rejected) else waits)
    if isinstance(verdict, Rejected) or verdict.reason is not row.reason:
        outcome = Outcome.REJECTED if isinstance(verdict, Rejected) else Outcome.REVIEW
        outcomes.decide_row(conn, row, outcome, verdict.reason, at=at)


def _where_cash_waits(conn: Connection, op: Incoming, case: str) -> str:
    """What nobody could judge left the cash it paid out in suspense; all other cash is with the case."""
    row = cases.find(conn, case)
    stray = op.cash_fen < 0 and row is not None and row.op == op.header.op
    return ledger.suspense(op.terminal.id) if stray else ledger.customer_due(case)


def _move(conn: Connection, op: Incoming, source: str, target: str) -> None:
    if source != target:
        _book(conn, op, ledger.transfer(source, target, op.cash_fen))


def _settle(conn: Connection, op: Incoming, verdict: Accepted) -> None:
    _book(conn, op, (Posting(ledger.suspense(op.terminal.id), op.cash_fen), *verdict.settle))
    for grant in verdict.grants:
        changes.publish_grant(conn, grant, op.received_at)


def _book(conn: Connection, op: Incoming, legs: tuple[Posting, ...]) -> None:
    ledger.book(conn, op, f"again:{new_op_id()}", legs, "looked at again")


def _terminal(conn: Connection, row: OperationRow) -> TerminalRow:
    here = conn.execute(select(terminals).where(terminals.c.id == row.terminal)).one()
    return TerminalRow(row.terminal, row.incarnation, here.point, here.county, Profile(here.profile))


def _must_be_open(conn: Connection, case: str) -> None:
    row = cases.find(conn, case, hold=True)
    if row is None or row.state != CaseState.OPEN:
        raise SetupError(f"没有这件未结待办：{case} · no open case of this id")
