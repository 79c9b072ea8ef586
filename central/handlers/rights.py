"""`right.redeem`: a coupon's value given on an order; final when a lease stands behind it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field
from sqlalchemy import Connection, select

from central import ledger, records, redemptions
from central.business_tables import OrderState, order_lines, orders
from central.handlers.base import Accepted, Incoming, Posting, Rejected, Review, Verdict
from central.handlers.model import Attended, CashOut, Id, PriceFen
from central.outcomes import OperationRow
from central.redemptions import Shown
from central.rights_tables import CouponState, RedemptionState
from sync.wire.case import Reason
from sync.wire.coupon import Coupon
from sync.wire.kinds import Kind


class RightRedeem(Attended):
    service: Id
    coupon: Id
    kind: Id
    token: Annotated[str, Field(min_length=1, max_length=2000)]
    order: Id
    value_fen: PriceFen
    cash: CashOut


class Rights:
    kind: ClassVar[str] = Kind.RIGHT_REDEEM
    payload_model: ClassVar[type[BaseModel]] = RightRedeem
    alone: ClassVar[bool] = True

    def apply(self, conn: Connection, op: Incoming, payload: RightRedeem) -> Verdict:
        shown = Shown(payload.coupon, payload.kind, payload.token, payload.order, payload.value_fen)
        coupon = redemptions.genuine(conn, op.terminal.county, shown)
        fault = _fault(conn, op, payload, coupon)
        allotted = op.header.lease is not None
        if fault is None and allotted and not (coupon and redemptions.leased(conn, op, coupon)):
            fault = "not-in-lease", Reason.COUPON_INVALID
        if fault is None and allotted and redemptions.revoked(conn, op):
            fault = "lease-revoked", Reason.COUPON_INVALID
        if fault is None and coupon and not redemptions.take(conn, coupon, op.header.op, CouponState.SPENT):
            fault = "spent-elsewhere", Reason.COUPON_SPENT
        if fault is None and coupon:
            return _accept(conn, op, shown, coupon)
        assert fault is not None
        facts = {"coupon": payload.coupon, "order": payload.order, "breach": fault[0]}
        if not allotted:
            return Rejected(fault[1], facts=facts)
        return _bear_the_loss(conn, op, shown, coupon, facts)

    def legs(self, conn: Connection, target: OperationRow) -> tuple[Posting, ...] | None:
        """The value comes back into the till, as long as the order it went into stands."""
        row = redemptions.find(conn, target.op)
        assert row is not None, target.op
        state = select(orders.c.state).where(orders.c.op == row.order_op).with_for_update()
        order = conn.execute(state).scalar_one_or_none()
        if row.state != RedemptionState.SPENT or order != OrderState.PLACED:
            return None
        return (Posting(ledger.campaign(row.kind), -row.value_fen),)

    def undo(self, conn: Connection, target: OperationRow, at: str, /) -> None:
        row = redemptions.find(conn, target.op)
        assert row is not None, target.op
        redemptions.release(conn, row, at)


def _accept(conn: Connection, op: Incoming, shown: Shown, coupon: Coupon) -> Verdict:
    drawn = op.header.lease is not None
    if drawn:
        counted = redemptions.draw(conn, op, coupon).counted
        assert counted, "an unspent serial of the lease is a piece of it"
    lease = op.header.lease if drawn else None
    redemptions.write(conn, op, shown, RedemptionState.SPENT, coupon=coupon, lease=lease)
    return Accepted(settle=(Posting(ledger.campaign(shown.kind), shown.value_fen),))


def _bear_the_loss(
    conn: Connection, op: Incoming, shown: Shown, coupon: Coupon | None, facts: dict[str, Any]
) -> Verdict:
    """The customer has the money: the coupon is used up if it was there to use, and central pays."""
    left = coupon is not None and redemptions.leased(conn, op, coupon)
    drawn = left and coupon is not None and redemptions.draw(conn, op, coupon).counted
    lease = op.header.lease if drawn else None
    if coupon is not None and not redemptions.take(conn, coupon, op.header.op, CouponState.SPENT):
        coupon = None
    redemptions.write(conn, op, shown, RedemptionState.LOST, coupon=coupon, lease=lease)
    legs = ledger.transfer(ledger.LOSS, ledger.suspense(op.terminal.id), -op.cash_fen)
    ledger.book(conn, op, "breach", legs, "in breach")
    return Review(Reason.LEASE_BREACH, facts=facts)


def _fault(
    conn: Connection, op: Incoming, payload: RightRedeem, coupon: Coupon | None
) -> tuple[str, Reason] | None:
    """What is wrong with the coupon or its use, as (for the case, for a rejection)."""
    invalid = Reason.COUPON_INVALID
    if coupon is None:
        return "bad-signature", invalid
    kind = records.find(conn, op.terminal.county, "coupon_kind", coupon.kind)
    if kind is None or op.header.at < kind["from"]:
        return "not-in-force", invalid
    if op.header.at > min(coupon.exp, kind["to"]):
        return "expired", Reason.COUPON_EXPIRED
    if payload.value_fen != kind["face_fen"] or payload.cash.fen != -payload.value_fen:
        return "value", Reason.AMOUNT_MISMATCH
    if op.header.dep != payload.order or not _covers(conn, op, payload.order, kind):
        return "order", invalid
    return None


def _covers(conn: Connection, op: Incoming, order: str, kind: dict[str, Any]) -> bool:
    """Whether the order, less what coupons already took, holds enough of what the coupon is for."""
    placed = conn.execute(select(orders).where(orders.c.op == order).with_for_update()).one_or_none()
    if placed is None or placed.terminal != op.terminal.id or placed.state != OrderState.PLACED:
        return False
    scope = kind["scope"]
    covered = 0
    for line in conn.execute(select(order_lines).where(order_lines.c.op == order)):
        good = records.find(conn, op.terminal.county, "good", line.good) or {}
        named = line.good in scope.get("goods", ()) or good.get("department") in scope.get("departments", ())
        if named or not any(scope.values()):
            covered += line.qty * line.price_fen
    used = sum(row.value_fen for row in redemptions.of_order(conn, order))
    return bool(covered >= kind["min_spend_fen"] and used + kind["face_fen"] <= placed.total_fen)
