"""`operation.reverse`: an accepted operation is undone, with its cash, as long as it is not too late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel
from sqlalchemy import Connection, insert, select

from central import cases, forked, outcomes
from central.business_tables import reversals
from central.handlers.base import Accepted, Incoming, Rejected, Review, Verdict
from central.handlers.model import Attended, Cash, Id, Words
from central.handlers.undoing import NotKnown, Undoable
from central.outcomes import OperationRow
from central.tables import terminals
from sync.wire.answers import Outcome, Profile
from sync.wire.case import CaseState, Reason
from sync.wire.encoding import instant
from sync.wire.kinds import Kind


class OperationReverse(Attended):
    target: Id
    reason: Words
    cash: Cash | None = None


@dataclass(frozen=True)
class Reversals:
    undoable: Mapping[str, Undoable]  # by kind

    kind: ClassVar[str] = Kind.OPERATION_REVERSE
    payload_model: ClassVar[type[BaseModel]] = OperationReverse
    alone: ClassVar[bool] = True

    def apply(self, conn: Connection, op: Incoming, payload: OperationReverse) -> Verdict:
        target = outcomes.find(conn, payload.target) or forked.find(conn, payload.target)
        if target is None or not _same_county(conn, op, target):
            return Rejected(Reason.TARGET_UNKNOWN, facts={"target": payload.target})
        if target.terminal != op.terminal.id and op.terminal.profile is not Profile.STAFF:
            return Rejected(Reason.NOT_PERMITTED, facts={"target": payload.target})
        if target.outcome is Outcome.REVIEW:
            return Review(Reason.PARENT_REVIEW, facts=_with_case(target))
        if target.outcome is Outcome.REJECTED:
            return _reverse_rejected(conn, target)
        try:
            return _undo(conn, op, payload, target, self.undoable.get(target.kind))
        except NotKnown as error:
            return Review(Reason.CENTRAL_FAILURE, facts={"target": target.op, "not_known": str(error)})


def _undo(
    conn: Connection, op: Incoming, payload: OperationReverse, target: OperationRow, undoable: Undoable | None
) -> Verdict:
    facts: dict[str, Any] = {"target": target.op}
    done_before = conn.execute(select(reversals.c.op).where(reversals.c.target == target.op)).first()
    legs = undoable.legs(conn, target) if undoable and not done_before else None
    if undoable is None or legs is None:
        return Rejected(Reason.TARGET_SETTLED, facts=facts)
    if op.cash_fen != -sum(leg.fen for leg in legs):
        return Rejected(Reason.AMOUNT_MISMATCH, facts=facts)
    at = instant(op.received_at)
    undoable.undo(conn, target, at)
    conn.execute(
        insert(reversals).values(
            target=target.op, op=op.header.op, reason=payload.reason, cash_fen=op.cash_fen, at=at
        )
    )
    return Accepted(settle=legs, facts=facts)


def _reverse_rejected(conn: Connection, target: OperationRow) -> Verdict:
    """Cash already handed back counts against what the target's case owes, as long as that is open."""
    case = cases.find(conn, target.case_id) if target.case_id else None
    if case is not None and case.state == CaseState.CLOSED:
        return Rejected(Reason.TARGET_SETTLED, facts={"target": target.op})
    return Rejected(Reason.TARGET_REJECTED, facts=_with_case(target))


def _with_case(target: OperationRow) -> dict[str, Any]:
    return {"target": target.op} | ({"case": target.case_id} if target.case_id else {})


def _same_county(conn: Connection, op: Incoming, target: OperationRow) -> bool:
    county = select(terminals.c.county).where(terminals.c.id == target.terminal)
    return conn.execute(county).scalar_one_or_none() == op.terminal.county
