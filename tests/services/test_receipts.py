"""Business is found by its slip's number, the end of it, its code, a case's number; or by who is there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from central.demo import day
from kiosk.services import bills, business, guide, receipts, slips
from kiosk.services.business import Filter
from kiosk.services.errors import Refused, Why
from kiosk.services.presence import How, Person
from kiosk.services.receipts import Found, MadeElsewhere, OfCase, OfNobody, OfOperation
from kiosk.services.recording import Written
from sync import cases, outbox
from sync.wire.keys import SigningKey
from sync.wire.operation import LINK_BYTES, seal_bytes
from sync.wire.slipcode import SlipCode
from tests.services.point import TERMINAL, Point, new_op_id
from tests.services.test_bills import payment

LI = Person(How.CARD, "李四", "511602194501011234", secret=b"the card's own")


def pay(point: Point, person: Person | None = None, account: str = day.ACCOUNT_IN_FILE) -> Written:
    point.sign_in()
    desk = replace(point.desk, person=person)
    return point.write(lambda conn: bills.pay(conn, desk, new_op_id(), payment(point, account)))


def find(point: Point, text: str) -> Found:
    return point.read(lambda conn: receipts.find(conn, point.desk, text))


def why(point: Point, text: str) -> Why:
    with pytest.raises(Refused) as refused:
        find(point, text)
    return refused.value.reason


def code_of(point: Point, op_id: str) -> SlipCode:
    code = point.read(lambda conn: outbox.slip_code(conn, op_id))
    assert code is not None
    return SlipCode.parse(code)


def told(point: Point, **changes: object) -> None:
    raw = {
        "case": "c-9",
        "number": "GA-260302-0009",
        "op": new_op_id(),
        "terminal": "T-OTHER",
        "point": "pt-paifang",
        "kind": "bill.pay",
        "reason": "bill-paid-elsewhere",
        "opened": "2026-03-02T01:00:00Z",
        "state": "open",
        "rev": 1,
        "owes": [],
        "facts": {},
    }
    point.write(lambda conn: cases.apply_case(conn, raw | changes))


def test_the_number_is_taken_whole_by_its_end_and_however_it_is_typed(point: Point) -> None:
    done = pay(point)
    number = f"{TERMINAL}-00001"
    assert point.read(lambda conn: slips.by_number(conn, number)).op_id == done.op_id
    for text in (number, number.lower(), f"  {number} ", "1", "00001", "１", f"{TERMINAL}-1"):
        assert find(point, text) == OfOperation(done.op_id), text


def test_the_code_on_the_slip_is_enough(point: Point) -> None:
    done = pay(point)
    assert find(point, str(code_of(point, done.op_id))) == OfOperation(done.op_id)


def test_a_code_with_our_place_and_another_seal_is_not_ours(point: Point) -> None:
    code = code_of(point, pay(point).op_id)
    other = SigningKey.generate()
    link = bytes(LINK_BYTES)
    forged = replace(code, link=link, seal=other.sign(seal_bytes(TERMINAL, 1, code.seq, link)))
    assert why(point, str(forged)) is Why.SLIP_ALTERED


def test_a_place_that_is_no_longer_on_this_disk_is_called_so(point: Point) -> None:
    code = code_of(point, pay(point).op_id)
    assert why(point, str(replace(code, seq=99))) is Why.SLIP_NOT_KEPT


def test_a_slip_of_another_machine_says_what_is_known_of_that_machine(point: Point) -> None:
    code = replace(code_of(point, pay(point).op_id), terminal="T-OTHER", seq=7)
    assert find(point, str(code)) == MadeElsewhere("T-OTHER", "7")
    told(point)
    assert find(point, str(code)) == MadeElsewhere("T-OTHER", "7", "pt-paifang", 1)
    assert find(point, "t-other-12") == MadeElsewhere("t-other", "t-other-00012", "pt-paifang", 1)


def test_a_case_is_found_by_its_number_and_leads_to_what_was_done_here(point: Point) -> None:
    told(point)
    found = find(point, "ga-260302-0009")
    assert isinstance(found, OfCase)
    assert found.case.id == "c-9"
    done = pay(point)
    told(point, case="c-1", number="GA-260302-0010", op=done.op_id, terminal=TERMINAL)
    assert find(point, "GA-260302-0010") == OfOperation(done.op_id)


def test_a_guide_is_nobodys_business(point: Point) -> None:
    item = point.cache(lambda cache: guide.item(cache, guide.search(cache, "身份证").items[0].id))
    slip = point.write(lambda conn: guide.print_guide(conn, point.desk, item))
    assert find(point, slip.number) == OfNobody(slip.number)


@pytest.mark.parametrize(
    "text", ["", "电费", "YZS1.", "YZS1.a.b.c", "12a", "-", "1" * 16, "'; DROP TABLE slips"]
)
def test_what_is_no_number_is_called_so(point: Point, text: str) -> None:
    assert why(point, text) is Why.SLIP_UNREADABLE


def test_a_number_nobody_gave_out_is_named(point: Point) -> None:
    assert why(point, "77") is Why.SLIP_UNKNOWN


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text("YZS1.0123456789abcdef-", max_size=80).map("YZS1.".__add__))
def test_anything_at_all_is_found_or_refused(point: Point, text: str) -> None:
    with suppress(Refused):
        find(point, text)


def test_the_person_who_is_there_finds_theirs_and_nobody_elses(point: Point) -> None:
    mine = pay(point, LI)
    pay(point, account=day.ACCOUNT_PAID_ELSEWHERE)
    desk = replace(point.desk, person=LI)
    assert [one.op_id for one in point.read(lambda conn: business.of_person(conn, desk))] == [mine.op_id]
    done = point.read(lambda conn: business.of_person(conn, desk, Filter.DONE))
    assert done == ()
    other = replace(desk, person=replace(LI, number="511602194501011235"))
    assert point.read(lambda conn: business.of_person(conn, other)) == ()
