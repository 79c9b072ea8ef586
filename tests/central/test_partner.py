"""The partners' desks: the world goes on, and says no to what is not there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from central import packs, partner, postings
from central.demo.minting import coupon
from central.errors import SetupError
from central.posted import PostedFiles
from sync.wire.answers import Outcome
from tests.central.conftest import COUNTY, START, Clock
from tests.central.world import KIND, World


@pytest.mark.parametrize(
    "happening",
    [
        lambda conn: partner.pay_bill(conn, "bill-none", START),
        lambda conn: partner.set_stock(conn, "gold", 1, START),
        lambda conn: partner.set_stock(conn, "rice", -1, START),
        lambda conn: partner.set_price(conn, "gold", 1, START),
        lambda conn: partner.set_price(conn, "rice", 0, START),
        lambda conn: partner.close_biller(conn, "nobody"),
        lambda conn: partner.hand_over(conn, "no-order"),
        lambda conn: partner.expire_file(conn, "no-file", START),
    ],
)
def test_what_is_not_there_is_refused(world: World, happening: Callable[[Connection], None]) -> None:
    with pytest.raises(SetupError):
        world.do(happening)
    world.check()


def test_a_bill_is_paid_elsewhere_once(world: World) -> None:
    world.do(lambda conn: partner.pay_bill(conn, "bill-1", START))
    with pytest.raises(SetupError):
        world.do(lambda conn: partner.pay_bill(conn, "bill-1", START))


def test_stock_and_price_are_in_the_next_pack(world: World, clock: Clock) -> None:
    clock.pass_(hours=1)
    world.do(lambda conn: partner.set_stock(conn, "rice", 99, clock()))
    world.do(lambda conn: partner.set_price(conn, "rice", 2900, clock()))
    record = world.ask(lambda conn: packs.record(conn, COUNTY, "good", "rice"))
    assert record is not None
    assert (record["stock"], record["price_fen"]) == (99, 2900)
    assert world.right("stock:rice").pool == 99
    world.check()


def test_what_a_partner_publishes_can_be_ordered(world: World, clock: Clock) -> None:
    good = {"t": "good", "id": "egg", "title": "土鸡蛋", "price_fen": 1200, "supplier": "p-farm"}
    world.do(lambda conn: partner.publish(conn, COUNTY, [good], clock()))
    assert world.a.push("order.place", world.a.order(("egg", 2, 1200))).outcome is Outcome.ACCEPTED


def test_a_coupon_used_elsewhere_is_used_up(world: World, clock: Clock) -> None:
    shown = coupon(KIND, world.a.serial, clock.now)
    world.do(lambda conn: partner.redeem_elsewhere(conn, shown))
    with pytest.raises(SetupError):
        world.do(lambda conn: partner.redeem_elsewhere(conn, shown))


def test_what_a_biller_was_told_is_not_told_again_after_a_restore(world: World, files: PostedFiles) -> None:
    """The file is durable before the books know of it; the books may even forget the payment."""
    first, second = (world.a.push("bill.pay", world.a.bill(n)) for n in (1, 2))

    with world.database.engine.connect() as conn:
        partner.settle_biller(conn, files, "grid", START)
        conn.rollback()
    assert [set(ops) for _, ops in files.above("grid", 0)] == [{first.op, second.op}]
    third = world.a.push("bill.pay", world.a.bill(3))
    assert world.do(lambda conn: partner.settle_biller(conn, files, "grid", START)) == 1
    assert world.do(lambda conn: partner.settle_biller(conn, files, "grid", START)) == 0
    assert files.numbers("grid") == [1, 2]
    told = [line for path in sorted(files.folder.iterdir()) for line in path.read_text().splitlines()]
    assert [sum(one.op in line for line in told) for one in (first, second, third)] == [1, 1, 1]


def test_a_file_that_cannot_be_read_stops_the_posting(world: World, files: PostedFiles) -> None:
    world.a.push("bill.pay", world.a.bill(1))
    world.do(lambda conn: partner.settle_biller(conn, files, "grid", START))
    whole = files.path("grid", 1).read_bytes()
    files.path("grid", 1).write_bytes(whole[:-20])
    world.do(lambda conn: postings.mark(conn, "grid", 0))
    world.a.push("bill.pay", world.a.bill(2))
    with pytest.raises(SetupError):
        world.do(lambda conn: partner.settle_biller(conn, files, "grid", START))
    assert files.numbers("grid") == [1]
