"""The till, by click."""

from __future__ import annotations

from collections.abc import Callable

from central.demo import day
from tests.support.deeds import pay_bill, place_order, redeem, sign_in
from tests.support.stage import Stage
from ui.routes import TillRoute

Perform = Callable[..., None]


def test_drawer_float_and_the_days_totals_agree(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await place_order(stage)
        await redeem(stage)
        stage.frame.go(TillRoute())
        await stage.hand.until(lambda: stage.hand.text_of("till.drawer") == "¥58.00")
        assert stage.hand.text_of("till.left") == "¥4,942.00"
        assert "¥68.00" in stage.hand.texts(await stage.hand.wait_for("till.taken"))
        assert "¥10.00" in stage.hand.texts(await stage.hand.wait_for("till.given"))
        assert stage.hand.sees("till.kind.order.place")
        await pay_bill(stage, day.ACCOUNT_IN_FILE)
        await stage.hand.wait_for("till.kind.bill.pay")

    perform(act)


def test_another_day_has_its_own_totals(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await place_order(stage)
        stage.frame.go(TillRoute())
        await stage.hand.wait_for("till.kind.order.place")
        await stage.hand.click("till.earlier")
        await stage.hand.wait_text("这一天没有收付现金")
        assert stage.hand.text_of("till.day") == "2026年3月7日"
        await stage.hand.click("till.later")
        await stage.hand.wait_for("till.kind.order.place")
        assert not (await stage.hand.wait_for("till.later")).isEnabled()

    perform(act)
