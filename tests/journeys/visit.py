"""What an operator does for a customer by the real terminal's services; each step may be done again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import Enum
from typing import TypeVar

from sqlalchemy import Connection

from central.demo import day
from kiosk.services import bills, catalogue, goods, mall, rights, sessions, slips
from kiosk.services.desk import Desk
from kiosk.services.mall import BasketLine, Order, Sale
from kiosk.services.permissions import Session
from kiosk.services.recording import Written
from kiosk.services.rights import Redemption
from kiosk.terminal import Terminal
from sync.wire.operation import new_op_id
from tests.support.wanted import payment

T = TypeVar("T")
OWN_PIN = "860427"
ORDERED, PIECES = "lp-rice-10", 2


class Deed(Enum):
    PAY = "pay"
    PAY_LATE = "pay-late"  # somebody pays this bill elsewhere meanwhile
    ORDER = "order"
    SELL = "sell"
    REDEEM = "redeem"
    SYNC = "sync"


RECORDED = tuple(deed for deed in Deed if deed is not Deed.SYNC)


@dataclass(frozen=True)
class Errand:
    """The ids that the confirm pages made, so that a step done again is the same step."""

    ids: dict[str, str]
    coupon: str

    @classmethod
    def new(cls, coupon: str, deeds: tuple[Deed, ...] = RECORDED) -> Errand:
        return cls({deed.value: new_op_id() for deed in deeds}, coupon)

    def id(self, deed: Deed) -> str:
        return self.ids[deed.value]

    def __str__(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def parse(cls, text: str) -> Errand:
        return cls(**json.loads(text))


Tell = Callable[[str], None]
Enter = Callable[[Deed], None]


class Visit:
    """`enter` is told before each deed, `tell` whatever a person is shown or handed."""

    def __init__(self, terminal: Terminal, errand: Errand, enter: Enter, tell: Tell) -> None:
        self._terminal = terminal
        self._errand = errand
        self._enter = enter
        self._tell = tell
        self._session: Session | None = None

    async def begin(self) -> None:
        self._session = await sign_in(self._terminal, OWN_PIN)

    async def serve(self) -> None:
        await self.begin()
        steps = {
            Deed.PAY: lambda op: self.pay(op, day.ACCOUNT_IN_FILE),
            Deed.PAY_LATE: lambda op: self.pay(op, day.ACCOUNT_PAID_ELSEWHERE),
            Deed.ORDER: self._order,
            Deed.SELL: self._sell,
            Deed.REDEEM: self._redeem,
        }
        for deed, step in steps.items():
            if deed.value not in self._errand.ids:
                continue
            self._enter(deed)
            written = await step(self._errand.id(deed))
            self._tell(f"recorded {written.op_id}")
            await self._print(written)

    def desk(self) -> Desk:
        terminal = self._terminal
        place = terminal.place()
        assert place is not None
        return Desk(place, self._session, terminal.line.link, terminal.now(), terminal.stamp())

    async def _run(self, fn: Callable[[Connection], T]) -> T:
        return await self._terminal.data.run(fn)

    async def _cache(self, fn: Callable[[Connection], T]) -> T:
        return await self._terminal.data.read_cache(fn)

    async def pay(self, op_id: str, account: str) -> Written:
        desk = self.desk()
        wanted = await self._cache(lambda cache: payment(cache, account, desk.reading))
        return await self._run(lambda conn: bills.pay(conn, desk, op_id, wanted))

    async def _order(self, op_id: str) -> Written:
        desk = self.desk()
        service = await self._cache(lambda cache: catalogue.service(cache, day.MALL_SERVICE))
        basket = await self._cache(lambda cache: mall.price(cache, (BasketLine(ORDERED, PIECES),)))
        return await self._run(lambda conn: mall.order(conn, desk, op_id, Order(service, basket)))

    async def _sell(self, op_id: str) -> Written:
        desk = self.desk()
        service = await self._cache(lambda cache: catalogue.service(cache, day.MALL_SERVICE))
        [card] = await self._cache(lambda cache: goods.cards(cache, (day.GOOD_SOLD_HERE,)))
        return await self._run(lambda conn: mall.sell(conn, desk, op_id, Sale(service, card, 1)))

    async def _redeem(self, op_id: str) -> Written:
        desk, order = self.desk(), self._errand.id(Deed.ORDER)
        service = await self._cache(lambda cache: catalogue.service(cache, day.COUPON_SERVICE))
        genuine = await self._cache(lambda cache: rights.read(cache, desk, self._errand.coupon))
        orders = await self._terminal.data.read(rights.recent_orders)
        choices = await self._cache(lambda cache: rights.choices(cache, genuine, orders))
        [choice] = [one for one in choices if one.order.op_id == order]
        wanted = Redemption(service, genuine, choice)
        return await self._run(lambda conn: rights.redeem(conn, desk, op_id, wanted))

    async def _print(self, written: Written) -> None:
        """As the slip page does; what was printed before the power went is not printed again."""
        terminal, number = self._terminal, written.number
        entries = await terminal.data.read(lambda conn: slips.of_operation(conn, written.op_id))
        if entries[0].printed:
            return
        slip = await terminal.data.read(lambda conn: slips.to_print(conn, number))
        await asyncio.to_thread(terminal.printer.print, slip)
        await terminal.data.run(lambda conn: slips.mark_printed(conn, number, terminal.now()))
        self._tell(f"printed {number}")


async def sign_in(terminal: Terminal, pin: str) -> Session:
    found = await terminal.data.run(lambda conn: sessions.sign_in(conn, terminal.now(), day.OPERATOR, pin))
    assert isinstance(found, Session), found
    return found
