"""The attract page: the point, its hours, what the county tells, large type and language at once."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.services.beginning import Beginning
from sync.wire.answers import Profile
from tests.support.stage import Scene, Stage
from ui.routes import AttractRoute, BoardRoute

Perform = Callable[..., None]


async def there(stage: Stage) -> None:
    stage.frame.leave()
    await stage.hand.wait_for("attract")
    await stage.quiet()


def test_it_names_the_point_its_hours_and_whether_it_is_open(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await there(stage)
        assert stage.hand.text_of("attract.place") == "星光村驿站"
        assert "周日 8:30–12:00" in stage.hand.text_of("attract.hours")
        assert stage.hand.text_of("attract.standing") == "现在开着"
        stage.crank.forward(10 * 3600)
        stage.wire.be(stage.wire.link)
        await stage.hand.wait_text("明天 08:30 开门")

    perform(act)


def test_notices_and_campaigns_follow_each_other_by_hand_too(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await there(stage)
        hand = stage.hand
        await hand.wait_for("attract.card.n-saturday")
        await hand.click("attract.next")
        await hand.wait_for("attract.card.n-no-pin")
        assert not hand.sees("attract.card.n-saturday")
        await hand.click("attract.before")
        await hand.click("attract.before")
        await hand.wait_for("attract.card.c-relief")
        assert hand.find("attract.cards").property("turning")
        assert not hand.reads("春耕券")

    perform(act)


def test_nothing_moves_by_itself_where_that_is_not_wanted(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.begin_as(Beginning(still=True))
        await there(stage)
        await stage.hand.wait_for("attract.next")
        assert not stage.hand.find("attract.cards").property("turning")

    perform(act)


def test_a_campaign_leads_to_its_service_and_back_to_home(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await there(stage)
        await stage.hand.click("attract.before")
        await stage.hand.click("attract.card.c-relief/card.take")
        await stage.hand.wait_for("board.answer")
        assert stage.frame.route == BoardRoute("m2-relief")
        await stage.hand.click("page.back")
        await stage.hand.wait_for("home.board")

    perform(act)


def test_large_type_and_language_are_chosen_before_anything_else(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await there(stage)
        await stage.hand.click("page.elder")
        await stage.hand.click("page.language")
        await stage.hand.wait_text("Saturdays")
        await stage.hand.click("attract")
        await stage.hand.wait_for("home.chapter.bills")
        assert stage.frame.elder
        assert stage.hand.reads("Bills")

    perform(act)


def test_without_a_pack_there_is_the_name_and_the_invitation(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(AttractRoute())
        await stage.quiet()
        assert stage.hand.text_of("attract.place") == "星光村驿站"
        assert not stage.hand.sees("attract.cards")
        await stage.hand.click("attract.begin")
        await stage.hand.wait_text("本机还没有服务目录")

    perform(act, Scene(with_pack=False, profile=Profile.PUBLIC))
