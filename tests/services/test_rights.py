"""Coupons: each bad one is refused with its reason; a good one is redeemed on its order once."""

from datetime import timedelta

import pytest

from central.demo import day
from kiosk.devices.paper import SlipKind
from kiosk.services import mall, rights, till
from kiosk.services.errors import Refused, Why
from kiosk.services.rights import Genuine, OrderChoice, Redemption
from sync import documents
from sync.wire.answers import Outcome
from sync.wire.keys import SigningKey
from tests.services.point import START, Point, mint, new_op_id
from tests.services.test_mall import fill, order

RIGHT = f"coupon:{day.COUPON_KIND}"


def read(point: Point, token: str) -> Genuine:
    return point.cache(lambda cache: rights.read(cache, point.desk, token))


def place(point: Point, **lines: int) -> str:
    basket = fill(point, **(lines or {"lp_longan_pomelo_box": 1}))
    return point.write(lambda conn: mall.order(conn, point.desk, new_op_id(), order(point, basket))).op_id


def choices(point: Point, genuine: Genuine) -> tuple[OrderChoice, ...]:
    orders = point.read(rights.recent_orders)
    return point.cache(lambda cache: rights.choices(cache, genuine, orders))


def redemption(point: Point, token: str | None = None) -> Redemption:
    genuine = read(point, token or mint())
    return Redemption(point.service(day.COUPON_SERVICE), genuine, choices(point, genuine)[0])


def flipped(token: str) -> str:
    """One bit of the payload changed."""
    head, body, seal = token.split(".")
    return f"{head}.{body[:-4]}{'A' if body[-4] != 'A' else 'B'}{body[-3:]}.{seal}"


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("", Why.COUPON_UNREADABLE),
        ("13908260003", Why.COUPON_UNREADABLE),
        ("龙安柚", Why.COUPON_UNREADABLE),
        (mint(key=SigningKey.generate()), Why.COUPON_FORGED),
        (flipped(mint()), Why.COUPON_FORGED),
        (mint(exp=START - timedelta(days=1)), Why.COUPON_EXPIRED),
        (mint(8, kind="cp-spring-8"), Why.COUPON_EXPIRED),
        (mint(kind="cp-unknown"), Why.COUPON_KIND_UNKNOWN),
        (mint(home="pt-paifang"), Why.COUPON_NOT_HOME),
    ],
)
def test_a_bad_coupon_is_refused_with_its_reason(point: Point, token: str, reason: Why) -> None:
    with pytest.raises(Refused) as caught:
        read(point, token)
    assert caught.value.reason is reason
    assert "{" not in caught.value.text.zh


def test_home_elsewhere_names_the_place(point: Point) -> None:
    with pytest.raises(Refused) as caught:
        read(point, mint(home="pt-branch"))
    assert "翠屏路支行" in caught.value.text.zh


def test_a_serial_outside_the_block_is_not_ours_to_redeem(point: Point) -> None:
    with pytest.raises(Refused) as caught:
        point.read(lambda conn: rights.check(conn, point.desk, read(point, mint(99))))
    assert caught.value.reason is Why.COUPON_NOT_IN_LEASE


def test_a_revoked_coupon_is_refused(point: Point) -> None:
    raw = {"what": "coupon", "id": f"{day.COUPON_KIND}/7", "reason": "stolen"}
    point.write(lambda conn: documents.put_revocation(conn, raw))
    with pytest.raises(Refused) as caught:
        point.read(lambda conn: rights.check(conn, point.desk, read(point, mint())))
    assert caught.value.reason is Why.COUPON_REVOKED


def test_each_order_says_whether_the_coupon_fits_it(point: Point) -> None:
    point.sign_in()
    box = place(point)
    lone = place(point, lp_longan_pomelo=1)
    genuine = read(point, mint())
    found = {one.order.op_id: one for one in choices(point, genuine)}
    assert found[box].refused is None
    assert found[box].covered_fen == 6800
    refused = found[lone].refused
    assert refused is not None
    assert refused.reason is Why.ORDER_BELOW
    point.answer(box, Outcome.REJECTED, "sold-out")
    assert box not in {one.order.op_id for one in choices(point, genuine)}


def test_goods_outside_the_scope_do_not_count(point: Point) -> None:
    point.sign_in()
    good = next(
        one for one in point.cache(lambda cache: mall.browse(cache, "digital")).items if one.price_fen > 5000
    )
    point.write(lambda conn: mall.put(conn, point.now, good.id, 1))
    held = point.read(mall.basket)
    basket = point.cache(lambda cache: mall.price(cache, held))
    point.write(lambda conn: mall.order(conn, point.desk, new_op_id(), order(point, basket)))
    refused = choices(point, read(point, mint()))[0].refused
    assert refused is not None
    assert refused.reason is Why.ORDER_NOT_COVERED


def test_a_redemption_depends_on_its_order_and_pays_out(point: Point) -> None:
    point.sign_in()
    box = place(point)
    before = point.read(till.in_drawer)
    done = point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), redemption(point)))
    view = point.find(done.op_id)
    assert view.depends_on == box == view.payload["order"]
    assert view.payload["cash"]["fen"] == -1000
    assert point.read(till.in_drawer) == before - 1000
    assert point.left(RIGHT) == 5


def test_on_an_open_order_the_paper_does_not_say_done(point: Point) -> None:
    point.sign_in()
    place(point)
    done = point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), redemption(point)))
    assert done.slip.kind is SlipKind.RECORD_OF_REQUEST


def test_on_a_confirmed_order_it_is_done(point: Point) -> None:
    point.sign_in()
    point.answer(place(point), Outcome.ACCEPTED)
    done = point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), redemption(point)))
    assert done.slip.kind is SlipKind.DONE


def test_the_same_coupon_again_is_refused_and_a_double_tap_is_not(point: Point) -> None:
    point.sign_in()
    place(point)
    op_id, wanted = new_op_id(), redemption(point)
    first = point.write(lambda conn: rights.redeem(conn, point.desk, op_id, wanted))
    assert point.write(lambda conn: rights.redeem(conn, point.desk, op_id, wanted)).slip == first.slip
    place(point)
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), redemption(point)))
    assert caught.value.reason is Why.COUPON_REDEEMED_HERE
    assert caught.value.params["number"] == first.number
    assert point.left(RIGHT) == 5


def test_one_coupon_an_order(point: Point) -> None:
    point.sign_in()
    place(point)
    second = redemption(point, mint(9))
    point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), redemption(point)))
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), second))
    assert caught.value.reason is Why.ORDER_HAS_COUPON


def test_a_coupon_that_expires_while_the_page_is_open_is_refused(point: Point) -> None:
    point.sign_in()
    place(point)
    wanted = redemption(point, mint(exp=START + timedelta(hours=1)))
    point.later(hours=2)
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), wanted))
    assert caught.value.reason is Why.COUPON_EXPIRED


def test_a_coupon_whose_redemption_was_refused_can_be_used_again(point: Point) -> None:
    point.sign_in()
    place(point)
    done = point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), redemption(point)))
    point.answer(done.op_id, Outcome.REJECTED, "parent-rejected")
    assert point.left(RIGHT) == 6
    place(point)
    again = point.write(lambda conn: rights.redeem(conn, point.desk, new_op_id(), redemption(point)))
    assert point.find(again.op_id).payload["coupon"] == f"{day.COUPON_KIND}/7"
    assert point.left(RIGHT) == 5
