"""Coupon QR codes for the day: a good one, one that is over, one that somebody forged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from central.demo.day import COUPON_KIND, COUPON_SERIAL, COUPON_SERIAL_EXPIRED, MAIN_POINT
from sync.wire.coupon import Coupon, mint
from sync.wire.encoding import instant
from sync.wire.keys import SigningKey

GOOD_FOR = timedelta(days=30)


@dataclass(frozen=True)
class DayCoupons:
    """QR texts, as a scanner reads them."""

    good: str
    expired: str
    forged: str


def coupon(kind: str, serial: int, exp: datetime, home: str = MAIN_POINT) -> Coupon:
    return Coupon(id=f"{kind}/{serial}", kind=kind, home=home, serial=serial, exp=instant(exp))


def day_coupons(key: SigningKey, now: datetime) -> DayCoupons:
    """`key` is central's for coupons; the forger has his own."""
    until, yesterday = now + GOOD_FOR, now - timedelta(days=1)
    genuine = coupon(COUPON_KIND, COUPON_SERIAL, until)
    return DayCoupons(
        good=mint(key, genuine),
        expired=mint(key, coupon(COUPON_KIND, COUPON_SERIAL_EXPIRED, yesterday)),
        forged=mint(SigningKey.generate(), genuine),
    )
