"""Home: what can be done now, and what became of what was done."""

from __future__ import annotations

from collections.abc import Callable

from central.demo import day
from kiosk.services.presence import How, Person
from sync import leases
from sync.policy import Link
from sync.wire.answers import Outcome
from tests.support.deeds import answer, owed_cash, pay_bill, place_order, sign_in
from tests.support.stage import Scene, Stage
from tests.ui.test_slip import accept_all, pay
from ui.routes import HomeRoute

Perform = Callable[..., None]


def tile(stage: Stage, service: str) -> list[str]:
    item = stage.hand.find("home.tile." + service)
    assert item is not None
    return stage.hand.texts(item)


def test_each_tile_says_what_can_be_done_now(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        assert "现在可办 · 本机查阅" in tile(stage, "g6-guide")
        assert "现在可受理 · 先记后办" in tile(stage, day.POWER_SERVICE)
        assert "须联网，可登记回电" in tile(stage, day.DOOR_SERVICE)

    perform(act)


def test_without_room_in_the_float_cash_tiles_say_why(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        (lease,) = await stage.ledger(lambda conn: leases.for_right(conn, f"float:{day.MAIN_POINT}"))
        await stage.data.run(lambda conn: leases.spend(conn, lease.id, lease.amount))
        await stage.hand.until(lambda: "现在不可办" in tile(stage, day.POWER_SERVICE), "the tile to say so")
        await stage.hand.click("home.tile." + day.POWER_SERVICE)
        await stage.hand.wait_for("board.why")
        assert "现金额度" in stage.hand.text_of("board.why")
        assert stage.hand.sees("board.way.call-back")

    perform(act)


def test_a_terminal_without_a_pack_says_so_on_every_tile(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        assert not any(name.startswith("home.tile.") for name in stage.hand.names())
        assert stage.hand.reads("本机还没有服务目录")

    perform(act, Scene(with_pack=False))


def test_a_locked_terminal_takes_nothing_on(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.wire.be(Link.LOCKED)
        await stage.hand.until(lambda: "现在不可办" in tile(stage, day.POWER_SERVICE), "the tile")
        assert "现在可办 · 本机查阅" in tile(stage, "g6-guide")

    perform(act)


def test_what_was_done_is_shown_and_changes_by_itself(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await pay(stage)
        await stage.hand.click("page.home")
        await stage.hand.wait_text("已记录，等待发送")
        assert stage.hand.text_of("home.queue") == "待发 1 笔"
        await stage.data.run(accept_all)
        await stage.hand.wait_text("中心已确认，缴费成功")
        assert stage.hand.text_of("home.queue") == "全部送达"

    perform(act)


def test_a_case_that_waits_for_central_calls_nobody(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        order, other = await place_order(stage), await place_order(stage)
        await answer(stage, order.op_id, Outcome.REVIEW, "central-failure", case="c-1", owes=[])
        await stage.hand.wait_text("中心复核中")
        assert stage.hand.text_of("home.cases") == "待办"
        told = {"case": "c-2", "number": "GA-260308-0018", "owes": [owed_cash(5800)]}
        await answer(stage, other.op_id, Outcome.REJECTED, "sold-out", **told)
        await stage.hand.wait_text("1 件待办")
        stage.frame.signOut()
        stage.frame.go(HomeRoute())
        await stage.hand.wait_text("1 件待办")

    perform(act)


def test_a_villager_who_is_known_sees_what_became_of_theirs_alone(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        others = await pay_bill(stage)
        stage.frame.home()
        await stage.hand.wait_for("home.recent." + others.op_id)
        stage.frame.current.identified(Person(How.CARD, "李四", "511602194501011234"))
        await stage.hand.wait_gone("home.recent." + others.op_id)

    perform(act)


def test_a_chapter_narrows_the_tiles(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.chapter.rights")
        shown = [name for name in stage.hand.names() if name.startswith("home.tile.")]
        assert "home.tile." + day.COUPON_SERVICE in shown
        assert "home.tile." + day.POWER_SERVICE not in shown

    perform(act)
