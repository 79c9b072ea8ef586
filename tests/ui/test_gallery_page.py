"""Staff see every control on the terminal itself, in the colours they try."""

from __future__ import annotations

from collections.abc import Callable

from central.demo import day
from sync.wire.answers import Profile
from tests.support.deeds import sign_in
from tests.support.stage import Scene, Stage
from tools.look.sheets import sheets
from ui import routes
from ui.viewmodels.gallery import SHEETS

Perform = Callable[..., None]


def test_every_sheet_is_in_the_list() -> None:
    assert sorted(name for name, _ in SHEETS) == sheets()


def test_a_sheet_is_opened_in_the_colours_chosen_and_left_by_back(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        sign_in(stage, day.STAFF)
        stage.frame.go(routes.StaffRoute())
        await stage.quiet()
        await hand.click("upkeep.gallery")
        await hand.click("gallery.sheet.StateSheet")
        await hand.wait_text("打印机没有纸")
        stage.frame.chooseVariant("night")
        assert stage.screen.window.color().name() == "#121715"
        stage.frame.current.goBack()
        await hand.wait_for("gallery.sheet.HomeSheet")

    perform(act, Scene(profile=Profile.STAFF))
