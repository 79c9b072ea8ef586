"""Who is there, on the screen: the lock of an operator who went away, a villager who comes and goes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from central.demo import day
from kiosk.devices.idcard import IdCard
from kiosk.devices.idnumber import Sex
from kiosk.devices.paper import Slip
from kiosk.devices.printer import Printer, PrinterState
from kiosk.services.presence import Assisting, Guest, Nobody, OperatorThere, Villager
from sync.wire.answers import Profile
from tests.support.stage import Scene, Stage
from tests.ui.test_bills import sign_in, to_account
from ui.routes import BillsRoute

Perform = Callable[..., None]
CARD = IdCard(
    name="㳇小明",
    sex=Sex.MALE,
    nation="汉",
    born=date(1945, 1, 1),
    address="四川省广安市",
    number="51160219450101001X",
    valid_from=date(2010, 1, 1),
    valid_to=None,
)


class SlowPrinter:
    """Prints when it is told to go on."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self.go_on = threading.Event()

    def print(self, slip: Slip) -> None:
        assert self.go_on.wait(20)
        self._printer.print(slip)

    def state(self) -> PrinterState:
        return self._printer.state()


def lock(stage: Stage) -> None:
    stage.crank.forward(91)
    stage.frame.idle.look()


def test_an_operator_who_went_away_finds_the_page_again_by_the_pin(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await to_account(stage, day.ACCOUNT_IN_FILE)
        page, state = stage.frame.current, stage.frame.current.state
        stage.crank.forward(61)
        stage.frame.idle.look()
        await hand.wait_text("29 秒后锁屏")
        stage.crank.forward(30)
        stage.frame.idle.look()
        await hand.wait_for("unlock.pin")
        assert stage.frame.session is None
        assert not hand.reads(day.ACCOUNT_IN_FILE)
        await hand.pad("unlock.pin", "111111")
        await hand.wait_text("密码不对")
        await hand.pad("unlock.pin", day.OPERATOR_PIN)
        await hand.wait_gone("unlock.pin")
        await stage.quiet()
        assert stage.frame.current is page
        assert page.state.account == state.account
        assert isinstance(stage.frame.presence.who, OperatorThere)

    perform(act)


def test_whoever_stands_before_the_lock_can_end_the_visit(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_account(stage, day.ACCOUNT_IN_FILE)
        lock(stage)
        await stage.hand.click("unlock.end")
        await stage.hand.wait_for("attract")
        assert isinstance(stage.frame.presence.who, Nobody)

    perform(act)


def test_nobody_comes_back_to_the_lock_and_all_is_gone(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.go(BillsRoute(day.POWER_SERVICE))
        lock(stage)
        await stage.hand.wait_for("unlock.pin")
        stage.crank.forward(301)
        stage.frame.idle.look()
        await stage.hand.wait_for("attract")

    perform(act)


def test_a_card_names_the_villager_and_the_chip_ends_the_visit(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        assert hand.text_of("page.person") == "结束"
        stage.frame.card(CARD)
        await hand.wait_text("㳇** · 结束")
        assert isinstance(stage.frame.presence.who, Villager)
        assert stage.frame.desk().person is not None
        await hand.click("page.person")
        await hand.wait_for("attract")
        assert stage.frame.presence.person is None

    perform(act, Scene(profile=Profile.PUBLIC))


def test_an_operator_stays_when_the_villager_is_done(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        sign_in(stage)
        await to_account(stage, day.ACCOUNT_IN_FILE)
        stage.frame.card(CARD)
        assert isinstance(stage.frame.presence.who, Assisting)
        await hand.wait_for("page.person")
        await hand.click("page.person")
        await hand.wait_gone("page.person")
        await hand.wait_for("home.queue")
        assert isinstance(stage.frame.presence.who, OperatorThere)

    perform(act)


def test_another_card_sends_the_first_person_off(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.card(CARD)
        stage.frame.go(BillsRoute(day.POWER_SERVICE))
        stage.frame.card(IdCard(**{**vars(CARD), "name": "李四", "number": "511602195001010017"}))
        await stage.hand.wait_text("李* · 结束")
        await stage.hand.wait_for("home.queue")

    perform(act)


def test_an_expired_card_names_nobody(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.card(IdCard(**{**vars(CARD), "valid_to": date(2026, 3, 1)}))
        await stage.hand.wait_for("toast")
        assert isinstance(stage.frame.presence.who, Guest)

    perform(act)


def test_what_ends_after_its_visitor_has_gone_shows_nobody_anything(perform: Perform) -> None:
    """The printer hangs, the customer leaves, the printer goes on: the slip opens for nobody."""

    async def act(stage: Stage) -> None:
        hand, slow = stage.hand, SlowPrinter(stage.printer)
        stage.frame.ports = replace(stage.frame.ports, printer=slow)
        await to_account(stage, day.ACCOUNT_IN_FILE)
        await hand.click("page.primary")
        await hand.until(lambda: stage.frame.current._busy)
        stage.frame.leave()
        await hand.wait_for("attract")
        slow.go_on.set()
        await stage.quiet()
        assert hand.sees("attract")

    perform(act)


def test_the_next_visitor_finds_the_language_and_size_of_the_point(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("page.elder")
        await stage.hand.click("page.language")
        stage.frame.leave()
        await stage.hand.click("attract")
        await stage.hand.wait_for("home.queue")
        assert (stage.frame.language, stage.frame.elder) == ("zh", False)

    perform(act)
