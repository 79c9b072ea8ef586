"""Asking to be called back, by click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from central.demo import day
from sync import outbox
from sync.policy import Link
from sync.wire import masking, personal
from sync.wire.answers import Profile
from sync.wire.sealing import openers
from tests.support.stage import OPENER, Scene, Stage

MASKED = masking.phone(day.CALLBACK_PHONE)

Perform = Callable[..., None]


def test_what_needs_the_network_says_why_and_takes_a_call_back(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.wire.be(Link.OFFLINE)
        await stage.quiet()
        await stage.hand.click("home.tile." + day.DOOR_SERVICE)
        await stage.hand.wait_for("callback.why")
        assert stage.hand.reads("断网时不能开")
        await stage.hand.click("page.primary")
        await stage.hand.pad("entry.pad", day.CALLBACK_PHONE)
        await stage.hand.click("page.primary")
        await stage.hand.click("callback.wish.morning")
        await stage.hand.type("callback.note", "三号楼门打不开")
        await stage.hand.click("page.primary")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("callback.confirm")
        await stage.hand.click_at_once("page.primary", "page.primary")
        await stage.hand.wait_for("slip.paper")
        [asked] = await stage.ledger(outbox.recent)
        assert asked.kind == "callback.request"
        assert asked.payload == {
            "service": day.DOOR_SERVICE,
            "phone": day.CALLBACK_PHONE,
            "wish": "morning",
            "note": "三号楼门打不开",
        }
        assert stage.hand.reads("回电登记单")

    perform(act)


def test_a_number_nobody_can_call_is_refused_at_once(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.tile." + day.DOOR_SERVICE)
        await stage.hand.click("page.primary")
        await stage.hand.pad("entry.pad", "12345")
        await stage.hand.click("page.primary")
        await stage.hand.wait_text("电话号码不对")
        assert not stage.hand.sees("callback.wish.any")

    perform(act)


def test_where_the_call_is_the_service_something_must_be_said(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.tile.r2-points")
        await stage.hand.click("page.primary")
        await stage.hand.pad("entry.pad", day.CALLBACK_PHONE)
        await stage.hand.click("page.primary")
        await stage.hand.click("callback.wish.any")
        await stage.hand.wait_for("callback.note")
        assert not (await stage.hand.wait_for("page.primary")).isEnabled()
        await stage.hand.type("callback.note", "查积分")
        await stage.hand.click("page.primary")
        await stage.hand.type("callback.name", "李㮾")
        await stage.hand.click("page.primary")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("slip.paper")
        [asked] = await stage.ledger(outbox.recent)
        assert (asked.payload["note"], asked.payload["name"]) == ("查积分", "李㮾")

    perform(act)


def test_back_keeps_what_was_said(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.tile." + day.DOOR_SERVICE)
        await stage.hand.click("page.primary")
        await stage.hand.pad("entry.pad", day.CALLBACK_PHONE)
        await stage.hand.click("page.primary")
        await stage.hand.click("callback.wish.afternoon")
        for _ in range(2):
            await stage.hand.click("page.back")
        await stage.hand.wait_for("entry.pad")
        assert day.CALLBACK_PHONE in stage.hand.text_of("entryInput")

    perform(act)


def test_on_a_public_terminal_the_number_is_on_the_first_paper_alone(
    perform: Perform, tmp_path: Path
) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.tile." + day.DOOR_SERVICE)
        await stage.hand.click("page.primary")
        await stage.hand.pad("entry.pad", day.CALLBACK_PHONE)
        await stage.hand.click("page.primary")
        await stage.hand.click("callback.wish.morning")
        await stage.hand.type("callback.note", "三号楼门打不开")
        await stage.hand.click("page.primary")
        await stage.hand.click("page.primary")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("slip.paper")
        assert stage.hand.reads(MASKED)
        assert not stage.hand.reads(day.CALLBACK_PHONE)
        for _ in range(2):
            await stage.hand.click("page.primary")
            await stage.hand.wait_text("已打印")
            await stage.quiet()
        papers = sorted((tmp_path / "printed").glob("*.txt"), key=lambda p: len(p.name))
        first, copy = (path.read_text(encoding="utf-8") for path in papers)
        assert MASKED in first
        assert day.CALLBACK_PHONE not in first
        assert MASKED not in copy
        assert "补打不含个人资料" in copy.replace("\n", "")
        [asked] = await stage.ledger(outbox.recent)
        opened = personal.opened(asked.payload, openers(OPENER))
        assert (asked.payload.keys() & opened.keys(), opened["phone"]) == (
            {"service", "wish"},
            day.CALLBACK_PHONE,
        )

    perform(act, Scene(profile=Profile.PUBLIC))
