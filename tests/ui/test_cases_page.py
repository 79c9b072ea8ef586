"""Cases, by click: what to do in plain words, and paying back with a second PIN."""

from __future__ import annotations

from collections.abc import Callable

from central.demo import day
from kiosk.services import till
from sync import outbox
from sync.wire.answers import Outcome
from tests.support.deeds import answer, owed_cash, owed_coupon, pay_bill, place_order, redeem, sign_in
from tests.support.stage import Stage
from ui.routes import CasesRoute

Perform = Callable[..., None]


async def order_ran_out(stage: Stage) -> str:
    """Ordered and a coupon used on it, then the good had run out: 58 yuan and the coupon are owed."""
    sign_in(stage)
    order, coupon = await place_order(stage), await redeem(stage)
    owes = [owed_cash(5800), owed_coupon()]
    await answer(stage, order.op_id, Outcome.REJECTED, "sold-out", case="c-1", owes=owes)
    await answer(stage, coupon.op_id, Outcome.REVIEW, "parent-rejected")
    return order.op_id


async def to_pin(stage: Stage) -> None:
    await stage.hand.click("page.primary")
    await stage.hand.type("entry", "李㮾")
    await stage.hand.click("page.primary")
    await stage.hand.wait_for("proof.pin")


def test_a_case_says_what_to_do_and_is_closed_with_a_refund_slip(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await order_ran_out(stage)
        before = await stage.ledger(till.in_drawer)
        stage.frame.go(CasesRoute())
        await stage.hand.click("cases.case.c-1")
        await stage.hand.wait_for("cases.card")
        assert stage.hand.text_of("cases.amount") == "¥58.00"
        assert "从抽屉取 ¥58.00 交给顾客" in stage.hand.text_of("cases.step.2")
        assert stage.hand.reads("商品已售完")
        assert stage.hand.reads("连同券 cp-produce-10/7")
        await to_pin(stage)
        await stage.hand.pad("pinKeys", day.OPERATOR_PIN)
        await stage.hand.wait_for("slip.paper")
        assert stage.hand.reads("退款凭证")
        closed = (await stage.ledger(outbox.recent))[0]
        assert (closed.kind, closed.payload["receiver"]) == ("case.close", "李㮾")
        assert closed.payload["cash"]["fen"] == -5800
        assert closed.payload["returned"] == ["cp-produce-10/7"]
        assert await stage.ledger(till.in_drawer) == before - 5800

    perform(act)


def test_a_wrong_pin_pays_nothing(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await order_ran_out(stage)
        stage.frame.go(CasesRoute("c-1"))
        await to_pin(stage)
        await stage.hand.pad("pinKeys", "135790")
        await stage.hand.wait_text("密码不对，还可试 2 次")
        assert {op.kind for op in await stage.ledger(outbox.recent)} == {"order.place", "right.redeem"}
        await stage.hand.pad("pinKeys", day.OPERATOR_PIN)
        await stage.hand.wait_for("slip.paper")

    perform(act)


def test_a_settled_case_cannot_be_paid_again(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await order_ran_out(stage)
        stage.frame.go(CasesRoute("c-1"))
        await to_pin(stage)
        await stage.hand.pad("pinKeys", day.OPERATOR_PIN)
        await stage.hand.wait_for("slip.paper")
        stage.frame.go(CasesRoute("c-1"))
        await stage.hand.wait_for("cases.settled")
        assert not stage.hand.sees("page.primary")
        stage.frame.go(CasesRoute())
        await stage.hand.wait_for("cases.none")

    perform(act)


def test_a_case_that_waits_for_central_asks_nothing_of_the_operator(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        order = await place_order(stage)
        await answer(stage, order.op_id, Outcome.REVIEW, "central-failure", case="c-2", owes=[])
        stage.frame.go(CasesRoute())
        await stage.hand.wait_text("等中心复核")
        await stage.hand.click("cases.case.c-2")
        await stage.hand.wait_text("这一件不用在这里办")
        assert stage.hand.reads("中心复核中，暂不需要办理")
        assert stage.hand.reads("退不退、退多少，等中心定")
        assert not stage.hand.sees("page.primary")

    perform(act)


def test_without_an_operator_the_reason_is_said(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await order_ran_out(stage)
        stage.frame.signOut()
        stage.frame.go(CasesRoute("c-1"))
        await stage.hand.wait_text("请值守员先登录")
        assert not (await stage.hand.wait_for("page.primary")).isEnabled()

    perform(act)


def test_cases_come_and_go_while_the_list_is_open(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage, day.ACCOUNT_PAID_ELSEWHERE)
        stage.frame.go(CasesRoute())
        await stage.hand.wait_for("cases.none")
        owes = [owed_cash(12702)]
        await answer(stage, paid.op_id, Outcome.REJECTED, "bill-paid-elsewhere", case="c-9", owes=owes)
        await stage.hand.wait_for("cases.case.c-9")
        assert stage.hand.reads("¥127.02")

    perform(act)
