"""A second person agrees, by click: what is open waits, goes on with the PIN, and is not done without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from central.demo import day
from sync import documents, outbox
from tests.support.deeds import pay_bill, sign_in
from tests.support.stage import Stage
from ui.routes import QueueRoute

Perform = Callable[..., None]
SHAN, SHAN_PIN = "op-shan", "135790"


async def to_second(stage: Stage) -> str:
    """The county asks a second person for a reversal, which the first one has confirmed."""
    sign_in(stage)
    paid = await pay_bill(stage)
    asks: dict[str, Any] = {"second_person": ["operation.reverse"]}
    await stage.data.run(lambda conn: documents.put_settings(conn, asks, 7))
    stage.frame.go(QueueRoute())
    await stage.hand.click("queue.entry." + paid.op_id)
    await stage.hand.wait_text("冲正这一笔")
    await stage.hand.click("page.primary")
    await stage.hand.click("queue.reason.wrong-account")
    await stage.hand.pad("pinKeys", day.OPERATOR_PIN)
    await stage.hand.wait_for("second.operator." + SHAN)
    await stage.quiet()
    return paid.op_id


async def recorded(stage: Stage) -> list[str]:
    return [one.kind for one in await stage.ledger(outbox.recent)]


def test_another_person_agrees_and_what_was_begun_goes_on(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        paid, hand = await to_second(stage), stage.hand
        assert hand.reads("付出现金")
        assert hand.find("second.operator." + day.OPERATOR) is None
        await hand.click("second.operator." + SHAN)
        await hand.pad("pinKeys", "111111")
        await hand.wait_text("密码不对")
        await hand.pad("pinKeys", SHAN_PIN)
        await hand.wait_for("slip.paper")
        [reversal, _] = await stage.ledger(outbox.recent)
        assert reversal.payload["target"] == paid
        assert (reversal.by, reversal.payload["approved_by"]) == (day.OPERATOR, SHAN)

    perform(act)


def test_without_the_second_pin_nothing_is_done(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_second(stage)
        await stage.hand.click("second.operator." + SHAN)
        await stage.hand.wait_for("second.proof")
        for _ in range(2):  # from the PIN to the names, from there to what was open
            await stage.hand.click("page.back")
            await stage.quiet()
        assert stage.frame.route == QueueRoute()
        assert await recorded(stage) == ["bill.pay"]

    perform(act)


def test_a_lock_over_it_gives_both_back(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_second(stage)
        page = stage.frame.current
        stage.crank.forward(91)
        stage.frame.idle.look()
        await stage.hand.wait_for("unlock.pin")
        await stage.hand.pad("unlock.pin", day.OPERATOR_PIN)
        await stage.hand.wait_for("second.operator." + SHAN)
        assert stage.frame.current is page
        await stage.hand.click("page.back")
        await stage.quiet()
        assert stage.frame.route == QueueRoute()

    perform(act)


def test_who_leaves_takes_the_question_along(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_second(stage)
        stage.frame.leave()
        await stage.hand.wait_for("attract")
        assert stage.frame.approval is None
        assert await recorded(stage) == ["bill.pay"]

    perform(act)


def test_where_nobody_else_may_it_says_so(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        raw: dict[str, Any] = {"id": SHAN, "name": "单小㳇", "roles": ["agent"], "verifier": "-"}
        raw |= {"must_change": False, "active": True, "rev": 2}
        await to_second(stage)
        await stage.data.run(lambda conn: documents.put_operator(conn, raw))
        await stage.hand.wait_text("本点没有另一位有权的人")

    perform(act)
