"""Cases of a past that central lost: made again as told, joined by what is sent again, evened out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from central import cases, closing, ledger, redemptions
from central.business_tables import cases as table
from central.business_tables import ledger_entries
from central.handlers.base import Incoming
from central.ledger import Entry
from central.recovery_tables import forked_operations
from central.tables import operations
from sync.wire.answers import Outcome, Result
from sync.wire.case import CaseState, Party, Reason, What
from sync.wire.encoding import instant
from sync.wire.kinds import Kind
from sync.wire.operation import new_op_id

_PLACES = (operations, forked_operations)
_is_named = or_(*(select(kept.c.op).where(kept.c.case_id == table.c.id).exists() for kept in _PLACES))
_is_here = or_(*(select(kept.c.op).where(kept.c.op == table.c.op).exists() for kept in _PLACES))
_COPIED = ("op", "terminal", "point", "kind", "reason", "opened", "owes", "facts")


def take(conn: Connection, county: str, told: Mapping[str, Any], at: datetime) -> None:
    """The case object of the protocol, signed by us: a case that was told closed stays closed."""
    closed = {"state": told["state"], "rev": told["rev"]}
    if told["state"] == CaseState.CLOSED:
        closed["closed"] = instant(at)
    known = cases.find(conn, told["case"], hold=True)
    if known is None:
        taken = conn.execute(select(table.c.id).where(table.c.number == told["number"])).first()
        number = told["number"] if taken is None else cases.fresh_number(conn, county, at)
        copied = {name: told[name] for name in _COPIED}
        conn.execute(insert(table).values(id=told["case"], number=number, county=county, **copied, **closed))
        (cases.tell if taken is None else cases.revise)(conn, told["case"], at)
    elif known.rev < told["rev"]:
        newer = {"owes": told["owes"], "facts": told["facts"], **closed}
        conn.execute(update(table).where(table.c.id == known.id).values(newer))
        cases.tell(conn, known.id, at)  # the page that told it may have been lost before another read it
    elif known.state == CaseState.OPEN and told["state"] == CaseState.CLOSED:
        told_anew = {**closed, "owes": told["owes"], "rev": known.rev}
        conn.execute(update(table).where(table.c.id == known.id).values(told_anew))
        cases.revise(conn, known.id, at)
    elif known.rev == told["rev"] and cases.as_dict(known) != {
        name: told[name] for name in cases.as_dict(known)
    }:
        cases.revise(conn, known.id, at)


def closed_by(conn: Connection, case: str, op: str) -> None:
    """What was told closed did not say by which operation; that one comes again later."""
    unsaid = (table.c.id == case) & (table.c.state == CaseState.CLOSED) & table.c.closed_by.is_(None)
    conn.execute(update(table).where(unsaid).values(closed_by=op))


def close_as_told(conn: Connection, case: str, by: str, at: datetime, settles: int = 0) -> None:
    """Once nothing is owed any more, `settles` fen counted that its closing operation is about to book."""
    row = cases.find(conn, case, hold=True)
    if row is None or row.state != CaseState.OPEN:
        return
    if cases.due(conn, case) + settles == 0 and not redemptions.held(conn, case):
        cases.close(conn, case, at, by=by, facts={"told": True}, settles=settles)


def _closer(conn: Connection, case: str) -> str | None:
    """The operation that was told to have closed it, and came back before it."""
    is_closer = (operations.c.kind == Kind.CASE_CLOSE) & (operations.c.outcome == Outcome.ACCEPTED.value)
    names = operations.c.facts["closes"].as_string() == case
    row = conn.execute(select(operations.c.op).where(is_closer, names)).first()
    return None if row is None else str(row.op)


def join(conn: Connection, op: Incoming, told: Result, *, booked: bool) -> str | None:
    """The case that was told with the result; the operation's cash belongs to it unless it is `booked`."""
    if told.case is None:
        return None
    reason = Reason(told.reason) if told.reason else Reason.CENTRAL_RESTORED
    row = cases.find(conn, told.case, hold=True)
    if row is None:
        cases.insert_as(conn, op, told.case, reason, {"told": True})
    if told.outcome is Outcome.ACCEPTED and row is not None:
        return told.case
    if told.outcome is Outcome.REVIEW and op.header.kind == Kind.RIGHT_REDEEM:
        redemptions.hold(conn, op, told.case)
    if not booked:
        _take_cash(conn, op, told.case, reason)
    if row is None or row.state == CaseState.OPEN:
        cases.revise(conn, told.case, op.received_at)
        closer = _closer(conn, told.case)
        if closer is not None:
            close_as_told(conn, told.case, closer, op.received_at)
    return told.case


def awaiting(conn: Connection, op: Incoming) -> str | None:
    """The open case that was told of this operation before its loss; of its result nothing was told."""
    mine = (table.c.op == op.header.op) & (table.c.terminal == op.terminal.id)
    is_case = (table.c.state == CaseState.OPEN) & (table.c.reason != Reason.CENTRAL_RESTORED.value)
    found = conn.execute(select(table.c.id).where(mine, is_case, ~_is_named).order_by(table.c.id)).first()
    return None if found is None else str(found.id)


def rejoin(conn: Connection, op: Incoming, case: str, reason: Reason) -> None:
    if op.header.kind == Kind.RIGHT_REDEEM:
        redemptions.hold(conn, op, case)
    _take_cash(conn, op, case, reason)
    cases.revise(conn, case, op.received_at)


def _take_cash(conn: Connection, op: Incoming, case: str, reason: Reason) -> None:
    if reason is Reason.LEASE_BREACH or _is_promised(conn, case):  # the loss is central's, or was
        _to_loss(conn, ledger.suspense(op.terminal.id), op.cash_fen, op.received_at, op.header.op)
    elif not (reason in closing.UNDECIDED and op.cash_fen < 0):
        cases.take_cash(conn, op, case)


def even_out(conn: Connection, at: datetime) -> int:
    """At the end of reconciling: what cases told closed still owe is booked as a loss; how many they were."""
    due = ledger.balances(conn, ledger.customer_due(""))
    prefix = len(ledger.customer_due(""))
    closed = table.c.state == CaseState.CLOSED
    waiting = select(operations.c.case_id).where(operations.c.outcome == Outcome.REVIEW.value)
    undecided = set(conn.execute(select(table.c.id).where(closed, table.c.id.in_(waiting))).scalars())
    uneven = {account[prefix:]: fen for account, fen in due.items() if fen}
    found = set(conn.execute(select(table.c.id).where(closed, table.c.id.in_(list(uneven)))).scalars())
    for case in sorted(undecided):
        closing.settle_reviews(conn, case, at, given_back=True)
    for case in sorted(found):
        _to_loss(conn, ledger.customer_due(case), uneven[case], at, None)
    outlived = _outlived(conn)
    for case in outlived:
        cases.close(conn, case, at, by=None, facts={"accepted": True})
    return len(found | undecided) + len(outlived) + _promise(conn, at)


def _outlived(conn: Connection) -> list[str]:
    """Of operations refused before the loss, as a branch shows, and accepted when they came again."""
    done = (operations.c.op == table.c.op) & (operations.c.outcome == Outcome.ACCEPTED.value)
    anew = select(operations.c.op).where(done).exists()
    is_case = (table.c.state == CaseState.OPEN) & (table.c.reason != Reason.CENTRAL_RESTORED.value)
    rows = conn.execute(select(table.c.id, table.c.owes).where(is_case, ~_is_named, anew)).all()
    return sorted(row.id for row in rows if _cash_of(row.owes) and not cases.due(conn, row.id))


def _promise(conn: Connection, at: datetime) -> int:
    """A branch showed a case whose operation nobody has any more: what it says is owed is, as a loss."""
    lost = select(table.c.id, table.c.owes).where(table.c.state == CaseState.OPEN, ~_is_here)
    rows = conn.execute(lost).all()
    promised = {row.id: _cash_of(row.owes) for row in rows if not _is_promised(conn, row.id)}
    entries = [
        Entry(_promise_of(case), instant(at), "promised by a case whose operation is lost", None, legs)
        for case, fen in sorted(promised.items())
        if fen and (legs := ledger.transfer(ledger.LOSS, ledger.customer_due(case), fen))
    ]
    if entries:
        ledger.post(conn, entries)
    return len(entries)


def _cash_of(owes: list[dict[str, Any]]) -> int:
    """Fen to the customer; below zero: back to central."""
    cash = [one for one in owes if one["what"] == What.CASH]
    return sum(one["fen"] if one["to"] == Party.CUSTOMER else -one["fen"] for one in cash)


def _promise_of(case: str) -> str:
    return f"promised.{case}"


def _is_promised(conn: Connection, case: str) -> bool:
    key = select(ledger_entries.c.key).where(ledger_entries.c.key == _promise_of(case))
    return conn.execute(key).first() is not None


def _to_loss(conn: Connection, account: str, balance: int, at: datetime, op: str | None) -> None:
    """Evens the account; `balance` is what stands on it, or for suspense what the drawer took."""
    if balance == 0:
        return
    fen = balance if account.startswith("customer-due:") else -balance
    legs = ledger.transfer(ledger.LOSS, account, fen)
    key = f"restored.{new_op_id()}"
    ledger.post(conn, [Entry(key, instant(at), "lost with central's past", op, legs)])
