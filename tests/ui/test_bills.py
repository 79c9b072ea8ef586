"""Paying a bill, by click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from central.demo import day
from kiosk.services.permissions import Session, granted
from sync import outbox
from tests.support.stage import START, Stage

Perform = Callable[..., None]
BILL_FEN = day.bill_of(day.ACCOUNT_IN_FILE, START - timedelta(days=1)).amount_fen


def sign_in(stage: Stage) -> None:
    roles = ("operator",)
    stage.frame.sign_in(Session(day.OPERATOR, "陈秀英", roles, granted(roles), False, stage.crank.at), None)


async def to_account(stage: Stage, account: str) -> None:
    sign_in(stage)
    hand = stage.hand
    await hand.click("home.tile." + day.POWER_SERVICE)
    await hand.click("bills.biller." + day.POWER_BILLER)
    await hand.pad("entry.pad", account)
    await hand.click("page.primary")


def test_a_bill_in_the_file_is_recorded_and_its_slip_shown(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_account(stage, day.ACCOUNT_IN_FILE)
        await stage.hand.wait_for("bills.confirm")
        await stage.hand.click_at_once("page.primary", "page.primary")
        await stage.hand.wait_for("slip.paper")
        recorded = await stage.ledger(outbox.recent)
        assert [(op.kind, op.payload["cash"]["fen"]) for op in recorded] == [("bill.pay", BILL_FEN)]
        assert stage.hand.reads("业务受理记录")

    perform(act)
