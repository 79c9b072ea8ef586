"""Cases: plain words about who owes what, and one signed pay-back with a second PIN."""

from typing import Any

import pytest

from central.demo import day
from kiosk.devices.paper import Note, SlipKind
from kiosk.services import bills, cases, mall, rights, slips, till
from kiosk.services.cases import OpenCase, PayBack
from kiosk.services.errors import Refused, Why
from sync import cases as sync_cases
from sync.errors import OperationExists
from sync.wire.answers import Outcome, Profile
from tests.services.point import TERMINAL, Point, new_op_id
from tests.services.test_bills import payment
from tests.services.test_mall import fill, order
from tests.services.test_rights import redemption

CASE = "case-1"
FLOAT = f"float:{day.MAIN_POINT}"


def owed_cash(fen: int) -> dict[str, Any]:
    return {"to": "customer", "what": "cash", "fen": fen}


def refused_bill(point: Point) -> bills.Payment:
    """A bill paid here, already paid elsewhere: central owes the cash back."""
    point.sign_in()
    wanted = payment(point)
    done = point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))
    point.answer(
        done.op_id, Outcome.REJECTED, "bill-paid-elsewhere", case=CASE, owes=[owed_cash(wanted.amount_fen)]
    )
    return wanted


def refused_order(point: Point) -> str:
    """The good ran out; a coupon had been redeemed on the order."""
    point.sign_in()
    basket = fill(point, lp_longan_pomelo_box=1)
    done = point.write(lambda conn: mall.order(conn, point.desk, new_op_id(), order(point, basket)))
    coupon = point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), redemption(point)))
    owes = [owed_cash(5800), {"to": "customer", "what": "coupon", "id": f"{day.COUPON_KIND}/7"}]
    point.answer(done.op_id, Outcome.REJECTED, "sold-out", case=CASE, owes=owes)
    point.answer(coupon.op_id, Outcome.REVIEW, "parent-rejected")
    return done.op_id


def only(point: Point) -> OpenCase:
    listed = point.read(lambda conn: cases.open_cases(conn, point.desk))
    assert len(listed) == 1
    return listed[0]


def pay_back(point: Point, op_id: str | None = None, receiver: str = "单㳇") -> Any:
    wanted = PayBack(CASE, receiver)
    return point.with_pin(cases.pay_back, wanted, op_id)


def test_a_case_says_who_is_owed_what_and_what_to_do(point: Point) -> None:
    wanted = refused_bill(point)
    case = only(point)
    assert (case.cash_fen, case.coupons, case.can_close) == (wanted.amount_fen, (), None)
    assert case.reason.zh == "账单已在别处缴过"
    assert case.title == wanted.service.title
    assert case.slip_number is not None
    said = "".join(step.zh for step in case.steps)
    assert case.slip_number in said
    assert "签字" in said
    assert "抽屉" in said


def test_an_orders_case_gives_back_cash_and_coupon_together(point: Point) -> None:
    refused_order(point)
    case = only(point)
    assert case.cash_fen == 5800
    assert case.coupons == (f"{day.COUPON_KIND}/7",)
    assert len(case.owed) == 2
    before = point.read(till.in_drawer)
    done = pay_back(point)
    payload = point.find(done.op_id).payload
    assert payload["cash"] == {"fen": -5800, "lease": f"L-{FLOAT}"}
    assert payload["returned"] == [f"{day.COUPON_KIND}/7"]
    assert payload["copy"] == done.number
    assert point.read(till.in_drawer) == before - 5800 == 0


def test_the_refund_slip_is_to_be_signed_and_is_no_done(point: Point) -> None:
    refused_bill(point)
    slip = pay_back(point).slip
    assert slip.kind is SlipKind.REFUND
    assert any(isinstance(line, Note) and "签字" in line.text.zh for line in slip.lines)


def test_paying_back_twice_is_one_and_then_refused(point: Point) -> None:
    refused_bill(point)
    op_id = new_op_id()
    first = pay_back(point, op_id)
    assert pay_back(point, op_id).slip == first.slip
    assert point.read(lambda conn: cases.open_cases(conn, point.desk)) == ()
    with pytest.raises(Refused) as caught:
        pay_back(point)
    assert caught.value.reason is Why.CASE_BEING_CLOSED
    with pytest.raises(OperationExists):
        pay_back(point, op_id, receiver="王五")


def test_a_refused_close_opens_the_way_again(point: Point) -> None:
    refused_bill(point)
    first = pay_back(point)
    point.answer(first.op_id, Outcome.REJECTED, "amount-mismatch")
    assert only(point).id == CASE


def test_a_closed_case_is_gone_and_cannot_be_paid(point: Point) -> None:
    refused_bill(point)
    closed = sync_case(point) | {"state": "closed", "rev": 2}
    point.write(lambda conn: sync_cases.apply_case(conn, closed))
    assert point.read(lambda conn: cases.open_cases(conn, point.desk)) == ()
    with pytest.raises(Refused) as caught:
        pay_back(point)
    assert caught.value.reason is Why.CASE_CLOSED


def test_without_a_second_pin_nothing_is_paid(point: Point) -> None:
    refused_bill(point)
    closing = PayBack(CASE, "单㳇")
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: cases.pay_back(conn, point.desk, new_op_id(), closing))
    assert caught.value.reason is Why.PROOF_MISSING


def test_the_receiver_is_named_and_the_till_must_hold_it(point: Point) -> None:
    refused_bill(point)
    with pytest.raises(Refused) as caught:
        pay_back(point, receiver="  ")
    assert caught.value.reason is Why.RECEIVER_EMPTY
    owes = [owed_cash(900_000)]
    larger = sync_case(point) | {"rev": 2, "owes": owes}
    point.write(lambda conn: sync_cases.apply_case(conn, larger))
    refused = only(point).can_close
    assert refused is not None
    assert refused.reason is Why.TILL_SHORT


def test_a_breach_and_another_points_case_are_for_staff(point: Point) -> None:
    refused_bill(point)
    for changed in ({"rev": 2, "terminal": "T-0002"}, {"rev": 3, "reason": "lease-breach"}):
        raw = sync_case(point) | changed
        point.write(lambda conn, raw=raw: sync_cases.apply_case(conn, raw))  # type: ignore[misc]
        refused = only(point).can_close
        assert refused is not None
        assert refused.reason is Why.CASE_STAFF
    point.profile = Profile.STAFF
    point.sign_in(day.STAFF)
    assert only(point).can_close is None
    assert "服务点" in only(point).steps[0].zh


def test_only_what_somebody_at_this_terminal_can_settle_is_to_do(point: Point) -> None:
    def to_do() -> int:
        return point.read(lambda conn: cases.to_do(conn, point.desk))

    refused_bill(point)
    point.session = None
    assert to_do() == 1
    goods = [{"to": "customer", "what": "goods", "id": "g-1"}]
    elsewhere = ({"terminal": "T-0002"}, {"reason": "lease-breach"}, {"owes": goods}, {"owes": []})
    for rev, changed in enumerate(elsewhere, 2):
        raw = sync_case(point) | {"owes": [owed_cash(5300)], "terminal": TERMINAL, "reason": "sold-out"}
        raw |= changed | {"rev": rev}
        point.write(lambda conn, raw=raw: sync_cases.apply_case(conn, raw))  # type: ignore[misc]
        assert to_do() == 0, changed
        assert only(point).idle is not None
    point.write(lambda conn: sync_cases.apply_case(conn, raw | {"owes": [owed_cash(5300)], "rev": 9}))
    assert to_do() == 1
    point.sign_in()
    pay_back(point)
    assert to_do() == 0


def test_staff_find_a_case_by_its_number(point: Point) -> None:
    refused_bill(point)
    with pytest.raises(Refused) as caught:
        point.read(lambda conn: cases.by_number(conn, point.desk, "GA-260302-0017"))
    assert caught.value.reason is Why.NOT_PERMITTED
    point.profile = Profile.STAFF
    point.sign_in(day.STAFF)
    found = point.read(lambda conn: cases.by_number(conn, point.desk, " ga-260302-0017 "))
    assert found.id == CASE
    with pytest.raises(Refused) as caught:
        point.read(lambda conn: cases.by_number(conn, point.desk, "GA-1"))
    assert caught.value.reason is Why.CASE_UNKNOWN


def test_a_case_of_another_terminal_is_told_from_centrals_facts(point: Point) -> None:
    point.profile = Profile.STAFF
    point.sign_in(day.STAFF)
    raw = {
        "case": "case-9", "number": "GA-260302-0025", "op": new_op_id(), "terminal": "T-0009",
        "point": "pt-paifang", "kind": "order.place", "reason": "sold-out", "opened": "2026-03-02T01:00:00Z",
        "state": "open", "rev": 1, "owes": [owed_cash(100)], "facts": {"title": "龙安柚礼盒"},
    }  # fmt: skip
    point.write(lambda conn: sync_cases.apply_case(conn, raw))
    case = only(point)
    assert "龙安柚礼盒" in case.title.zh
    assert case.slip_number is None


def test_what_the_customer_owes_comes_into_the_till(point: Point) -> None:
    refused_bill(point)
    raw = sync_case(point) | {"rev": 2, "owes": [{"to": "central", "what": "cash", "fen": 1000}]}
    point.write(lambda conn: sync_cases.apply_case(conn, raw))
    before = point.read(till.in_drawer)
    done = pay_back(point)
    assert point.find(done.op_id).payload["cash"]["fen"] == 1000
    assert point.read(till.in_drawer) == before + 1000


def test_a_case_with_a_coupon_alone_still_names_the_cash(point: Point) -> None:
    refused_order(point)
    raw = sync_case(point) | {"rev": 2, "owes": [{"to": "customer", "what": "coupon", "id": "k/7"}]}
    point.write(lambda conn: sync_cases.apply_case(conn, raw))
    done = pay_back(point)
    assert point.find(done.op_id).payload["cash"] == {"fen": 0, "lease": f"L-{FLOAT}"}


def test_the_rejected_operations_slip_names_case_and_cash(point: Point) -> None:
    wanted = refused_bill(point)
    slip = point.write(lambda conn: slips.for_state(conn, point.desk, only(point).op_id))
    assert slip.kind is SlipKind.NOT_DONE
    body = str(slip.lines)
    assert "GA-260302-0017" in body
    assert str(wanted.amount_fen) in body


def sync_case(point: Point) -> dict[str, Any]:
    """The case as central would send it again."""
    view = point.read(lambda conn: sync_cases.by_id(conn, CASE))
    assert view is not None
    return {
        "case": view.id, "number": view.number, "op": view.op_id, "terminal": view.terminal,
        "point": view.point, "kind": view.kind, "reason": view.reason, "opened": view.opened,
        "state": view.state.value, "rev": view.rev, "facts": view.facts, "owes": [],
    }  # fmt: skip


def test_a_case_of_a_kind_from_a_later_version_can_be_found_and_read(point: Point) -> None:
    point.profile = Profile.STAFF
    point.sign_in(day.STAFF)
    raw = {
        "case": "case-9", "number": "GA-260302-0099", "op": "op-9", "terminal": "T-0002", "point": "P-2",
        "kind": "raffle.enter", "reason": "comet-impact", "opened": "2026-03-02T01:00:00Z", "state": "open",
        "rev": 1, "owes": [owed_cash(300)], "facts": {},
    }  # fmt: skip
    point.write(lambda conn: sync_cases.apply_case(conn, raw))
    (found,) = point.read(lambda conn: cases.open_cases(conn, point.desk))
    assert (found.kind, found.cash_fen) == (None, 300)
    assert "raffle.enter" in found.title.zh
    assert "comet-impact" in found.reason.zh
