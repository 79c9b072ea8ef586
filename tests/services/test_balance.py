"""Whatever is done in whatever order, taps doubled, answers in between: till, float, stock, paper agree."""

import random
from collections.abc import Callable

import pytest

from central.demo import day
from kiosk.services import bills, mall, reversals, rights, slips, till
from kiosk.services.errors import Refused
from kiosk.services.recording import Written
from kiosk.services.reversals import Reversal, ReverseReason
from sync import leases
from sync.outbox import State
from sync.wire.answers import Outcome
from sync.wire.kinds import Kind
from tests.services.point import FLOAT_FEN, Point, mint, new_op_id
from tests.services.test_bills import payment
from tests.services.test_mall import STOCK, fill, order, sale
from tests.services.test_rights import redemption

FLOAT = f"float:{day.MAIN_POINT}"
COUPONS = f"coupon:{day.COUPON_KIND}"
STEPS = 25
Deed = Callable[[Point, random.Random], None]


def twice(point: Point, chance: random.Random, write: Callable[[str], Written]) -> None:
    """One tap or two; the second never does anything new."""
    op_id = new_op_id()
    first = write(op_id)
    if chance.random() < 0.5:
        again = write(op_id)
        assert again.again
        assert again.slip == first.slip


def pay(point: Point, chance: random.Random) -> None:
    account = chance.choice((day.ACCOUNT_IN_FILE, day.ACCOUNT_PAID_ELSEWHERE, day.ACCOUNT_NOT_IN_FILE))
    wanted = payment(point, account)
    twice(point, chance, lambda op: point.write(lambda conn: bills.pay(conn, point.desk, op, wanted)))


def sell(point: Point, chance: random.Random) -> None:
    wanted = sale(point, chance.randint(1, 3))
    twice(point, chance, lambda op: point.write(lambda conn: mall.sell(conn, point.desk, op, wanted)))


def place(point: Point, chance: random.Random) -> None:
    wanted = order(point, fill(point, lp_longan_pomelo_box=chance.randint(1, 2)))
    twice(point, chance, lambda op: point.write(lambda conn: mall.order(conn, point.desk, op, wanted)))


def redeem(point: Point, chance: random.Random) -> None:
    if not point.read(rights.recent_orders):
        return
    wanted = redemption(point, mint(chance.randint(5, 10)))
    twice(point, chance, lambda op: point.write(lambda conn: rights.redeem(conn, point.desk, op, wanted)))


def undo(point: Point, chance: random.Random) -> None:
    made = point.operations()
    if made:
        wanted = Reversal(chance.choice(made).op_id, ReverseReason.OTHER)
        twice(point, chance, lambda op: point.with_pin(reversals.reverse, wanted, op))


def answer(point: Point, chance: random.Random) -> None:
    waiting = [one for one in point.operations() if not one.state.final]
    if waiting:
        one = chance.choice(waiting)
        outcome = chance.choice((Outcome.ACCEPTED, Outcome.REJECTED))
        point.answer(one.op_id, outcome, None if outcome is Outcome.ACCEPTED else "payload-invalid", rev=2)


def restart(point: Point, chance: random.Random) -> None:
    point.restart()


DEEDS: tuple[Deed, ...] = (pay, sell, place, redeem, undo, answer, answer, restart)


@pytest.mark.parametrize("seed", range(6))
def test_everything_adds_up(point: Point, seed: int) -> None:
    chance = random.Random(seed)
    point.sign_in()
    done = 0
    for _ in range(STEPS):
        point.later(seconds=20)
        try:
            chance.choice(DEEDS)(point, chance)
            done += 1
        except Refused:
            pass
        check(point)
    assert done > STEPS // 3


def check(point: Point) -> None:
    made = point.operations()
    cash = sum(one.payload.get("cash", {}).get("fen", 0) for one in made)
    assert point.read(till.in_drawer) == cash
    assert FLOAT_FEN - point.left(FLOAT) == cash
    standing = [one for one in made if one.state is not State.REJECTED]
    sold = sum(one.payload["qty"] for one in standing if one.kind == Kind.GOODS_SELL)
    assert 5 - point.left(STOCK) == sold - undone_pieces(made, standing)
    used = [one.payload["coupon"] for one in standing if one.kind == Kind.RIGHT_REDEEM]
    assert len(used) == len(set(used)) == 6 - point.left(COUPONS)
    assert all(point.read(lambda conn, op=one.op_id: slips.first(conn, op)) for one in made)  # type: ignore[misc]
    for lease in point.read(leases.all_leases):
        assert lease.amount == lease.left + lease.spent + lease.returned


def undone_pieces(made: list, standing: list) -> int:  # type: ignore[type-arg]
    pieces = {one.op_id: one.payload["qty"] for one in made if one.kind == Kind.GOODS_SELL}
    back = [one.payload["target"] for one in standing if one.kind == Kind.OPERATION_REVERSE]
    return sum(pieces.get(target, 0) for target in back)
