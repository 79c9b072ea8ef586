"""`operation.reverse`: effect and cash together, and the cash that was handed out is never forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

from central import ledger, partner, postings, reviews
from central.business_tables import payments
from central.posted import PostedFiles
from sync.wire.answers import Outcome
from sync.wire.rights import coupon_right
from tests.central.conftest import POINT, START, Central, Clock
from tests.central.world import KIND, World


def test_a_paid_bill_is_unpaid_again(world: World) -> None:
    paid = world.a.push("bill.pay", world.a.bill(1))
    back = world.a.push("operation.reverse", world.a.reversal(paid.op, -5001))
    assert back.outcome is Outcome.ACCEPTED
    assert world.books() == {}
    assert world.outcome(paid.op) == ("accepted", None, 1)  # what is final stays
    assert world.b.push("bill.pay", world.b.bill(1)).outcome is Outcome.ACCEPTED
    world.check()


def test_an_operation_is_undone_once(world: World) -> None:
    paid = world.a.push("bill.pay", world.a.bill(1))
    world.a.push("operation.reverse", world.a.reversal(paid.op, -5001))
    twice = world.a.push("operation.reverse", world.a.reversal(paid.op, -5001))
    assert (twice.outcome, twice.reason) == (Outcome.REJECTED, "target-settled")
    assert world.case(twice.case)["owes"] == [{"to": "central", "what": "cash", "fen": 5001}]
    world.check()


def test_what_the_biller_has_booked_is_too_late(world: World, files: PostedFiles) -> None:
    paid = world.a.push("bill.pay", world.a.bill(1))
    assert world.do(lambda conn: partner.settle_biller(conn, files, "grid", START)) == 1
    assert world.a.push("operation.reverse", world.a.reversal(paid.op, -5001)).reason == "target-settled"
    assert world.balance(ledger.partner("grid")) == -5001


@pytest.mark.parametrize("comes_again", [False, True])
def test_what_stands_in_a_file_is_too_late_whatever_the_books_remember(
    world: World, files: PostedFiles, comes_again: bool
) -> None:
    """The file outlives the books: they may forget that it was written, and the payment besides."""
    paid = world.a.push("bill.pay", world.a.bill(1))
    with world.database.engine.connect() as conn:
        partner.settle_biller(conn, files, "grid", START)
        conn.rollback()
    if comes_again:
        payment = payments.c.op == paid.op
        (row,) = world.ask(lambda conn: conn.execute(select(payments).where(payment)).mappings().all())
        world.do(lambda conn: conn.execute(delete(payments).where(payment)))
        world.do(lambda conn: postings.catch_up(conn, files, "grid"))
        world.do(lambda conn: conn.execute(insert(payments).values(**row)))
    back = world.a.push("operation.reverse", world.a.reversal(paid.op, -5001))
    assert (back.outcome, back.reason) == (Outcome.REJECTED, "target-settled")
    assert world.case(back.case)["owes"] == [{"to": "central", "what": "cash", "fen": 5001}]
    assert world.do(lambda conn: partner.settle_biller(conn, files, "grid", START)) == 0
    world.check()


@pytest.mark.parametrize("hurt", [Path.unlink, lambda path: path.write_bytes(b"{}")])
def test_while_a_file_cannot_be_read_a_reversal_waits(
    world: World, central: Central, files: PostedFiles, hurt: Callable[[Path], object]
) -> None:
    for n in (1, 2):
        world.a.push("bill.pay", world.a.bill(n))
        world.do(lambda conn: partner.settle_biller(conn, files, "grid", START))
    paid = world.a.push("bill.pay", world.a.bill(3))
    lost = files.path("grid", 2)
    whole = lost.read_bytes()
    if hurt is not Path.unlink:
        world.do(lambda conn: postings.mark(conn, "grid", 1))  # restored from before it was written
    hurt(lost)
    back = world.a.push("operation.reverse", world.a.reversal(paid.op, -5003))
    assert (back.outcome, back.reason) == (Outcome.REVIEW, "central-failure")
    lost.write_bytes(whole)
    world.do(lambda conn: reviews.retry(conn, central.parts.handlers, str(back.case), START))
    assert world.outcome(back.op)[0] == "accepted"
    world.check()


def test_the_cash_must_be_what_was_paid(world: World) -> None:
    paid = world.a.push("bill.pay", world.a.bill(1))
    wrong = world.a.push("operation.reverse", world.a.reversal(paid.op, -5000))
    assert (wrong.outcome, wrong.reason) == (Outcome.REJECTED, "amount-mismatch")
    assert world.case(wrong.case)["owes"] == [{"to": "central", "what": "cash", "fen": 5000}]
    world.check()


def test_an_order_with_its_coupon_goes_back_whole(world: World) -> None:
    order = world.a.push("order.place", world.a.order(("rice", 2, 3000)))
    world.a.redeemed(order.op, world.a.serial)
    assert world.a.push("operation.reverse", world.a.reversal(order.op, -6000)).reason == "amount-mismatch"
    back = world.staff.push("operation.reverse", world.staff.reversal(order.op, -5000))
    assert back.outcome is Outcome.ACCEPTED
    assert world.right("stock:rice").spent == 0
    assert world.lease(world.a.driver.lease(coupon_right(KIND))).spent == 0
    assert world.balance(ledger.campaign(KIND)) == world.balance(ledger.partner("p-farm")) == 0
    world.check()


def test_an_order_that_was_fetched_stays(world: World) -> None:
    order = world.a.push("order.place", world.a.order(("rice", 2, 3000)))
    world.do(lambda conn: partner.hand_over(conn, order.op))
    assert world.a.push("operation.reverse", world.a.reversal(order.op, -6000)).reason == "target-settled"


def test_a_good_sold_here_lies_here_again(world: World) -> None:
    lease = world.a.driver.lease("stock:rice")
    sale = world.a.push("goods.sell", world.a.sale("rice", 2, 3000), lease=lease)
    assert world.a.push("operation.reverse", world.a.reversal(sale.op, -6000)).outcome is Outcome.ACCEPTED
    assert world.lease(lease).spent == 0
    world.check()


def test_a_redemption_is_undone_as_long_as_its_order_stands(world: World) -> None:
    order = world.a.push("order.place", world.a.order(("rice", 2, 3000)))
    redeemed = world.a.redeemed(order.op, world.a.serial)
    assert world.a.push("operation.reverse", world.a.reversal(redeemed.op, 1000)).outcome is Outcome.ACCEPTED
    assert world.books() == {ledger.till(POINT): 6000, ledger.partner("p-farm"): -6000}
    assert world.a.redeemed(order.op, world.a.serial).outcome is Outcome.ACCEPTED
    world.check()


def test_cash_handed_back_for_a_rejected_payment_counts_against_its_case(world: World, clock: Clock) -> None:
    """Offline the point took the cash and gave it back; central then refuses the payment and the reversal."""
    world.do(lambda conn: partner.pay_bill(conn, "bill-1", clock()))
    paid = world.a.driver.record("bill.pay", world.a.bill(1))
    world.a.driver.record("operation.reverse", world.a.reversal(paid.op, -5001))
    first, second = world.a.driver.push().results
    assert (first.reason, second.reason) == ("bill-paid-elsewhere", "target-rejected")
    assert first.case == second.case
    assert world.case(first.case)["owes"] == []
    assert world.case(first.case)["state"] == "closed"
    assert world.books() == {}
    world.check()


def test_a_part_handed_back_leaves_the_rest_owed(world: World, clock: Clock) -> None:
    world.do(lambda conn: partner.pay_bill(conn, "bill-1", clock()))
    paid = world.a.push("bill.pay", world.a.bill(1))
    world.a.push("operation.reverse", world.a.reversal(paid.op, -5000))
    assert world.case(paid.case)["owes"] == [{"to": "customer", "what": "cash", "fen": 1}]
    world.a.push("case.close", world.a.close(str(paid.case), -1))
    late = world.a.push("operation.reverse", world.a.reversal(paid.op, -5001))
    assert late.reason == "target-settled"
    assert world.case(late.case)["owes"] == [{"to": "central", "what": "cash", "fen": 5001}]
    world.check()


@pytest.mark.parametrize("dep", [True, False])
def test_the_reversal_of_what_is_under_review_waits_with_it(world: World, dep: bool) -> None:
    future = world.a.push("bill.pay", world.a.bill(1), sv=2)
    more = {"dep": future.op} if dep else {}
    waits = world.a.push("operation.reverse", world.a.reversal(future.op, -5001), **more)
    assert (waits.outcome, waits.reason, waits.case) == (Outcome.REVIEW, "parent-review", future.case)
    assert world.case(future.case)["owes"] == []
    assert world.a.push("case.close", world.a.close(str(future.case), 0)).outcome is Outcome.ACCEPTED
    assert world.outcome(future.op)[0] == world.outcome(waits.op)[0] == "rejected"
    assert world.books() == {}
    world.check()


def test_who_may_and_what_can_be_reversed(world: World) -> None:
    paid = world.a.push("bill.pay", world.a.bill(1))
    assert world.b.push("operation.reverse", world.b.reversal(paid.op, -5001)).reason == "not-permitted"
    assert world.a.push("operation.reverse", world.a.reversal("nothing", -1)).reason == "target-unknown"
    asked = world.a.push("lease.request", {"right": "stock:rice", "amount": 1})
    assert asked.outcome is Outcome.ACCEPTED
    plain = {"target": asked.op, "reason": "x"}
    assert world.a.push("operation.reverse", plain).reason == "target-settled"
    assert (
        world.staff.push("operation.reverse", world.staff.reversal(paid.op, -5001)).outcome
        is Outcome.ACCEPTED
    )
    world.check()
