"""Coupons in use: what a redemption showed, and the states a coupon goes through with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from central import lease_moves, records, serials
from central.handlers.base import Incoming
from central.lease_moves import Drawn, Spend
from central.rights_tables import CouponState, LeaseState, RedemptionState, coupons, redemptions
from central.upsert import insert_unless_there
from sync.wire import coupon as coupon_token
from sync.wire.coupon import Coupon
from sync.wire.encoding import instant
from sync.wire.errors import WireError
from sync.wire.keys import PublicKey, keyring
from sync.wire.rights import coupon_right


@dataclass(frozen=True)
class Shown:
    """What the payload says about the coupon, not yet believed."""

    coupon: str
    kind: str
    token: str
    order: str
    value_fen: int

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Shown | None:
        value = payload.get("value_fen")
        texts = [payload.get(name) for name in ("coupon", "kind", "token", "order")]
        coupon, kind, token, order = (text if isinstance(text, str) else None for text in texts)
        if not (coupon and kind and token and order and isinstance(value, int)):
            return None
        return cls(coupon, kind, token, order, value)


def genuine(conn: Connection, county: str, shown: Shown) -> Coupon | None:
    """The coupon, if one of the county's issuers signed exactly this one."""
    issuers = records.every(conn, county, "issuer_key")
    keys = [PublicKey.from_jwk(issuer["jwk"]) for issuer in issuers if "coupon" in issuer["scopes"]]
    try:
        found = coupon_token.read(shown.token, keyring(*keys))
    except WireError:
        return None
    same = found.id == shown.coupon == f"{found.kind}/{found.serial}" and found.kind == shown.kind
    return found if same else None


def take(conn: Connection, coupon: Coupon, op: str, state: CouponState) -> bool:
    """From free to `state`; False when it was not free."""
    free = {"id": coupon.id, "kind": coupon.kind, "serial": coupon.serial, "state": CouponState.FREE}
    insert_unless_there(conn, coupons, free)
    here = update(coupons).where(coupons.c.id == coupon.id, coupons.c.state == CouponState.FREE)
    return conn.execute(here.values(state=state, op=op)).rowcount == 1


def leased(conn: Connection, op: Incoming, coupon: Coupon) -> bool:
    """Whether the lease the operation names is this life's and the serial is left in it."""
    lease = lease_moves.find(conn, op.header.lease) if op.header.lease else None
    if lease is None or lease.state == LeaseState.CLOSED or lease.right != coupon_right(coupon.kind):
        return False
    if (lease.terminal, lease.incarnation) != (op.terminal.id, op.terminal.incarnation):
        return False
    if lease.start_seq > op.header.seq or not lease_moves.left_in(lease):
        return False
    return serials.is_block(lease.detail) and serials.can_spend(conn, lease, (coupon.serial,))


def revoked(conn: Connection, op: Incoming) -> bool:
    lease = lease_moves.find(conn, op.header.lease) if op.header.lease else None
    return lease is not None and lease.state == LeaseState.REVOKED


def draw(conn: Connection, op: Incoming, coupon: Coupon) -> Drawn:
    """One piece out of the lease."""
    return lease_moves.spend(conn, Spend.of(op, coupon_right(coupon.kind), 1, (coupon.serial,)))


def write(
    conn: Connection,
    op: Incoming,
    shown: Shown,
    state: RedemptionState,
    *,
    coupon: Coupon | None,
    lease: str | None,
    case: str | None = None,
) -> None:
    conn.execute(
        insert(redemptions).values(
            op=op.header.op,
            coupon=coupon.id if coupon else None,
            kind=shown.kind,
            order_op=shown.order,
            value_fen=shown.value_fen,
            lease=lease,
            state=state,
            case_id=case,
            at=instant(op.received_at),
        )
    )


def hold(conn: Connection, op: Incoming, case: str) -> None:
    """The order failed: the coupon waits with the order's case until the customer has it back."""
    shown = Shown.of(op.payload)
    if shown is None:
        return
    coupon = genuine(conn, op.terminal.county, shown)
    lease = None
    if coupon is not None and not take(conn, coupon, op.header.op, CouponState.HELD):
        coupon = None
    if coupon is not None and leased(conn, op, coupon) and draw(conn, op, coupon).counted:
        lease = op.header.lease
    write(conn, op, shown, RedemptionState.HELD, coupon=coupon, lease=lease, case=case)


def held(conn: Connection, case: str) -> list[str]:
    """Ids of the coupons that the case owes back."""
    here = (
        (redemptions.c.case_id == case)
        & (redemptions.c.state == RedemptionState.HELD)
        & redemptions.c.coupon.is_not(None)
    )
    return list(
        conn.execute(select(redemptions.c.coupon).where(here).order_by(redemptions.c.coupon)).scalars()
    )


def find(conn: Connection, op: str) -> Row[Any] | None:
    return conn.execute(select(redemptions).where(redemptions.c.op == op)).one_or_none()


def of_order(conn: Connection, order: str) -> list[Row[Any]]:
    """Those whose value went into the order and was not given back."""
    here = (redemptions.c.order_op == order) & redemptions.c.state.in_(
        (RedemptionState.SPENT, RedemptionState.LOST)
    )
    return list(conn.execute(select(redemptions).where(here).order_by(redemptions.c.op)))


def release(conn: Connection, row: Row[Any], at: str) -> None:
    """The coupon may be spent again, the lease has its piece back."""
    if row.coupon is not None:
        here = update(coupons).where(coupons.c.id == row.coupon, coupons.c.op == row.op)
        conn.execute(here.values(state=CouponState.FREE, op=None))
    if row.lease is not None:
        lease_moves.unspend(conn, row.lease, 1, row.op, at)
    conn.execute(update(redemptions).where(redemptions.c.op == row.op).values(state=RedemptionState.RELEASED))


def forget_hold(conn: Connection, row: Row[Any], at: str) -> None:
    """As if the redemption had not been looked at: it is about to be judged again."""
    release(conn, row, at)
    conn.execute(delete(redemptions).where(redemptions.c.op == row.op))


def keep_spent(conn: Connection, row: Row[Any]) -> None:
    """The customer keeps the value and the coupon is used up."""
    state = RedemptionState.LOST if row.coupon is None else RedemptionState.SPENT
    if row.coupon is not None:
        conn.execute(update(coupons).where(coupons.c.id == row.coupon).values(state=CouponState.SPENT))
    conn.execute(update(redemptions).where(redemptions.c.op == row.op).values(state=state))
