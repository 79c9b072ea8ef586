"""My business, by click: true states that change by themselves, one in detail, its slips printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from central.demo import day
from kiosk.devices.paper import SlipKind
from kiosk.devices.scanner import Scan
from kiosk.services import slips
from kiosk.services.presence import How, Identified, Person
from sync import outbox
from sync.outbox import State
from sync.wire.answers import Outcome, Profile
from sync.wire.kinds import Kind
from sync.wire.slipcode import SlipCode
from tests.support.deeds import answer, owed_cash, pay_bill, place_order, redeem, sign_in
from tests.support.stage import Scene, Stage
from ui.routes import BusinessRoute, IdentifyRoute
from ui.viewmodels import entries_shown

Perform = Callable[..., None]
LI = Person(How.CARD, "李四", "511602194501011234")


async def code_of(stage: Stage, op_id: str) -> str:
    code = await stage.ledger(lambda conn: outbox.slip_code(conn, op_id))
    assert code is not None
    return code


def state_of(stage: Stage, op_id: str) -> str:
    return stage.hand.text_of(f"business.entry.{op_id}/entry.state")


def test_states_change_by_themselves_when_central_answers(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid, elsewhere = await pay_bill(stage), await pay_bill(stage, day.ACCOUNT_PAID_ELSEWHERE)
        order, coupon = await place_order(stage), await redeem(stage)
        stage.frame.go(BusinessRoute())
        await stage.hand.wait_for("business.entry." + coupon.op_id)
        assert {state_of(stage, op.op_id) for op in (paid, elsewhere, order, coupon)} == {"已记录，等待发送"}
        await answer(stage, paid.op_id, Outcome.ACCEPTED)
        await answer(stage, elsewhere.op_id, Outcome.REJECTED, "bill-paid-elsewhere")
        await answer(stage, coupon.op_id, Outcome.REVIEW, "parent-review")
        await stage.hand.until(lambda: state_of(stage, coupon.op_id) == "中心复核中")
        assert state_of(stage, paid.op_id) == "中心已确认，缴费成功"
        assert state_of(stage, elsewhere.op_id) == "未办成"
        assert state_of(stage, order.op_id) == "已记录，等待发送"
        assert stage.hand.reads("账单已在别处缴过")

    perform(act)


def test_the_filter_shows_only_what_it_says(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid, elsewhere = await pay_bill(stage), await pay_bill(stage, day.ACCOUNT_PAID_ELSEWHERE)
        await answer(stage, paid.op_id, Outcome.ACCEPTED)
        stage.frame.go(BusinessRoute())
        for wanted, seen in (
            ("done", {paid.op_id}),
            ("open", {elsewhere.op_id}),
            ("refused", set()),
            ("all", {paid.op_id, elsewhere.op_id}),
        ):
            await stage.hand.click("business.filter." + wanted)
            await stage.quiet()
            shown = {op for op in (paid.op_id, elsewhere.op_id) if stage.hand.sees("business.entry." + op)}
            assert shown == seen, wanted

    perform(act)


def test_the_done_slip_is_printed_once_accepted_and_then_as_a_copy(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        stage.frame.go(BusinessRoute(paid.op_id))
        await stage.hand.wait_text("打印业务受理记录")
        await answer(stage, paid.op_id, Outcome.ACCEPTED)
        await stage.hand.wait_text("打印办结凭证")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("business.notice")
        await stage.hand.wait_text("再打一张办结凭证")
        made = await stage.ledger(lambda conn: slips.of_operation(conn, paid.op_id))
        assert [(slip.kind, slip.printed) for slip in made] == [
            (SlipKind.RECORD_OF_REQUEST, False),
            (SlipKind.DONE, True),
        ]
        await stage.hand.click("page.primary")
        await stage.quiet()
        assert len(await stage.ledger(lambda conn: slips.of_operation(conn, paid.op_id))) == 2
        assert (await stage.ledger(lambda conn: slips.to_print(conn, made[1].number))).copy

    perform(act)


def test_related_business_and_the_case_are_one_tap_away(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        order, coupon = await place_order(stage), await redeem(stage)
        await answer(stage, order.op_id, Outcome.REJECTED, "sold-out", case="c-1", owes=[owed_cash(5800)])
        stage.frame.go(BusinessRoute())
        await stage.hand.click("business.entry." + order.op_id)
        await stage.hand.wait_text("商品已售完")
        assert stage.hand.reads("待办 GA-260308-0017")
        await stage.hand.click("business.related." + coupon.op_id)
        await stage.hand.wait_for("business.related." + order.op_id)
        await stage.hand.click("page.back")
        await stage.hand.wait_for("business.related." + coupon.op_id)
        await stage.hand.click("page.back")
        await stage.hand.wait_for("business.entry." + order.op_id)

    perform(act)


def test_a_public_terminal_shows_nobodys_business(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        stage.frame.signOut()
        stage.frame.go(BusinessRoute())
        await stage.hand.wait_for("business.empty")
        assert not stage.hand.sees("business.entry." + paid.op_id)
        await stage.hand.click("business.identify")
        assert stage.frame.route == IdentifyRoute(then=BusinessRoute())

    perform(act, Scene(profile=Profile.PUBLIC))


@pytest.mark.parametrize("profile", [Profile.ASSISTED, Profile.PUBLIC])
def test_it_is_found_by_the_number_on_the_slip_and_by_its_code(perform: Perform, profile: Profile) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        slip = await stage.ledger(lambda conn: slips.first(conn, paid.op_id))
        assert slip is not None
        stage.frame.signOut()
        await stage.quiet()
        stage.frame.go(BusinessRoute())
        await stage.hand.type("business.find", slip.number.rpartition("-")[2])
        await stage.hand.click("business.find/searchGo")
        await stage.hand.wait_text("打印业务受理记录")
        assert stage.hand.text_of("business.state") == "已记录，等待发送"
        await stage.hand.click("page.home")
        await stage.quiet()
        stage.frame.scanned(Scan(await code_of(stage, paid.op_id)))
        await stage.hand.wait_text("打印业务受理记录")

    perform(act, Scene(profile=profile))


def test_a_slip_of_another_machine_says_where_to_ask(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        other = replace(SlipCode.parse(await code_of(stage, paid.op_id)), terminal="TOTHER")
        stage.frame.go(BusinessRoute(slip=str(other)))
        await stage.hand.wait_for("business.elsewhere")
        assert stage.hand.reads("另一台机器办的")
        assert stage.hand.reads("TOTHER")
        await stage.hand.click("page.back")
        await stage.hand.wait_for("business.entry." + paid.op_id)

    perform(act)


def test_whoever_is_known_while_the_page_is_open_sees_theirs_at_once(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(BusinessRoute())
        await stage.hand.wait_for("business.identify")
        stage.frame.current.identified(LI)
        await stage.hand.wait_text("在这里还没有业务")
        assert not stage.hand.sees("business.identify")

    perform(act, Scene(profile=Profile.PUBLIC))


def test_another_code_than_a_slips_is_not_taken_for_one(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(BusinessRoute())
        await stage.quiet()
        stage.frame.scanned(Scan("6901234567892"))
        await stage.quiet()
        assert not stage.hand.sees("page.problem")
        assert stage.frame.route == BusinessRoute()

    perform(act)


def test_a_number_that_is_not_there_is_named_and_another_can_be_typed(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(BusinessRoute())
        await stage.hand.type("business.find", "77")
        await stage.hand.click("business.find/searchGo")
        await stage.hand.wait_text("没有凭条")
        assert stage.hand.sees("business.find")

    perform(act)


def test_a_villager_who_is_known_sees_theirs_alone(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        others = await pay_bill(stage, day.ACCOUNT_PAID_ELSEWHERE)
        stage.frame.tell(Identified(LI))
        mine = await pay_bill(stage)
        stage.frame.go(BusinessRoute())
        await stage.hand.wait_for("business.entry." + mine.op_id)
        assert not stage.hand.sees("business.entry." + others.op_id)
        await stage.hand.click("business.whose.place")
        await stage.hand.wait_for("business.entry." + others.op_id)
        stage.frame.signOut()
        stage.frame.go(BusinessRoute())
        await stage.hand.wait_for("business.entry." + mine.op_id)
        assert not stage.hand.sees("business.whose.place")

    perform(act)


def test_without_paper_the_slip_is_kept_and_printing_can_be_tried_again(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        stage.printer.folder.mkdir(parents=True, exist_ok=True)
        (stage.printer.folder / "paper-out").touch()
        stage.frame.go(BusinessRoute(paid.op_id))
        await stage.hand.wait_text("打印业务受理记录")
        await stage.hand.click("page.primary")
        await stage.hand.wait_text("打印机没有纸了")
        (stage.printer.folder / "paper-out").unlink()
        await stage.hand.click("page.retry")
        await stage.hand.wait_for("business.notice")

    perform(act)


def test_every_kind_and_state_has_its_icon() -> None:
    assert entries_shown.KINDS.keys() == set(Kind)
    assert entries_shown.MARKS.keys() == set(State)
