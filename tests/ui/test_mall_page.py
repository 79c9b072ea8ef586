"""The mall, the basket and the sale of goods that lie here, by click."""

from __future__ import annotations

from collections.abc import Callable

from central.demo import day
from kiosk.services import mall
from kiosk.services.mall import BasketLine
from sync import leases, outbox
from sync.outbox import OperationView, State
from tests.support.deeds import sign_in
from tests.support.stage import Stage

Perform = Callable[..., None]
BOX, BOX_FEN = day.GOOD_RUNS_OUT, 6800
OIL, OIL_FEN = "lp-rapeseed-oil", 8900
HONEY, HONEY_FEN = day.GOOD_SOLD_HERE, 5800


async def to_mall(stage: Stage) -> None:
    sign_in(stage)
    await stage.quiet()
    await stage.hand.click("home.tile." + day.MALL_SERVICE)
    await stage.hand.wait_for("mall.good." + BOX)


async def put(stage: Stage, *goods: str) -> None:
    for good in goods:
        await stage.hand.click("mall.good." + good)
        await stage.hand.wait_for("mall.good")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("mall.added")


async def recorded(stage: Stage) -> list[OperationView]:
    return await stage.ledger(outbox.recent)


def test_goods_are_found_by_word_pinyin_and_initials(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        for query in day.GOOD_SEARCHES:
            await stage.hand.click("page.home")
            await stage.quiet()
            await stage.hand.click("home.tile." + day.MALL_SERVICE)
            await stage.hand.type("mall.search", query)
            await stage.hand.wait_gone("mall.good." + OIL)
            await stage.hand.wait_for("mall.good." + BOX)

    perform(act)


def test_letter_keys_on_the_screen_search_too(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        await stage.hand.click("mall.letters")
        for letter in "LAY":
            await stage.hand.click("letter-" + letter)
        await stage.hand.wait_gone("mall.good." + OIL)
        assert stage.hand.sees("mall.good." + BOX)
        for _ in "LAY":
            await stage.hand.click("mall.erase")
        await stage.hand.wait_for("mall.good." + OIL)
        await stage.hand.type("mall.search", "layzzzz")
        await stage.hand.wait_text("没有找到“layzzzz”")

    perform(act)


def test_more_goods_are_shown_on_demand(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        shelf = await stage.hand.wait_for("mall.shelf")
        before = shelf.property("count")
        await stage.hand.click("mall.more")
        await stage.hand.until(lambda: shelf.property("count") == 2 * before)

    perform(act)


def test_what_is_no_longer_sold_must_leave_the_basket_first(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        await put(stage, BOX)
        await stage.data.run(lambda conn: mall.put(conn, stage.crank.at, "gone-from-the-pack", 1))
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("basket.gone")
        assert not (await stage.hand.wait_for("page.primary")).isEnabled()
        await stage.hand.click("basket.gone")
        await stage.hand.wait_gone("basket.gone")
        assert await stage.ledger(mall.basket) == (BasketLine(BOX, 1),)

    perform(act)


def test_departments_and_what_lies_here(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        await stage.hand.click("mall.department.vegetables")
        await stage.hand.wait_for("mall.good.lp-cabbage")
        assert not stage.hand.sees("mall.good." + BOX)
        await stage.hand.click("mall.department.here")
        await stage.hand.wait_for("mall.good." + HONEY)
        here = {"mall.good." + good for good in day.GOODS_HERE}
        await stage.hand.until(lambda: {n for n in stage.hand.names() if n.startswith("mall.good.")} == here)

    perform(act)


def test_a_service_of_one_department_shows_no_other(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await stage.quiet()
        await stage.hand.click("home.tile.m7-vegetables")
        await stage.hand.wait_for("mall.good.lp-cabbage")
        assert not stage.hand.sees("mall.good." + BOX)
        assert not stage.hand.sees("mall.department.home")

    perform(act)


def test_a_good_in_full_says_where_it_comes_from(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        await stage.hand.click("mall.good." + HONEY)
        await stage.hand.wait_text("云龙村")
        assert stage.hand.text_of("good.price") == "¥58.00"
        assert stage.hand.reads("现货 12 瓶")
        await stage.hand.click("page.back")
        await stage.hand.wait_for("mall.good." + BOX)

    perform(act)


def test_the_basket_is_ordered_once_and_then_empty(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        await put(stage, BOX, OIL)
        await stage.hand.click("page.primary")
        await stage.hand.click(f"basket.qty.{BOX}More")
        await stage.hand.wait_text("¥225.00")
        await stage.hand.click("page.primary")
        await stage.hand.click("page.primary")
        await stage.hand.click("cash.note.250.00")
        await stage.hand.wait_text("¥25.00")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("basket.confirm")
        await stage.hand.click_at_once("page.primary", "page.primary")
        await stage.hand.wait_for("slip.paper")
        [order] = await recorded(stage)
        assert (order.kind, order.payload["cash"]["fen"]) == ("order.place", 2 * BOX_FEN + OIL_FEN)
        assert "buyer" not in order.payload
        assert await stage.ledger(mall.basket) == ()
        assert stage.hand.reads("业务受理记录")

    perform(act)


def test_too_little_cash_stops_the_order(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        await put(stage, BOX)
        for _ in range(3):
            await stage.hand.click("page.primary")
        await stage.hand.pad("cash.pad", "60")
        await stage.hand.wait_text("还差 ¥8.00")
        assert not (await stage.hand.wait_for("page.primary")).isEnabled()

    perform(act)


def test_who_leaves_a_number_is_asked_for_a_name(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        await put(stage, BOX)
        await stage.hand.click("page.primary")
        await stage.hand.click("page.primary")
        await stage.hand.pad("buyer.phone/entry.pad", "1390826")
        await stage.hand.click("page.primary")
        await stage.hand.wait_text("电话号码不对")
        await stage.hand.pad("buyer.phone/entry.pad", "0002")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("buyer.name")
        assert not (await stage.hand.wait_for("page.primary")).isEnabled()
        await stage.hand.type("buyer.name", "李㮾")
        await stage.hand.click("page.primary")
        await stage.hand.click("cash.note.68.00")
        await stage.hand.click("page.primary")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("slip.paper")
        [order] = await recorded(stage)
        assert order.payload["buyer"] == {"name": "李㮾", "phone": "13908260002"}

    perform(act)


def test_lines_leave_the_basket(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        await put(stage, BOX, OIL)
        await stage.hand.click("page.primary")
        await stage.hand.click("basket.remove." + BOX)
        await stage.hand.wait_gone("basket.remove." + BOX)
        assert await stage.ledger(mall.basket) == (BasketLine(OIL, 1),)
        await stage.hand.click("basket.remove." + OIL)
        await stage.hand.wait_for("basket.empty")

    perform(act)


def test_what_lies_here_is_sold_on_the_spot(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_mall(stage)
        await stage.hand.click("mall.good." + HONEY)
        await stage.hand.click("mall.sellHere")
        await stage.hand.click("good.qtyMore")
        await stage.hand.click("page.primary")
        await stage.hand.click("cash.note.120.00")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("sell.confirm")
        await stage.hand.click_at_once("page.primary", "page.primary")
        await stage.hand.wait_for("slip.paper")
        [sale] = await recorded(stage)
        assert (sale.kind, sale.payload["total_fen"], sale.state) == (
            "goods.sell", 2 * HONEY_FEN, State.RECORDED
        )  # fmt: skip
        [lease] = await stage.ledger(lambda conn: leases.for_right(conn, "stock:" + HONEY))
        assert lease.spent == 2
        assert stage.hand.reads("办结凭证")

    perform(act)
