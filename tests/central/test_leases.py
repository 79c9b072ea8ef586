"""Leases: granted at enrolment, raised, returned, frozen; nothing scarce is ever lost or made."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from central import partner
from central.demo.minting import coupon
from central.rights_audit import audit_rights
from central.rights_tables import leases as leases_table
from central.rights_tables import pools as pools_table
from sync.wire import token
from sync.wire.answers import Outcome, Profile
from sync.wire.encoding import parse_instant
from sync.wire.grant import Grant
from sync.wire.keys import keyring
from sync.wire.rights import coupon_right, float_right
from sync.wire.token import Typ
from tests.central.conftest import POINT, Central
from tests.central.driver import Driver
from tests.central.world import KIND, World


def _grant(world: World, text: str) -> Grant:
    return Grant.parse(token.verify(text, keyring(world.a.driver.calls.parts.keys.answers.public), Typ.GRANT))


def test_a_terminal_starts_with_what_lies_at_its_point(world: World) -> None:
    grants = {one.right: one for one in world.a.grants}
    assert set(grants) == {float_right(POINT), "stock:rice", coupon_right(KIND)}
    drawer = grants[float_right(POINT)]
    assert (drawer.unit, drawer.amount, drawer.rev, drawer.start_seq) == ("fen", 200_000, 1, 1)
    assert (drawer.soft, drawer.hard, drawer.max_age_days) == (140_000, 200_000, 7)
    assert (drawer.terminal, drawer.incarnation) == (world.a.driver.id, 1)
    assert grants[coupon_right(KIND)].detail == {"first": 1, "last": 8}
    assert world.b.serial == 21
    assert world.staff.serial == 29  # the same point, the next serials
    world.check()


def test_a_public_terminal_holds_nothing(central: Central, world: World) -> None:
    assert Driver.enrol(central.calls, central.code(Profile.PUBLIC), "P-9").enrolment.grants == ()


def test_asking_raises_the_lease_with_a_higher_revision(world: World) -> None:
    world.a.driver.record("lease.request", {"right": float_right(POINT), "amount": 50_000})
    ack = world.a.driver.push()
    assert ack.results[0].outcome is Outcome.ACCEPTED
    (raised,) = (_grant(world, text) for text in ack.grants)
    assert (raised.lease, raised.rev, raised.amount) == (world.a.float, 2, 250_000)
    assert (raised.soft, raised.hard) == (175_000, 250_000)
    world.check()


def test_a_grant_whose_answer_was_lost_comes_with_the_next_answer(world: World) -> None:
    driver = world.a.driver
    driver.record("lease.request", {"right": float_right(POINT), "amount": 50_000})
    driver.send(driver.batch())  # central takes it, nobody hears so
    (again,) = (_grant(world, text) for text in driver.push().grants)
    assert (again.lease, again.rev, again.amount) == (world.a.float, 2, 250_000)
    world.check()


def test_a_point_gets_no_more_than_its_ceiling(world: World) -> None:
    assert world.a.push("lease.request", {"right": "stock:rice", "amount": 1000}).outcome is Outcome.ACCEPTED
    assert world.lease(world.a.driver.lease("stock:rice")).amount == 12  # partly: as much as may lie here
    full = world.a.push("lease.request", {"right": "stock:rice", "amount": 1})
    assert (full.outcome, full.reason, full.case) == (Outcome.REJECTED, "pool-empty", None)
    foreign = world.a.push("lease.request", {"right": float_right("P-9"), "amount": 1})
    assert foreign.reason == "pool-empty"
    world.check()


def test_an_empty_pool_gives_nothing(world: World) -> None:
    left = world.right("stock:rice").pool
    order = world.b.order(("rice", left, 3000))
    assert world.b.push("order.place", order).outcome is Outcome.ACCEPTED
    assert world.a.push("lease.request", {"right": "stock:rice", "amount": 1}).reason == "pool-empty"
    world.check()


def test_more_coupons_are_another_lease_with_the_next_serials(world: World) -> None:
    world.a.driver.record("lease.request", {"right": coupon_right(KIND), "amount": 30})
    (more,) = (_grant(world, text) for text in world.a.driver.push().grants)
    assert more.lease != world.a.driver.lease(coupon_right(KIND))
    assert (more.amount, more.rev, more.detail, more.start_seq) == (12, 1, {"first": 9, "last": 20}, 2)
    world.check()


def test_what_is_returned_is_in_the_pool_again(world: World) -> None:
    lease = world.a.driver.lease("stock:rice")
    world.a.push("goods.sell", world.a.sale("rice", 2, 3000), lease=lease)
    too_much = world.a.push("lease.return", {"lease": lease, "amount": 5})
    assert (too_much.outcome, too_much.reason) == (Outcome.REJECTED, "amount-mismatch")
    before = world.right("stock:rice").pool
    assert world.a.push("lease.return", {"lease": lease, "amount": 4}).outcome is Outcome.ACCEPTED
    assert world.right("stock:rice").pool == before + 4
    assert world.lease(lease).returned == 4
    assert world.a.push("goods.sell", world.a.sale("rice", 1, 3000), lease=lease).reason == "lease-breach"
    assert world.b.push("lease.return", {"lease": lease, "amount": 1}).reason == "lease-unknown"
    world.check()


def test_a_part_of_a_coupon_block_names_its_serials(world: World) -> None:
    right, lease = coupon_right(KIND), world.a.driver.lease(coupon_right(KIND))
    order = world.a.push("order.place", world.a.order(("rice", 2, 3000)))
    assert world.a.redeemed(order.op, 7).outcome is Outcome.ACCEPTED

    def back(amount: int, *serials: list[int]) -> str | None:
        payload = {"lease": lease, "amount": amount, "serials": list(serials)}
        return world.a.push("lease.return", payload).reason

    assert world.a.push("lease.return", {"lease": lease, "amount": 3}).reason == "amount-mismatch"
    for wrong in ((2, [6, 7]), (1, [9, 9]), (2, [5, 5]), (2, [5, 5], [5, 5]), (2, [6, 5])):
        assert back(*wrong) == "amount-mismatch"
    assert back(3, [5, 6], [8, 8]) is None
    assert back(1, [6, 6]) == "amount-mismatch"
    assert world.right(right).pool == 60 - 8 - 8 - 8 + 3
    assert world.a.redeemed(order.op, 6).reason == "lease-breach"
    assert world.a.push("lease.return", {"lease": lease, "amount": 4}).outcome is Outcome.ACCEPTED
    assert world.lease(lease).returned == 7
    world.check()


def test_what_came_back_untouched_is_granted_again_first(world: World) -> None:
    right, lease = coupon_right(KIND), world.a.driver.lease(coupon_right(KIND))
    shown = coupon(KIND, 5, parse_instant("2025-07-03T00:00:00Z"), POINT)
    world.do(lambda conn: partner.redeem_elsewhere(conn, shown))
    assert world.a.push("lease.return", {"lease": lease, "amount": 8}).outcome is Outcome.ACCEPTED
    assert (world.right(right).returned, world.right(right).leased) == (1, 16)
    world.a.driver.record("lease.request", {"right": right, "amount": 9})
    again = [_grant(world, text).detail for text in world.a.driver.push().grants]
    assert again == [{"first": 1, "last": 4}, {"first": 6, "last": 8}, {"first": 9, "last": 10}]
    world.check()


def test_a_terminal_that_comes_back_leaves_its_old_leases_frozen(central: Central, world: World) -> None:
    old = world.a.driver
    again = Driver.enrol(central.calls, central.code(terminal=old.id), POINT)
    assert again.incarnation == 2
    assert world.lease(old.lease("stock:rice")).state == "frozen"
    assert world.lease(again.lease("stock:rice")).amount == 6
    asked = again.push_one("lease.request", {"right": float_right(POINT), "amount": 1})
    assert asked.outcome is Outcome.ACCEPTED
    assert world.lease(old.lease(float_right(POINT))).amount == 200_000  # only the live one was raised
    assert world.lease(again.lease(float_right(POINT))).amount == 200_001
    world.check()


def test_the_float_follows_cash_even_beyond_its_limit(world: World) -> None:
    payload = world.a.order(("oil", 3, 8900), ("tea", 120, 1500))
    assert world.a.push("order.place", payload).outcome is Outcome.ACCEPTED
    assert world.lease(world.a.float).spent == 206_700
    world.check()


def test_cash_under_a_lease_of_someone_else_moves_no_lease(world: World) -> None:
    foreign = world.a.bill(1) | {"cash": {"fen": 5001, "lease": world.b.float}}
    assert world.a.push("bill.pay", foreign).outcome is Outcome.ACCEPTED
    assert world.lease(world.b.float).spent == world.lease(world.a.float).spent == 0
    world.check()


@pytest.mark.parametrize("table", ["pool", "lease"])
def test_the_audit_finds_what_was_tampered_with(world: World, table: str) -> None:
    lease = world.a.driver.lease("stock:rice")
    if table == "pool":
        here = update(pools_table).where(pools_table.c.right == "stock:rice")
        world.do(lambda conn: conn.execute(here.values(available=pools_table.c.available + 1)))
    else:
        mine = update(leases_table).where(leases_table.c.id == lease)
        world.do(lambda conn: conn.execute(mine.values(spent=leases_table.c.spent + 1)))
    findings = world.ask(audit_rights)
    expected = {"pool": ("right-not-constant", None), "lease": ("spend-unexplained", lease)}[table]
    assert [(one.what, one.lease) for one in findings] == [expected]
