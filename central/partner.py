"""What happens at partners' own desks while a terminal is offline: the world that central keeps up with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from central import epoch, packs, pools, postings, prices, records
from central.business_tables import (
    BillState,
    OrderState,
    PaymentState,
    billers,
    bills,
    goods,
    orders,
    payments,
)
from central.errors import SetupError
from central.posted import PostedFiles
from central.redemptions import take
from central.rights_tables import CouponState
from sync.wire.coupon import Coupon
from sync.wire.encoding import instant
from sync.wire.rights import stock_right


def pay_bill(conn: Connection, bill: str, at: datetime) -> None:
    """Somebody pays the bill at another counter."""
    unpaid = update(bills).where(bills.c.id == bill, bills.c.state == BillState.UNPAID)
    if conn.execute(unpaid.values(state=BillState.PAID_ELSEWHERE, paid_at=instant(at))).rowcount != 1:
        raise SetupError(f"没有这张未缴账单：{bill} · no unpaid bill of this id")


def set_stock(conn: Connection, good: str, pieces: int, _at: datetime) -> None:
    """A stock-taking: `pieces` can be ordered or leased from now on; the next pack says so."""
    right = stock_right(good)
    if pieces < 0 or pools.find(conn, right) is None:
        raise SetupError(f"没有这种库存：{good} · no such stock")
    pools.recount(conn, right, pieces)
    records.change(conn, "good", good, {"stock": pieces})


def set_price(conn: Connection, good: str, fen: int, at: datetime) -> None:
    supplier = conn.execute(select(goods.c.supplier).where(goods.c.id == good)).scalar_one_or_none()
    if supplier is None or fen <= 0:
        raise SetupError(f"没有这种商品：{good} · no such good")
    prices.publish(conn, good, supplier, fen, instant(at))
    records.change(conn, "good", good, {"price_fen": fen})


def close_biller(conn: Connection, biller: str) -> None:
    """The biller takes no payments any more."""
    if conn.execute(update(billers).where(billers.c.id == biller).values(is_open=False)).rowcount != 1:
        raise SetupError(f"没有这个收费单位：{biller} · no such biller")


def settle_biller(conn: Connection, files: PostedFiles, biller: str, at: datetime) -> int:
    """The biller books what was posted so far; from then on it can no longer be reversed.

    What a file from before a loss says already is booked and not said again. Not while a part of the past
    is outstanding. How many payments the new file has.
    """
    if epoch.is_reconciling(conn):
        raise SetupError("中心正在恢复核对，暂不入账 · central is reconciling: nothing is posted")
    last = postings.catch_up(conn, files, biller)
    postings.settle_told(conn, biller)
    posted = (payments.c.biller == biller) & (payments.c.state == PaymentState.POSTED)
    fresh = list(conn.execute(select(payments).where(posted).order_by(payments.c.op).with_for_update()))
    if fresh:
        files.post(biller, last + 1, [_line(row) for row in fresh], at)
        postings.mark(conn, biller, last + 1)
        postings.settle(conn, payments.c.biller == biller)
    return len(fresh)


def _line(row: Row[Any]) -> Mapping[str, Any]:
    return {"op": row.op, "account": row.account, "bill": row.bill, "amount_fen": row.amount_fen}


def hand_over(conn: Connection, order: str) -> None:
    """The customer has fetched the goods."""
    placed = (orders.c.op == order) & (orders.c.state == OrderState.PLACED)
    if conn.execute(update(orders).where(placed).values(state=OrderState.HANDED_OVER)).rowcount != 1:
        raise SetupError(f"没有这张待取订单：{order} · no order is waiting under this id")


def redeem_elsewhere(conn: Connection, coupon: Coupon) -> None:
    if not take(conn, coupon, "elsewhere", CouponState.ELSEWHERE):
        raise SetupError(f"这张券不能再用：{coupon.id} · this coupon was used before")


def publish(conn: Connection, county: str, fresh: Iterable[Mapping[str, Any]], at: datetime) -> None:
    """New shapes of records for the county's next pack; a good's price counts from now."""
    kept = [dict(record) for record in fresh]
    packs.put_records(conn, county, kept)
    known = prices.goods_of(conn, [record["id"] for record in kept if record["t"] == "good"])
    for record in kept:
        if record["t"] != "good":
            continue
        good = known.get(record["id"])
        if good is None or good.prices[-1].fen != record["price_fen"]:
            prices.publish(conn, record["id"], record["supplier"], record["price_fen"], instant(at))


def expire_file(conn: Connection, file: str, at: datetime) -> None:
    """A bill file is published that is good for nothing any more."""
    if not records.change(conn, "bill_file", file, {"expires_at": instant(at)}):
        raise SetupError(f"没有这个账单文件：{file} · no such bill file")
