"""`callback.request`: somebody is to ring up about what could not be done at the point."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field
from sqlalchemy import Connection, insert, select, update

from central.business_tables import CallbackState, callbacks
from central.handlers.base import Accepted, Incoming, Posting, Verdict
from central.handlers.model import Attended, Id, Words
from central.outcomes import OperationRow
from sync.wire.encoding import instant
from sync.wire.kinds import Kind


class CallbackRequest(Attended):
    service: Id
    phone: Annotated[str, Field(pattern=r"^\+?[0-9][0-9 -]{4,19}$")]
    name: Words | None = None
    note: Annotated[str, Field(max_length=1000)]
    wish: Literal["morning", "afternoon", "any"]


class Callbacks:
    kind: ClassVar[str] = Kind.CALLBACK_REQUEST
    payload_model: ClassVar[type[BaseModel]] = CallbackRequest
    alone: ClassVar[bool] = False

    def apply(self, conn: Connection, op: Incoming, payload: CallbackRequest) -> Verdict:
        conn.execute(
            insert(callbacks).values(
                op=op.header.op,
                county=op.terminal.county,
                state=CallbackState.WAITING,
                at=instant(op.received_at),
                **payload.own(),
            )
        )
        return Accepted()

    def legs(self, conn: Connection, target: OperationRow) -> tuple[Posting, ...] | None:
        state = select(callbacks.c.state).where(callbacks.c.op == target.op)
        return () if conn.execute(state).scalar_one() == CallbackState.WAITING else None

    def undo(self, conn: Connection, target: OperationRow, _at: str, /) -> None:
        here = update(callbacks).where(callbacks.c.op == target.op)
        conn.execute(here.values(state=CallbackState.WITHDRAWN))
