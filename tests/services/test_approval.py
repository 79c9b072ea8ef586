"""Agreeing to one operation with a PIN: one's own, or another person's where it is asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from central.demo import day
from kiosk.services import approval, bills, callbacks, catalogue, forms, mall, reversals, rights, sessions
from kiosk.services.approval import Ask
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.offer import Service
from kiosk.services.permissions import Approval, Asked, Permission
from kiosk.services.recording import Written
from kiosk.services.reversals import Reversal, ReverseReason
from kiosk.services.sessions import Denied
from sync import documents
from sync.wire.kinds import Kind
from tests.services.point import PIN, Point, new_op_id, put_operator
from tests.services.test_bills import payment
from tests.services.test_callbacks import wanted as wish
from tests.services.test_forms import answers
from tests.services.test_mall import fill, order, sale
from tests.services.test_rights import place as place_order
from tests.services.test_rights import redemption
from tests.support.handlers import HANDLERS

Deed = Callable[[Connection, Desk, str], Written]


def county_asks(point: Point, *what: object, rev: int = 1) -> None:
    point.write(lambda conn: documents.put_settings(conn, {"second_person": list(what)}, rev))


def agreed(point: Point, op_id: str, operator: str = day.STAFF) -> Desk:
    given = point.write(lambda conn: sessions.second(conn, point.desk, op_id, operator, PIN))
    assert isinstance(given, Approval), given
    return replace(point.desk, approval=given)


def why(deed: object) -> Why:
    assert callable(deed)
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.reason


def paid(point: Point, desk: Desk | None = None, op_id: str | None = None) -> Written:
    wanted, here = payment(point), desk or point.desk
    return point.write(lambda conn: bills.pay(conn, here, op_id or new_op_id(), wanted))


def reverse(point: Point, desk: Desk, op_id: str, target: str) -> Written:
    wanted = Reversal(target, ReverseReason.OTHER)
    return point.write(lambda conn: reversals.reverse(conn, desk, op_id, wanted))


def asked(point: Point, kind: Kind, of_service: Asked = Asked.NOBODY, reason: str | None = None) -> Asked:
    return point.read(lambda conn: approval.asked(conn, kind, of_service, reason))


def test_the_most_that_anybody_asks_holds(point: Point) -> None:
    assert asked(point, Kind.BILL_PAY) is Asked.NOBODY
    assert asked(point, Kind.BILL_PAY, Asked.OWN) is Asked.OWN
    assert asked(point, Kind.OPERATION_REVERSE) is Asked.OWN
    assert asked(point, Kind.OPERATION_REVERSE, Asked.SECOND) is Asked.SECOND
    county_asks(point, "bill.pay", "operation.reverse/other", 7)
    assert asked(point, Kind.BILL_PAY) is Asked.SECOND
    assert asked(point, Kind.OPERATION_REVERSE, reason="other") is Asked.SECOND
    assert asked(point, Kind.OPERATION_REVERSE, reason="wrong-amount") is Asked.OWN
    point.write(lambda conn: documents.put_settings(conn, {"second_person": 5}, 9))
    assert asked(point, Kind.BILL_PAY) is Asked.NOBODY


def test_where_the_county_asks_a_second_person_agrees_and_is_recorded(point: Point) -> None:
    point.sign_in()
    target = paid(point).op_id
    county_asks(point, "operation.reverse/other")
    op_id = new_op_id()
    own = point.write(lambda conn: sessions.confirm(conn, point.desk, op_id, PIN))
    assert isinstance(own, Approval)
    assert why(lambda: reverse(point, point.desk, op_id, target)) is Why.SECOND_MISSING
    alone = replace(point.desk, approval=own)
    assert why(lambda: reverse(point, alone, op_id, target)) is Why.SECOND_MISSING
    done = reverse(point, agreed(point, op_id), op_id, target)
    payload = point.find(done.op_id).payload
    assert payload["approved_by"] == day.STAFF
    assert point.find(done.op_id).by == day.OPERATOR
    HANDLERS["operation.reverse"].payload_model.model_validate(payload)
    assert reverse(point, point.desk, op_id, target).again


def test_ones_own_pin_is_asked_and_leaves_no_name(point: Point) -> None:
    point.sign_in()
    target, op_id = paid(point).op_id, new_op_id()
    done = point.with_pin(reversals.reverse, Reversal(target, ReverseReason.OTHER), op_id)
    assert "approved_by" not in point.find(done.op_id).payload


def strict(of: Service) -> Service:
    return replace(of, approval=Asked.SECOND)


def pay(point: Point) -> Deed:
    wanted = payment(point)
    wanted = replace(wanted, service=strict(wanted.service))
    return lambda conn, desk, op_id: bills.pay(conn, desk, op_id, wanted)


def place(point: Point) -> Deed:
    wanted = order(point, fill(point, lp_longan_pomelo_box=1))
    wanted = replace(wanted, service=strict(wanted.service))
    return lambda conn, desk, op_id: mall.order(conn, desk, op_id, wanted)


def sell(point: Point) -> Deed:
    wanted = sale(point)
    wanted = replace(wanted, service=strict(wanted.service))
    return lambda conn, desk, op_id: mall.sell(conn, desk, op_id, wanted)


def redeem(point: Point) -> Deed:
    place_order(point)
    wanted = redemption(point)
    wanted = replace(wanted, service=strict(wanted.service))
    return lambda conn, desk, op_id: rights.redeem(conn, desk, op_id, wanted)


def apply_for(point: Point) -> Deed:
    wanted = answers(point)
    wanted = replace(wanted, service=strict(wanted.service))
    return lambda conn, desk, op_id: forms.submit(conn, desk, op_id, wanted)


def call_back(point: Point) -> Deed:
    wanted = wish(point)
    wanted = replace(wanted, service=strict(wanted.service))
    return lambda conn, desk, op_id: callbacks.request(conn, desk, op_id, wanted)


@pytest.mark.parametrize("of", [pay, place, sell, redeem, apply_for, call_back])
def test_a_service_may_ask_too(point: Point, of: Callable[[Point], Deed]) -> None:
    point.sign_in()
    deed, op_id = of(point), new_op_id()
    before = len(point.operations())
    assert why(lambda: point.write(lambda conn: deed(conn, point.desk, op_id))) is Why.SECOND_MISSING
    assert len(point.operations()) == before
    desk = agreed(point, op_id)
    done = point.write(lambda conn: deed(conn, desk, op_id))
    assert point.find(done.op_id).payload["approved_by"] == day.STAFF


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (None, Asked.NOBODY),
        ("own", Asked.OWN),
        ("second", Asked.SECOND),
        ("two", Asked.SECOND),
        (1, Asked.SECOND),
    ],
)
def test_a_word_of_a_later_pack_asks_for_more(said: object, means: Asked) -> None:
    assert catalogue._approval(said) is means


def test_an_approval_is_of_one_operation_and_short(point: Point) -> None:
    point.sign_in()
    county_asks(point, "bill.pay")
    op_id = new_op_id()
    desk = agreed(point, op_id)
    assert why(lambda: paid(point, desk)) is Why.SECOND_MISSING
    late = replace(desk, now=desk.now + approval.LASTS + timedelta(seconds=1))
    assert why(lambda: paid(point, late, op_id)) is Why.SECOND_MISSING
    early = replace(desk, now=desk.now - timedelta(seconds=1))
    assert why(lambda: paid(point, early, op_id)) is Why.SECOND_MISSING
    assert paid(point, desk, op_id).op_id == op_id


def test_who_may_not_do_it_may_not_agree_to_it(point: Point) -> None:
    point.sign_in()
    target = paid(point).op_id
    county_asks(point, "operation.reverse")
    point.write(lambda conn: put_operator(conn, "op-agent", "agent"))
    op_id = new_op_id()
    assert why(lambda: reverse(point, agreed(point, op_id, "op-agent"), op_id, target)) is Why.NOT_PERMITTED


def test_who_can_be_asked(point: Point) -> None:
    point.sign_in()
    point.write(lambda conn: put_operator(conn, "op-agent", "agent"))
    here = point.read(lambda conn: sessions.seconds(conn, point.desk, Permission.REVERSE))
    assert {one.id for one in here} == {day.STAFF}  # not oneself, not who lacks it, not who has a first PIN
    point.write(lambda conn: put_operator(conn, day.STAFF, "staff", active=False, rev=2))
    read = lambda: point.read(lambda conn: sessions.seconds(conn, point.desk, Permission.REVERSE))  # noqa: E731
    assert why(read) is Why.SECOND_NOBODY


def test_a_wrong_second_pin_counts_against_whose_it_is(point: Point) -> None:
    point.sign_in()
    op_id = new_op_id()

    def guess(operator: str, pin: str = "000000") -> Approval | Denied:
        return point.write(lambda conn: sessions.second(conn, point.desk, op_id, operator, pin))

    for _ in range(3):
        last = guess(day.STAFF)
    assert isinstance(last, Denied)
    assert last.locked_until is not None
    assert isinstance(guess(day.STAFF, PIN), Denied)
    assert point.sign_in().operator == day.OPERATOR
    first = guess("op-new", PIN)
    assert isinstance(first, Denied)
    assert first.refused.reason is Why.PIN_MUST_CHANGE
    assert why(lambda: guess(day.OPERATOR, PIN)) is Why.SECOND_IS_FIRST


def test_nobody_agrees_where_nobody_is_signed_in(point: Point) -> None:
    county_asks(point, "callback.request")
    assert why(lambda: approval.settle(point.desk, Ask(new_op_id(), Asked.SECOND))) is Why.SIGN_IN_FIRST
    assert why(lambda: point.with_pin(reversals.reverse, None)) is Why.SIGN_IN_FIRST
    session = point.sign_in()
    assert Permission.REVERSE in session.permissions
