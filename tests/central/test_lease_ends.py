"""How leases end: by the terminal's statement, by a person's decision, and never because time passed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection

from central import lease_ends, leases, pools
from central.lease_ends import Remainder
from central.pools import Back
from central.rights_audit import count
from central.rights_tables import allotments, lease_events
from central.rights_tables import leases as table
from sync.wire import token
from sync.wire.answers import Outcome, Result
from sync.wire.keys import keyring
from sync.wire.rights import coupon_right, float_right
from sync.wire.token import Typ
from tests.central.conftest import POINT, START, Central, Clock, open_world
from tests.central.driver import Driver
from tests.central.rights_county import DECK, NUMBERS, plant_rights
from tests.central.world import KIND, Desk, World


@pytest.fixture
def county(central: Central, clock: Clock) -> World:
    with central.parts.database.writing() as conn:
        plant_rights(conn, (POINT, "P-9"))
    return open_world(central, clock)


def new_life(central: Central, desk: Desk) -> Desk:
    again = Driver.enrol(central.calls, central.code(terminal=desk.driver.id), desk.point)
    return Desk(again, desk.point, desk.coupon_key)


def state(old: Desk, new: Desk, lease: str, spent: int, returned: int, **changed: Any) -> Result:
    payload = {"lease": lease, "incarnation": old.driver.incarnation, "spent": spent, "returned": returned}
    return new.push("lease.close", payload | {"last_seq": len(old.driver.recorded)} | changed)


def number(desk: Desk, serial: int) -> Result:
    payload = {"service": "c1", "right": NUMBERS, "amount": 1, "tokens": [str(serial)]}
    return desk.push("right.use", payload, lease=desk.driver.lease(NUMBERS))


def test_a_statement_that_agrees_frees_the_rest(central: Central, county: World) -> None:
    old, lease = county.a, county.a.driver.lease(NUMBERS)
    assert number(old, 1).outcome is Outcome.ACCEPTED
    new = new_life(central, old)
    pool = county.right(NUMBERS).pool
    assert state(old, new, lease, 1, 0).outcome is Outcome.ACCEPTED
    assert county.lease(lease).state == "closed"
    assert county.right(NUMBERS).pool == pool + 9
    assert {"t": "lease", "lease": lease, "state": "closed"}.items() <= new.driver.all_changes()[-1].items()
    county.check()
    assert state(old, new, lease, 1, 0).outcome is Outcome.ACCEPTED  # said again: nothing more happens
    assert county.right(NUMBERS).pool == pool + 9
    county.check()


def test_numbers_that_came_back_are_granted_again_and_spent_ones_never(
    central: Central, county: World
) -> None:
    old = county.a
    assert number(old, 1).outcome is Outcome.ACCEPTED
    new = new_life(central, old)
    assert {one.right: one.detail for one in new.grants}[NUMBERS] == {"first": 11, "last": 20}
    assert state(old, new, old.driver.lease(NUMBERS), 1, 0).outcome is Outcome.ACCEPTED
    new.driver.record("lease.request", {"right": NUMBERS, "amount": 10})
    (text,) = new.driver.push().grants
    ring = keyring(new.driver.calls.parts.keys.answers.public)
    assert token.verify(text, ring, Typ.GRANT)["detail"] == {"first": 2, "last": 10}
    county.check()


@pytest.mark.parametrize("wrong", [{"spent": 2}, {"spent": 0}, {"returned": 1}, {"last_seq": 0}])
def test_a_statement_that_differs_is_looked_at(
    central: Central, county: World, wrong: dict[str, int]
) -> None:
    old, lease = county.a, county.a.driver.lease(NUMBERS)
    number(old, 1)
    new = new_life(central, old)
    said = new.push(
        "lease.close",
        {"lease": lease, "incarnation": 1, "spent": 1, "returned": 0, "last_seq": 1} | wrong,
    )
    assert (said.outcome, said.reason) == (Outcome.REVIEW, "amount-mismatch")
    facts = county.case(said.case)["facts"]
    assert facts["books"] == {"spent": 1, "returned": 0, "last_seq": 1}
    assert facts["said"] == {"spent": 1, "returned": 0, "last_seq": 1} | wrong
    assert county.lease(lease).state == "frozen"
    county.check()


def test_a_statement_before_its_chain_is_up_waits(central: Central, county: World) -> None:
    old, lease = county.a, county.a.driver.lease(NUMBERS)
    payload = {"service": "c1", "right": NUMBERS, "amount": 1, "tokens": ["1"]}
    old.driver.record("right.use", payload, lease=lease)
    new = new_life(central, old)
    early = state(old, new, lease, 1, 0)
    assert (early.outcome, early.reason) == (Outcome.REJECTED, "target-unknown")
    assert old.driver.push().results[0].outcome is Outcome.ACCEPTED  # an ended life still says what it did
    assert state(old, new, lease, 1, 0).outcome is Outcome.ACCEPTED
    county.check()


def test_nobody_closes_what_is_not_theirs_or_still_in_use(central: Central, county: World) -> None:
    old, foreign = county.a, county.b.driver.lease(NUMBERS)
    new = new_life(central, old)
    assert state(old, new, foreign, 0, 0).reason == "lease-unknown"
    assert state(old, new, "no-lease", 0, 0).reason == "lease-unknown"
    assert state(old, new, old.driver.lease(NUMBERS), 0, 0, incarnation=2).reason == "lease-unknown"
    live = new.driver.lease(DECK)
    assert state(old, new, live, 0, 0, incarnation=2).reason == "target-unknown"
    assert county.lease(live).state == "live"
    county.check()


def test_what_central_put_back_itself_need_not_be_known_yet(central: Central, county: World) -> None:
    """The order failed and its case gives the coupon back; the statement was made before that was heard."""
    old, lease = county.a, county.a.driver.lease(coupon_right(KIND))
    order = old.push("order.place", old.order(("oil", 4, 8900)))
    old.redeemed(order.op, old.serial)
    new = new_life(central, old)
    given_back = new.close(str(order.case), -34_600, (f"{KIND}/{old.serial}",))
    assert new.push("case.close", given_back).outcome is Outcome.ACCEPTED
    assert county.lease(lease).spent == 0
    assert state(old, new, lease, 1, 0).outcome is Outcome.ACCEPTED
    assert county.lease(lease).state == "closed"
    county.check()


def test_what_is_undone_after_the_account_was_closed_goes_to_the_pool(
    central: Central, county: World
) -> None:
    old, lease = county.a, county.a.driver.lease("stock:rice")
    sale = old.push("goods.sell", old.sale("rice", 2, 3000), lease=lease)
    new = new_life(central, old)
    assert state(old, new, lease, 2, 0).outcome is Outcome.ACCEPTED
    pool = county.right("stock:rice").pool
    assert new.push("operation.reverse", new.reversal(sale.op, -6000)).outcome is Outcome.ACCEPTED
    assert county.right("stock:rice").pool == pool + 2
    assert (county.lease(lease).spent, county.lease(lease).state) == (0, "closed")
    county.check()


def test_an_overdrawn_float_is_closed_and_gives_nothing(central: Central, county: World) -> None:
    old = county.a
    assert old.push("order.place", old.order(("tea", 140, 1500))).outcome is Outcome.ACCEPTED
    new = new_life(central, old)
    pool = county.right(float_right(POINT)).pool
    assert state(old, new, old.float, 210_000, 0).outcome is Outcome.ACCEPTED
    assert county.right(float_right(POINT)).pool == pool
    county.check()


def test_a_revoked_lease_is_closed_in_the_same_life(county: World) -> None:
    a, lease = county.a, county.a.driver.lease(NUMBERS)
    number(a, 1)
    county.do(lambda conn: lease_ends.revoke(conn, lease, "moved", START))
    late = number(a, 2)  # before it heard of that
    assert late.outcome is Outcome.REVIEW
    assert state(a, a, lease, 2, 0).outcome is Outcome.ACCEPTED
    assert (county.lease(lease).state, county.right(NUMBERS).spent) == ("closed", 2)
    county.check()


def test_years_of_silence_free_nothing(central: Central, county: World, clock: Clock) -> None:
    """Only its ceiling lets the point have more; what the silent machine holds stays with it."""
    silent = {one.right: one.lease for one in county.a.grants}
    before = county.ask(count)
    for _ in range(10):
        clock.pass_(days=365)
        neighbour = central.terminal()  # another machine at the same point
        held = {one.detail["first"] for one in Desk(neighbour, POINT, county.a.coupon_key).grants
                if one.right == NUMBERS}  # fmt: skip
        assert not held & set(range(1, 11))
        county.check()
    for lease in silent.values():
        row = county.lease(lease)
        assert (row.state, row.returned, row.written_off) == ("live", 0, 0)
    after = {one.right: one for one in county.ask(count)}
    assert all(after[one.right].total == one.total for one in before)
    assert number(county.a, 1).outcome is Outcome.ACCEPTED  # and it may still come back and say what it did


@pytest.mark.parametrize("remainder", list(Remainder))
def test_a_person_closes_the_account_of_a_machine_that_is_gone(
    central: Central, county: World, remainder: Remainder
) -> None:
    old, lease = county.a, county.a.driver.lease(NUMBERS)
    new = new_life(central, old)  # on a blank disk: it knows nothing of the old life
    pool = county.right(NUMBERS).pool
    county.do(lambda conn: lease_ends.close_by_hand(conn, lease, remainder, "刘经理", START))
    back = 10 if remainder is Remainder.POOL else 0
    assert county.right(NUMBERS).pool == pool + back
    assert county.right(NUMBERS).written_off == 10 - back
    county.check()
    assert new.driver.all_changes()[-1]["state"] == "closed"
    late = number(old, 1)  # and yet it lived
    assert (late.outcome, late.reason) == (Outcome.REVIEW, "lease-breach")
    assert county.lease(lease).spent == 0
    county.check()


def test_an_honoured_grant_holds_although_the_pool_has_given_it_away(county: World) -> None:
    given = next(one for one in county.a.grants if one.right == NUMBERS)
    county.do(lambda conn: _forget(conn, given.lease))
    assert county.do(lambda conn: leases.honour(conn, given, START)) == 0
    assert county.lease(given.lease).amount == 10
    assert number(county.a, 1).outcome is Outcome.ACCEPTED
    county.check()
    assert county.do(lambda conn: leases.honour(conn, given, START)) is None  # shown again
    county.check()


def _forget(conn: Connection, lease: str) -> None:
    """As a backup from before the grant has it."""
    row = conn.execute(table.select().where(table.c.id == lease)).one()
    conn.execute(table.delete().where(table.c.id == lease))
    conn.execute(lease_events.delete().where(lease_events.c.lease == lease))
    pools.put_back(conn, row.right, Back(grantable=row.amount))
    here = (allotments.c.right == row.right) & (allotments.c.point == row.point)
    conn.execute(allotments.update().where(here).values(next_serial=row.detail["first"]))
