"""Bills: what is wrong with an account, what the file says, and cash that is recorded exactly once."""

from datetime import timedelta

import pytest

from central.demo import day
from kiosk.devices.paper import SlipKind
from kiosk.services import bills, money, till
from kiosk.services.bills import Bill, Payment
from kiosk.services.errors import Refused, Why
from sync.errors import OperationExists
from sync.outbox import State
from sync.wire.answers import Outcome
from tests.services.point import FLOAT_FEN, START, Point, grant, new_op_id

FLOAT = f"float:{day.MAIN_POINT}"


def biller(point: Point, name: str = day.POWER_BILLER) -> bills.Biller:
    return point.cache(lambda cache: bills.biller(cache, name))


def found(point: Point, account: str = day.ACCOUNT_IN_FILE, name: str = day.POWER_BILLER) -> bills.Found:
    of = biller(point, name)
    checked = bills.check_account(of, {"account": account})
    return point.cache(lambda cache: bills.find(cache, point.desk.reading, of, checked))


def payment(point: Point, account: str = day.ACCOUNT_IN_FILE, **changes: int) -> Payment:
    of = biller(point)
    listed = found(point, account).bills
    bill: Bill | None = listed[0] if listed else None
    fen = changes.get("fen", bill.amount_fen if bill else day.STATED_FEN)
    checked = bills.check_account(of, {"account": account})
    return Payment(point.service(day.POWER_SERVICE), of, checked, fen, bill)


def why(caught: pytest.ExceptionInfo[Refused]) -> Why:
    return caught.value.reason


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Why.ACCOUNT_EMPTY),
        ("   ", Why.ACCOUNT_EMPTY),
        (day.ACCOUNT_MALFORMED, Why.ACCOUNT_LENGTH),
        (day.ACCOUNT_IN_FILE + "1", Why.ACCOUNT_LENGTH),
        ("510210221600O", Why.ACCOUNT_CHARACTERS),
        ("9102102216001", Why.ACCOUNT_FORM),
        ("5102102216001\u0000", Why.ACCOUNT_CHARACTERS),
    ],
)
def test_a_wrong_account_says_what_is_wrong(point: Point, typed: str, reason: Why) -> None:
    with pytest.raises(Refused) as caught:
        bills.check_account(biller(point), {"account": typed})
    assert why(caught) is reason
    assert "{" not in caught.value.text.zh + caught.value.text.en


def test_full_width_digits_and_spaces_are_read_as_they_are_meant(point: Point) -> None:
    checked = bills.check_account(biller(point), {"account": "５１０２ 1022 16001"})
    assert checked.key == day.ACCOUNT_IN_FILE


def test_a_plate_number_is_checked_with_the_notice(point: Point) -> None:
    of = biller(point, "jt-fine")
    entered = {"account": "5116026102216001", "plate": "川x12345"}
    assert dict(bills.check_account(of, entered).params)["plate"] == "川X12345"
    with pytest.raises(Refused) as caught:
        bills.check_account(of, entered | {"plate": "川X1234O0"})
    assert why(caught) is Why.ACCOUNT_FORM


def test_a_bill_is_found_in_the_file_with_its_date(point: Point) -> None:
    bill = found(point).bills[0]
    assert bill.amount_fen == day.bill_of(day.ACCOUNT_IN_FILE, START).amount_fen
    assert bill.file.as_of < START < bill.file.expires_at
    assert bill.place == "星光村委会"


def test_an_account_outside_the_file_has_no_bill(point: Point) -> None:
    assert found(point, day.ACCOUNT_NOT_IN_FILE).bills == ()


def test_an_expired_file_is_refused_with_its_date(point: Point) -> None:
    with pytest.raises(Refused) as caught:
        found(point, day.EXPIRED_ACCOUNT, day.EXPIRED_BILLER)
    assert why(caught) is Why.BILL_FILE_EXPIRED
    assert caught.value.params["as_of"].zh in caught.value.text.zh


def test_a_payment_is_recorded_secured_with_slip_till_and_float(point: Point) -> None:
    point.sign_in()
    wanted = payment(point)
    done = point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    view = point.find(done.op_id)
    assert view.state is State.RECORDED
    assert view.by == day.OPERATOR
    assert view.payload["basis"] == "file"
    assert view.payload["cash"] == {"fen": wanted.amount_fen, "lease": f"L-{FLOAT}"}
    assert point.left(FLOAT) == FLOAT_FEN - wanted.amount_fen
    assert point.read(till.in_drawer) == wanted.amount_fen
    assert done.slip.kind is SlipKind.RECORD_OF_REQUEST


def test_a_double_tap_records_once_and_answers_twice(point: Point) -> None:
    point.sign_in()
    wanted, op_id = payment(point), new_op_id()
    first = point.write(lambda conn: bills.pay(conn, point.desk, op_id, wanted))
    point.later(seconds=3)
    second = point.write(lambda conn: bills.pay(conn, point.desk, op_id, wanted))
    assert second.again
    assert second.slip == first.slip
    assert len(point.operations()) == 1
    assert point.read(till.in_drawer) == wanted.amount_fen
    assert point.left(FLOAT) == FLOAT_FEN - wanted.amount_fen


def test_a_double_tap_after_a_restart_still_records_once(point: Point) -> None:
    point.sign_in()
    wanted, op_id = payment(point), new_op_id()
    first = point.write(lambda conn: bills.pay(conn, point.desk, op_id, wanted))
    point.restart()
    assert point.write(lambda conn: bills.pay(conn, point.desk, op_id, wanted)).number == first.number


def test_the_same_id_for_another_payment_is_loud(point: Point) -> None:
    point.sign_in()
    op_id, one = new_op_id(), payment(point, day.ACCOUNT_NOT_IN_FILE)
    other = payment(point, day.ACCOUNT_NOT_IN_FILE, fen=7_000)
    point.write(lambda conn: bills.pay(conn, point.desk, op_id, one))
    with pytest.raises(OperationExists):
        point.write(lambda conn: bills.pay(conn, point.desk, op_id, other))
    assert len(point.operations()) == 1


def test_the_same_bill_is_not_taken_twice_here(point: Point) -> None:
    point.sign_in()
    wanted = payment(point)
    first = point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    assert why(caught) is Why.PAID_HERE
    assert caught.value.params["number"] == first.number
    marks = point.read(lambda conn: bills.paid_here(conn, (wanted.bill,) if wanted.bill else ()))
    assert [mark.op_id for mark in marks] == [first.op_id]


def test_a_bill_whose_payment_was_refused_may_be_paid_again(point: Point) -> None:
    point.sign_in()
    wanted = payment(point)
    first = point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    point.answer(first.op_id, Outcome.REJECTED, "biller-closed")
    again = point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    assert not again.again


@pytest.mark.parametrize(
    ("fen", "reason"),
    [
        (0, Why.AMOUNT_ZERO),
        (-500, Why.AMOUNT_NEGATIVE),
        (1, Why.AMOUNT_TOO_SMALL),
        (500_001, Why.AMOUNT_TOO_LARGE),
    ],
)
def test_stated_amounts_out_of_bounds_are_refused(point: Point, fen: int, reason: Why) -> None:
    point.sign_in()
    wanted = payment(point, day.ACCOUNT_NOT_IN_FILE, fen=fen)
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    assert why(caught) is reason
    assert point.operations() == []


def test_a_stated_amount_is_a_plain_request(point: Point) -> None:
    point.sign_in()
    wanted = payment(point, day.ACCOUNT_NOT_IN_FILE)
    done = point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    payload = point.find(done.op_id).payload
    assert payload["basis"] == "stated"
    assert "bill" not in payload


def test_exact_bills_and_steps_are_held_to(point: Point) -> None:
    power, bill = biller(point), found(point).bills[0]
    with pytest.raises(Refused) as caught:
        bills.check_amount(power, bill.amount_fen + 1, bill)
    assert why(caught) is Why.AMOUNT_NOT_EXACT
    meter = biller(point, "dl-rural")
    with pytest.raises(Refused) as caught:
        bills.check_amount(meter, 1500)
    assert why(caught) is Why.AMOUNT_STEP
    assert bills.check_amount(meter, 2000) == 2000
    gas = biller(point, "rq-city")
    with pytest.raises(Refused) as caught:
        bills.check_amount(gas, bill.amount_fen - 1, bill)
    assert why(caught) is Why.AMOUNT_BELOW_BILL


def test_a_biller_that_insists_on_a_bill_takes_no_stated_amount(point: Point) -> None:
    point.sign_in()
    of = biller(point, "sw-city")
    checked = bills.check_account(of, {"account": "GA01001001"})
    wanted = Payment(point.service("b3-water"), of, checked, 5_000)
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    assert why(caught) is Why.NOT_WITHOUT_BILL
    assert "城区自来水公司" in caught.value.text.zh


def test_nobody_takes_cash_without_signing_in(point: Point) -> None:
    wanted = payment(point)
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    assert why(caught) is Why.SIGN_IN_FIRST


def test_over_the_float_is_refused_and_says_what_is_left(point: Point) -> None:
    point.sign_in()
    point.give(grant(FLOAT, 3_000, "fen", rev=2))
    wanted = payment(point, day.ACCOUNT_NOT_IN_FILE)
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    assert why(caught) is Why.OVER_FLOAT
    assert caught.value.params["left"] == money.show(3_000)


def test_a_float_out_of_touch_for_too_long_stops(point: Point) -> None:
    point.later(days=31)
    point.sign_in()
    wanted = Payment(
        point.service(day.POWER_SERVICE),
        biller(point),
        bills.check_account(biller(point), {"account": day.ACCOUNT_NOT_IN_FILE}),
        5_000,
    )
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    assert why(caught) is Why.FLOAT_TOO_OLD


def test_a_bill_found_before_its_file_expired_is_refused_after(point: Point) -> None:
    point.sign_in()
    wanted = payment(point)
    assert wanted.bill is not None
    point.now = wanted.bill.file.expires_at + timedelta(seconds=1)
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    assert why(caught) is Why.BILL_FILE_EXPIRED
