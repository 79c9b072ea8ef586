"""Three kinds of operation that only tests know: one that always works, one that decides, one that breaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, text

from central.handlers.base import Accepted, Handler, Incoming, Posting, Rejected, Review, Verdict
from central.operators import Operator, put
from sync.wire.case import Reason


class Cash(BaseModel):
    fen: int
    lease: str


class Note(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    cash: Cash | None = None
    attachments: tuple[str, ...] = ()


class Effect:
    """Leaves a trace that can be counted: an operator named by the note."""

    kind: ClassVar[str] = "test.note"
    payload_model: ClassVar[type[BaseModel]] = Note
    alone: ClassVar[bool] = False

    def apply(self, conn: Connection, op: Incoming, payload: Note) -> Verdict:
        mark = Operator(op.header.op, payload.text, (), "-")
        put(conn, op.terminal.county, mark, op.received_at)
        settle = (Posting("partner:test", -op.cash_fen),) if op.cash_fen else ()
        return Accepted(settle=settle)


class Decided(Effect):
    kind: ClassVar[str] = "test.decide"

    def apply(self, conn: Connection, op: Incoming, payload: Note) -> Verdict:
        if payload.text == "review":
            return Review(Reason.LEASE_BREACH)
        if payload.text == "reject":
            return Rejected(Reason.SOLD_OUT)
        return super().apply(conn, op, payload)


class Broken(Effect):
    """Writes its effect, then fails: in our code, or in the database."""

    kind: ClassVar[str] = "test.broken"

    def apply(self, conn: Connection, op: Incoming, payload: Note) -> Verdict:
        super().apply(conn, op, payload)
        if payload.text == "sql":
            conn.execute(text("SELECT * FROM no_such_table"))
        raise LookupError(payload.text)


class Uneven(Effect):
    """Settles more than its cash."""

    kind: ClassVar[str] = "test.uneven"

    def apply(self, conn: Connection, op: Incoming, payload: Note) -> Verdict:
        super().apply(conn, op, payload)
        return Accepted(settle=(Posting("partner:test", -op.cash_fen - 1),))


KINDS: Mapping[str, Any] = {one.kind: one() for one in (Effect, Decided, Broken, Uneven)}
_check: Mapping[str, Handler] = KINDS
