"""The operator's queue, by click: what waits, try now, take one back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from central.demo import day
from kiosk.services import till
from sync import outbox
from sync.policy import Link, Trouble
from sync.wire.answers import Outcome
from tests.support.deeds import answer, pay_bill, place_order, redeem, sign_in
from tests.support.stage import Stage
from ui.routes import QueueRoute

Perform = Callable[..., None]


async def to_queue(stage: Stage) -> None:
    stage.frame.go(QueueRoute())
    await stage.hand.wait_for("queue.line")
    await stage.quiet()


def test_what_waits_is_listed_until_central_has_decided(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        await to_queue(stage)
        await stage.hand.wait_for("queue.entry." + paid.op_id)
        assert stage.hand.reads("1 笔等待送出")
        await answer(stage, paid.op_id, Outcome.ACCEPTED)
        await stage.hand.wait_for("queue.none")

    perform(act)


def test_why_there_is_no_contact_and_when_it_is_tried_again(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_queue(stage)
        assert stage.hand.text_of("queue.link") == "网络正常"
        stage.wire.be(Link.OFFLINE, Trouble.NO_LINK, stage.crank.at + timedelta(minutes=2))
        await stage.hand.wait_text("连不上中心")
        assert stage.hand.text_of("queue.link") == "没有网络"
        assert stage.hand.reads("10:02")
        await stage.hand.click("page.primary")
        assert stage.wire.wakes == 1

    perform(act)


def test_the_condition_of_the_machine_is_told(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await pay_bill(stage)
        await to_queue(stage)
        shown = stage.hand.text_of("queue.machine")
        for words in ("打印机正常", "1 张", "现金额度", "5 种，共 60 件"):
            assert words in shown, words

    perform(act)


def test_an_operation_is_taken_back_with_its_cash_and_a_second_pin(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        before = await stage.ledger(till.in_drawer)
        await to_queue(stage)
        await stage.hand.click("queue.entry." + paid.op_id)
        await stage.hand.wait_text("冲正这一笔")
        await stage.hand.click("page.primary")
        await stage.hand.click("queue.reason.wrong-account")
        await stage.hand.pad("pinKeys", "135790")
        await stage.hand.wait_text("密码不对")
        await stage.hand.pad("pinKeys", day.OPERATOR_PIN)
        await stage.hand.wait_for("slip.paper")
        [reversal, _] = await stage.ledger(outbox.recent)
        assert (reversal.kind, reversal.payload["target"]) == ("operation.reverse", paid.op_id)
        assert await stage.ledger(till.in_drawer) == before - abs(reversal.payload["cash"]["fen"])
        assert await stage.ledger(till.in_drawer) == 0

    perform(act)


def test_what_another_rests_on_cannot_be_taken_back(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        order = await place_order(stage)
        await redeem(stage)
        await to_queue(stage)
        await stage.hand.click("queue.entry." + order.op_id)
        await stage.hand.wait_text("已有业务依附于它，不能冲正")
        assert not (await stage.hand.wait_for("page.primary")).isEnabled()
        await stage.hand.click("page.back")
        await stage.hand.wait_for("queue.line")

    perform(act)


def test_nobody_signed_in_sees_nothing(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        stage.frame.signOut()
        await to_queue(stage)
        await stage.hand.wait_text("请值守员先登录")
        assert not stage.hand.sees("queue.entry." + paid.op_id)

    perform(act)
