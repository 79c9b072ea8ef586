"""How the screen looks is chosen in two taps from every page, and the next visitor finds it as it was."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.bilingual import Lang
from kiosk.services.beginning import Beginning
from kiosk.variant import Variant
from tests.support.stage import Scene, Stage
from tools.look.inspect import inspect, needs

Perform = Callable[..., None]


def ground(stage: Stage) -> str:
    return str(stage.screen.window.color().name()).upper()


def test_chosen_by_touch_and_forgotten_when_the_person_goes(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        usual = ground(stage)
        await hand.click("page.display")
        await hand.click("display.variant-night")
        assert ground(stage) == "#121715"
        await hand.click("display.elder")
        assert stage.frame.large
        await hand.click("dialogAccept")
        await hand.wait_gone("dialogAccept")
        await hand.click("page.display")
        await hand.click("display.elder")
        assert not stage.frame.large
        await hand.click("dialogAccept")
        stage.frame.leave()
        await stage.quiet()
        assert ground(stage) == usual

    perform(act)


def test_begins_as_the_point_is_set(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.begin_as(Beginning(Lang.ZH, Variant.CONTRAST, large=True, still=True))
        assert ground(stage) == "#FFFFFF"
        await stage.hand.click("page.elder")
        stage.frame.leave()
        await stage.quiet()
        assert stage.frame.large

    perform(act)


def test_the_dialog_is_whole_in_the_largest_type(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("page.elder")
        await stage.hand.click("page.language")
        await stage.hand.click("page.display")
        await stage.hand.wait_for("display.variant-night")
        await stage.hand.drawn()
        assert inspect(stage.screen.window, needs(elder=True)).all == ()

    perform(act, Scene(size=(1366, 768)))
