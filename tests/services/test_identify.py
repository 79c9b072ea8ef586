"""Who a villager is: cards that are believed, cards that are not, and an operator's word."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from central.demo import county, day
from kiosk.devices.idcard import IdCard
from kiosk.devices.idnumber import Sex
from kiosk.services import attending, identify, sessions
from kiosk.services.errors import Refused, Why
from kiosk.services.permissions import Approval, Permission
from kiosk.services.presence import How, Person
from sync import documents
from sync.wire import member, token
from sync.wire.answers import Profile
from sync.wire.encoding import instant
from sync.wire.keys import SigningKey
from sync.wire.member import MemberCard
from tests.services.point import ISSUER, MEMBERS, PIN, START, Point, new_op_id

NUMBER = "51160219490307003X"
CARD = IdCard("单㳇", Sex.MALE, "汉", date(1949, 3, 7), "村口", NUMBER, date(2015, 1, 1), date(2026, 3, 2))


def card(**changes: Any) -> MemberCard:
    issued, exp = instant(START), instant(START + timedelta(days=365))
    made = MemberCard("M-1/a", "M-1", county.COUNTY, "㳇**", issued, exp)
    return replace(made, **changes)


def shown(point: Point, text: str) -> Person:
    read = point.cache(lambda cache: identify.read_member(cache, text))
    return point.read(lambda conn: identify.by_member(conn, point.desk, read))


def refusal(point: Point, text: str) -> Why:
    with pytest.raises(Refused) as caught:
        shown(point, text)
    return caught.value.reason


def test_an_id_card_names_its_holder_until_its_last_day_is_over(point: Point) -> None:
    person = identify.by_card(point.desk, CARD)
    assert (person.how, person.name, person.number) == (How.CARD, "单㳇", NUMBER)
    point.later(days=1)
    with pytest.raises(Refused) as caught:
        identify.by_card(point.desk, CARD)
    assert caught.value.reason is Why.CARD_EXPIRED
    assert identify.by_card(point.desk, replace(CARD, valid_to=None)).name == "单㳇"


def test_a_clock_in_doubt_expires_no_card(point: Point) -> None:
    point.later(days=400)
    desk = replace(point.desk, stamp=replace(point.desk.stamp, quality="unknown"))
    assert identify.by_card(desk, CARD).name == "单㳇"


@pytest.mark.parametrize("typed", ["51160219490307003x", " 511602 19490307 003X "])
def test_a_typed_number_is_raised_and_checked(typed: str) -> None:
    assert identify.number(typed) == NUMBER


@pytest.mark.parametrize("typed", ["", "511602194903070031", "51160219490230003X", "123456789012345"])
def test_what_is_no_number_is_said(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        identify.number(typed)
    assert caught.value.reason is Why.ID_NUMBER


def test_a_member_card_is_believed_without_central(point: Point) -> None:
    person = shown(point, member.issue(MEMBERS, card()) + "\r\n")
    assert (person.how, person.number, attending.shown_name(person)) == (How.MEMBER, "M-1", "㳇**")
    assert len(person.secret) == 32
    assert "㳇" not in repr(person)


def test_cards_that_are_not_believed(point: Point) -> None:
    assert refusal(point, "hello") is Why.MEMBER_UNREADABLE
    assert refusal(point, member.issue(SigningKey.generate(), card())) is Why.MEMBER_FORGED
    assert refusal(point, member.issue(ISSUER, card())) is Why.MEMBER_FORGED  # it may sign coupons alone
    assert refusal(point, token.sign(MEMBERS, token.Typ.COUPON, vars(card()))) is Why.MEMBER_UNREADABLE
    assert refusal(point, member.issue(MEMBERS, card(county="510101"))) is Why.MEMBER_ELSEWHERE
    assert refusal(point, member.issue(MEMBERS, card(name="㳇" * 999))) is Why.MEMBER_UNREADABLE
    good = member.issue(MEMBERS, card())
    point.later(days=366)
    assert refusal(point, good) is Why.MEMBER_EXPIRED


@pytest.mark.parametrize(("what", "named"), [("member", "M-1/a"), ("key", MEMBERS.kid)])
def test_a_revoked_card_and_a_revoked_key_are_refused(point: Point, what: str, named: str) -> None:
    good = member.issue(MEMBERS, card())
    shown(point, good)
    raw = {"what": what, "id": named, "reason": "lost"}
    point.write(lambda conn: documents.put_revocation(conn, raw))
    assert refusal(point, good) is Why.MEMBER_REVOKED
    if what == "member":
        assert shown(point, member.issue(MEMBERS, card(card="M-1/b"))).number == "M-1"


def vouched(point: Point, phone: str = "138 1234 5678", occasion: str | None = None) -> Person:
    wanted = occasion or new_op_id()
    given = point.write(lambda conn: sessions.confirm(conn, point.desk, wanted, PIN))
    assert isinstance(given, Approval)
    return identify.by_phone(replace(point.desk, approval=given), wanted, phone, "单㳇")


def test_an_operators_word_takes_the_pin_each_time(point: Point) -> None:
    point.sign_in()
    person = vouched(point)
    assert (person.how, person.number, person.vouched_by) == (How.VOUCHED, "13812345678", day.OPERATOR)
    with pytest.raises(Refused) as caught:
        identify.by_phone(point.desk, new_op_id(), "13812345678")
    assert caught.value.reason is Why.PROOF_MISSING


def test_nobody_vouches_where_nobody_answers_for_the_place(point: Point) -> None:
    point.sign_in()
    public = replace(point.desk, place=replace(point.desk.place, profile=Profile.PUBLIC))
    with pytest.raises(Refused) as caught:
        identify.by_phone(public, new_op_id(), "13812345678")
    assert caught.value.reason is Why.NOT_ON_THIS_TERMINAL


def test_nobody_vouches_without_the_permission_or_for_no_number(point: Point) -> None:
    with pytest.raises(Refused) as caught:
        identify.by_phone(point.desk, new_op_id(), "13812345678")
    assert caught.value.reason is Why.SIGN_IN_FIRST
    session = point.sign_in()
    with pytest.raises(Refused) as caught:
        vouched(point, "12345")
    assert caught.value.reason is Why.PHONE
    point.session = replace(session, permissions=session.permissions - {Permission.IDENTIFY})
    with pytest.raises(Refused) as caught:
        vouched(point)
    assert caught.value.reason is Why.NOT_PERMITTED
