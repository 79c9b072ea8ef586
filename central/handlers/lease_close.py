"""`lease.close`: a terminal's last word on a lease of an ended life, or a revoked one; the rest is free."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field
from sqlalchemy import Connection, Row

from central import lease_ends, lease_moves, terminals
from central.handlers.base import Accepted, Incoming, Rejected, Review, Verdict
from central.handlers.model import Id, Strict
from central.lease_ends import Remainder, Statement
from central.rights_tables import LeaseState
from sync.wire.case import Reason
from sync.wire.kinds import Kind

Amount = Annotated[int, Field(ge=-(10**12), le=10**12)]  # more cash may have gone out than came in


class LeaseClose(Strict):
    lease: Id
    incarnation: Annotated[int, Field(ge=1, le=10**6)]
    spent: Amount
    returned: Amount
    last_seq: Annotated[int, Field(ge=0, le=2**53 - 1)]


class LeaseCloses:
    kind: ClassVar[str] = Kind.LEASE_CLOSE
    payload_model: ClassVar[type[BaseModel]] = LeaseClose
    alone: ClassVar[bool] = True

    def apply(self, conn: Connection, op: Incoming, payload: LeaseClose) -> Verdict:
        """Central's own books decide; the statement must say the same, or a person looks."""
        lease = lease_moves.find(conn, payload.lease, hold=True)
        if lease is None or (lease.terminal, lease.incarnation) != (op.terminal.id, payload.incarnation):
            return Rejected(Reason.LEASE_UNKNOWN)
        if lease.state == LeaseState.CLOSED:
            return Accepted(facts={"lease": lease.id})
        known = _chain(conn, op, lease)
        if lease.state == LeaseState.LIVE or known is None or payload.last_seq > known:
            return Rejected(Reason.TARGET_UNKNOWN, facts={"lease": lease.id, "high_water": known})
        said = Statement(payload.spent, payload.returned)
        if payload.last_seq < known or not lease_ends.agrees(conn, lease, said):
            return Review(Reason.AMOUNT_MISMATCH, facts=_both(lease, payload, known))
        lease_ends.close(conn, lease, Remainder.POOL, op.header.op, op.received_at)
        return Accepted(facts={"lease": lease.id})


def _chain(conn: Connection, op: Incoming, lease: Row[Any]) -> int | None:
    """How far the life that held the lease has come in; None where it left the chain we know."""
    if lease.incarnation == op.terminal.incarnation:
        return op.header.seq - 1
    life = terminals.of(conn, lease.terminal, lease.incarnation)
    return None if life.quarantined else life.high_water


def _both(lease: Row[Any], payload: LeaseClose, known: int) -> dict[str, Any]:
    said = {"spent": payload.spent, "returned": payload.returned, "last_seq": payload.last_seq}
    books = {"spent": lease.spent, "returned": lease.returned, "last_seq": known}
    return {"lease": lease.id, "right": lease.right, "said": said, "books": books}
