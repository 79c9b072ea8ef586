"""Shares: asked for once, handed back at once, both as operations."""

import pytest

from central.demo import day
from kiosk.services import business, leases
from kiosk.services.errors import Refused, Why
from sync.wire.answers import Outcome
from sync.wire.kinds import Kind
from tests.services.point import Point, new_op_id
from tests.services.test_mall import STOCK

BLOCK = f"L-coupon:{day.COUPON_KIND}"


def test_more_is_asked_for_once(point: Point) -> None:
    point.sign_in()
    op_id = new_op_id()
    for _ in range(2):
        view = point.write(lambda conn: leases.ask(conn, point.desk, op_id, STOCK, 10))
    assert view.payload == {"right": STOCK, "amount": 10}
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: leases.ask(conn, point.desk, new_op_id(), STOCK, 10))
    assert caught.value.reason is Why.ALREADY_ASKED
    asked = {one.right: one.asked for one in point.read(lambda conn: leases.held(conn, point.desk))}
    assert asked[STOCK]
    assert sum(asked.values()) == 1
    point.answer(op_id, Outcome.REJECTED, "pool-empty")
    point.write(lambda conn: leases.ask(conn, point.desk, new_op_id(), STOCK, 10))
    assert [one.kind for one in point.read(business.queue).entries] == [Kind.LEASE_REQUEST]


def test_what_is_handed_back_can_no_longer_be_sold(point: Point) -> None:
    point.sign_in()
    op_id = new_op_id()
    for _ in range(2):
        point.write(lambda conn: leases.hand_back(conn, point.desk, op_id, f"L-{STOCK}", 2))
    assert point.left(STOCK) == 3
    one = next(s for s in point.read(lambda conn: leases.held(conn, point.desk)) if s.right == STOCK)
    assert one.granted == one.left + one.spent + one.returned


@pytest.mark.parametrize(
    ("lease", "amount", "reason"),
    [
        (f"L-{STOCK}", 6, Why.SHARE_LESS),
        (f"L-{STOCK}", 0, Why.AMOUNT_ZERO),
        ("L-none", 1, Why.SHARE_LESS),
        (BLOCK, 7, Why.SHARE_LESS),
    ],
)
def test_what_cannot_go_back_is_refused(point: Point, lease: str, amount: int, reason: Why) -> None:
    point.sign_in()
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: leases.hand_back(conn, point.desk, new_op_id(), lease, amount))
    assert caught.value.reason is reason
    assert point.operations() == []


def test_a_whole_block_goes_back(point: Point) -> None:
    point.sign_in()
    point.write(lambda conn: leases.hand_back(conn, point.desk, new_op_id(), BLOCK, 6))
    assert point.left(f"coupon:{day.COUPON_KIND}") == 0
