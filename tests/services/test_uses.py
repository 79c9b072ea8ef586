"""Rights used at the point: in their order, offline, final here; what was drawn is never drawn again."""

import pytest

from kiosk.bilingual import Text
from kiosk.devices.paper import SlipKind
from kiosk.services import leases, reversals, uses
from kiosk.services.errors import Refused, Why
from kiosk.services.reversals import Reversal, ReverseReason
from kiosk.services.uses import Use, Used
from sync import tending
from sync.wire import deck as wire_deck
from sync.wire.answers import Outcome
from sync.wire.deck import Card
from sync.wire.encoding import b64
from sync.wire.operation import TimeQuality
from tests.services.point import Point, grant, new_op_id

POINTS, BUDGET, DECK, NUMBERS = "points:summer", "budget:new-year", "deck:new-year", "numbers:desk-1"
CARDS = [
    Card(DECK, 20 + n, bytes([n] * 16), prize) for n, prize in enumerate(("thanks", "rice", "thanks", "tea"))
]
PRIZES = {
    "first": 20,
    "last": 23,
    "commitment": "0" * 64,
    "cards": [[b64(card.salt), card.prize] for card in CARDS],
}


@pytest.fixture
def open_point(point: Point) -> Point:
    point.give(grant(POINTS, 100, "point", most=60))
    point.give(grant(BUDGET, 100, "fen"))
    point.give(grant(DECK, 4, detail=PRIZES))
    point.give(grant(NUMBERS, 3, detail={"first": 7, "last": 9}))
    point.sign_in()
    return point


def use(point: Point, right: str, amount: int, op_id: str | None = None) -> Used:
    made, wanted = (
        op_id or new_op_id(),
        Use(point.service("b3-water"), right, amount, Text("活动", "Campaign")),
    )
    return point.write(lambda conn: uses.use(conn, point.desk, made, wanted))


def test_an_amount_is_used_and_final_here(open_point: Point) -> None:
    done = use(open_point, POINTS, 30)
    assert done.written.slip.kind is SlipKind.DONE
    assert open_point.left(POINTS) == 70
    view = open_point.find(done.written.op_id)
    assert view.payload == {"service": "b3-water", "right": POINTS, "amount": 30}


def test_cards_are_drawn_in_their_order_and_show_what_central_sealed(open_point: Point) -> None:
    op_id = new_op_id()
    first, again = use(open_point, DECK, 1, op_id), use(open_point, DECK, 1, op_id)
    assert first.cards == again.cards == (CARDS[0],)
    assert again.written.again
    two = use(open_point, DECK, 2)
    assert [card.prize for card in two.cards] == ["rice", "thanks"]
    tokens = open_point.find(two.written.op_id).payload["tokens"]
    assert [wire_deck.read(DECK, one).leaf for one in tokens] == [CARDS[1].leaf, CARDS[2].leaf]
    assert open_point.left(DECK) == 1


def test_numbers_go_out_in_their_order_also_after_some_went_back(open_point: Point) -> None:
    point = open_point
    assert use(point, NUMBERS, 1).serials == (7,)
    lease = f"L-{NUMBERS}"
    back = point.write(lambda conn: leases.hand_back(conn, point.desk, new_op_id(), lease, 1))
    assert back.payload["serials"] == [[9, 9]]
    assert use(point, NUMBERS, 1).serials == (8,)
    with pytest.raises(Refused) as caught:
        use(point, NUMBERS, 1)
    assert caught.value.reason is Why.NOTHING_ALLOTTED
    point.answer(back.op_id, Outcome.REJECTED, "lease-unknown")  # central did not take it back
    assert use(point, NUMBERS, 1).serials == (9,)


def test_who_hands_all_of_it_back_is_not_given_it_again_unasked(open_point: Point) -> None:
    point, lease = open_point, f"L-{POINTS}"
    point.give(grant(POINTS, 100, "point", rev=2, slice=100, low=30))

    def due() -> list[str]:
        found = point.read(lambda conn: tending.due(conn, point.now, TimeQuality.ANCHORED))
        return [one.kind for one in found]

    point.write(lambda conn: leases.hand_back(conn, point.desk, new_op_id(), lease, 10))
    use(point, POINTS, 60)
    use(point, POINTS, 5)
    assert due() == ["lease.request"]
    back = point.write(lambda conn: leases.hand_back(conn, point.desk, new_op_id(), lease, 25))
    assert due() == []
    point.answer(back.op_id, Outcome.ACCEPTED)
    assert due() == []
    asked = point.write(lambda conn: leases.ask(conn, point.desk, new_op_id(), POINTS, 5))
    point.answer(asked.op_id, Outcome.REJECTED, "pool-empty")
    point.later(hours=2)
    assert due() == ["lease.request"]


@pytest.mark.parametrize(
    ("right", "amount", "why"),
    [
        (POINTS, 61, Why.SHARE_LESS),  # more than in one operation
        (BUDGET, 101, Why.SHARE_LESS),
        (BUDGET, 0, Why.AMOUNT_ZERO),
        (DECK, 5, Why.SHARE_LESS),
        ("points:none", 1, Why.NOTHING_ALLOTTED),
    ],
)
def test_what_cannot_be_used_is_refused(open_point: Point, right: str, amount: int, why: Why) -> None:
    with pytest.raises(Refused) as caught:
        use(open_point, right, amount)
    assert caught.value.reason is why
    assert open_point.operations() == []


def test_an_old_share_is_stopped(open_point: Point) -> None:
    open_point.later(days=30)
    with pytest.raises(Refused) as caught:
        use(open_point, POINTS, 1)
    assert caught.value.reason is Why.SHARE_STOPPED


def test_points_are_taken_back_the_same_day_but_no_prize(open_point: Point) -> None:
    point = open_point
    points, card = use(point, POINTS, 30), use(point, DECK, 1)

    def back(target: str) -> None:
        wanted = Reversal(target, ReverseReason.CHANGED_MIND)
        point.with_pin(reversals.reverse, wanted)

    back(points.written.op_id)
    assert point.left(POINTS) == 100
    with pytest.raises(Refused) as caught:
        back(card.written.op_id)
    assert caught.value.reason is Why.TARGET_KIND


def test_what_was_refused_after_all_lies_here_again(open_point: Point) -> None:
    done = use(open_point, DECK, 1)
    open_point.answer(done.written.op_id, Outcome.REJECTED, "payload-invalid")
    assert use(open_point, DECK, 1).cards == (CARDS[0],)
