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


CHEN = "op-chen"


def second(world: World, clock: Clock, **changed: object) -> None:
    values = {"name": "陈秀英", "roles": ("operator",), "verifier": "-", "point": POINT} | changed
    world.do(lambda conn: operators.put(conn, COUNTY, Operator(CHEN, **values), clock()))  # type: ignore[arg-type]


def agreed(world: World, named: object, by: str | None = LIU, n: int = 1) -> tuple[Outcome, str | None]:
    done = world.a.push("bill.pay", world.a.bill(n) | {"approved_by": named}, by=by)
    return done.outcome, done.reason


def test_who_agreed_is_another_who_might_have_done_it(world: World, clock: Clock) -> None:
    second(world, clock)
    assert agreed(world, CHEN) == (Outcome.ACCEPTED, None)
    assert agreed(world, LIU, n=2) == (Outcome.REJECTED, Reason.NOT_PERMITTED)  # oneself
    assert agreed(world, CHEN, by=None, n=3) == (Outcome.REJECTED, Reason.NOT_PERMITTED)  # to nobody's deed
    assert agreed(world, "op-nobody", n=4) == (Outcome.REJECTED, Reason.OPERATOR_UNKNOWN)
    assert agreed(world, 7, n=5) == (Outcome.REJECTED, Reason.PAYLOAD_INVALID)
    world.check()


@pytest.mark.parametrize("changed", [{"roles": ("guest",)}, {"active": False}])
def test_who_agreed_had_the_permission_then(world: World, clock: Clock, changed: dict[str, object]) -> None:
    second(world, clock, **changed)
    assert agreed(world, CHEN) == (Outcome.REJECTED, Reason.NOT_PERMITTED)
    lease = world.a.driver.lease("stock:rice")
    payload = world.a.sale("rice", 1, 3000) | {"approved_by": CHEN}
    sold = world.a.push("goods.sell", payload, by=LIU, lease=lease)
    assert (sold.outcome, sold.reason) == (Outcome.REVIEW, Reason.NOT_PERMITTED)
    world.check()


@pytest.mark.parametrize(
    ("person", "outcome"),
    [
        ({"how": "card", "name": "张*", "number": "511602********1234"}, Outcome.ACCEPTED),
        ({"how": "member", "number": "M511602-123456789"}, Outcome.ACCEPTED),
        ({"how": "vouched", "number": "138****5678", "by": LIU}, Outcome.ACCEPTED),
        ({"how": "vouched", "number": "138****5678"}, Outcome.REJECTED),
        ({"how": "member", "number": "M511602-123456789", "by": LIU}, Outcome.REJECTED),
        ({"how": "card", "number": "511602194903071234"}, Outcome.REJECTED),
        ({"how": "vouched", "number": "13812345678", "by": LIU}, Outcome.REJECTED),
        ({"how": "card", "name": "张三", "number": "511602********1234"}, Outcome.REJECTED),
        ({"how": "face", "number": "1"}, Outcome.REJECTED),
        ("张三", Outcome.REJECTED),
    ],
)
def test_who_was_there_is_taken_masked_only(world: World, person: object, outcome: Outcome) -> None:
    done = world.a.push("bill.pay", world.a.bill(1) | {"person": person}, by=LIU)
    assert done.outcome is outcome
    assert done.reason == (None if outcome is Outcome.ACCEPTED else Reason.PAYLOAD_INVALID)
    world.check()
