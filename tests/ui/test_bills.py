"""Paying a bill, by click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from central.demo import day
from kiosk.services import till
from kiosk.services.permissions import Session, granted
from sync import outbox
from tests.support.crank import START
from tests.support.stage import Stage

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
    await stage.quiet()


def test_a_bill_in_the_file_is_recorded_once_by_a_double_tap(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_account(stage, day.ACCOUNT_IN_FILE)
        assert stage.hand.reads("¥132.62")
        await stage.hand.click_at_once("page.primary", "page.primary")
        await stage.hand.wait_for("slip.paper")
        recorded = await stage.ledger(outbox.recent)
        assert [(op.kind, op.payload["cash"]["fen"]) for op in recorded] == [("bill.pay", BILL_FEN)]
        assert recorded[0].by == day.OPERATOR
        assert stage.hand.text_of("page.title") == "业务受理记录"
        assert await stage.ledger(till.in_drawer) == BILL_FEN

    perform(act)


def test_the_same_bill_is_not_taken_twice(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_account(stage, day.ACCOUNT_IN_FILE)
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("slip.paper")
        await to_account(stage, day.ACCOUNT_IN_FILE)
        assert stage.hand.reads("这张账单已在本点缴过")
        stage.hand.press(await stage.hand.wait_for("page.primary"))
        await stage.quiet()
        assert len(await stage.ledger(outbox.recent)) == 1

    perform(act)


def test_an_account_not_in_the_file_pays_what_the_payer_states(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_account(stage, day.ACCOUNT_NOT_IN_FILE)
        assert stage.hand.reads("账单文件里没有这个号码")
        await stage.hand.pad("entry.pad", "50")
        await stage.hand.click("page.primary")
        assert stage.hand.text_of("confirm.amount") == "¥50.00"
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("slip.paper")
        (recorded,) = await stage.ledger(outbox.recent)
        assert (recorded.payload["basis"], recorded.payload["amount_fen"]) == ("stated", day.STATED_FEN)

    perform(act)


@pytest.mark.parametrize(
    ("typed", "reason"), [("0", "金额不能为零"), ("0.01", "金额不能低于"), ("99999", "金额不能超过")]
)
def test_an_amount_outside_the_limits_is_refused_with_its_reason(
    perform: Perform, typed: str, reason: str
) -> None:
    async def act(stage: Stage) -> None:
        await to_account(stage, day.ACCOUNT_NOT_IN_FILE)
        await stage.hand.pad("entry.pad", typed)
        await stage.hand.click("page.primary")
        await stage.hand.until(lambda: reason in stage.hand.text_of("page.problem"), reason)
        assert not stage.hand.sees("bills.confirm")

    perform(act)


def test_a_malformed_account_is_refused_and_can_be_mended(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_account(stage, day.ACCOUNT_MALFORMED)
        assert "户号应为 13 位，您输入了 12 位" in stage.hand.text_of("page.problem")
        await stage.hand.pad("entry.pad", "1")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("bills.confirm")
        assert not stage.hand.sees("page.problem")

    perform(act)


def test_an_expired_file_is_named_with_its_dates_before_anybody_types(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        hand = stage.hand
        await hand.click("home.tile." + day.EXPIRED_SERVICE)
        await hand.until(lambda: hand.reads("账单文件已过期"), "the reason before the account")
        await hand.click("bills.biller." + day.EXPIRED_BILLER)
        await hand.until(lambda: "账单文件已过期" in hand.text_of("page.problem"), "the reason")
        await hand.click("page.language")
        assert "The bill file has expired" in hand.text_of("page.problem")
        assert await stage.ledger(outbox.recent) == []

    perform(act)


def test_back_goes_one_step_and_then_leaves(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_account(stage, day.ACCOUNT_IN_FILE)
        await stage.hand.wait_for("bills.confirm")
        await stage.hand.click("page.back")
        assert stage.hand.find("entry").property("text") == day.ACCOUNT_IN_FILE
        await stage.hand.click("page.back")
        await stage.hand.wait_for("bills.biller." + day.POWER_BILLER)
        await stage.hand.click("page.back")
        await stage.hand.wait_for("home.tile." + day.POWER_SERVICE)

    perform(act)


def test_change_is_counted_before_the_payment_is_confirmed(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await to_account(stage, day.ACCOUNT_IN_FILE)
        await hand.click("bills.cash")
        await hand.pad("cash.pad", "132")
        assert not hand.find("page.primary").isEnabled()
        assert hand.reads("收到的现金还差 ¥0.62")
        await hand.click("cash.note.150.00")
        await hand.click("page.primary")
        await hand.wait_for("bills.confirm")
        assert hand.reads("¥17.38")

    perform(act)


def test_a_double_tap_on_next_does_not_confirm_unseen(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_account(stage, day.ACCOUNT_NOT_IN_FILE)
        await stage.hand.pad("entry.pad", "50")
        await stage.hand.double_tap("page.primary")
        await stage.quiet()
        assert stage.hand.sees("bills.confirm")
        assert await stage.ledger(outbox.recent) == []

    perform(act)


def test_letters_can_be_tapped_where_the_account_has_some(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        hand = stage.hand
        await hand.click("home.tile." + day.EXPIRED_SERVICE)
        await hand.click("bills.biller.sw-city")
        await hand.click("letter-G")
        await hand.click("letter-A")
        await hand.pad("entry.pad", "01001001")
        assert hand.find("entry").property("text") == "GA01001001"

    perform(act)
