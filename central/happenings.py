"""What `yizhan-central partner` can make happen at partners' own desks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from central import partner
from central.posted import PostedFiles


@dataclass(frozen=True)
class Scene:
    """When it happens, and where what partners are told is written."""

    at: datetime
    files: PostedFiles


@dataclass(frozen=True)
class Happening:
    """Something a partner does; `number` names the second argument of those that have one."""

    name: str
    what: str
    work: Callable[[Connection, str, int, Scene], object]
    number: str | None = None


HAPPENINGS = (
    Happening("pay-bill", "a bill is paid elsewhere", lambda c, bill, _, s: partner.pay_bill(c, bill, s.at)),
    Happening(
        "set-stock",
        "so many pieces of a good are left",
        lambda c, good, n, s: partner.set_stock(c, good, n, s.at),
        "pieces",
    ),
    Happening(
        "set-price",
        "a good costs so many fen from now on",
        lambda c, good, n, s: partner.set_price(c, good, n, s.at),
        "fen",
    ),
    Happening("close-biller", "no more payments to it", lambda c, one, _n, _s: partner.close_biller(c, one)),
    Happening(
        "settle",
        "a biller books its payments: a file of them is written",
        lambda c, one, _n, s: partner.settle_biller(c, s.files, one, s.at),
    ),
    Happening("hand-over", "an order was fetched", lambda c, order, _n, _s: partner.hand_over(c, order)),
    Happening("expire-file", "a bill file runs out", lambda c, one, _n, s: partner.expire_file(c, one, s.at)),
)
