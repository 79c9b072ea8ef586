"""The operator an operation names is known, active, and had the permission when it was recorded."""

from __future__ import annotations

import pytest

from central import operators
from central.operators import Operator
from sync.wire.answers import Outcome
from sync.wire.case import Reason
from sync.wire.encoding import instant
from tests.central.conftest import COUNTY, POINT, Clock
from tests.central.driver import AT
from tests.central.world import World

LIU = "op-liu"


def change(world: World, clock: Clock, **changed: object) -> None:
    values = {"name": "刘㮾", "roles": ("operator",), "verifier": "-", "point": POINT} | changed
    world.do(lambda conn: operators.put(conn, COUNTY, Operator(LIU, **values), clock()))  # type: ignore[arg-type]


def test_a_known_operator_is_let_through_and_an_unknown_one_is_not(world: World) -> None:
    assert world.a.push("bill.pay", world.a.bill(1), by=LIU).outcome is Outcome.ACCEPTED
    stranger = world.a.push("bill.pay", world.a.bill(2), by="op-nobody")
    assert (stranger.outcome, stranger.reason) == (Outcome.REJECTED, Reason.OPERATOR_UNKNOWN)
    assert world.case(stranger.case)["owes"][0]["fen"] == 5002
    elsewhere = world.b.push("bill.pay", world.b.bill(3), by=LIU)
    assert elsewhere.reason == Reason.NOT_PERMITTED  # works at another point
    world.check()


@pytest.mark.parametrize("changed", [{"roles": ("guest",)}, {"active": False}])
def test_what_was_recorded_before_the_permission_went_is_good(
    world: World, clock: Clock, changed: dict[str, object]
) -> None:
    clock.pass_(days=1)
    change(world, clock, **changed)
    assert instant(clock()) > AT  # the driver records at AT
    assert world.a.push("bill.pay", world.a.bill(1), by=LIU).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("changed", [{"roles": ("guest",)}, {"active": False}])
def test_what_was_recorded_after_it_is_not(world: World, clock: Clock, changed: dict[str, object]) -> None:
    change(world, clock, **changed)
    refused = world.a.push("bill.pay", world.a.bill(1), by=LIU)
    assert (refused.outcome, refused.reason) == (Outcome.REJECTED, Reason.NOT_PERMITTED)
    lease = world.a.driver.lease("stock:rice")
    sold = world.a.push("goods.sell", world.a.sale("rice", 1, 3000), by=LIU, lease=lease)
    assert (sold.outcome, sold.reason) == (Outcome.REVIEW, Reason.NOT_PERMITTED)  # never refused
    change(world, clock)
    assert world.a.push("bill.pay", world.a.bill(2), by=LIU).outcome is Outcome.ACCEPTED
    world.check()


def test_a_time_nobody_vouches_for_counts_for_the_operator(world: World, clock: Clock) -> None:
    change(world, clock, active=False)
    world.a.driver.record("bill.pay", world.a.bill(1), by=LIU, tq="unknown")
    assert world.a.driver.push().results[-1].outcome is Outcome.ACCEPTED
