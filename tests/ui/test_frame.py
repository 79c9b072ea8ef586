"""The frame around every page: link, language, large type, leaving, idleness, restart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from central.demo import day
from kiosk.services import forms, mall
from sync.policy import Link
from sync.wire.answers import Profile
from tests.support.stage import Scene, Stage, play
from tests.ui.test_bills import to_account

Perform = Callable[..., None]


async def start_a_form(stage: Stage) -> None:
    await stage.hand.click("home.tile." + day.FAULT_SERVICE)
    await stage.hand.click("form.what-lamp")
    await stage.hand.click("page.primary")
    await stage.hand.wait_for("form.where")


def test_a_pulled_cable_shows_at_once_and_goes_when_it_is_back(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        assert not hand.sees("page.offline")
        stage.wire.be(Link.OFFLINE)
        await hand.wait_for("page.offline")
        assert "没有网络" in hand.text_of("home.line")
        stage.wire.be(Link.ONLINE)
        await hand.wait_gone("page.offline")

    perform(act)


def test_the_language_switches_live_and_back(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await hand.click("page.language")
        assert hand.text_of("home.business") == "My business"
        assert "Electricity" in hand.texts(hand.find("home.tile." + day.POWER_SERVICE))
        await hand.click("page.language")
        assert hand.text_of("home.business") == "我的业务"

    perform(act)


def test_large_type_is_larger_and_holds_on_the_next_page(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        before = hand.find("page.elder").height()
        await hand.click("page.elder")
        assert hand.find("page.elder").height() >= 72 > before
        await hand.click("home.chapter.government")
        await hand.click("home.tile.g6-guide")
        assert (await hand.wait_for("page.back")).height() >= 72

    perform(act)


def test_home_wipes_what_was_typed(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.data.run(lambda conn: mall.put(conn, stage.crank.now(), day.GOOD_SOLD_HERE, 2))
        await to_account(stage, day.ACCOUNT_IN_FILE)
        await stage.hand.click("page.home")
        await stage.quiet()
        assert await stage.ledger(mall.basket) == ()
        await stage.hand.click("home.tile." + day.POWER_SERVICE)
        await stage.hand.click("bills.biller." + day.POWER_BILLER)
        assert (await stage.hand.wait_for("entry")).property("text") == ""

    perform(act)


def test_nobody_there_is_warned_counted_down_and_wiped(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await start_a_form(stage)
        stage.crank.forward(61)
        stage.frame.idle.look()
        await hand.wait_text("29 秒后回到欢迎页")
        await hand.click("dialogAccept")
        stage.crank.forward(119)
        stage.frame.idle.look()
        assert not stage.frame.idleWarning
        stage.crank.forward(31)
        stage.frame.idle.look()
        await hand.wait_for("attract")

    perform(act)


def test_a_touch_begins_the_waiting_anew(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.crank.forward(59)
        await stage.hand.click("home.chapter.bills")
        stage.crank.forward(59)
        stage.frame.idle.look()
        assert stage.frame.idle.left is None

    perform(act)


def test_a_public_terminal_keeps_no_draft_and_shows_nothing_of_others(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await start_a_form(stage)
        assert not hand.sees("form.keep")
        stage.frame.leave()
        await stage.quiet()
        assert await stage.ledger(forms.drafts) == ()

    perform(act, Scene(profile=Profile.PUBLIC))


def test_after_a_restart_the_operator_sees_the_last_operation_first(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async def pay(stage: Stage) -> None:
        await to_account(stage, day.ACCOUNT_IN_FILE)
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("slip.paper")

    async def come_back(stage: Stage) -> None:
        hand = stage.hand
        await hand.click("signIn.operator." + day.OPERATOR)
        await hand.pad("signIn.pin", day.OPERATOR_PIN)
        await stage.quiet()
        await hand.wait_text("已记录，等待发送")
        assert hand.reads("交电费")

    play(qt_loop, tmp_path, Scene(), pay)
    play(qt_loop, tmp_path, Scene(anew=False), come_back)
