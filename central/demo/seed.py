"""Plants the demo county: its records for the pack, and what central itself must know to judge by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert

from central import members, operators, packs, pools, terminals
from central.business_tables import BillState, accounts, billers, bills, good_prices, goods
from central.config import Ground
from central.demo import billing, county, directory
from central.demo import goods as mall
from central.demo.coupons import coupon_blocks
from central.demo.day import MAIN_POINT
from central.demo.people import PEOPLE, Person, seats
from central.demo.pictures import pictures
from central.operators import Operator
from central.pools import Allotment, Limits, Unit
from sync.wire.answers import Profile
from sync.wire.encoding import instant
from sync.wire.keys import PublicKey
from sync.wire.rights import coupon_right, float_right, stock_right

COUNTY, COUNTY_NAME = county.COUNTY, "广安区"
SETTINGS = {"case_prefix": "GA"}
FLOAT_LIMITS = Limits(soft_percent=70, max_age_days=7, low_percent=20)
SPARE_FLOATS = 10  # how often a point's float can be granted before someone must fetch the cash
DELIVERIES = 3  # how much more than lies there now may ever lie at the point
_ROWS = 500


def plant(conn: Connection, ground: Ground) -> str:
    """Everything but the pack itself, which is built afterwards; returns the county's id."""
    terminals.add_county(conn, COUNTY, COUNTY_NAME, SETTINGS)
    _plant_points(conn)
    packs.put_records(conn, COUNTY, (*county.records(ground.now), _coupon_issuer(ground.coupon_key.public)))
    members.trust(conn, COUNTY, ground.member_key.public)
    _plant_billing(conn, ground)
    _plant_goods(conn, ground)
    _plant_coupons(conn, ground)
    for person in PEOPLE:
        operators.put(conn, COUNTY, _operator(person), ground.now)
    for picture in pictures().values():
        ground.assets.put(picture)
    return COUNTY


def _coupon_issuer(key: PublicKey) -> dict[str, Any]:
    return {"t": "issuer_key", "id": key.kid, "jwk": key.jwk(), "scopes": ["coupon"]}


def _plant_points(conn: Connection) -> None:
    """Each point with its profile, and the cash its drawer may come to hold."""
    records = {record["id"]: record for record in directory.points()}
    for seat in seats():
        terminals.add_points(conn, COUNTY, [records[seat.point]], [Profile(seat.profile)])
        if seat.float_fen:
            right, most = float_right(seat.point), seat.float_fen * SPARE_FLOATS
            pools.create(conn, right, Unit.FEN, most, FLOAT_LIMITS)
            pools.allot(conn, Allotment(right, seat.point, first=seat.float_fen, ceiling=most))


def _plant_billing(conn: Connection, ground: Ground) -> None:
    kept = ("id", "exactness", "min_fen", "max_fen", "step_fen", "stated")
    _insert(conn, billers, ({**{k: row[k] for k in kept}, "is_open": True} for row in billing.billers()))
    known = {(one.biller, one.account) for one in billing.accounts()}
    _insert(conn, accounts, ({"biller": biller, "account": account} for biller, account in sorted(known)))
    _insert(conn, bills, (_bill(bill) for bill in billing.bills(ground.now)))


def _bill(bill: billing.Bill) -> dict[str, Any]:
    kept = ("id", "file", "biller", "account", "period", "amount_fen")
    return {**{name: getattr(bill, name) for name in kept}, "state": BillState.UNPAID}


def _plant_goods(conn: Connection, ground: Ground) -> None:
    since = instant(ground.now)
    records = list(mall.goods())
    _insert(conn, goods, ({"id": good["id"], "supplier": good["supplier"]} for good in records))
    priced = ({"good": good["id"], "since": since, "price_fen": good["price_fen"]} for good in records)
    _insert(conn, good_prices, priced)
    for stock in mall.stocked():
        right = stock_right(stock.good)
        pools.create(conn, right, Unit.PIECE, stock.pieces + stock.at_main_point)
        if stock.at_main_point:
            ceiling = stock.at_main_point * DELIVERIES
            pools.allot(conn, Allotment(right, MAIN_POINT, stock.at_main_point, ceiling))


def _plant_coupons(conn: Connection, ground: Ground) -> None:
    """The blocks homed at the main point; a kind that is over is not leased any more."""
    over = {kind["id"] for kind in directory.coupon_kinds(ground.now) if kind["to"] < instant(ground.now)}
    for block in coupon_blocks():
        right = coupon_right(block.kind)
        pools.create(conn, right, Unit.PIECE, block.count)
        if block.kind not in over:
            allotment = Allotment(
                right, MAIN_POINT, block.count, block.count, next_serial=block.first, last_serial=block.last
            )
            pools.allot(conn, allotment)


def _operator(person: Person) -> Operator:
    return Operator(
        id=person.id,
        name=person.name,
        roles=(person.role.value,),
        verifier=operators.make_verifier(person.first_pin),
        must_change=True,
        point=person.points[0] if len(person.points) == 1 else None,
    )


def _insert(conn: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    every: Sequence[dict[str, Any]] = list(rows)
    for start in range(0, len(every), _ROWS):
        conn.execute(insert(table), every[start : start + _ROWS])
