"""A coupon: its signature checked by the keys of the pack, its dates by trusted time, its home as signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.bilingual import Text, from_pack, same
from kiosk.services import issuers, moments, pack
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.store import tables
from sync.clock import Reading
from sync.windows import Sure, passed
from sync.wire.errors import BadSignature, WireError

if TYPE_CHECKING:  # what reads signatures comes with it: no start waits for it
    from sync.wire.coupon import Coupon

SCOPE = "coupon"


@dataclass(frozen=True)
class CouponKind:
    id: str
    title: Text
    face_fen: int
    min_spend_fen: int
    departments: frozenset[str]
    goods: frozenset[str]
    from_: datetime
    to: datetime

    @property
    def for_all(self) -> bool:
        return not self.departments and not self.goods


@dataclass(frozen=True)
class Genuine:
    """A coupon whose signature, dates and home are right; whether it was used, the ledger knows."""

    coupon: Coupon
    kind: CouponKind
    token: str


def read(cache: Connection, desk: Desk, token: str) -> Genuine:
    """Raises Refused with what is wrong: unreadable, forged, unknown kind, expired, at home elsewhere."""
    from sync.wire import coupon as wire_coupon

    try:
        coupon = wire_coupon.read(token, issuers.keys(cache, SCOPE))
    except BadSignature as error:
        raise Refused(Why.COUPON_FORGED) from error
    except WireError as error:
        raise Refused(Why.COUPON_UNREADABLE) from error
    raw = pack.record(cache, tables.coupon_kinds, coupon.kind)
    if raw is None:
        raise Refused(Why.COUPON_KIND_UNKNOWN)
    kind = _kind(raw)
    check_dates(coupon, kind, desk.reading)
    if coupon.home != desk.place.point:
        home = pack.record(cache, tables.points, coupon.home)
        name = from_pack(home["name"]) if home else same(coupon.home)
        raise Refused(Why.COUPON_NOT_HOME, home=name)
    return Genuine(coupon, kind, token.strip())


def check_dates(coupon: Coupon, kind: CouponKind, reading: Reading) -> None:
    """Refused where the date is surely wrong; a clock in doubt stops nobody, central looks again."""
    expires = min(moments.parse(coupon.exp), kind.to)
    if passed(expires, reading) is Sure.YES:
        raise Refused(Why.COUPON_EXPIRED, at=moments.show(expires))
    if passed(kind.from_, reading) is Sure.NO:
        raise Refused(Why.COUPON_NOT_YET, at=moments.show(kind.from_))


def _kind(raw: pack.Record) -> CouponKind:
    scope = raw["scope"]
    return CouponKind(
        id=raw["id"],
        title=from_pack(raw["title"]),
        face_fen=raw["face_fen"],
        min_spend_fen=raw["min_spend_fen"],
        departments=frozenset(scope.get("departments", ())),
        goods=frozenset(scope.get("goods", ())),
        from_=moments.parse(raw["from"]),
        to=moments.parse(raw["to"]),
    )
