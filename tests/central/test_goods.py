"""`goods.sell`: out of the stock lease, and never refused for want of it."""

from __future__ import annotations

from central import ledger
from sync.wire.answers import Outcome
from tests.central.conftest import POINT
from tests.central.world import World

FARM = ledger.partner("p-farm")


def test_a_good_lying_here_is_sold_out_of_its_lease(world: World) -> None:
    lease = world.a.driver.lease("stock:rice")
    result = world.a.push("goods.sell", world.a.sale("rice", 4, 3000), lease=lease)
    assert result.outcome is Outcome.ACCEPTED
    assert (world.lease(lease).amount, world.lease(lease).spent) == (6, 4)
    assert world.books() == {ledger.till(POINT): 12_000, FARM: -12_000}
    world.check()


def test_a_breach_is_looked_at_and_central_bears_it(world: World) -> None:
    lease = world.a.driver.lease("stock:rice")
    foreign = world.b.driver.lease("stock:rice")
    sales = [
        world.a.push("goods.sell", world.a.sale("rice", 7, 3000), lease=lease),
        world.a.push("goods.sell", world.a.sale("rice", 1, 3000), lease=foreign),
        world.a.push("goods.sell", world.a.sale("oil", 1, 8900), lease=lease),
        world.a.push("goods.sell", world.a.sale("rice", 1, 3000)),
    ]
    assert {(one.outcome, one.reason) for one in sales} == {(Outcome.REVIEW, "lease-breach")}
    assert world.lease(lease).spent == world.lease(foreign).spent == 0
    assert world.balance(FARM) == -(21_000 + 3000 + 8900 + 3000)  # the customers have the goods
    assert all(world.case(one.case)["owes"] == [] for one in sales)
    world.check()


def test_staff_signs_a_breach_off_and_it_is_accepted(world: World) -> None:
    sale = world.a.push("goods.sell", world.a.sale("rice", 7, 3000), lease=world.a.driver.lease("stock:rice"))
    assert sale.case is not None
    assert world.a.push("case.close", world.a.close(sale.case, 0)).reason == "not-permitted"
    assert world.staff.push("case.close", world.staff.close(sale.case, 0)).outcome is Outcome.ACCEPTED
    assert world.outcome(sale.op) == ("accepted", None, 2)
    assert world.case(sale.case)["state"] == "closed"
    world.check()


def test_a_sum_that_does_not_add_up_is_refused(world: World) -> None:
    payload = world.a.sale("rice", 2, 3000) | {"total_fen": 5000}
    result = world.a.push("goods.sell", payload, lease=world.a.driver.lease("stock:rice"))
    assert (result.outcome, result.reason) == (Outcome.REJECTED, "amount-mismatch")
    assert world.case(result.case)["owes"][0]["fen"] == 6000
    world.check()
