"""`right.redeem`: a coupon on an order; final on a lease, and one case with the order when that fails."""

from __future__ import annotations

from typing import Any

import pytest

from central import lease_ends, ledger, partner, reviews
from central.demo.minting import coupon
from central.lease_ends import Remainder
from sync.wire.answers import Outcome
from sync.wire.encoding import parse_instant
from sync.wire.keys import SigningKey
from sync.wire.rights import coupon_right
from tests.central.conftest import POINT, START
from tests.central.world import KIND, World
from tests.support.handlers import HANDLERS

TILL, FARM, CAMPAIGN = ledger.till(POINT), ledger.partner("p-farm"), ledger.campaign(KIND)


def _order(world: World) -> str:
    result = world.a.push("order.place", world.a.order(("rice", 2, 3000)))
    assert result.outcome is Outcome.ACCEPTED
    return result.op


def _failed_order(world: World) -> Any:
    result = world.a.push("order.place", world.a.order(("oil", 4, 8900)))
    assert result.reason == "sold-out"
    return result


def test_a_coupon_gives_its_value_on_an_order(world: World) -> None:
    result = world.a.redeemed(_order(world), world.a.serial)
    assert (result.outcome, result.case) == (Outcome.ACCEPTED, None)
    assert world.books() == {TILL: 5000, FARM: -6000, CAMPAIGN: 1000}
    assert world.lease(world.a.driver.lease(coupon_right(KIND))).spent == 1
    world.check()


@pytest.mark.parametrize(
    "breach", ["forged", "expired", "again", "foreign", "elsewhere", "value", "no-order"]
)
def test_a_breach_goes_to_review_and_the_loss_is_centrals(world: World, breach: str) -> None:
    order, serial = _order(world), world.a.serial
    changed: dict[str, Any] = {}
    spent_before = 0
    if breach == "forged":
        changed = {"token": world.a.token(serial, key=SigningKey.generate())}
    elif breach == "expired":
        changed = {"token": world.a.token(serial, "2025-06-01T00:00:00Z")}
    elif breach == "again":
        assert world.a.redeemed(order, serial).outcome is Outcome.ACCEPTED
        order, spent_before = _order(world), -1000
    elif breach == "foreign":
        serial = world.b.serial
    elif breach == "elsewhere":
        shown = coupon(KIND, serial, parse_instant("2025-07-03T00:00:00Z"), POINT)
        world.do(lambda conn: partner.redeem_elsewhere(conn, shown))
    elif breach == "value":
        changed = {"value_fen": 900, "cash": world.a.cash(-900)}
    elif breach == "no-order":
        order = world.a.push("order.place", world.a.order(("tea", 1, 1500))).op  # below what must be spent
    result = world.a.redeemed(order, serial, **changed)
    assert (result.outcome, result.reason) == (Outcome.REVIEW, "lease-breach")
    assert world.balance(ledger.LOSS) == (900 if breach == "value" else 1000)
    assert world.balance(CAMPAIGN) == -spent_before
    assert world.case(result.case)["owes"] == []
    assert world.staff.push("case.close", world.staff.close(str(result.case), 0)).outcome is Outcome.ACCEPTED
    assert world.outcome(result.op) == ("accepted", None, 2)
    world.check()


def test_without_a_lease_a_coupon_may_be_refused(world: World) -> None:
    order = _order(world)
    payload = world.a.redeem(
        order, world.a.serial, token=world.a.token(world.a.serial, key=SigningKey.generate())
    )
    result = world.a.push("right.redeem", payload, dep=order)
    assert (result.outcome, result.reason) == (Outcome.REJECTED, "coupon-invalid")
    assert world.case(result.case)["owes"] == [{"to": "central", "what": "cash", "fen": 1000}]
    old = world.a.redeem(order, world.a.serial, token=world.a.token(world.a.serial, "2025-06-01T00:00:00Z"))
    assert world.a.push("right.redeem", old, dep=order).reason == "coupon-expired"
    fine = world.a.redeem(order, world.a.serial)
    assert world.a.push("right.redeem", fine, dep=order).outcome is Outcome.ACCEPTED
    again = _order(world)
    twice = world.a.push("right.redeem", world.a.redeem(again, world.a.serial), dep=again)
    assert twice.reason == "coupon-spent"
    world.check()


@pytest.mark.parametrize("together", [True, False])
def test_a_failed_order_owes_cash_and_coupon_in_one_case(world: World, together: bool) -> None:
    a, lease = world.a, world.a.driver.lease(coupon_right(KIND))
    order = a.driver.record("order.place", a.order(("oil", 4, 8900)))
    if not together:
        a.driver.push()
    a.driver.record("right.redeem", a.redeem(order.op, a.serial), dep=order.op, lease=lease)
    a.driver.push()
    results = {one.op: one for one in a.driver.push(1).results}
    redeemed = results[a.driver.recorded[1].header.op]
    assert (redeemed.outcome, redeemed.reason) == (Outcome.REVIEW, "parent-rejected")
    assert redeemed.case == results[order.op].case
    case = world.case(redeemed.case)
    owed = [{"to": "customer", "what": "cash", "fen": 34_600}]
    assert case["owes"] == [*owed, {"to": "customer", "what": "coupon", "id": f"{KIND}/{a.serial}"}]
    assert case["rev"] == 2
    told = [item for item in a.driver.all_changes() if item["t"] == "case"]
    assert told[-1]["owes"] == case["owes"]
    assert len(world.open_cases()) == 1
    world.check()

    back = a.push("case.close", a.close(case["case"], -34_600, (f"{KIND}/{a.serial}",)))
    assert back.outcome is Outcome.ACCEPTED
    assert world.outcome(redeemed.op) == ("rejected", "parent-rejected", 2)
    assert world.books() == {}  # as if nothing had been
    assert world.lease(lease).spent == world.lease(a.float).spent == 0
    assert a.redeemed(_order(world), a.serial).outcome is Outcome.ACCEPTED  # the coupon can be spent again
    world.check()


def test_a_coupon_that_waits_stays_drawn_when_looked_at_after_its_lease_was_closed(world: World) -> None:
    """Else its serial is in the pool, and granted to another terminal while the case still owes it."""
    a, lease = world.a, world.a.driver.lease(coupon_right(KIND))
    order = _failed_order(world)
    redeemed = a.redeemed(order.op, a.serial)
    world.do(lambda conn: lease_ends.close_by_hand(conn, lease, Remainder.POOL, "刘经理", START))
    before = world.lease(lease), world.right(coupon_right(KIND)).pool
    assert before[0].spent == 1
    world.do(lambda conn: reviews.retry(conn, HANDLERS, str(redeemed.case), START))
    assert (world.lease(lease), world.right(coupon_right(KIND)).pool) == before
    assert world.case(redeemed.case)["owes"][-1]["id"] == f"{KIND}/{a.serial}"
    world.check()

    assert a.push("case.close", a.close(redeemed.case, -34_600, (f"{KIND}/{a.serial}",))).outcome is (
        Outcome.ACCEPTED
    )
    assert world.lease(lease).spent == 0
    world.check()


def test_an_outcome_and_the_closed_case_travel_to_the_terminal(world: World) -> None:
    order = _failed_order(world)
    redeemed = world.a.redeemed(order.op, world.a.serial)
    closed = world.staff.push(
        "case.close", world.staff.close(order.case, -34_600, (f"{KIND}/{world.a.serial}",))
    )
    assert closed.outcome is Outcome.ACCEPTED
    items = world.a.driver.all_changes()
    outcome = next(item for item in items if item["t"] == "outcome")
    assert (outcome["op"], outcome["outcome"], outcome["rev"]) == (redeemed.op, "rejected", 2)
    assert [item for item in items if item["t"] == "case"][-1]["state"] == "closed"
    assert world.books() == {TILL: 34_600, ledger.till("P-9"): -34_600}
    world.check()


def test_a_redemption_that_comes_after_its_order_was_paid_back(world: World) -> None:
    """The branch paid the whole order back before it heard that the point had given 10 yuan on a coupon."""
    order = _failed_order(world)
    assert world.staff.push("case.close", world.staff.close(order.case, -35_600)).outcome is Outcome.ACCEPTED
    redeemed = world.a.redeemed(order.op, world.a.serial)
    assert redeemed.reason == "parent-rejected"
    assert redeemed.case != order.case
    owes = world.case(redeemed.case)["owes"]
    assert {"to": "central", "what": "cash", "fen": 1000} in owes
    world.check()
    written_off = world.staff.push("case.close", world.staff.close(str(redeemed.case), 0))
    assert written_off.outcome is Outcome.ACCEPTED
    assert world.outcome(redeemed.op)[0] == "accepted"
    assert world.balance(ledger.LOSS) == 1000
    assert world.a.redeemed(_order(world), world.a.serial).reason == "lease-breach"  # the coupon was used up
    world.check()
