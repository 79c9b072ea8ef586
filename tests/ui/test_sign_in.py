"""Operators sign in, are locked out for longer and longer, and replace their first PIN."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from central.demo import day
from kiosk.services.permissions import Permission
from sync import documents, outbox
from tests.support.stage import HASHER, Stage

Perform = Callable[..., None]
OWN_PIN = "802461"


async def to_pin(stage: Stage) -> None:
    await stage.hand.click("page.signIn")
    await stage.hand.click("signIn.operator." + day.OPERATOR)
    await stage.hand.wait_for("signIn.pin")


async def enter(stage: Stage, pin: str) -> None:
    await stage.hand.pad("signIn.pin", pin)
    await stage.quiet()


def test_the_right_pin_signs_in_and_the_chip_signs_out(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_pin(stage)
        await enter(stage, day.OPERATOR_PIN)
        assert stage.hand.text_of("page.operator") == "陈秀英"
        await stage.hand.click("page.operator")
        await stage.hand.click("dialogAccept")
        await stage.hand.wait_for("page.signIn")
        assert stage.frame.session is None

    perform(act)


def test_a_tile_that_takes_cash_asks_for_the_operator_first(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.tile." + day.POWER_SERVICE)
        await stage.hand.click("signIn.operator." + day.OPERATOR)
        await enter(stage, day.OPERATOR_PIN)
        await stage.hand.wait_for("bills.biller." + day.POWER_BILLER)

    perform(act)


def test_wrong_pins_lock_for_longer_and_longer(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_pin(stage)
        await enter(stage, "111111")
        assert stage.hand.reads("密码不对，还可试 2 次")
        await enter(stage, "111111")
        await enter(stage, "111111")
        assert stage.hand.reads("错误次数过多")
        await enter(stage, day.OPERATOR_PIN)
        assert stage.hand.reads("错误次数过多")
        assert stage.frame.session is None
        stage.crank.forward(31)
        await enter(stage, day.OPERATOR_PIN)
        assert stage.frame.session is not None

    perform(act)


def test_a_first_pin_must_be_replaced_by_an_own_one(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        raw = {
            "id": day.OPERATOR,
            "name": "陈秀英",
            "roles": ["operator"],
            "verifier": HASHER.hash(day.OPERATOR_PIN),
            "must_change": True,
            "active": True,
            "rev": 2,
        }
        await stage.data.run(lambda conn: documents.put_operator(conn, raw))
        await to_pin(stage)
        await enter(stage, day.OPERATOR_PIN)
        assert stage.hand.reads("请设一个自己的 6 位密码")
        await enter(stage, "123456")
        assert stage.hand.reads("密码太简单")
        await enter(stage, OWN_PIN)
        await enter(stage, "802462")
        assert stage.hand.reads("两次输入的不一样")
        await enter(stage, OWN_PIN)
        await enter(stage, OWN_PIN)
        assert stage.frame.session is not None
        assert [op.kind for op in await stage.ledger(outbox.recent)] == ["operator.pin"]

    perform(act)


def of_central(rev: int, **changes: object) -> Callable[[Connection], bool]:
    raw = {"id": day.OPERATOR, "name": "陈秀英", "roles": ["operator"], "verifier": HASHER.hash(OWN_PIN)}
    raw |= {"must_change": False, "active": True, "rev": rev}
    return lambda conn: documents.put_operator(conn, raw | changes)


def test_what_central_decides_reaches_who_is_signed_in(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_pin(stage)
        await enter(stage, day.OPERATOR_PIN)
        await stage.data.run(of_central(8, roles=["agent"]))
        await stage.quiet()
        session = stage.frame.session
        assert session is not None
        assert Permission.REVERSE not in session.permissions
        await stage.data.run(of_central(9, active=False))
        await stage.hand.wait_text("中心改了您的登录")
        await stage.quiet()
        assert stage.frame.session is None
        await stage.hand.wait_for("page.signIn")

    perform(act)
