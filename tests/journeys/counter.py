"""A terminal that is open for business with its operator at it, for journeys into a bad world."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection

from central.demo import day
from kiosk.bilingual import Text
from kiosk.services import bills, catalogue
from kiosk.services.bills import Payment
from kiosk.services.recording import Written
from kiosk.terminal import Terminal
from sync import outbox
from sync.clock import Machine, this_machine
from sync.errors import RefusedError, WorldError
from sync.wire.operation import new_op_id
from tests.journeys.machine import plan_of
from tests.journeys.visit import Visit
from tests.journeys.world import World
from ui.troubles import trouble_text

T = TypeVar("T")


class Counter:
    def __init__(self, terminal: Terminal, visit: Visit) -> None:
        self.terminal = terminal
        self.visit = visit

    async def pay(self, account: str = day.ACCOUNT_IN_FILE, op_id: str | None = None) -> Written:
        return await self.visit.pay(op_id or new_op_id(), account)

    async def pay_stated(self, account: str, fen: int) -> Written:
        """Without a bill: the payer says how much."""
        payment = await self.terminal.data.read_cache(lambda cache: stated(cache, account, fen))
        desk = self.visit.desk()
        return await self.terminal.data.run(lambda conn: bills.pay(conn, desk, new_op_id(), payment))

    async def recorded(self) -> list[str]:
        """The payments, oldest first."""
        found = await self.terminal.data.read(lambda conn: outbox.recent(conn, kinds=("bill.pay",)))
        return [view.op_id for view in reversed(found)]


def stated(cache: Connection, account: str, fen: int) -> Payment:
    biller = bills.biller(cache, day.POWER_BILLER)
    checked = bills.check_account(biller, {biller.params[0].name: account})
    return Payment(catalogue.service(cache, day.POWER_SERVICE), biller, checked, fen)


@asynccontextmanager
async def counter(county: World, machine: Machine | None = None) -> AsyncIterator[Counter]:
    """Not on the line yet."""
    plan = replace(plan_of(county.home), machine=machine or this_machine())
    terminal = await asyncio.to_thread(Terminal.open, plan)
    visit = Visit(terminal, county.errand(), lambda _deed: None, lambda _line: None)
    try:
        await visit.begin()
        yield Counter(terminal, visit)
    finally:
        await terminal.close()


async def until(terminal: Terminal, holds: Callable[[], bool]) -> None:
    """The line's own news are waited for."""
    news = asyncio.Event()
    unsubscribe = terminal.line.on_change(news.set)
    async with asyncio.timeout(30):
        while not holds():
            await news.wait()
            news.clear()
    unsubscribe()


def says(error: RefusedError | WorldError | Text, zh: str, en: str) -> None:
    """What the person reads, in both languages."""
    text = error if isinstance(error, Text) else trouble_text(error)
    assert zh in text.zh, text.zh
    assert en in text.en, text.en
