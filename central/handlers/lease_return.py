"""`lease.return`: what a terminal does not need goes back to the pool, single things by their serials."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field
from sqlalchemy import Connection, Row

from central import lease_moves, serials
from central.handlers.base import Accepted, Incoming, Rejected, Verdict
from central.handlers.model import Id, PriceFen, Strict
from central.rights_tables import LeaseState
from central.serials import Run
from sync.wire.case import Reason
from sync.wire.kinds import Kind

Serial = Annotated[int, Field(ge=1, le=10**12)]
FromTo = Annotated[list[Serial], Field(min_length=2, max_length=2)]


class LeaseReturn(Strict):
    lease: Id
    amount: PriceFen
    serials: list[FromTo] = Field(default_factory=list, max_length=100)


class LeaseReturns:
    kind: ClassVar[str] = Kind.LEASE_RETURN
    payload_model: ClassVar[type[BaseModel]] = LeaseReturn
    alone: ClassVar[bool] = True

    def apply(self, conn: Connection, op: Incoming, payload: LeaseReturn) -> Verdict:
        lease = lease_moves.find(conn, payload.lease, hold=True)
        this_life = (op.terminal.id, op.terminal.incarnation)
        if (
            lease is None
            or (lease.terminal, lease.incarnation) != this_life
            or lease.state == LeaseState.CLOSED
        ):
            return Rejected(Reason.LEASE_UNKNOWN)
        back = _runs(conn, lease, payload)
        if back is None or not lease_moves.give_back(conn, op, lease, payload.amount, back):
            return Rejected(Reason.AMOUNT_MISMATCH, facts={"left": lease_moves.left_in(lease)})
        return Accepted(facts={"lease": payload.lease})


def _runs(conn: Connection, lease: Row[Any], payload: LeaseReturn) -> Sequence[Run] | None:
    """The single things that come back, all of them where none is named; None where they are not left."""
    if not serials.is_block(lease.detail):
        return None if payload.serials else ()
    left = serials.remainder(conn, lease)
    named = [(first, last) for first, last in payload.serials] or left
    count = sum(last - first + 1 for first, last in named)
    apart = all(one[1] < two[0] for one, two in pairwise(named))
    inside = all(any(a <= first <= last <= b for a, b in left) for first, last in named)
    return named if apart and inside and count == payload.amount else None
