"""`operator.pin`: a PIN set at a point; its verifier travels to the county's terminals."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field
from sqlalchemy import Connection

from central import operators
from central.handlers.base import Accepted, Incoming, Rejected, Verdict
from central.handlers.model import Id, Strict
from sync.wire.case import Reason
from sync.wire.kinds import Kind


class OperatorPin(Strict):
    operator: Id
    verifier: Annotated[
        str, Field(pattern=r"^\$argon2id\$v=19\$m=\d{1,6},t=\d,p=\d\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$")
    ]


class OperatorPins:
    kind: ClassVar[str] = Kind.OPERATOR_PIN
    payload_model: ClassVar[type[BaseModel]] = OperatorPin
    alone: ClassVar[bool] = True

    def apply(self, conn: Connection, op: Incoming, payload: OperatorPin) -> Verdict:
        """Everybody sets only their own."""
        facts = {"operator": payload.operator}
        known = operators.find(conn, op.terminal.county, payload.operator)
        if known is None or not known.active or op.header.by != payload.operator:
            return Rejected(Reason.NOT_PERMITTED, facts=facts)
        if known.point is not None and known.point != op.terminal.point:
            return Rejected(Reason.NOT_PERMITTED, facts=facts)
        operators.set_verifier(conn, op.terminal.county, payload.operator, payload.verifier, op.received_at)
        return Accepted(facts=facts)
