"""What people did at a stage's terminal before the page under test opens, and central's word on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from central.demo import day
from central.demo.minting import coupon
from kiosk.services import bills, catalogue, mall, rights
from kiosk.services.mall import Order
from kiosk.services.permissions import Session, granted
from kiosk.services.recording import Written
from kiosk.services.rights import Redemption
from sync import cases, outbox
from sync.results import apply_results
from sync.wire.answers import Outcome, Result
from sync.wire.coupon import mint
from sync.wire.encoding import instant
from sync.wire.keys import SigningKey
from sync.wire.operation import new_op_id
from tests.support.pack import ISSUER
from tests.support.stage import TERMINAL, Stage
from tests.support.wanted import payment

NAMES = {day.OPERATOR: ("陈秀英", "operator"), day.STAFF: ("仇建国", "staff")}


def sign_in(stage: Stage, who: str = day.OPERATOR) -> None:
    name, role = NAMES[who]
    session = Session(who, name, (role,), granted((role,)), False, stage.crank.at)
    stage.frame.sign_in(session, None)


def coupon_code(
    stage: Stage, serial: int = day.COUPON_SERIAL, key: SigningKey = ISSUER, days: int = 30, **changes: str
) -> str:
    """What the scanner reads."""
    made = coupon(day.COUPON_KIND, serial, stage.crank.at + timedelta(days=days), **changes)
    return mint(key, made)


async def pay_bill(stage: Stage, account: str = day.ACCOUNT_IN_FILE) -> Written:
    desk, data = stage.frame.desk(), stage.data
    wanted = await data.read_cache(lambda cache: payment(cache, account, desk.reading))
    return await data.run(lambda conn: bills.pay(conn, desk, new_op_id(), wanted))


async def place_order(stage: Stage, good: str = day.GOOD_RUNS_OUT, qty: int = 1) -> Written:
    desk, data = stage.frame.desk(), stage.data
    service = await data.read_cache(lambda cache: catalogue.service(cache, day.MALL_SERVICE))
    basket = await data.read_cache(lambda cache: mall.price(cache, (mall.BasketLine(good, qty),)))
    return await data.run(lambda conn: mall.order(conn, desk, new_op_id(), Order(service, basket)))


async def redeem(stage: Stage) -> Written:
    """The day's coupon on the newest order."""
    desk, data, token = stage.frame.desk(), stage.data, coupon_code(stage)
    service = await data.read_cache(lambda cache: catalogue.service(cache, day.COUPON_SERVICE))
    genuine = await data.read_cache(lambda cache: rights.read(cache, desk, token))
    orders = await data.read(rights.recent_orders)
    [choice, *_] = await data.read_cache(lambda cache: rights.choices(cache, genuine, orders))
    wanted = Redemption(service, genuine, choice)
    return await data.run(lambda conn: rights.redeem(conn, desk, new_op_id(), wanted))


async def answer(stage: Stage, op_id: str, outcome: Outcome, reason: str | None = None, **case: Any) -> None:
    """Central's word, as it comes in by ack; with `case="…", owes=[…]` also a case."""
    at = instant(stage.crank.at)

    def write(conn: Connection) -> None:
        view = outbox.find(conn, op_id)
        assert view is not None
        result = Result(view.seq, op_id, outcome, 1, reason, case.get("case"))
        apply_results(conn, [result], at)
        if case:
            cases.apply_case(conn, _case(view.kind, op_id, reason or "", at) | case)

    await stage.data.run(write)
    await stage.quiet()


def owed_cash(fen: int) -> dict[str, Any]:
    return {"to": "customer", "what": "cash", "fen": fen}


def owed_coupon() -> dict[str, Any]:
    return {"to": "customer", "what": "coupon", "id": f"{day.COUPON_KIND}/{day.COUPON_SERIAL}"}


def _case(kind: str, op_id: str, reason: str, at: str) -> dict[str, Any]:
    return {
        "number": "GA-260308-0017",
        "op": op_id,
        "terminal": TERMINAL,
        "point": day.MAIN_POINT,
        "kind": kind,
        "reason": reason,
        "opened": at,
        "state": "open",
        "rev": 1,
        "owes": [],
        "facts": {},
    }
