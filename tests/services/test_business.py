"""My business: everything done here, each with its true state, newest first."""

import pytest

from kiosk.services import bills, business, forms, mall, rights, sessions, till
from kiosk.services.business import Entry, Filter, Tone
from kiosk.services.errors import Refused
from sync import identity
from sync.identity import IdentityState
from sync.wire.answers import Outcome
from sync.wire.kinds import Kind
from tests.services.point import PIN, START, Point, new_op_id
from tests.services.test_bills import payment
from tests.services.test_forms import answers
from tests.services.test_mall import fill, order, sale
from tests.services.test_rights import redemption


def busy(point: Point) -> dict[Kind, str]:
    """A bill, an application, a sale, an order and a coupon on it."""
    point.sign_in()
    made = [
        point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), payment(point))),
        point.write(lambda conn: forms.submit(conn, point.desk, new_op_id(), answers(point))),
        point.write(lambda conn: mall.sell(conn, point.desk, new_op_id(), sale(point))),
    ]
    basket = fill(point, lp_longan_pomelo_box=1)
    made.append(point.write(lambda conn: mall.order(conn, point.desk, new_op_id(), order(point, basket))))
    made.append(point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), redemption(point))))
    return {Kind(point.find(one.op_id).kind): one.op_id for one in made}


def listed(point: Point, wanted: Filter = Filter.ALL) -> dict[str, Entry]:
    return {one.op_id: one for one in point.read(lambda conn: business.entries(conn, wanted))}


def test_everything_is_listed_newest_first_with_its_slip(point: Point) -> None:
    made = busy(point)
    found = point.read(business.entries)
    assert [one.op_id for one in found] == list(reversed(made.values()))
    assert all(one.number for one in found)
    assert {one.tone for one in found} == {Tone.WAITING}
    assert found == point.read(business.queue).entries
    assert point.read(business.queue).depth.waiting == 5


def test_screen_and_paper_say_the_same(point: Point) -> None:
    made = busy(point)
    found = listed(point)
    assert found[made[Kind.GOODS_SELL]].words.zh == "已当场办结，记录待发送"
    assert found[made[Kind.BILL_PAY]].words.zh == "已记录，等待发送"


def test_filters_follow_the_outcomes(point: Point) -> None:
    made = busy(point)
    point.answer(made[Kind.BILL_PAY], Outcome.ACCEPTED)
    point.answer(made[Kind.ORDER_PLACE], Outcome.REJECTED, "sold-out", case="case-1")
    point.answer(made[Kind.RIGHT_REDEEM], Outcome.REVIEW, "parent-rejected")
    assert listed(point, Filter.DONE).keys() == {made[Kind.BILL_PAY]}
    assert listed(point, Filter.REFUSED).keys() == {made[Kind.ORDER_PLACE]}
    assert made[Kind.RIGHT_REDEEM] in listed(point, Filter.OPEN)
    refused = listed(point)[made[Kind.ORDER_PLACE]]
    assert (refused.tone, refused.case_number) == (Tone.BAD, "GA-260302-0017")
    assert refused.reason is not None
    assert refused.reason.zh == "商品已售完"


def test_a_detail_shows_what_rests_on_what(point: Point) -> None:
    made = busy(point)
    placed = point.read(lambda conn: business.detail(conn, made[Kind.ORDER_PLACE]))
    assert [one.op_id for one in placed.dependents] == [made[Kind.RIGHT_REDEEM]]
    coupon = point.read(lambda conn: business.detail(conn, made[Kind.RIGHT_REDEEM]))
    assert coupon.depends_on is not None
    assert coupon.depends_on.op_id == made[Kind.ORDER_PLACE]
    assert coupon.operator == "陈秀英"
    assert coupon.facts
    with pytest.raises(Refused):
        point.read(lambda conn: business.detail(conn, new_op_id()))


@pytest.mark.parametrize("state", [state for state in IdentityState if state is not IdentityState.OPEN])
def test_on_a_locked_terminal_what_waits_is_said_to_wait_for_the_new_set_up(
    point: Point, state: IdentityState
) -> None:
    made = busy(point)
    point.answer(made[Kind.BILL_PAY], Outcome.ACCEPTED)

    def todo(kind: Kind) -> str:
        return point.read(lambda conn: business.detail(conn, made[kind])).todo.zh

    assert "联网后自动送出" in todo(Kind.ORDER_PLACE)
    point.write(lambda conn: identity.set_state(conn, state))
    for kind in (Kind.ORDER_PLACE, Kind.GOODS_SELL, Kind.RIGHT_REDEEM):
        assert "没有丢，最迟在重新设置本机后送到中心" in todo(kind)
        assert "联网后自动" not in todo(kind)
    assert todo(Kind.BILL_PAY) == "已经办成，不用再做什么"


def test_after_a_restart_the_last_business_is_shown_first(point: Point) -> None:
    assert point.read(business.last) is None
    made = busy(point)
    point.restart()
    last = point.read(business.last)
    assert last is not None
    assert last.op_id == made[Kind.RIGHT_REDEEM]


def test_a_pin_is_nobodys_business_but_waits_in_the_queue(point: Point) -> None:
    point.sign_in("op-new")
    point.write(lambda conn: sessions.set_pin(conn, point.desk, new_op_id(), PIN, "902817"))
    assert point.read(business.entries) == ()
    assert [one.kind for one in point.read(business.queue).entries] == [Kind.OPERATOR_PIN]


def test_the_day_adds_up(point: Point) -> None:
    busy(point)
    totals = point.read(lambda conn: till.day(conn, START.date()))
    entries = listed(point).values()
    assert totals.taken_fen == sum(one.fen for one in entries if one.fen > 0)
    assert totals.given_fen == 1000
    assert totals.taken_fen - totals.given_fen == point.read(till.in_drawer)
    assert {one.kind: one.count for one in totals.by_kind}[Kind.GOODS_SELL] == 1
    assert point.read(lambda conn: till.day(conn, START.date().replace(day=1))).by_kind == ()
    stands = point.read(lambda conn: till.standing(conn, point.desk))
    assert stands.float_fen - stands.float_left_fen == stands.till_fen


def test_change_is_counted(point: Point) -> None:
    assert till.change(6790, 10_000) == 3210
    with pytest.raises(Refused):
        till.change(6790, 6000)
