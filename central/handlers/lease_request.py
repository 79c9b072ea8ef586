"""`lease.request`: a terminal asks for (more of) something scarce; the grant comes with the ack."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field
from sqlalchemy import Connection

from central import epoch, leases, terminals
from central.handlers.base import Accepted, Incoming, Rejected, Verdict
from central.handlers.model import Id, Strict
from sync.wire.case import Reason
from sync.wire.kinds import Kind


class LeaseRequest(Strict):
    right: Id
    amount: Annotated[int, Field(ge=0, le=10**12)]


class LeaseRequests:
    kind: ClassVar[str] = Kind.LEASE_REQUEST
    payload_model: ClassVar[type[BaseModel]] = LeaseRequest
    alone: ClassVar[bool] = True

    def apply(self, conn: Connection, op: Incoming, payload: LeaseRequest) -> Verdict:
        """As much as pool and point allow, which may be less than asked; an ended life needs nothing more."""
        if terminals.of(conn, op.terminal.id, op.terminal.incarnation).closed:
            return Rejected(Reason.NOT_PERMITTED, facts={"right": payload.right})
        if epoch.is_reconciling(conn):
            return Rejected(Reason.RECONCILING, facts={"right": payload.right})
        given = leases.grant(
            conn, op.terminal, payload.right, payload.amount, op.header.seq + 1, op.received_at
        )
        if not given.grants:
            return Rejected(Reason.POOL_EMPTY, facts={"right": payload.right})
        named = [one.lease for one in given.grants]
        return Accepted(facts={"leases": named, "granted": given.amount}, grants=given.grants)
