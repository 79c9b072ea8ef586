"""`lease.return`: what a terminal does not need goes back to the pool."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel
from sqlalchemy import Connection

from central import leases
from central.handlers.base import Accepted, Incoming, Rejected, Verdict
from central.handlers.model import Id, PriceFen, Strict
from sync.wire.case import Reason


class LeaseReturn(Strict):
    lease: Id
    amount: PriceFen


class LeaseReturns:
    kind: ClassVar[str] = "lease.return"
    payload_model: ClassVar[type[BaseModel]] = LeaseReturn
    alone: ClassVar[bool] = True

    def apply(self, conn: Connection, op: Incoming, payload: LeaseReturn) -> Verdict:
        lease = leases.find(conn, payload.lease)
        if lease is None or lease.terminal != op.terminal.id:
            return Rejected(Reason.LEASE_UNKNOWN)
        left = lease.amount - lease.spent - lease.returned
        whole_only = bool(lease.detail)  # a part of a coupon block would not say which serials
        if payload.amount > left or (whole_only and payload.amount != left):
            return Rejected(Reason.AMOUNT_MISMATCH, facts={"left": left})
        assert leases.give_back(conn, op, payload.lease, payload.amount)
        return Accepted(facts={"lease": payload.lease})
