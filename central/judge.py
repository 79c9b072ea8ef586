"""The verdict on one operation: rules that hold for every kind, then the kind's own handler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection

from central import epoch, forked, outcomes, schemas
from central.handlers.base import Handler, Incoming, Rejected, Review, SetWise, Verdict
from central.outcomes import OperationRow, Place
from central.permits import Permits
from sync.wire.answers import Outcome
from sync.wire.case import Reason
from sync.wire.operation import SEALED


@dataclass(frozen=True)
class Judgement:
    verdict: Verdict
    parent: OperationRow | None  # set when it failed with the operation it depends on


def judge(
    conn: Connection,
    handler: Handler | None,
    op: Incoming,
    *,
    readable: bool = True,
    permits: Permits | None = None,
) -> Judgement:
    """Without `permits` nobody asks for the operator: a person, or central's own word, vouches for it."""
    admitted = _admit(conn, handler, op, readable=readable, permits=permits)
    if isinstance(admitted, Judgement):
        return admitted
    assert handler is not None, "what has no handler is not admitted"
    return Judgement(handler.apply(conn, op, admitted), None)


def judge_together(
    conn: Connection, handler: SetWise, ops: Sequence[Incoming], permits: Permits
) -> list[Judgement]:
    """As `judge` one after the other, for readable operations of one kind that follow none."""
    admitted = [(op, _admit(conn, handler, op, readable=True, permits=permits)) for op in ops]
    ready = [(op, payload) for op, payload in admitted if isinstance(payload, BaseModel)]
    verdicts = iter(handler.apply_together(conn, ready))
    return [one if isinstance(one, Judgement) else Judgement(next(verdicts), None) for _, one in admitted]


def _admit(
    conn: Connection, handler: Handler | None, op: Incoming, *, readable: bool, permits: Permits | None = None
) -> Judgement | BaseModel:
    """The payload that is the handler's to judge, or the verdict that holds for every kind."""
    if handler is None or not schemas.is_known(handler, op.header.sv):
        return Judgement(Review(Reason.UNKNOWN_SCHEMA), None)
    if SEALED in op.payload or not readable:
        return Judgement(_unread(op), None)
    if op.unbooked_fen:
        return Judgement(Rejected(Reason.PAYLOAD_INVALID, facts={"invalid": ["cash.fen"]}), None)
    unfit = permits.refusal(op) if permits is not None else None
    bound = _bound(conn, op) if unfit is None else Judgement(unfit, None)
    if bound is not None:
        return bound
    try:
        return schemas.today(handler, op.header.sv, op.payload)
    except ValidationError as error:
        return Judgement(Rejected(Reason.PAYLOAD_INVALID, facts=_where(error)), None)


def _unread(op: Incoming) -> Verdict:
    """Sealed to a key that is not here: somebody may still find it."""
    if SEALED in op.payload:
        return Review(Reason.PAYLOAD_INVALID, facts={SEALED: "cannot be opened"})
    return Rejected(Reason.PAYLOAD_INVALID, facts={"payload": "unreadable"})


def _bound(conn: Connection, op: Incoming) -> Judgement | None:
    """What the terminal's own operations that it depends on or supersedes decide for it; None: nothing."""
    if op.header.sup is not None:
        first = outcomes.find(conn, op.header.sup) or forked.find(conn, op.header.sup)
        if first is None or first.terminal != op.terminal.id:
            return Judgement(_unknown(conn), None)
        if first.outcome is not Outcome.REJECTED or outcomes.is_superseded(conn, first, _place(op)):
            return Judgement(Rejected(Reason.TARGET_SETTLED), None)
    if op.header.dep is not None:
        parent = outcomes.find(conn, op.header.dep) or forked.find(conn, op.header.dep)
        if parent is None or parent.terminal != op.terminal.id:
            return Judgement(_unknown(conn), None)
        if parent.outcome is Outcome.REJECTED:
            return Judgement(Review(Reason.PARENT_REJECTED), parent)
        if parent.outcome is Outcome.REVIEW:
            return Judgement(Review(Reason.PARENT_REVIEW), parent)
    return None


def _unknown(conn: Connection) -> Verdict:
    """While central looks for its past, what an operation rests on may still come back."""
    if epoch.is_reconciling(conn):
        return Review(Reason.CENTRAL_RESTORED, facts={"target": "not known yet"})
    return Rejected(Reason.TARGET_UNKNOWN)


def _place(op: Incoming) -> Place:
    return op.terminal.id, op.terminal.incarnation, op.header.seq


def _where(error: ValidationError) -> dict[str, Any]:
    places = [".".join(str(part) for part in found["loc"])[:80] for found in error.errors()[:8]]
    return {"invalid": places}
