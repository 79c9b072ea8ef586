"""`case.close`: what a case owes was given back, all of it at once; what waited for that becomes final."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field
from sqlalchemy import Connection, Row

from central import cases, closing, ledger, redemptions
from central.handlers.base import Accepted, Incoming, Posting, Rejected, Verdict
from central.handlers.model import Attended, Cash, Id, Words
from sync.wire.answers import Profile
from sync.wire.case import CaseState, Reason
from sync.wire.kinds import Kind

_OWN_DOING = frozenset({Reason.LEASE_BREACH.value, Reason.CHAIN_FORK.value})
"""Nobody signs off what they did themselves."""


class CaseClose(Attended):
    case: Id
    resolution: Literal["cash-back"]
    receiver: Words
    cash: Cash
    returned: Annotated[list[Id], Field(max_length=50)]
    copy_: Annotated[Id, Field(alias="copy")]


class CaseCloses:
    kind: ClassVar[str] = Kind.CASE_CLOSE
    payload_model: ClassVar[type[BaseModel]] = CaseClose
    alone: ClassVar[bool] = True

    def apply(self, conn: Connection, op: Incoming, payload: CaseClose) -> Verdict:
        case = cases.find(conn, payload.case, hold=True)
        refusal = _refusal(op, case)
        if refusal is not None:
            return Rejected(refusal, facts={"of_case": payload.case})
        due, coupons = cases.due(conn, payload.case), redemptions.held(conn, payload.case)
        facts: dict[str, Any] = {
            "receiver": payload.receiver,
            "copy": payload.copy_,
            "closed_at_point": op.terminal.point,
        }
        gives = (payload.cash.fen, sorted(set(payload.returned)))
        if gives == (due, coupons):
            closing.settle_reviews(conn, payload.case, op.received_at, given_back=True)
            cases.close(conn, payload.case, op.received_at, by=op.header.op, facts=facts, settles=-due)
            return Accepted(settle=(Posting(ledger.customer_due(payload.case), -due),) if due else ())
        if op.terminal.profile is Profile.STAFF and due > 0 and gives == (0, []):
            facts["written_off_fen"] = due
            closing.write_off(conn, payload.case, due, op.received_at)
            closing.settle_reviews(conn, payload.case, op.received_at, given_back=False)
            cases.close(conn, payload.case, op.received_at, by=op.header.op, facts=facts)
            return Accepted()
        return Rejected(
            Reason.AMOUNT_MISMATCH, facts={"case": payload.case, "due_fen": due, "coupons": coupons}
        )


def _refusal(op: Incoming, case: Row[Any] | None) -> Reason | None:
    if case is None or case.county != op.terminal.county:
        return Reason.CASE_UNKNOWN
    staff = op.terminal.profile is Profile.STAFF
    if not staff and case.terminal != op.terminal.id:
        return Reason.NOT_PERMITTED
    if case.state != CaseState.OPEN:
        return Reason.CASE_CLOSED
    if case.reason in _OWN_DOING and not staff:
        return Reason.NOT_PERMITTED
    return None
