"""What central could not decide is judged again, with everything that waited for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel
from sqlalchemy import Connection

from central import ledger, reviews
from central.errors import SetupError
from central.handlers.base import Handler, Incoming, Verdict
from central.handlers.orders import OrderPlace, Orders
from sync.wire.answers import Outcome
from sync.wire.keys import SigningKey
from sync.wire.rights import coupon_right
from tests.central.conftest import START
from tests.central.world import KIND, World
from tests.support.handlers import HANDLERS


class Failing:
    """Orders, on a bad day."""

    kind: ClassVar[str] = "order.place"
    payload_model: ClassVar[type[BaseModel]] = OrderPlace
    alone: ClassVar[bool] = False

    def apply(self, conn: Connection, op: Incoming, payload: Any) -> Verdict:
        Orders().apply(conn, op, payload)
        raise LookupError("a bad day")


@pytest.fixture
def handlers() -> Mapping[str, Handler]:
    return {**HANDLERS, "order.place": Failing()}


def _order(world: World, good: str = "rice", qty: int = 2, fen: int = 3000) -> Any:
    result = world.a.push("order.place", world.a.order((good, qty, fen)))
    assert (result.outcome, result.reason) == (Outcome.REVIEW, "central-failure")
    return result


def test_a_mended_central_accepts_the_order_and_its_coupon(world: World) -> None:
    order = _order(world)
    redeemed = world.a.redeemed(order.op, world.a.serial)
    assert (redeemed.reason, redeemed.case) == ("parent-review", order.case)
    owes = world.case(order.case)["owes"]
    assert owes[0] == {"to": "customer", "what": "cash", "fen": 5000}
    world.check()
    world.do(lambda conn: reviews.retry(conn, HANDLERS, str(order.case), START))
    assert world.outcome(order.op) == world.outcome(redeemed.op) == ("accepted", None, 2)
    assert world.case(order.case)["state"] == "closed"
    assert world.books() == {
        ledger.campaign(KIND): 1000,
        ledger.partner("p-farm"): -6000,
        ledger.till("P-1"): 5000,
    }
    assert world.lease(world.a.driver.lease(coupon_right(KIND))).spent == 1
    told = [item["outcome"] for item in world.a.driver.all_changes() if item["t"] == "outcome"]
    assert told == ["accepted", "accepted"]
    world.check()


def test_a_refusal_after_all_leaves_the_case_to_be_paid_back(world: World) -> None:
    order = _order(world, "oil", 4, 8900)
    redeemed = world.a.redeemed(order.op, world.a.serial)
    world.do(lambda conn: reviews.retry(conn, HANDLERS, str(order.case), START))
    assert world.outcome(order.op) == ("rejected", "sold-out", 2)
    assert world.outcome(redeemed.op) == ("review", "parent-rejected", 2)
    coupon = f"{KIND}/{world.a.serial}"
    back = world.a.push("case.close", world.a.close(str(order.case), -34_600, (coupon,)))
    assert back.outcome is Outcome.ACCEPTED
    assert world.outcome(redeemed.op) == ("rejected", "parent-rejected", 3)
    assert world.books() == {}
    world.check()


def test_a_coupon_that_turns_out_to_be_forged_is_centrals_loss(world: World) -> None:
    order = _order(world)
    forged = world.a.token(world.a.serial, key=SigningKey.generate())
    redeemed = world.a.redeemed(order.op, world.a.serial, token=forged)
    world.do(lambda conn: reviews.retry(conn, HANDLERS, str(order.case), START))
    assert world.outcome(order.op)[0] == "accepted"
    assert world.outcome(redeemed.op) == ("review", "lease-breach", 2)
    assert world.balance(ledger.LOSS) == 1000
    assert world.balance(ledger.customer_due(str(order.case))) == 0
    world.do(lambda conn: reviews.give_up(conn, str(order.case), START))
    assert world.outcome(redeemed.op) == ("accepted", None, 3)
    world.check()


def test_a_bad_day_that_lasts_changes_nothing(world: World) -> None:
    future = world.a.push("bill.pay", world.a.bill(1), sv=2)
    before = world.case(future.case)
    world.do(lambda conn: reviews.retry(conn, HANDLERS, str(future.case), START))
    assert world.outcome(future.op) == ("review", "unknown-schema", 1)
    assert world.case(future.case)["owes"] == before["owes"]
    world.check()


def test_a_coupon_nobody_could_read_leaves_no_cash_behind(world: World) -> None:
    redeemed = world.a.push("right.redeem", world.a.redeem("no-order", world.a.serial), sv=2)
    assert redeemed.reason == "unknown-schema"
    assert world.case(redeemed.case)["owes"] == []  # the loss would be central's
    world.do(lambda conn: reviews.give_up(conn, str(redeemed.case), START))
    assert world.outcome(redeemed.op) == ("rejected", "unknown-schema", 2)
    assert world.books() == {ledger.LOSS: 1000, ledger.till("P-1"): -1000}
    with pytest.raises(SetupError):
        world.do(lambda conn: reviews.give_up(conn, str(redeemed.case), START))


def test_what_is_owed_is_not_given_up(world: World) -> None:
    future = world.a.push("bill.pay", world.a.bill(1), sv=2)
    with pytest.raises(SetupError):
        world.do(lambda conn: reviews.give_up(conn, str(future.case), START))
    assert world.case(future.case)["state"] == "open"
