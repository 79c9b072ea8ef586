"""`order.place`: all lines or none, at the price the person saw."""

from __future__ import annotations

from datetime import timedelta

from central import ledger, packs, partner
from sync.wire.answers import Outcome
from sync.wire.manifest import Manifest
from tests.central.conftest import COUNTY, POINT, START, Clock
from tests.central.world import World

TILL, FARM = ledger.till(POINT), ledger.partner("p-farm")


def _pack(world: World, clock: Clock) -> Manifest:
    folder = world.a.driver.calls.parts.folder.packs
    return world.do(lambda conn: packs.build(conn, folder, COUNTY, clock()))


def test_an_order_takes_its_goods_out_of_stock(world: World) -> None:
    result = world.a.push("order.place", world.a.order(("rice", 2, 3000), ("tea", 1, 1500)))
    assert (result.outcome, result.case) == (Outcome.ACCEPTED, None)
    rice = world.right("stock:rice")
    assert (rice.pool, rice.spent, rice.leased) == (40 - 18 - 2, 2, 18)
    assert world.books() == {TILL: 7500, FARM: -7500}
    world.check()


def test_one_line_sold_out_refuses_all_and_takes_nothing(world: World) -> None:
    result = world.a.push("order.place", world.a.order(("rice", 2, 3000), ("oil", 4, 8900)))
    assert (result.outcome, result.reason) == (Outcome.REJECTED, "sold-out")
    assert world.right("stock:rice").spent == world.right("stock:oil").spent == 0
    case = world.case(result.case)
    assert case["owes"] == [{"to": "customer", "what": "cash", "fen": 41_600}]
    assert case["facts"]["good"] == "oil"
    world.check()


def test_two_terminals_cannot_both_have_the_last(world: World) -> None:
    first = world.a.push("order.place", world.a.order(("oil", 3, 8900)))
    second = world.b.push("order.place", world.b.order(("oil", 1, 8900)))
    assert (first.outcome, second.reason) == (Outcome.ACCEPTED, "sold-out")


def test_a_stock_taking_sells_a_good_out(world: World, clock: Clock) -> None:
    world.do(lambda conn: partner.set_stock(conn, "oil", 0, clock()))
    assert world.a.push("order.place", world.a.order(("oil", 1, 8900))).reason == "sold-out"
    assert world.right("stock:oil").written_off == 3
    world.check()


def test_an_unknown_good_and_a_wrong_sum_are_refused(world: World) -> None:
    assert world.a.push("order.place", world.a.order(("gold", 1, 100))).reason == "good-unknown"
    wrong = world.a.order(("rice", 1, 3000)) | {"total_fen": 2999}
    assert world.a.push("order.place", wrong).reason == "amount-mismatch"
    short = world.a.order(("rice", 1, 3000)) | {"cash": world.a.cash(2000)}
    result = world.a.push("order.place", short)
    assert result.reason == "amount-mismatch"
    assert world.case(result.case)["owes"][0]["fen"] == 2000


def test_the_price_of_the_pack_is_honoured_until_the_pack_expires(world: World, clock: Clock) -> None:
    seen = _pack(world, clock)
    clock.pass_(hours=1)
    world.do(lambda conn: partner.set_price(conn, "rice", 3300, clock()))
    order = world.a.order(("rice", 1, 3000))
    assert world.a.push("order.place", order, pack=seen.version).outcome is Outcome.ACCEPTED
    assert world.a.push("order.place", order).reason == "price-changed"
    assert world.a.push("order.place", order, pack="never-built").reason == "price-changed"
    assert world.a.push("order.place", world.a.order(("rice", 1, 3300))).outcome is Outcome.ACCEPTED
    late = world.a.push("order.place", world.a.order(("rice", 1, 2500)), pack=seen.version)
    assert late.reason == "price-changed"
    assert world.case(late.case)["facts"]["price_fen"] == 3300


def test_an_expired_pack_binds_nobody(world: World, clock: Clock) -> None:
    clock.now = START - timedelta(days=60)
    world.do(lambda conn: partner.set_price(conn, "rice", 2800, clock()))
    old = _pack(world, clock)
    clock.now = START
    assert (
        world.a.push("order.place", world.a.order(("rice", 1, 2800)), pack=old.version).reason
        == "price-changed"
    )
