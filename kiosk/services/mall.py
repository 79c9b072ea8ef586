"""The mall: a basket priced from the pack, an order for pickup here, goods lying here sold on the spot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Amount, Line, Pair, SlipKind
from kiosk.services import goods, masking, moments, money, pack, recording, words
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.goods import Department, Good, GoodCard, browse, departments, good, search
from kiosk.services.offer import Availability, Here, Service, for_cash
from kiosk.services.offline import Can
from kiosk.services.permissions import Permission
from kiosk.services.recording import Intent, Spend, Written
from kiosk.services.slip_build import Subject
from kiosk.store.tables import basket_lines
from sync import leases, lines
from sync.leases import Advice, Lease
from sync.wire.kinds import Kind
from sync.wire.rights import Sort, sort_of, stock_right, what_of

__all__ = [
    "Allotted", "Basket", "BasketLine", "Buyer", "Department", "Good", "GoodCard", "Order", "PricedLine",
    "Sale", "allotted", "availability", "basket", "browse", "departments", "empty", "good", "order", "price",
    "put", "search", "sell",
]  # fmt: skip

MOST_PIECES = 99
MOST_LINES = 20


@dataclass(frozen=True)
class Allotted:
    """What of a good lies at this point for sale."""

    good: str
    left: int
    advice: Advice


@dataclass(frozen=True)
class BasketLine:
    good: str
    qty: int


@dataclass(frozen=True)
class PricedLine:
    card: GoodCard
    qty: int

    @property
    def fen(self) -> int:
        return self.card.price_fen * self.qty


@dataclass(frozen=True)
class Basket:
    lines: tuple[PricedLine, ...]
    gone: tuple[str, ...]  # ids that the pack no longer has

    @property
    def total_fen(self) -> int:
        return sum(line.fen for line in self.lines)


@dataclass(frozen=True)
class Buyer:
    name: str
    phone: str

    @property
    def shown(self) -> str:
        return f"{masking.name(self.name)} {masking.phone(self.phone)}".strip()


@dataclass(frozen=True)
class Order:
    """What the confirm page shows: lines, prices and total as the customer agreed to them."""

    service: Service
    basket: Basket
    buyer: Buyer | None = None


@dataclass(frozen=True)
class Sale:
    service: Service
    card: GoodCard
    qty: int

    @property
    def fen(self) -> int:
        return self.card.price_fen * self.qty


def availability(here: Here, of: Service) -> Availability:
    """Prices of an expired pack are promised to nobody."""
    fresh = here.board.freshness
    if fresh is not None and fresh.expired:
        reason = Refused(Why.CATALOGUE_EXPIRED, at=moments.show(fresh.expires_at))
        return Availability(Can.NOT_NOW, of.offline, fresh, reason, needs_operator=True)
    return for_cash(here, of, Can.NOW_RECORDED, fresh)


def allotted(conn: Connection, desk: Desk) -> Mapping[str, Allotted]:
    """By good; what may not be sold now is left out."""
    found: dict[str, Allotted] = {}
    for lease in leases.all_leases(conn):
        stands = desk.standing(lease)
        if sort_of(lease.right) is Sort.STOCK and stands.advice is not Advice.STOP:
            name = what_of(lease.right)
            before = found.get(name)
            found[name] = Allotted(name, lease.left + (before.left if before else 0), stands.advice)
    return MappingProxyType(found)


def put(conn: Connection, now: datetime, good_id: str, qty: int) -> None:
    """Sets how many of a good are in the basket; none takes it out."""
    if qty == 0:
        lines.remove(conn, basket_lines, good=good_id)
        return
    _check_quantity(qty)
    held = {line.good: line for line in basket(conn)}
    if good_id not in held and len(held) >= MOST_LINES:
        raise Refused(Why.BASKET_FULL, limit=str(MOST_LINES))
    row: dict[str, Any] = {"good": good_id, "qty": qty}
    if good_id not in held:
        row["added_at"] = moments.wire(now)
    lines.put(conn, basket_lines, row)


def basket(conn: Connection) -> tuple[BasketLine, ...]:
    query = select(basket_lines.c.good, basket_lines.c.qty)
    found = conn.execute(query.order_by(basket_lines.c.added_at, basket_lines.c.good))
    return tuple(BasketLine(row.good, row.qty) for row in found)


def price(cache: Connection, held: tuple[BasketLine, ...]) -> Basket:
    known = {card.id: card for card in goods.cards(cache, tuple(line.good for line in held))}
    priced = tuple(PricedLine(known[line.good], line.qty) for line in held if line.good in known)
    return Basket(priced, tuple(line.good for line in held if line.good not in known))


def empty(conn: Connection) -> None:
    for line in basket(conn):
        lines.remove(conn, basket_lines, good=line.good)


def order(conn: Connection, desk: Desk, op_id: str, wanted: Order) -> Written:
    payload = _order_payload(desk, wanted)
    done = recording.before(conn, op_id, Kind.ORDER_PLACE, payload)
    if done is not None:
        return done
    desk.require(Permission.TAKE_CASH)
    _check_order(conn, desk, wanted)
    named, total = order_title(payload["lines"]), wanted.basket.total_fen
    lasting = _order_facts(desk, replace(wanted, buyer=None))
    intent = Intent(
        op_id=op_id,
        kind=Kind.ORDER_PLACE,
        payload=payload,
        asked=wanted.service.approval,
        slip=SlipKind.RECORD_OF_REQUEST,
        subject=Subject(
            Text(f"订货：{named.zh}", f"Order: {named.en}"), _order_facts(desk, wanted), total, lasting
        ),
    )
    written = recording.write(conn, desk, intent)
    empty(conn)
    return written


def sell(conn: Connection, desk: Desk, op_id: str, wanted: Sale) -> Written:
    """Done on the spot: the pieces are this terminal's to sell."""
    card = wanted.card
    payload = _line(card, wanted.qty) | {"service": wanted.service.id, "total_fen": wanted.fen}
    done = recording.before(conn, op_id, Kind.GOODS_SELL, payload)
    if done is not None:
        return done
    desk.require(Permission.SELL)
    _check_quantity(wanted.qty)
    money.positive(wanted.fen)
    facts = (
        *_good_facts(card, wanted.qty),
        Amount(Text("实收现金", "Cash received"), wanted.fen),
    )
    intent = Intent(
        op_id=op_id,
        kind=Kind.GOODS_SELL,
        payload=payload,
        asked=wanted.service.approval,
        slip=SlipKind.DONE,
        subject=Subject(same(card.title), facts, wanted.fen),
        spend=Spend(_stock(conn, desk, card.id, wanted.qty).id, wanted.qty),
    )
    return recording.write(conn, desk, intent)


def _stock(conn: Connection, desk: Desk, good_id: str, qty: int) -> Lease:
    held = leases.for_right(conn, stock_right(good_id))
    if sum(lease.left for lease in held) <= 0:
        raise Refused(Why.STOCK_NONE)
    free = [lease for lease in held if desk.standing(lease).advice is not Advice.STOP]
    if not free:
        raise Refused(Why.STOCK_STOPPED)
    roomy = [lease for lease in free if lease.room >= qty]
    if not roomy:
        raise Refused(Why.STOCK_LESS, left=str(max(lease.room for lease in free)))
    return roomy[0]


def _check_order(conn: Connection, desk: Desk, wanted: Order) -> None:
    if wanted.basket.gone:
        raise Refused(Why.BASKET_GONE)
    if not wanted.basket.lines:
        raise Refused(Why.BASKET_EMPTY)
    for line in wanted.basket.lines:
        _check_quantity(line.qty)
        money.positive(line.fen)
    fresh = pack.freshness(conn, desk.reading)
    if fresh is None:
        raise Refused(Why.NO_CATALOGUE)
    if fresh.expired:
        raise Refused(Why.CATALOGUE_EXPIRED, at=moments.show(fresh.expires_at))
    buyer = wanted.buyer
    if buyer is not None and not (buyer.name.strip() and buyer.phone.strip()):
        raise Refused(Why.BUYER)


def _check_quantity(qty: int) -> None:
    if not 1 <= qty <= MOST_PIECES:
        raise Refused(Why.QUANTITY, limit=str(MOST_PIECES))


def _order_payload(desk: Desk, wanted: Order) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "service": wanted.service.id,
        "lines": [_line(line.card, line.qty) for line in wanted.basket.lines],
        "total_fen": wanted.basket.total_fen,
        "pickup": desk.place.point,
    }
    if wanted.buyer is not None:
        payload["buyer"] = {"name": wanted.buyer.name.strip(), "phone": wanted.buyer.phone.strip()}
    return payload


def _line(card: GoodCard, qty: int) -> dict[str, Any]:
    return {
        "good": card.id, "title": card.title, "spec": card.spec, "qty": qty, "price_fen": card.price_fen
    }  # fmt: skip


def order_title(lines: list[dict[str, Any]]) -> Text:
    first = f"{lines[0]['title']} × {lines[0]['qty']}"
    rest = len(lines) - 1
    return Text(f"{first} 等 {rest + 1} 种", f"{first} and {rest} more") if rest else same(first)


def _order_facts(desk: Desk, wanted: Order) -> tuple[Line, ...]:
    facts: list[Line] = []
    for line in wanted.basket.lines:
        facts += _good_facts(line.card, line.qty)
    facts.append(Pair(Text("取货点", "Collect at"), desk.place.name))
    if wanted.buyer is not None:
        facts.append(Pair(Text("收货人", "For"), same(wanted.buyer.shown)))
    facts.append(Amount(Text("实收现金", "Cash received"), wanted.basket.total_fen))
    return tuple(facts)


def _good_facts(card: GoodCard, qty: int) -> tuple[Line, ...]:
    name = f"{card.title} {card.spec}".strip()
    many, price = words.counted(qty, card.unit), money.show(card.price_fen)
    return (Pair(same(name), Text(f"{price} × {many.zh}", f"{price} × {many.en}")),)
