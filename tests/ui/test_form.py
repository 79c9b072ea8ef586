"""Filling in a form, putting it aside, coming back, sending it."""

from __future__ import annotations

from collections.abc import Callable

from central.demo import day
from kiosk.services import forms
from sync import outbox
from tests.support.stage import Stage

Perform = Callable[..., None]


async def begin(stage: Stage) -> None:
    await stage.hand.click("home.tile." + day.FAULT_SERVICE)
    await stage.hand.click("form.what-lamp")
    await stage.hand.click("page.primary")
    await stage.hand.wait_for("form.where")


async def fill_in(stage: Stage) -> None:
    await begin(stage)
    await stage.hand.type("form.where", day.FAULT_ANSWERS["where"])
    await stage.hand.click("page.primary")
    await stage.hand.type("form.description", day.FAULT_ANSWERS["description"])
    await stage.hand.click("page.primary")
    await stage.hand.pad("entry.pad", day.FAULT_ANSWERS["phone"])
    await stage.hand.click("page.primary")
    await stage.hand.wait_for("form.answer.0")


def test_a_form_is_put_aside_found_again_and_sent(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await begin(stage)
        await hand.type("form.where", day.FAULT_ANSWERS["where"])
        await hand.click("form.keep")
        await hand.click("home.tile." + day.FAULT_SERVICE)
        (draft,) = await stage.ledger(forms.drafts)
        await hand.click("form.draft." + draft.id)
        assert (await hand.wait_for("form.where")).property("text") == day.FAULT_ANSWERS["where"]
        await hand.click("page.primary")
        await hand.type("form.description", day.FAULT_ANSWERS["description"])
        await hand.click("page.primary")
        await hand.pad("entry.pad", day.FAULT_ANSWERS["phone"])
        await hand.click("page.primary")
        await hand.wait_for("form.answer.0")
        await hand.click_at_once("page.primary", "page.primary")
        await hand.wait_for("slip.paper")
        (sent,) = await stage.ledger(outbox.recent)
        assert sent.payload["data"] == day.FAULT_ANSWERS
        assert await stage.ledger(forms.drafts) == ()

    perform(act)


def test_a_wrong_answer_is_named_and_keeps_the_question(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.tile." + day.FAULT_SERVICE)
        await stage.hand.click("page.primary")
        await stage.hand.wait_text("请填写什么坏了？")
        await stage.hand.click("form.what-lamp")
        await stage.hand.click("page.primary")
        await stage.hand.type("form.where", "村")
        await stage.hand.click("page.primary")
        await stage.hand.wait_text("至少 2 个字")
        assert stage.hand.sees("form.where")

    perform(act)


def test_an_answer_can_be_changed_from_the_review(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await fill_in(stage)
        await stage.hand.click("form.answer.0")
        await stage.hand.click("form.what-road")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("form.answer.0")
        assert "道路、桥、井盖" in stage.hand.texts(stage.hand.find("form.answer.0"))

    perform(act)


def test_a_draft_can_be_thrown_away(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await begin(stage)
        await stage.hand.click("form.keep")
        await stage.hand.click("home.tile." + day.FAULT_SERVICE)
        (draft,) = await stage.ledger(forms.drafts)
        await stage.hand.click("form.throwAway." + draft.id)
        await stage.hand.wait_for("form.what-lamp")
        assert await stage.ledger(forms.drafts) == ()

    perform(act)


def test_half_a_form_can_be_read_in_english(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await begin(stage)
        await stage.hand.click("page.language")
        await stage.hand.wait_text("Where is it?")

    perform(act)


def test_a_form_that_nobody_put_aside_goes_with_who_began_it(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await begin(stage)
        await hand.click("page.back")
        await hand.click("page.back")
        await stage.quiet()
        await hand.click("home.tile." + day.FAULT_SERVICE)
        assert len(await stage.ledger(forms.drafts)) == 1  # and while they are there they find it again
        await hand.click("page.home")
        await stage.quiet()
        assert await stage.ledger(forms.drafts) == ()

    perform(act)


def test_one_that_was_put_aside_stays_when_it_is_taken_up_and_left(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await begin(stage)
        await hand.click("form.keep")
        await hand.click("home.tile." + day.FAULT_SERVICE)
        (draft,) = await stage.ledger(forms.drafts)
        await hand.click("form.draft." + draft.id)
        await hand.type("form.where", day.FAULT_ANSWERS["where"])
        await hand.click("page.primary")
        await hand.wait_for("form.description")
        stage.frame.leave()
        await stage.quiet()
        (kept,) = await stage.ledger(forms.drafts)
        assert (kept.id, kept.data["where"]) == (draft.id, day.FAULT_ANSWERS["where"])

    perform(act)
