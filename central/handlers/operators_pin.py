"""`operator.pin`: a PIN set at a point; its verifier travels to the county's terminals."""

from __future__ import annotations

import re
from typing import ClassVar

from pydantic import BaseModel, field_validator
from sqlalchemy import Connection

from central import operators
from central.handlers.base import Accepted, Incoming, Rejected, Verdict
from central.handlers.model import Id, Strict
from sync.wire.case import Reason
from sync.wire.kinds import Kind

MOST = (131_072, 6, 8)
"""Memory in KiB, rounds, lanes: twice what our terminals take. All of the county's terminals reckon with a
verifier whenever somebody signs in, so nobody makes one that a small machine cannot bear."""
_VERIFIER = re.compile(
    r"\$argon2id\$v=19\$m=(\d{1,6}),t=(\d),p=(\d)\$[A-Za-z0-9+/]{8,128}\$[A-Za-z0-9+/]{8,128}", re.ASCII
)


class OperatorPin(Strict):
    operator: Id
    verifier: str

    @field_validator("verifier")
    @classmethod
    def _is_bearable(cls, text: str) -> str:
        found = _VERIFIER.fullmatch(text)
        if found is None or any(int(one) > most for one, most in zip(found.groups(), MOST, strict=True)):
            raise ValueError("not a verifier that a terminal can reckon with")
        return text


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
