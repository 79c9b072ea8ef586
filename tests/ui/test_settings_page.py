"""What the terminal is and how its screen begins, by click: changed at once, kept, taken back."""

from __future__ import annotations

from collections.abc import Callable

from central.demo import day
from kiosk.bilingual import Lang
from kiosk.services import beginning
from kiosk.services.beginning import Beginning
from kiosk.variant import Variant
from sync import transfer
from sync.wire.answers import Profile
from tests.support.deeds import sign_in
from tests.support.stage import Scene, Stage
from ui.routes import SettingsRoute, StaffRoute

Perform = Callable[..., None]
BRANCH = Scene(profile=Profile.STAFF)


async def to_settings(stage: Stage) -> None:
    sign_in(stage, day.STAFF)
    stage.frame.go(StaffRoute())
    await stage.hand.click("upkeep.settings")
    await stage.hand.wait_for("settings.about")
    await stage.quiet()


def test_what_is_chosen_is_seen_at_once_and_kept_for_the_next_visitor(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_settings(stage)
        assert not stage.hand.sees("settings.restore")
        await stage.hand.click("settings.look-night")
        await stage.quiet()
        assert stage.screen.window.color().name() == "#121715"
        await stage.hand.click("settings.large-yes")
        await stage.quiet()
        assert stage.frame.large
        await stage.hand.click("settings.language-en")
        await stage.hand.wait_text("Settings of this terminal")
        wanted = Beginning(Lang.EN, Variant.NIGHT, large=True)
        assert await stage.ledger(beginning.chosen) == wanted
        stage.frame.chooseVariant("normal")
        stage.frame.toggleElder()
        stage.frame.as_at_first()
        assert (stage.frame.variant, stage.frame.large) == ("night", True)

    perform(act, BRANCH)


def test_it_goes_back_to_what_the_settings_file_says(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_settings(stage)
        await stage.hand.click("settings.still-yes")
        await stage.hand.click("settings.restore")
        await stage.hand.wait_gone("settings.restore")
        assert await stage.ledger(beginning.chosen) is None
        assert not stage.frame.still

    perform(act, BRANCH)


def test_what_the_terminal_is_and_what_is_set_elsewhere_is_told(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_settings(stage)
        shown = " ".join(stage.hand.texts(await stage.hand.wait_for("settings.about")))
        for text in ("星光村驿站", "网点终端", "t-demo-1", "https://central.example"):
            assert text in shown, text
        set_there = " ".join(stage.hand.texts(await stage.hand.wait_for("settings.deployed")))
        assert "60 秒提醒，90 秒清屏" in set_there

    perform(act, BRANCH)


def test_an_operator_may_not_change_it(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.go(SettingsRoute())
        await stage.hand.wait_text("没有此项权限")
        assert not stage.hand.sees("settings.look")
        stage.frame.current.choose("look", "night")  # type: ignore[attr-defined]
        await stage.quiet()
        assert await stage.ledger(beginning.chosen) is None

    perform(act)


def test_a_mark_in_words_unknown_here_counts_as_none(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        for kept in ("{", '{"look":"sepia"}', '{"language":"zh","look":"sepia","large":1,"still":0}', "[]"):
            await stage.data.run(lambda conn, kept=kept: transfer.set_cursor(conn, beginning.NAME, kept))
            assert await stage.ledger(beginning.chosen) is None, kept

    perform(act)
