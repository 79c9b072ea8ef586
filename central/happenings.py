"""What `yizhan-central partner` can make happen at partners' own desks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from central import partner


@dataclass(frozen=True)
class Happening:
    """Something a partner does; `number` names the second argument of those that have one."""

    name: str
    what: str
    work: Callable[[Connection, str, int, datetime], object]
    number: str | None = None


HAPPENINGS = (
    Happening("pay-bill", "a bill is paid elsewhere", lambda c, bill, _, at: partner.pay_bill(c, bill, at)),
    Happening("set-stock", "so many pieces of a good are left", partner.set_stock, "pieces"),
    Happening("set-price", "a good costs so many fen from now on", partner.set_price, "fen"),
    Happening("close-biller", "no more payments to it", lambda c, one, _n, _at: partner.close_biller(c, one)),
    Happening("settle", "a biller books its payments", lambda c, one, _n, _at: partner.settle_biller(c, one)),
    Happening("hand-over", "an order was fetched", lambda c, order, _n, _at: partner.hand_over(c, order)),
    Happening("expire-file", "a bill file runs out", lambda c, one, _n, at: partner.expire_file(c, one, at)),
)
