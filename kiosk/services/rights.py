"""Rights: a genuine coupon is matched with an order and redeemed out of the coupon lease."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Amount, Line, Note, Pair, SlipKind
from kiosk.services import mall, moments, money, pack, recording, slips
from kiosk.services.coupons import CouponKind, Genuine, check_dates, read
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.offer import Availability, Here, Left, Service, good_until
from kiosk.services.offline import Can
from kiosk.services.permissions import Permission
from kiosk.services.recording import Intent, Mark, Spend, Written
from kiosk.services.slip_build import Subject
from kiosk.store import tables
from sync import documents, leases, outbox
from sync.documents import Revoked
from sync.leases import Advice, Lease
from sync.outbox import OperationView, State
from sync.wire.kinds import Kind
from sync.wire.rights import Sort, coupon_right

if TYPE_CHECKING:
    from sync.wire.coupon import Coupon

__all__ = [
    "CouponKind", "Genuine", "OrderChoice", "OrderLine", "RecentOrder", "Redemption",
    "availability", "check", "choices", "read", "recent_orders", "redeem",
]  # fmt: skip

MARK = "coupon"
RECENT_ORDERS = 30


@dataclass(frozen=True)
class OrderLine:
    good: str
    title: str
    fen: int


@dataclass(frozen=True)
class RecentOrder:
    op_id: str
    number: str
    at: datetime
    title: Text
    total_fen: int
    lines: tuple[OrderLine, ...]
    state: State
    has_coupon: bool


@dataclass(frozen=True)
class OrderChoice:
    order: RecentOrder
    covered_fen: int
    refused: Refused | None


def availability(here: Here, of: Service) -> Availability:
    on = here.board
    held = on.of(Sort.COUPON)
    left = sum(one.lease.left for one in held if one.standing.advice is not Advice.STOP)
    if not held or left == 0:
        why = Why.COUPON_STOPPED if held else Why.NOTHING_ALLOTTED
        return Availability(Can.NOT_NOW, of.offline, on.freshness, Refused(why), needs_operator=True)
    low = any(one.standing.advice is Advice.PREFER_ONLINE for one in held)
    stock = Left(left, "piece", Advice.PREFER_ONLINE if low else Advice.FREE, good_until(held), Sort.COUPON)
    return Availability(Can.NOW, of.offline, on.freshness, left=stock, needs_operator=True)


def check(conn: Connection, desk: Desk, genuine: Genuine) -> None:
    """What this terminal's ledger says of it. Raises Refused."""
    coupon = genuine.coupon
    check_dates(coupon, genuine.kind, desk.reading)
    if documents.revocation(conn, Revoked.COUPON, coupon.id) is not None:
        raise Refused(Why.COUPON_REVOKED)
    used = _used(conn, coupon.id)
    if used is not None:
        slip = slips.first(conn, used.op_id)
        number = slip.number if slip else ""
        raise Refused(Why.COUPON_REDEEMED_HERE, at=moments.show(moments.parse(used.at)), number=number)
    _lease(conn, desk, coupon)


def recent_orders(conn: Connection) -> tuple[RecentOrder, ...]:
    """Newest first, those that were refused left out."""
    found = outbox.recent(conn, kinds=(Kind.ORDER_PLACE.value,), limit=RECENT_ORDERS)
    return tuple(
        _order(conn, view)
        for view in found
        if view.state is not State.REJECTED and view.payload and not recording.undone(conn, view.op_id)
    )


def choices(cache: Connection, genuine: Genuine, orders: tuple[RecentOrder, ...]) -> tuple[OrderChoice, ...]:
    """Each order with what of it the coupon covers, and why not if it cannot be used; usable ones first."""
    goods = {line.good for order in orders for line in order.lines}
    departments = {k: raw["department"] for k, raw in pack.by_ids(cache, tables.goods, tuple(goods)).items()}
    found = [_choice(genuine.kind, departments, order) for order in orders]
    return tuple(sorted(found, key=lambda choice: choice.refused is not None))


@dataclass(frozen=True)
class Redemption:
    service: Service
    genuine: Genuine
    choice: OrderChoice


def redeem(conn: Connection, desk: Desk, op_id: str, wanted: Redemption) -> Written:
    """Pays the coupon's value out of the till; done on the spot only if its order is."""
    payload = _payload(wanted)
    done = recording.before(conn, op_id, Kind.RIGHT_REDEEM, payload)
    if done is not None:
        return done
    desk.require(Permission.REDEEM)
    check(conn, desk, wanted.genuine)
    order = _check_order(conn, wanted.choice)
    coupon = wanted.genuine.coupon
    final = order.state is State.ACCEPTED
    intent = Intent(
        op_id=op_id,
        kind=Kind.RIGHT_REDEEM,
        payload=payload,
        asked=wanted.service.approval,
        slip=SlipKind.DONE if final else SlipKind.RECORD_OF_REQUEST,
        subject=Subject(
            wanted.genuine.kind.title, _facts(wanted, final=final), -wanted.genuine.kind.face_fen
        ),
        spend=Spend(_lease(conn, desk, coupon).id, 1, coupon.id),
        depends_on=order.op_id,
        mark=Mark(MARK, coupon.id),
    )
    return recording.write(conn, desk, intent)


def _check_order(conn: Connection, choice: OrderChoice) -> OperationView:
    """The choice may be minutes old: what the ledger can tell is asked again."""
    if choice.refused is not None:
        raise choice.refused
    view = outbox.find(conn, choice.order.op_id)
    if view is None or view.kind != Kind.ORDER_PLACE:
        raise Refused(Why.ORDER_UNKNOWN)
    if view.state is State.REJECTED:
        raise Refused(Why.ORDER_REFUSED)
    if recording.undone(conn, view.op_id):
        raise Refused(Why.TARGET_REVERSED)
    if _redeemed_on(conn, view.op_id):
        raise Refused(Why.ORDER_HAS_COUPON)
    return view


def _choice(kind: CouponKind, departments: Mapping[str, str], order: RecentOrder) -> OrderChoice:
    covered = sum(
        line.fen
        for line in order.lines
        if kind.for_all or line.good in kind.goods or departments.get(line.good) in kind.departments
    )
    refused = None
    if order.has_coupon:
        refused = Refused(Why.ORDER_HAS_COUPON)
    elif covered == 0:
        refused = Refused(Why.ORDER_NOT_COVERED)
    elif covered < kind.min_spend_fen:
        least, is_now = money.show(kind.min_spend_fen), money.show(covered)
        refused = Refused(Why.ORDER_BELOW, least=least, covered=is_now)
    elif order.total_fen < kind.face_fen:  # nobody is paid for ordering
        least, is_now = money.show(kind.face_fen), money.show(order.total_fen)
        refused = Refused(Why.ORDER_BELOW, least=least, covered=is_now)
    return OrderChoice(order, covered, refused)


def _order(conn: Connection, view: OperationView) -> RecentOrder:
    slip = slips.first(conn, view.op_id)
    raw = view.payload["lines"]
    lines = tuple(OrderLine(one["good"], one["title"], one["qty"] * one["price_fen"]) for one in raw)
    return RecentOrder(
        op_id=view.op_id,
        number=slip.number if slip else "",
        at=moments.parse(view.at),
        title=mall.order_title(raw),
        total_fen=view.payload["total_fen"],
        lines=lines,
        state=view.state,
        has_coupon=_redeemed_on(conn, view.op_id),
    )


def _redeemed_on(conn: Connection, order: str) -> bool:
    found = outbox.dependents(conn, order)
    return any(one.kind == Kind.RIGHT_REDEEM and one.state is not State.REJECTED for one in found)


def _used(conn: Connection, coupon: str) -> OperationView | None:
    """The redemption that holds the coupon; a finally refused one has let it go."""
    for op_id in reversed(recording.marked(conn, Mark(MARK, coupon))):
        view = outbox.find(conn, op_id)
        if view is not None and view.state is not State.REJECTED:
            return view
    return None


def _lease(conn: Connection, desk: Desk, coupon: Coupon) -> Lease:
    held = [
        lease
        for lease in leases.for_right(conn, coupon_right(coupon.kind))
        if coupon.serial in leases.left_of(conn, lease)
    ]
    if not held:
        raise Refused(Why.COUPON_NOT_IN_LEASE)
    if desk.standing(held[0]).advice is Advice.STOP:
        raise Refused(Why.COUPON_STOPPED)
    return held[0]


def _payload(wanted: Redemption) -> dict[str, Any]:
    genuine = wanted.genuine
    return {
        "service": wanted.service.id,
        "coupon": genuine.coupon.id,
        "kind": genuine.kind.id,
        "token": genuine.token,
        "order": wanted.choice.order.op_id,
        "value_fen": genuine.kind.face_fen,
    }


def _facts(wanted: Redemption, *, final: bool) -> tuple[Line, ...]:
    order, kind = wanted.choice.order, wanted.genuine.kind
    lines: list[Line] = [
        Pair(Text("券号", "Coupon"), same(wanted.genuine.coupon.id)),
        Pair(Text("用于订单", "Used on order"), same(order.number)),
        Pair(Text("订单内容", "Order"), order.title),
        Amount(Text("已付给顾客", "Paid to the customer"), kind.face_fen),
    ]
    if not final:
        zh = "订单确认后此券即用成；订单未成时，券退还，现金随订单一并结清。"
        en = (
            "Final once the order is confirmed; if it fails the coupon is returned, the cash settled with it."
        )
        lines.append(Note(Text(zh, en)))
    return tuple(lines)
