"""Rights used at the point: points, a campaign's budget, a card drawn, a number given; final here."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Line, Pair, SlipKind
from kiosk.services import money, recording, words
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.offer import Service
from kiosk.services.permissions import Permission
from kiosk.services.recording import Intent, Spend, Written
from kiosk.services.slip_build import Subject
from sync import leases, outbox
from sync.leases import Advice, Lease
from sync.wire import deck
from sync.wire.deck import Card
from sync.wire.encoding import unb64
from sync.wire.kinds import Kind
from sync.wire.rights import SINGLE, Sort, sort_of, token_of

TOKENS = "tokens"
AMOUNT = Text("数量", "Amount")
NUMBER = Text("号码", "Number")
PRIZE = Text("第 {n} 张", "Card {n}")


@dataclass(frozen=True)
class Use:
    service: Service
    right: str
    amount: int
    title: Text  # of what it is, on the slip
    holder: str | None = None


@dataclass(frozen=True)
class Used:
    """`serials` of single things; of a deck also the cards that were drawn."""

    written: Written
    serials: tuple[int, ...] = ()
    cards: tuple[Card, ...] = ()


def use(conn: Connection, desk: Desk, op_id: str, wanted: Use) -> Used:
    """Which card or number it is shows only once it is recorded: nobody draws again for a better one."""
    payload: dict[str, Any] = {
        "service": wanted.service.id, "right": wanted.right, "amount": wanted.amount
    } | ({} if wanted.holder is None else {"holder": wanted.holder})  # fmt: skip
    done = recording.before(conn, op_id, Kind.RIGHT_USE, payload, {TOKENS})
    if done is not None:
        return _again(conn, wanted, done)
    desk.require(Permission.REDEEM)
    money.positive(wanted.amount)
    lease = _lease(conn, desk, wanted)
    serials = leases.left_of(conn, lease)[: wanted.amount] if lease.block is not None else []
    cards = tuple(_card(lease, serial) for serial in serials) if sort_of(wanted.right) is Sort.DECK else ()
    if serials:
        payload[TOKENS] = [card.token for card in cards] or [str(serial) for serial in serials]
    spent = tuple(token_of(wanted.right, serial) for serial in serials)
    intent = Intent(
        op_id=op_id,
        kind=Kind.RIGHT_USE,
        payload=payload,
        asked=wanted.service.approval,
        slip=SlipKind.DONE,
        subject=Subject(wanted.title, _facts(lease, wanted, serials, cards), 0),
        spend=Spend(lease.id, wanted.amount, tokens=spent),
    )
    return Used(recording.write(conn, desk, intent), tuple(serials), cards)


def _lease(conn: Connection, desk: Desk, wanted: Use) -> Lease:
    held = leases.for_right(conn, wanted.right)
    if not any(lease.left > 0 for lease in held):
        raise Refused(Why.NOTHING_ALLOTTED)
    free = [lease for lease in held if desk.standing(lease).advice is not Advice.STOP]
    if not free:
        raise Refused(Why.SHARE_STOPPED)
    roomy = [lease for lease in free if lease.room >= wanted.amount]
    if not roomy:
        raise Refused(Why.SHARE_LESS, left=str(max(lease.room for lease in free)))
    return min(roomy, key=lambda lease: lease.block.start if lease.block else 0)


def _card(lease: Lease, position: int) -> Card:
    assert lease.block is not None
    salt, prize = lease.detail["cards"][position - lease.block.start]
    return Card(lease.right, position, unb64(salt), prize)


def _again(conn: Connection, wanted: Use, done: Written) -> Used:
    view = outbox.find(conn, done.op_id)
    tokens = view.payload.get(TOKENS, []) if view is not None else []
    if sort_of(wanted.right) is not Sort.DECK:
        return Used(done, tuple(int(token) for token in tokens if sort_of(wanted.right) in SINGLE))
    cards = tuple(deck.read(wanted.right, token) for token in tokens)
    return Used(done, tuple(card.position for card in cards), cards)


def _facts(lease: Lease, wanted: Use, serials: list[int], cards: tuple[Card, ...]) -> tuple[Line, ...]:
    if cards:
        return tuple(Pair(PRIZE.with_params({"n": str(one.position)}), same(one.prize)) for one in cards)
    if serials:
        return tuple(Pair(NUMBER, same(str(serial))) for serial in serials)
    if lease.unit == "fen":
        return (Pair(AMOUNT, same(money.show(wanted.amount))),)
    return (Pair(AMOUNT, words.counted(wanted.amount, lease.unit)),)
