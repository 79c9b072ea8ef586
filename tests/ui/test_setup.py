"""The first start, by click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from central.demo import day
from sync import identity
from sync.identity import IdentityState
from tests.support.stage import Scene, Stage
from ui.ports import SetupStep
from ui.routes import SetupRoute

Perform = Callable[..., None]
FRESH = Scene(enrolled=False, with_pack=False)


def test_every_step_is_shown_and_the_kiosk_opens(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        assert not hand.sees("page.home")
        assert hand.find("setup.address").property("text") == stage.first_start.address
        await hand.click("page.primary")
        await hand.click("setup.point." + day.MAIN_POINT)
        await hand.click("setup.print")
        await stage.quiet()
        assert list((tmp_path / "printed").glob("*.bin"))
        await hand.click("page.primary")
        await hand.wait_text("设置好了")
        assert hand.texts(hand.find("setup.steps")).count("完成") == len(SetupStep)
        await hand.click("page.primary")
        await hand.wait_for("home.line")

    perform(act, FRESH)


def test_a_code_that_central_refuses_is_said_and_can_be_mended(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.first_start.refuses = True
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("page.problem")
        stage.first_start.refuses = False
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("setup.point." + day.MAIN_POINT)

    perform(act, FRESH)


def test_without_a_code_nothing_is_sent(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.current.enterCode("")
        await stage.quiet()
        assert not stage.hand.find("page.primary").isEnabled()

    perform(act, FRESH)


def test_a_machine_that_was_locked_is_told_why_and_what_stays(perform: Perform) -> None:
    """As after a restart: it is not at home any more."""

    async def act(stage: Stage) -> None:
        await stage.data.run(lambda conn: identity.set_state(conn, IdentityState.LOCKED))
        stage.frame.go(SetupRoute())
        await stage.hand.wait_for("notice.locked")
        assert stage.hand.reads("重新设置本机")
        assert stage.hand.reads("数据被还原过")
        assert not stage.hand.sees("notice.locked.action")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("setup.point." + day.MAIN_POINT)
        assert not stage.hand.sees("notice.locked")

    perform(act)
