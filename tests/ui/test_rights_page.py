"""Coupons by scanner and click: refused with a reason, or redeemed on an order."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from central.demo import day
from sync import outbox
from sync.wire.keys import SigningKey
from tests.support.deeds import coupon_code, place_order, redeem, sign_in
from tests.support.stage import Stage

Perform = Callable[..., None]


async def scan(stage: Stage, token: str) -> None:
    """A scanner is a keyboard that is quick and ends with Return."""
    await stage.hand.type("rights.token", token)
    await stage.hand.key(Qt.Key.Key_Return)
    await stage.quiet()


async def to_rights(stage: Stage) -> None:
    await stage.quiet()
    await stage.hand.click("home.tile." + day.COUPON_SERVICE)
    await stage.hand.wait_for("rights.token")


def test_bad_coupons_are_refused_each_with_its_reason(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_rights(stage)
        for token, words in (
            ("13908260001", "这不是可识别的券码"),
            (coupon_code(stage, key=SigningKey.generate()), "签名不符"),
            (coupon_code(stage, days=-1), "过期"),
            (coupon_code(stage, home=day.BRANCH_POINT), "只能在"),
            (coupon_code(stage, serial=21), "不在本点可核销的号段内"),
        ):
            await scan(stage, token)
            await stage.hand.wait_text(words)
            assert stage.hand.sees("rights.refused")
            assert stage.hand.text_of("rights.tokenInput").startswith("扫码")
        assert await stage.ledger(outbox.recent) == []

    perform(act)


def test_a_coupon_is_redeemed_on_its_order_once(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        order = await place_order(stage)
        await to_rights(stage)
        await scan(stage, coupon_code(stage))
        assert stage.hand.text_of("rights.face") == "¥10.00"
        await stage.hand.click("rights.order." + order.op_id)
        await stage.hand.wait_for("rights.confirm")
        await stage.hand.click_at_once("page.primary", "page.primary")
        await stage.hand.wait_for("slip.paper")
        redeemed, _ = await stage.ledger(outbox.recent)
        assert (redeemed.kind, redeemed.depends_on) == ("right.redeem", order.op_id)
        assert redeemed.payload["cash"]["fen"] == -1000
        await stage.hand.click("page.home")
        await to_rights(stage)
        await scan(stage, coupon_code(stage))
        await stage.hand.wait_text("在本点用过")

    perform(act)


def test_an_order_too_small_or_with_a_coupon_says_so(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        small = await place_order(stage, "lp-cabbage")
        used = await place_order(stage)
        await redeem(stage)
        await to_rights(stage)
        await scan(stage, coupon_code(stage, serial=9))
        assert stage.hand.reads("满 ¥50.00")
        assert stage.hand.reads("这张订单已用过券")
        for order in (small, used):
            await stage.hand.click("rights.order." + order.op_id)
            assert not stage.hand.sees("rights.confirm")

    perform(act)


def test_without_an_order_there_is_nothing_to_use_it_on(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_rights(stage)
        await scan(stage, coupon_code(stage))
        await stage.hand.wait_for("rights.none")
        await stage.hand.click("page.back")
        await stage.hand.wait_for("rights.token")

    perform(act)


def test_the_scanner_is_heard_wherever_the_focus_is(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_rights(stage)
        await stage.hand.click("page.elder")
        await stage.hand.keys(coupon_code(stage))
        await stage.hand.key(Qt.Key.Key_Return)
        await stage.hand.wait_for("rights.coupon")

    perform(act)
