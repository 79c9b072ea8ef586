"""The keyboard on the screen, touched in real pages: it comes by itself, types, goes out of the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from central.demo import day
from kiosk.bilingual import Lang
from kiosk.typing.board import KeyboardUse
from sync.wire.answers import Profile
from tests.support.clicker import settle
from tests.support.stage import Scene, Stage
from ui import routes

Perform = Callable[..., None]
SIZES = ((1366, 768), (1920, 1080), (1080, 1920))


async def ask_where(stage: Stage) -> None:
    """The step of a form that asks for a place in words."""
    stage.frame.go(routes.FormRoute(day.FAULT_SERVICE))
    await stage.hand.click("form.what-lamp")
    await stage.hand.click("page.primary")
    await stage.hand.wait_for("form.where")
    await settle()


async def touch(stage: Stage, keys: str) -> None:
    """One after another; a key of several letters stands in brackets."""
    rest = keys
    while rest:
        end = rest.index(">") if rest[0] == "<" else 0
        name, rest = rest[: end + 1].strip("<>"), rest[end + 1 :]
        await stage.hand.click("board-" + name)


def said(stage: Stage, field: str) -> str:
    return str(stage.hand.find(field).property("text"))


def test_an_address_is_typed_and_sent(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await ask_where(stage)
        assert stage.hand.sees("keyboard")
        await touch(stage, "xiexingzhen<space>xingguangcun<space>")
        await touch(stage, "<digits>3组<letters>ludeng<space>bu")
        await stage.hand.click("candidate-不")
        await touch(stage, "liang")
        await stage.hand.click("candidate-亮")
        await touch(stage, "。")
        assert said(stage, "form.where") == "协兴镇星光村3组路灯不亮。"
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("form.description")
        await stage.hand.click("page.back")
        assert said(stage, "form.where") == "协兴镇星光村3组路灯不亮。"

    perform(act)


def test_letters_not_yet_picked_are_not_lost_by_going_on(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await ask_where(stage)
        await touch(stage, "cunkou")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("form.description")
        await stage.hand.click("page.back")
        assert said(stage, "form.where") == "cunkou"

    perform(act)


def test_backspace_takes_letters_first_and_then_text(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await ask_where(stage)
        await touch(stage, "cun<space>kou<erase><erase><erase>")
        assert said(stage, "form.where") == "村"
        await touch(stage, "<erase>")
        assert said(stage, "form.where") == ""

    perform(act)


def test_a_rare_character_is_found_among_all(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await ask_where(stage)
        await touch(stage, "fu<more>")
        grid = await stage.hand.wait_for("board.grid")
        for _ in range(30):
            if stage.hand.sees("candidate-㳇"):
                break
            await touch(stage, "<down>")
        assert grid.isVisible()
        await stage.hand.click("candidate-㳇")
        assert said(stage, "form.where") == "㳇"
        assert not stage.hand.sees("board.grid")

    perform(act)


def test_capital_letters_once_and_to_stay(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await ask_where(stage)
        await touch(stage, "<latin><shift>")
        await touch(stage, "bb<shift><shift>cc<shift>d<pinyin>")
        assert said(stage, "form.where") == "BbCCd"

    perform(act)


def test_a_hardware_keyboard_types_beside_it(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await ask_where(stage)
        await touch(stage, "cun<space>")
        await stage.hand.keys("A7")
        assert said(stage, "form.where") == "村A7"

    perform(act)


def test_it_is_put_away_and_comes_back_by_a_touch(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await ask_where(stage)
        await touch(stage, "<away>")
        assert not stage.hand.sees("keyboard")
        await stage.hand.click("form.whereInput")
        await stage.hand.wait_for("keyboard")

    perform(act)


def test_fingers_type_as_a_mouse_does(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await ask_where(stage)
        finger = QTest.createTouchDevice()
        for name in ("board-c", "board-u", "board-n", "board-space", "board-away", "form.whereInput"):
            await stage.hand.wait_for(name)
            await stage.hand.drawn()
            at = rect_of(stage, name).center().toPoint()
            QTest.touchEvent(stage.screen.window, finger).press(0, at).commit()
            QTest.touchEvent(stage.screen.window, finger).release(0, at).commit()
            await settle()
        await stage.hand.wait_for("keyboard")
        assert said(stage, "form.where") == "村"

    perform(act)


def test_nothing_typed_stays_when_the_person_goes(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        trace = stage.screen.keyboard.trace()
        await ask_where(stage)
        await touch(stage, "chenxiu")
        assert await trace.residue() > 0
        stage.frame.leave()
        await stage.quiet()
        assert await trace.residue() == 0

    perform(act)


def test_a_search_waits_for_a_touch_and_finds(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(routes.MallRoute(day.MALL_SERVICE))
        await stage.hand.wait_for("mall.search")
        assert not stage.hand.sees("keyboard")
        await stage.hand.click("mall.searchInput")
        await touch(stage, "youzi<space><enter>")
        await stage.quiet()
        assert said(stage, "mall.search") == "柚子"
        assert not stage.hand.sees("keyboard")  # it would lie upon what was found
        assert stage.hand.reads("龙安柚")

    perform(act)


def test_business_is_searched_by_its_number(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(routes.BusinessRoute())
        await stage.hand.click("business.findInput")
        await touch(stage, "<latin><shift>a<digits>12<enter>")
        await stage.quiet()
        assert said(stage, "business.find") == "A12"

    perform(act)


def test_a_name_begins_with_its_surname(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.tile.r2-points")
        await stage.hand.click("page.primary")
        await stage.hand.pad("entry.pad", "13800138000")
        assert not stage.hand.sees("keyboard")  # the pad beside the field is enough
        await stage.hand.click("page.primary")
        await stage.hand.click("callback.wish.any")
        await stage.hand.click("callback.noteInput")
        await touch(stage, "jifen<space>")
        await stage.hand.click("page.primary")
        await stage.hand.click("callback.nameInput")
        await touch(stage, "shan<space>")
        assert said(stage, "callback.name") == "单"

    perform(act)


@pytest.mark.parametrize(
    ("profile", "use", "shown"),
    [
        (Profile.PUBLIC, KeyboardUse.AUTO, True),
        (Profile.ASSISTED, KeyboardUse.AUTO, True),
        (Profile.FIELD, KeyboardUse.AUTO, False),
        (Profile.STAFF, KeyboardUse.AUTO, False),
        (Profile.ASSISTED, KeyboardUse.NEVER, False),
        (Profile.FIELD, KeyboardUse.ALWAYS, True),
    ],
)
def test_where_it_is_shown(perform: Perform, profile: Profile, use: KeyboardUse, shown: bool) -> None:
    async def act(stage: Stage) -> None:
        await ask_where(stage)
        assert stage.hand.sees("keyboard") is shown

    perform(act, Scene(profile=profile, keyboard=use))


@pytest.mark.parametrize("elder", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", list(Lang))
def test_it_fits_and_covers_nothing(perform: Perform, size: tuple[int, int], elder: bool, lang: Lang) -> None:
    async def act(stage: Stage) -> None:
        if elder:
            stage.frame.toggleElder()
        await ask_where(stage)
        for layout in ("pinyin", "latin", "digits", "symbols"):
            stage.screen.keyboard.switchTo(layout)
            for _hand in range(3):
                await stage.hand.drawn()
                await stage.hand.drawn()
                check(stage, 72 if elder else 48)
                stage.screen.keyboard.turnHand()

    perform(act, Scene(size=size, lang=lang))


def check(stage: Stage, least: int) -> None:
    hand, window = stage.hand, stage.screen.window
    board, foot = rect_of(stage, "keyboard"), rect_of(stage, "page.primary")
    for name in ("page.primary", "page.back", "page.home"):
        assert 0 <= rect_of(stage, name).top() < rect_of(stage, name).bottom() <= board.top(), name
    field = rect_of(stage, "form.where")
    assert 0 <= field.top() < field.bottom() <= foot.top(), (field, foot)
    for key in keys(stage):
        rect = key.mapRectToScene(key.boundingRect())
        assert min(rect.width(), rect.height()) >= least, (key.objectName(), rect)
        assert 0 <= rect.left() < rect.right() <= window.width(), (key.objectName(), rect)
        assert rect.bottom() <= window.height(), (key.objectName(), rect)
        assert not [item for item in hand.items(key) if item.property("truncated")], key.objectName()


def rect_of(stage: Stage, name: str) -> QRectF:
    item = stage.hand.find(name)
    return item.mapRectToScene(item.boundingRect())


def keys(stage: Stage) -> list[QQuickItem]:
    found = [item for item in stage.hand.items() if item.objectName().startswith("board-")]
    assert len(found) >= 20
    return found
