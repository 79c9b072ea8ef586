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
    Happening(
        "pay-bill",
        "账单在别处缴了 / a bill is paid elsewhere",
        lambda c, bill, _, s: partner.pay_bill(c, bill, s.at),
    ),
    Happening(
        "set-stock",
        "商品还剩几件 / so many pieces of a good are left",
        lambda c, good, n, s: partner.set_stock(c, good, n, s.at),
        "pieces",
    ),
    Happening(
        "set-price",
        "商品改价，单位分 / a good costs so many fen from now on",
        lambda c, good, n, s: partner.set_price(c, good, n, s.at),
        "fen",
    ),
    Happening(
        "close-biller",
        "停止代收 / no more payments to a biller",
        lambda c, one, _n, _s: partner.close_biller(c, one),
    ),
    Happening(
        "settle",
        "收费方入账，写出对账文件 / a biller books its payments: a file of them is written",
        lambda c, one, _n, s: partner.settle_biller(c, s.files, one, s.at),
    ),
    Happening(
        "hand-over", "订单已取货 / an order was fetched", lambda c, order, _n, _s: partner.hand_over(c, order)
    ),
    Happening(
        "expire-file",
        "账单文件过期 / a bill file runs out",
        lambda c, one, _n, s: partner.expire_file(c, one, s.at),
    ),
)
