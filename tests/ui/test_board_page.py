"""The board by click: all services with their state, and of one the reason and the ways on."""

from __future__ import annotations

from collections.abc import Callable

from central.demo import day
from sync import leases
from sync.policy import Link
from sync.wire.answers import Profile
from tests.support.deeds import sign_in
from tests.support.stage import Scene, Stage
from ui.routes import BillsRoute, BoardRoute, CallbackRoute, SignInRoute

Perform = Callable[..., None]


async def spend_the_float(stage: Stage) -> None:
    (lease,) = await stage.ledger(lambda conn: leases.for_right(conn, f"float:{day.MAIN_POINT}"))
    await stage.data.run(lambda conn: leases.spend(conn, lease.id, lease.amount))


def test_the_strip_opens_the_whole_board_and_it_can_be_narrowed(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.wire.be(Link.OFFLINE)
        await stage.hand.wait_text("办不了 4 项")
        await stage.hand.click("home.board")
        await stage.hand.wait_for("board.service.g6-guide")
        await stage.hand.click("board.filter.cannot")
        await stage.hand.wait_gone("board.service.g6-guide")
        shown = {name for name in stage.hand.names() if name.startswith("board.service.")}
        assert len(shown) == 4
        await stage.hand.click("board.service." + day.DOOR_SERVICE)
        await stage.hand.wait_for("board.way.call-back")
        await stage.hand.click("page.back")
        await stage.hand.wait_for("board.filter.all")

    perform(act)


def test_the_board_of_a_chapter_is_of_that_chapter(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.chapter.rights")
        await stage.hand.wait_text("权益：现在能办 2 项")
        await stage.hand.click("home.board")
        await stage.hand.wait_for("board.service." + day.COUPON_SERVICE)
        assert not stage.hand.sees("board.service." + day.POWER_SERVICE)

    perform(act)


def test_a_tile_explains_itself_by_one_tap_and_goes_on_from_there(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click(f"home.tile.{day.POWER_SERVICE}/tile.why")
        await stage.hand.wait_for("board.how")
        assert "全额退还" in stage.hand.text_of("board.how")
        assert stage.hand.reads("没有网络也能用到")
        await stage.hand.click("page.primary")
        assert stage.frame.route == SignInRoute(then=BillsRoute(day.POWER_SERVICE))

    perform(act)


def test_signed_in_the_big_button_goes_to_the_service(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.go(BoardRoute(day.POWER_SERVICE))
        await stage.hand.wait_text("现在就办")
        await stage.hand.click("page.primary")
        assert stage.frame.route == BillsRoute(day.POWER_SERVICE)

    perform(act)


def test_what_cannot_be_done_offers_a_call_and_the_nearest_point(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await spend_the_float(stage)
        stage.frame.go(BoardRoute(day.POWER_SERVICE))
        await stage.hand.wait_for("board.why")
        assert stage.hand.reads("去牌坊村驿站")
        await stage.hand.click("board.way.call-back")
        assert stage.frame.route == CallbackRoute(day.POWER_SERVICE)

    perform(act)


def test_the_page_of_a_service_says_in_its_head_how_it_stands(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.go(BillsRoute(day.POWER_SERVICE))
        await stage.hand.wait_text("先记后办 · 数据截至 3月7日 · 还可收 ¥5,000.00")
        await spend_the_float(stage)
        await stage.hand.wait_text("现在不可办 · 数据截至 3月7日 · 还可收 ¥0.00")
        await stage.hand.click("page.language")
        await stage.hand.wait_text("Data of 7 Mar")
        await stage.hand.click("page.home")
        await stage.quiet()
        assert not stage.hand.reads("Data of 7 Mar · ")

    perform(act)


def test_the_board_follows_the_line(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(BoardRoute(day.POWER_SERVICE))
        await stage.hand.wait_text("通的，办完随时送到中心")
        stage.wire.be(Link.OFFLINE, next_try_at=stage.crank.at)
        await stage.hand.wait_text("没有，今天")
        await spend_the_float(stage)
        await stage.hand.wait_for("board.way.come-back")

    perform(act)


def test_a_public_terminal_says_that_nobody_takes_cash(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(BoardRoute(day.POWER_SERVICE))
        await stage.hand.wait_text("这里没有值守员，不收付现金")

    perform(act, Scene(profile=Profile.PUBLIC))


def test_large_type_shows_one_chapter_at_a_time(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await hand.click("page.elder")
        await hand.wait_for("home.chapter.bills")
        assert not hand.sees("home.tile." + day.POWER_SERVICE)
        await hand.click("home.chapter.bills")
        await hand.wait_for("home.tile." + day.POWER_SERVICE)
        assert not hand.sees("home.tile.g6-guide")
        await hand.click("page.back")
        await hand.wait_for("home.chapter.bills")

    perform(act)
