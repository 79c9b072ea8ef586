"""Central keeps its word: what it signed before it lost its past is the result, whatever the books say.

What the books of today say instead is a difference: it goes to the loss account, and a case tells of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from central import cases, ledger, old_cases
from central.handlers.base import Accepted, Handler, Incoming, Posting, Rejected, Review, Verdict
from central.judge import judge
from sync.wire.answers import Outcome, Result
from sync.wire.case import Reason
from sync.wire.kinds import Kind


@dataclass(frozen=True)
class Kept:
    verdict: Verdict
    case: str | None


def keep(conn: Connection, handler: Handler | None, op: Incoming, told: Result, *, readable: bool) -> Kept:
    """Lets the handler write the effect where it comes to the same; else the effect is a loss."""
    if handler is None or op.header.kind == Kind.LEASE_REQUEST:  # the grant itself was shown
        return force(conn, op, told)
    point = conn.begin_nested()
    verdict = judge(conn, handler, op, readable=readable).verdict
    if _fits(verdict, told):
        point.commit()
        booked = isinstance(verdict, Accepted) or told.reason == Reason.LEASE_BREACH
        return Kept(verdict, old_cases.join(conn, op, told, booked=booked))
    point.rollback()
    return force(conn, op, told, instead=verdict)


def force(conn: Connection, op: Incoming, told: Result, instead: Verdict | None = None) -> Kept:
    """Without the handler's effect."""
    facts: dict[str, Any] = {"told": True}
    if op.header.kind == Kind.CASE_CLOSE:
        facts["closes"] = str(op.payload.get("case"))
    if told.outcome is Outcome.ACCEPTED:
        verdict: Verdict = Accepted(facts=facts, settle=_accepted(conn, op, instead))
        return Kept(verdict, old_cases.join(conn, op, told, booked=True))
    reason = _reason(told)
    case = old_cases.join(conn, op, told, booked=False)
    if case is None and op.cash_fen:
        cases.open_case(conn, op, Reason.CENTRAL_RESTORED, (), facts)
    verdict = Rejected(reason, facts=facts) if told.outcome.final else Review(reason, facts=facts)
    return Kept(verdict, case)


def _accepted(conn: Connection, op: Incoming, instead: Verdict | None) -> tuple[Posting, ...]:
    fen = op.cash_fen
    if op.header.kind == Kind.CASE_CLOSE:
        case = str(op.payload.get("case"))
        old_cases.closed_by(conn, case, op.header.op)
        old_cases.close_as_told(conn, case, op.header.op, op.received_at, settles=-fen)
        return (Posting(ledger.customer_due(case), -fen),) if fen else ()
    if op.header.kind == Kind.LEASE_REQUEST:
        return ()
    says = None if instead is None or isinstance(instead, Accepted) else instead.reason.value
    facts = {"told": "accepted", "books_say": says, "loss_fen": -fen}
    cases.open_notice(conn, op, Reason.CENTRAL_RESTORED, facts)
    return (Posting(ledger.LOSS, -fen),) if fen else ()


def _fits(verdict: Verdict, told: Result) -> bool:
    if isinstance(verdict, Accepted):
        return told.outcome is Outcome.ACCEPTED
    outcome = Outcome.REJECTED if isinstance(verdict, Rejected) else Outcome.REVIEW
    return (outcome, verdict.reason.value) == (told.outcome, told.reason)


def _reason(told: Result) -> Reason:
    try:
        return Reason(told.reason or "")
    except ValueError:  # of a newer central, before it was restored by an older program
        return Reason.CENTRAL_RESTORED
