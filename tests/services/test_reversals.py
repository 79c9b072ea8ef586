"""Reversals: a mistake goes back with its cash, on its day, by the operator's second PIN."""

import pytest

from central.demo import day
from kiosk.services import bills, business, mall, reversals, rights, till
from kiosk.services.errors import Refused, Why
from kiosk.services.recording import Written
from kiosk.services.reversals import Reversal, ReverseReason
from sync.wire.answers import Outcome
from tests.services.point import FLOAT_FEN, Point, new_op_id
from tests.services.test_bills import payment
from tests.services.test_mall import STOCK, fill, order, sale
from tests.services.test_rights import redemption

FLOAT = f"float:{day.MAIN_POINT}"


def paid(point: Point) -> Written:
    if point.session is None:
        point.sign_in()
    return point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), payment(point)))


def reverse(point: Point, target: str, op_id: str | None = None) -> Written:
    wanted = Reversal(target, ReverseReason.WRONG_ACCOUNT)
    return point.with_pin(reversals.reverse, wanted, op_id)


def refusal(point: Point, target: str) -> Why | None:
    found = point.read(lambda conn: reversals.reversible(conn, point.desk, target)).refused
    return found.reason if found else None


def test_cash_float_and_bill_are_as_before(point: Point) -> None:
    done = paid(point)
    op_id = new_op_id()
    back = reverse(point, done.op_id, op_id)
    assert point.find(back.op_id).payload["target"] == done.op_id
    assert point.read(till.in_drawer) == 0
    assert point.left(FLOAT) == FLOAT_FEN
    assert reverse(point, done.op_id, op_id).again
    assert len(point.operations()) == 2
    again = paid(point)
    assert not again.again
    assert {one.undone for one in point.read(business.entries) if one.op_id == done.op_id} == {True}


def test_sold_pieces_lie_here_again(point: Point) -> None:
    point.sign_in()
    done = point.write(lambda conn: mall.sell(conn, point.desk, new_op_id(), sale(point, 2)))
    back = reverse(point, done.op_id)
    assert point.left(STOCK) == 5
    point.answer(back.op_id, Outcome.REJECTED, "target-settled")
    assert point.left(STOCK) == 3


def test_it_is_done_once_and_a_refused_reversal_counts_as_none(point: Point) -> None:
    done = paid(point)
    back = reverse(point, done.op_id)
    assert refusal(point, done.op_id) is Why.TARGET_REVERSED
    with pytest.raises(Refused):
        reverse(point, done.op_id)
    point.answer(back.op_id, Outcome.REJECTED, "target-settled")
    assert refusal(point, done.op_id) is None


def test_only_todays_open_or_accepted_business_without_dependents(point: Point) -> None:
    done = paid(point)
    basket = fill(point, lp_longan_pomelo_box=1)
    placed = point.write(lambda conn: mall.order(conn, point.desk, new_op_id(), order(point, basket)))
    coupon = point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), redemption(point)))
    assert refusal(point, placed.op_id) is Why.TARGET_NEEDED
    assert refusal(point, coupon.op_id) is Why.TARGET_KIND
    point.answer(done.op_id, Outcome.ACCEPTED)
    assert refusal(point, done.op_id) is None
    point.later(days=1)
    assert refusal(point, done.op_id) is Why.TARGET_OLD
    point.later(days=-1)
    refused = paid_other(point)
    point.answer(refused, Outcome.REJECTED, "account-unknown")
    assert refusal(point, refused) is Why.TARGET_REFUSED


def test_the_operator_must_prove_the_pin_again(point: Point) -> None:
    done = paid(point)
    wanted = Reversal(done.op_id, ReverseReason.OTHER)
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: reversals.reverse(conn, point.desk, new_op_id(), wanted))
    assert caught.value.reason is Why.PROOF_MISSING


def test_nothing_is_known_of_an_unknown_operation(point: Point) -> None:
    with pytest.raises(Refused) as caught:
        refusal(point, new_op_id())
    assert caught.value.reason is Why.TARGET_UNKNOWN


def paid_other(point: Point) -> str:
    wanted = payment(point, day.ACCOUNT_NOT_IN_FILE)
    return point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted)).op_id
