"""Scanner and reader of cards as the keyboard and the devices bring them: to the page that is open, once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from central.demo import day
from kiosk.devices.file_cards import NO_CABLE, FileCardReader, file_of
from kiosk.devices.fitted import Fitted
from kiosk.devices.idcard import IdCard, ReaderState
from kiosk.devices.scanner import Scan
from kiosk.devices.wedge import WedgeRule
from kiosk.services.forms import Widget
from kiosk.services.presence import How, Identified, Person
from sync.wire.answers import Profile
from tests.devices.cards import RARE, ZHANG
from tests.support.clicker import settle
from tests.support.deeds import coupon_code, sign_in
from tests.support.stage import Scene, Stage
from ui.card_watch import OFTEN_MS, SELDOM_MS
from ui.routes import FormRoute
from ui.viewmodels.form import FormModel

Perform = Callable[..., None]
SCANNER = Scene(fitted=Fitted(scanner=WedgeRule(gap=3600)))
"""Whatever is typed by the keyboard is quick here."""


async def scan(stage: Stage, text: str) -> None:
    """Outside of every task: QTest lets the loop run in between."""
    typed = asyncio.Event()

    def keys() -> None:
        for char in text:
            QTest.keyClick(stage.screen.window, char)
        QTest.keyClick(stage.screen.window, Qt.Key.Key_Return)
        typed.set()

    asyncio.get_running_loop().call_soon(keys)
    await typed.wait()
    await stage.quiet()


def test_a_coupon_is_read_wherever_the_focus_is(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await stage.quiet()
        await stage.hand.click("home.tile." + day.COUPON_SERVICE)
        await stage.hand.wait_for("rights.token")
        await scan(stage, "]Q1" + coupon_code(stage))
        assert stage.hand.reads("订单")
        await stage.hand.click("page.back")
        await scan(stage, "6901234567892")
        assert stage.hand.sees("rights.refused")

    perform(act, SCANNER)


def test_an_account_is_read_off_an_old_bill(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await stage.quiet()
        await stage.hand.click("home.tile." + day.POWER_SERVICE)
        await scan(stage, day.ACCOUNT_IN_FILE)
        assert stage.hand.reads("请选择") or stage.hand.sees("bills.biller." + day.POWER_BILLER)
        await stage.hand.click("bills.biller." + day.POWER_BILLER)
        await scan(stage, day.ACCOUNT_IN_FILE)
        assert stage.hand.reads("¥132.62")

    perform(act, SCANNER)


def test_a_page_that_expects_no_code_says_so(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        said: list[str] = []
        stage.frame.toasted.connect(lambda text, _kind: said.append(text))
        stage.frame.current.scanned(Scan("6901234567892"))
        await scan(stage, "6901234567892")
        assert len(said) == 2
        assert said[0] == said[1]

    perform(act, SCANNER)


def test_a_person_at_the_keyboard_finds_their_way_with_a_scanner_plugged_in(perform: Perform) -> None:
    """Tab, Space and Return are late by a moment at most, and in order."""

    async def act(stage: Stage) -> None:
        window = stage.screen.window
        window.requestActivate()
        seen: list[str] = []

        async def press(key: Qt.Key) -> None:
            asyncio.get_running_loop().call_soon(lambda: QTest.keyClick(window, key))
            await settle()

        for _ in range(3):
            await press(Qt.Key.Key_Tab)
            focused = window.activeFocusItem()
            seen.append(focused.objectName() if focused else "")
        assert len(set(seen)) == 3, seen
        before = stage.frame.large
        for _ in range(60):
            if window.activeFocusItem().objectName() == "page.elder":
                break
            await press(Qt.Key.Key_Tab)
        await press(Qt.Key.Key_Space)
        await stage.hand.until(lambda: stage.frame.large is not before, "the larger type")

    perform(act, Scene(fitted=Fitted(scanner=WedgeRule())))


def with_reader(folder: Path, profile: Profile = Profile.ASSISTED) -> Scene:
    (folder / "cards").mkdir()
    return Scene(profile=profile, fitted=Fitted(cards=FileCardReader(folder / "cards")))


async def look(stage: Stage) -> None:
    stage.screen.cards.look()
    await stage.quiet()


def who(stage: Stage) -> tuple[str, str] | None:
    """Nothing of the person itself: whoever holds it when they leave is a trace of them."""
    person = stage.frame.presence.person
    return None if person is None else (person.name, person.number)


def test_a_card_says_who_is_there_once_while_it_lies(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        card = tmp_path / "cards" / "a.json"
        await look(stage)
        assert who(stage) is None
        card.write_bytes(file_of(ZHANG))
        await look(stage)
        assert who(stage) == (ZHANG.name, ZHANG.number)
        stage.frame.leave()
        await stage.quiet()
        await look(stage)
        assert who(stage) is None
        card.unlink()
        await look(stage)
        card.write_bytes(file_of(RARE))
        await look(stage)
        assert who(stage) == (RARE.name, RARE.number)

    perform(act, with_reader(tmp_path))


def test_a_card_that_lies_askew_is_said_once_and_a_pulled_cable_not_at_all(
    perform: Perform, tmp_path: Path
) -> None:
    async def act(stage: Stage) -> None:
        said: list[str] = []
        stage.frame.toasted.connect(lambda text, _kind: said.append(text))
        (tmp_path / "cards" / "a.json").write_bytes(b"{}")
        await look(stage)
        await look(stage)
        assert len(said) == 1
        assert "平放" in said[0]
        (tmp_path / "cards" / NO_CABLE).touch()
        await look(stage)
        assert len(said) == 1
        assert stage.screen.cards.interval == SELDOM_MS
        (tmp_path / "cards" / NO_CABLE).unlink()
        (tmp_path / "cards" / "a.json").unlink()
        await look(stage)
        assert stage.screen.cards.interval == OFTEN_MS

    perform(act, with_reader(tmp_path))


def test_where_no_reader_is_fitted_nobody_looks_again(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await look(stage)
        assert stage.screen.cards.interval is None

    perform(act)


class Slow:
    """Readers that take their time once a card is laid down."""

    def __init__(self) -> None:
        self.laid, self.begun, self.go_on = threading.Event(), threading.Event(), threading.Event()

    def take(self) -> bool:
        if self.laid.is_set():
            self.begun.set()
            self.go_on.wait(5)
        return self.begun.is_set()

    def state(self) -> ReaderState:
        return ReaderState.READY


class SlowCards(Slow):
    def read(self) -> IdCard | None:
        return ZHANG if self.take() else None


class SlowChips(Slow):
    def read(self) -> Scan | None:
        return Scan("6901234567892") if self.take() else None


@pytest.mark.parametrize("kind", ["cards", "chips"])
def test_a_card_whose_bearer_has_left_is_nobody_else_s(perform: Perform, kind: str) -> None:
    reader = SlowCards() if kind == "cards" else SlowChips()

    async def act(stage: Stage) -> None:
        said: list[str] = []
        stage.screen.cards.stop()
        await stage.quiet()
        sign_in(stage)
        stage.frame.tell(Identified(Person(How.CARD, RARE.name, RARE.number)))
        await stage.quiet()
        stage.frame.toasted.connect(lambda text, _kind: said.append(text))
        reader.laid.set()
        stage.screen.cards.look()
        await stage.hand.until(reader.begun.is_set, "the reader to begin")
        stage.frame.personLeaves()
        reader.go_on.set()
        await stage.quiet()
        assert (who(stage), said) == (None, [])

    perform(act, Scene(fitted=replace(Fitted(), **{kind: reader})))


def test_a_form_takes_name_and_number_off_the_card_where_it_asks_for_them(
    perform: Perform, tmp_path: Path
) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(FormRoute("y1-hospital"))
        await stage.quiet()
        model = stage.frame.current
        assert isinstance(model, FormModel)
        asks = [n for n, step in enumerate(model.state.form.steps) if step.fields[0].widget is Widget.NAME]
        model.change(asks[0])
        (tmp_path / "cards" / "a.json").write_bytes(file_of(ZHANG))
        await look(stage)
        assert {"patient": ZHANG.name, "id_number": ZHANG.number}.items() <= model.state.typed.items()
        assert who(stage) is None
        assert stage.hand.reads(ZHANG.name) or any(
            item.property("text") == ZHANG.name for item in stage.hand.items()
        )

    perform(act, with_reader(tmp_path, Profile.PUBLIC))


def test_a_card_on_another_question_only_says_who_is_there(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(FormRoute("y1-hospital"))
        await stage.quiet()
        (tmp_path / "cards" / "a.json").write_bytes(file_of(ZHANG))
        await look(stage)
        assert who(stage) == (ZHANG.name, ZHANG.number)

    perform(act, with_reader(tmp_path))
