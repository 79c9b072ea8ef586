"""The operator's queue, by click: what waits, try now, take one back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from central.demo import day
from kiosk.services import till
from sync import courier, identity, outbox, transfer
from sync.budget import Outlook
from sync.identity import IdentityState
from sync.lanes import Lane
from sync.linereport import LineReport
from sync.policy import Link, Trouble
from sync.recovery import Recovery
from sync.transfer import Chain
from sync.wire.answers import Outcome
from sync.wire.bundle import Head, Way
from sync.wire.encoding import instant
from tests.support.deeds import answer, pay_bill, place_order, redeem, sign_in
from tests.support.stage import TERMINAL, Stage
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


def test_the_queue_is_seen_by_what_it_waits_for(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid, bought = await pay_bill(stage), await place_order(stage)
        await to_queue(stage)
        assert not stage.hand.sees("queue.filter.all")  # all waits for the same
        await answer(stage, bought.op_id, Outcome.REVIEW, "lease-breach")
        await stage.hand.wait_for("queue.filter.all")
        await stage.hand.click("queue.filter.review")
        await stage.hand.wait_gone("queue.entry." + paid.op_id)
        assert stage.hand.sees("queue.entry." + bought.op_id)
        assert stage.hand.reads("复核中 1")
        await stage.hand.click("queue.filter.recorded")
        await stage.hand.wait_gone("queue.entry." + bought.op_id)
        await answer(stage, paid.op_id, Outcome.ACCEPTED)
        await stage.hand.wait_for("queue.entry." + bought.op_id)  # nothing is left of what was chosen
        assert not stage.hand.sees("queue.filter.recorded")

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


def test_a_busy_central_tells_our_turn_and_the_page_shows_it(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_queue(stage)
        stage.wire.be(Link.ONLINE, Trouble.OUR_TURN, stage.crank.at + timedelta(minutes=8))
        await stage.hand.wait_text("轮到本机")
        assert stage.hand.reads("中心繁忙")
        assert stage.hand.reads("10:08")
        assert stage.hand.text_of("queue.link") == "网络正常"

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
        await stage.hand.wait_text("已有别的业务用到它，不能冲正")
        assert not (await stage.hand.wait_for("page.primary")).isEnabled()
        await stage.hand.click("page.back")
        await stage.hand.wait_for("queue.line")

    perform(act)


async def lose_the_answer(stage: Stage) -> None:
    """What was sent is not known to have arrived."""
    chain = Chain(TERMINAL, 1)
    await stage.data.run(lambda conn: transfer.mark_unknown(conn, chain, 1, transfer.last_seq(conn, chain)))
    await stage.quiet()


def test_a_lost_answer_is_not_to_be_recorded_again(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        await lose_the_answer(stage)
        await to_queue(stage)
        await stage.hand.click("queue.entry." + paid.op_id)
        await stage.hand.wait_text("答复在路上丢了")
        assert stage.hand.reads("请勿重复办理")

    perform(act)


def test_a_review_says_why_what_to_do_and_what_it_rests_on(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        order = await place_order(stage)
        coupon = await redeem(stage)
        await answer(stage, order.op_id, Outcome.REVIEW, "central-failure")
        await answer(stage, coupon.op_id, Outcome.REVIEW, "parent-review")
        await to_queue(stage)
        await stage.hand.click("queue.entry." + coupon.op_id)
        await stage.hand.wait_for("queue.stands")
        shown = stage.hand.text_of("queue.stands")
        for words in ("相关的那笔业务还在复核", "会自动跟上", "相关业务", "中心复核中"):
            assert words in shown, words
        assert not stage.hand.sees("page.primary")  # a coupon can never be taken back here
        await stage.hand.click("page.language")
        await stage.hand.wait_text("Belongs to")

    perform(act)


def test_what_a_courier_carries_is_said_until_the_answer_came(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        head = Head(Way.UP, TERMINAL, 1, "key", "nonce", 1, 1, instant(stage.crank.at))
        await stage.data.run(lambda conn: courier.posted(conn, head))
        await to_queue(stage)
        await stage.hand.wait_text("已写入优盘")
        await stage.hand.click("queue.entry." + paid.op_id)
        await stage.hand.wait_text("等人带回答复")
        await answer(stage, paid.op_id, Outcome.ACCEPTED)
        await stage.hand.until(lambda: not stage.hand.reads("等人带回答复"), "the courier's part to end")

    perform(act)


def test_a_locked_terminal_says_so_above_its_queue_and_leads_to_set_up(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        await stage.data.run(lambda conn: identity.set_state(conn, IdentityState.FORKED))
        await to_queue(stage)
        await stage.hand.wait_for("notice.locked")
        assert stage.hand.reads("已办的一笔不少")
        await stage.hand.wait_text("现在就试")
        stage.wire.be(Link.LOCKED, Trouble.CHAIN_FORK)
        await stage.hand.until(lambda: not stage.hand.sees("page.primary"), "the button to go")
        await stage.hand.click("queue.entry." + paid.op_id)
        await stage.hand.wait_text("最迟在重新设置本机后送到中心")
        assert not stage.hand.reads("联网后自动送出")
        await stage.hand.click("page.back")
        await stage.hand.click("notice.locked.action")
        await stage.hand.wait_for("setup.code")
        assert stage.hand.reads("重新设置本机")
        assert stage.hand.sees("notice.locked")
        await stage.hand.click("page.back")
        await stage.hand.wait_for("queue.line")

    perform(act)


def test_what_the_line_reports_stands_above_the_queue(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.wire.told = LineReport(Recovery.RECONCILING, Outlook(9, 12, 10, frozenset({Lane.CONTENT})))
        stage.wire.be(Link.HOSTILE, Trouble.CAPTIVE_PORTAL)
        await to_queue(stage)
        await stage.hand.wait_for("notice.recovery")
        await stage.hand.wait_for("notice.budget")
        assert "打开任意网页" in stage.hand.text_of("notice.line")
        await stage.hand.click("notice.line.action")
        await stage.hand.wait_for("courier.none")

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
