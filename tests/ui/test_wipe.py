"""Leaving wipes: nothing of the person is left anywhere on a public terminal, and a leak is found."""

from __future__ import annotations

import asyncio
import gc
import hashlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, qmlEngine
from PySide6.QtQuick import QQuickItem

from central.demo import day
from kiosk.bilingual import Text, same
from kiosk.devices import idnumber
from kiosk.devices.idcard import IdCard
from kiosk.services import mall
from kiosk.services.presence import Came
from kiosk.services.traces import Clean, Stuck, Trace
from kiosk.store.engine import Mode, Source
from kiosk.store.keystore import obfuscated
from sync.keystore import LEDGER
from sync.policy import Link
from sync.wire.answers import Profile
from tests.support.crank import START
from tests.support.marks import in_files, in_journal, in_memory, on_glass
from tests.support.pack import demo_cache
from tests.support.plain import without_key
from tests.support.stage import FirstStart, Scene, Stage
from tests.ui.test_bills import sign_in
from ui import glass, leftovers
from ui.routes import AttractRoute, QueueRoute

Perform = Callable[..., None]
PUBLIC = Scene(profile=Profile.PUBLIC)

PHONE, OTHER_PHONE, NAME, PLACE, NOTE, ACCOUNT, NUMBER = MARKS = (
    "30962809931",
    "20962809931",
    "㳇满小𡓐",
    "家九第南湾树梨",
    "了亮不㮾灯路",
    "4332211772015",
    "X43250112691206115",
)


def forwards(mark: str) -> str:
    return mark[::-1]


def card() -> IdCard:
    number = forwards(NUMBER)
    born, sex = idnumber.born(number), idnumber.sex(number)
    place, since = forwards(PLACE), date(2020, 1, 1)
    return IdCard(forwards(NAME), sex, "汉", born, place, number, since, valid_to=None)


async def fill_in_and_send(stage: Stage) -> None:
    """A form, sent and printed: its slip shows the person's words."""
    hand = stage.hand
    await hand.click("home.tile." + day.FAULT_SERVICE)
    await hand.click("form.what-lamp")
    await hand.click("page.primary")
    await hand.type("form.where", forwards(PLACE))
    await hand.click("page.primary")
    await hand.type("form.description", forwards(NOTE))
    await hand.click("page.primary")
    await hand.pad("entry.pad", forwards(PHONE))
    await hand.click("page.primary")
    await hand.wait_for("form.answer.0")
    await hand.click("page.primary")
    await hand.wait_for("slip.paper")
    await hand.click("page.primary")
    await hand.wait_text("已打印")


async def look_for_a_bill(stage: Stage) -> None:
    hand = stage.hand
    sign_in(stage)
    await hand.click("home.tile." + day.POWER_SERVICE)
    await hand.click("bills.biller." + day.POWER_BILLER)
    await hand.pad("entry.pad", forwards(ACCOUNT))
    await hand.click("page.primary")
    await stage.quiet()


async def begin_a_call_back(stage: Stage) -> None:
    """Not sent; the name was copied."""
    hand = stage.hand
    stage.wire.be(Link.OFFLINE)
    await hand.click("home.tile." + day.DOOR_SERVICE)
    await hand.click("page.primary")
    await hand.pad("entry.pad", forwards(OTHER_PHONE))
    await hand.click("page.primary")
    await hand.click("callback.wish.morning")
    await hand.click("page.primary")
    await hand.type("callback.name", forwards(NAME))
    for key in (Qt.Key.Key_A, Qt.Key.Key_C):
        await hand.chord(key)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    without_key(monkeypatch)


@pytest.fixture
def frozen() -> Iterator[None]:
    """As the application keeps what it was built from: a collection looks at the visit alone."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def everywhere(stage: Stage, folder: Path) -> set[str]:
    found = in_files(folder, MARKS) | in_memory(MARKS) | on_glass(stage.screen.window, MARKS)
    return found | in_journal(folder / "data" / "journal", obfuscated(folder / "keys.json"), MARKS)


def pack_files() -> dict[str, str]:
    """Every file beside the pack's cache, and its hash."""
    files = demo_cache(START - timedelta(days=1)).path.parent.iterdir()
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


@pytest.mark.usefixtures("plain")
def test_nothing_of_a_person_is_left_on_a_public_terminal(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        pack = pack_files()
        stage.frame.home()
        stage.frame.card(card())
        assert stage.frame.presence.person is not None
        await fill_in_and_send(stage)
        assert not stage.hand.sees("slip.pdf")  # nobody could take it along
        told = everywhere(stage, tmp_path)
        for mark in (PLACE, NOTE):  # the search finds what is there
            assert any(one.endswith(f".txt: {mark}") for one in told)
            assert any(one.startswith("YText") and one.endswith(mark) for one in told)
        for mark in (PLACE, NOTE, NAME, NUMBER):
            assert any(one.startswith("memory") and one.endswith(mark) for one in told)
        assert not any("ledger" in one or "journal" in one for one in told)  # sealed as it was recorded
        await stage.hand.click("page.home")
        await look_for_a_bill(stage)
        await stage.hand.click("page.home")
        await begin_a_call_back(stage)
        assert f"clipboard: {NAME}" in on_glass(stage.screen.window, MARKS)
        stage.frame.leave()
        await stage.quiet()
        assert (stage.frame.wipe.verdict, stage.frame.wipe.was_left) == (Clean(), ())
        assert everywhere(stage, tmp_path) == set()
        assert pack_files() == pack
        assert QGuiApplication.clipboard().text() == ""

    perform(act, PUBLIC)


class Leak:
    """Keeps what should go, until it is mended; `name` is the trace that has to notice."""

    name: Text

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.folder = stage, folder

    def open(self) -> None: ...

    def mend(self) -> None: ...


class HeldPage(Leak):
    name = leftovers.PAGES

    def open(self) -> None:
        self.held = [self.stage.frame.current]

    def mend(self) -> None:
        self.held.clear()


class HeldState(HeldPage):
    def open(self) -> None:
        self.held = [self.stage.frame.current.state]


class LateTask(Leak):
    name = leftovers.TASKS

    def open(self) -> None:
        self.ended = asyncio.Event()
        self.stage.frame.tasks.spawn("late", self._wait(), lambda _: None)

    async def _wait(self) -> None:
        await self.ended.wait()

    def mend(self) -> None:
        self.ended.set()


class SlipNobodyTakes(Leak):
    """A folder stands where a slip's file was to be removed."""

    name = leftovers.FILES

    def open(self) -> None:
        (self.folder / "paper" / "stuck.pdf").mkdir(parents=True)

    def mend(self) -> None:
        (self.folder / "paper" / "stuck.pdf").rmdir()


class Reader(Leak):
    """Somebody reads an older state of the ledger and does not end."""

    name = leftovers.LOG

    def open(self) -> None:
        key = obfuscated(self.folder / "keys.json").get(LEDGER)
        assert key is not None
        self.conn = Source(self.folder / "data" / "ledger.db", key, Mode.READ).connect()
        self.conn.execute("BEGIN")
        self.conn.execute("SELECT count(*) FROM operations").fetchall()
        self.stage.data.run_sync(lambda conn: mall.put(conn, self.stage.crank.now(), day.GOOD_SOLD_HERE, 1))

    def mend(self) -> None:
        self.conn.close()


class FieldBesideThePage(Leak):
    name = glass.FIELDS

    def open(self) -> None:
        root = self.stage.screen.window.contentItem()
        component = QQmlComponent(qmlEngine(root))
        component.setData(b'import QtQuick; TextInput { text: "x"; onTextChanged: text = "x" }', QUrl())
        self.item = component.create()
        assert isinstance(self.item, QQuickItem), component.errorString()
        self.item.setParent(root)
        self.item.setParentItem(root)

    def mend(self) -> None:
        self.item.setParentItem(None)
        self.item.deleteLater()


class Copier(Leak):
    """A clipboard manager that puts back what was cleared."""

    name = glass.CLIPBOARD

    def open(self) -> None:
        self._copy()
        QGuiApplication.clipboard().dataChanged.connect(self._copy)

    def _copy(self) -> None:
        if not QGuiApplication.clipboard().text():
            QGuiApplication.clipboard().setText("x")

    def mend(self) -> None:
        QGuiApplication.clipboard().dataChanged.disconnect(self._copy)


LEAKS = (HeldPage, HeldState, LateTask, SlipNobodyTakes, Reader, FieldBesideThePage, Copier)


@pytest.mark.usefixtures("frozen")
def test_a_leak_holds_the_terminal_until_it_is_gone(
    perform: Perform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "LONGEST_TASK", 0.05)

    async def hold(stage: Stage, leak: Leak) -> None:
        hand, wipe, name = stage.hand, stage.frame.wipe, leak.name.zh
        await hand.click("home.tile." + day.POWER_SERVICE)
        leak.open()
        stage.frame.leave()
        await hand.wait_for("unclean")
        assert isinstance(wipe.verdict, Stuck)
        assert [one.name.zh for one in wipe.verdict.left] == [name]
        assert name in hand.text_of("unclean.places")
        assert name in wipe.notices[0].zh
        stage.frame.home()
        await hand.key(Qt.Key.Key_Escape)
        await hand.click("page.primary")
        await hand.until(lambda: not wipe.busy)
        assert hand.sees("unclean")
        leak.mend()
        await hand.click("page.primary")
        await hand.wait_for("attract")
        assert wipe.verdict == Clean()
        assert name in wipe.notices[0].zh  # the operator is told all the same
        await hand.click("attract")
        await hand.wait_for("home.tile." + day.POWER_SERVICE)

    async def act(stage: Stage) -> None:
        for kind in LEAKS:
            await hold(stage, kind(stage, tmp_path))

    perform(act, PUBLIC)


def test_who_comes_while_the_one_before_is_forgotten_comes_in_after_it(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.tile." + day.POWER_SERVICE)
        stage.frame.leave()
        stage.frame.home()
        assert stage.frame.route == AttractRoute()
        assert stage.frame.wipe.busy
        await stage.hand.wait_for("home.tile." + day.POWER_SERVICE)
        assert stage.frame.wipe.verdict == Clean()

    perform(act, PUBLIC)


def test_a_bug_while_wiping_lets_nobody_in(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        broken = [True]

        async def forget() -> None:
            if broken:
                raise ZeroDivisionError

        async def residue() -> int:
            return 0

        stage.frame.wipe.add(Trace(same("broken"), forget, residue))
        stage.frame.leave()
        await stage.hand.wait_for("unclean")
        broken.clear()
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("attract")
        assert [str(bug) for bug in stage.frame.tasks.bugs] == [
            "ZeroDivisionError"
        ]  # and nothing of its frames
        stage.frame.tasks.bugs.clear()

    perform(act, PUBLIC)


def test_whatever_is_opened_while_it_is_held_it_is_held_again(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        leak = SlipNobodyTakes(stage, tmp_path)
        leak.open()
        stage.frame.leave()
        await stage.hand.wait_for("unclean")
        stage.frame.tell(Came())  # somebody found a way past the page
        stage.frame.leave()
        await stage.quiet()
        await stage.hand.wait_for("unclean")
        leak.mend()
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("attract")

    perform(act, PUBLIC)


def test_a_page_that_was_kept_with_what_stays_goes_too(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        page: Any = stage.frame.current
        page.itself = page
        del page
        gc.freeze()
        await stage.hand.click("home.tile." + day.POWER_SERVICE)
        stage.frame.leave()
        await stage.quiet()
        assert stage.frame.wipe.verdict == Clean()
        gc.unfreeze()

    perform(act, PUBLIC)


def test_what_a_power_cut_left_goes_when_the_program_starts(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        at = stage.crank.now()
        await stage.data.run(lambda conn: mall.put(conn, at, day.GOOD_SOLD_HERE, 2))
        left = tmp_path / "printed" / "t-1.txt"
        left.parent.mkdir()
        left.write_text("㳇")
        stage.frame.wipe_anew()
        await stage.quiet()
        assert await stage.ledger(mall.basket) == ()
        assert not left.exists()
        assert stage.frame.wipe.verdict == Clean()

    perform(act, PUBLIC)


@pytest.mark.usefixtures("plain")
def test_an_operated_point_forgets_who_left_and_keeps_what_it_answers_for(
    perform: Perform, tmp_path: Path
) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.home()
        stage.frame.card(card())
        await fill_in_and_send(stage)
        await stage.hand.click("page.home")
        await begin_a_call_back(stage)
        stage.frame.leave()
        await stage.quiet()
        assert (stage.frame.wipe.verdict, stage.frame.wipe.was_left) == (Clean(), ())
        assert in_memory(MARKS) | on_glass(stage.screen.window, MARKS) == set()
        kept = in_files(tmp_path, MARKS)
        assert {mark for mark in MARKS if f"ledger.db: {mark}" in kept} == {PHONE, PLACE, NOTE}
        assert not any(one.endswith((NAME, NUMBER, OTHER_PHONE)) for one in kept)

    perform(act)


def test_a_second_wipe_that_was_needed_is_told_to_the_operator(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        left = [1]

        async def forget() -> None: ...

        async def residue() -> int:
            return left.pop() if left else 0

        stage.frame.wipe.add(Trace(Text("抽屉", "the drawer"), forget, residue))
        stage.frame.leave()
        await stage.quiet()
        assert stage.frame.wipe.verdict == Clean()
        await stage.hand.click("attract")
        sign_in(stage)
        stage.frame.go(QueueRoute())
        await stage.hand.wait_text("第一次没有清干净（抽屉）")

    perform(act)


def test_what_the_first_page_has_filled_in_stays(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.wait_text(FirstStart.address)
        stage.frame.wipe_anew()
        await stage.quiet()
        assert stage.frame.wipe.verdict == Clean()
        assert stage.hand.reads(FirstStart.address)

    perform(act, Scene(enrolled=False))
