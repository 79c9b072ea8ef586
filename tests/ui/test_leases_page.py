"""What is allotted to this terminal, by click: asked for, granted, handed back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from central.demo import day
from sync import leases, outbox, tending
from sync.outbox import OperationView
from sync.policy import Link
from sync.wire.answers import Outcome
from sync.wire.kinds import Kind
from tests.support.clicker import settle
from tests.support.deeds import answer, place_order, sign_in
from tests.support.stage import GRANTS, Scene, Stage, grant
from tests.ui.test_fits import SIZES, findings
from ui.routes import LeasesRoute, TillRoute

Perform = Callable[..., None]
FLOAT, COUPONS = "leases.share.l-0", f"leases.share.l-{len(GRANTS) - 1}"
GOOD = "leases.share.l-1"


async def asks(stage: Stage, share: str, digits: str) -> None:
    """From the till to the question asked and confirmed."""
    hand = stage.hand
    stage.frame.go(TillRoute())
    await hand.click("till.leases")
    await hand.click(share)
    await hand.wait_for("leases.chosen")
    await hand.click("page.primary")
    await hand.pad("entry.pad", digits)
    await hand.click("page.primary")
    await hand.wait_for("leases.confirm")
    await hand.click("page.primary")
    await hand.wait_for(share)


async def recorded(stage: Stage, kind: Kind) -> list[OperationView]:
    return await stage.ledger(lambda conn: outbox.recent(conn, kinds=(kind.value,)))


def says(stage: Stage, share: str, text: str) -> Callable[[], bool]:
    return lambda: any(text in found for found in stage.hand.texts(stage.hand.find(share)))


def test_a_refill_of_the_float_is_asked_for_and_granted(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await place_order(stage)
        stage.wire.be(Link.OFFLINE)
        await asks(stage, FLOAT, "68")
        await stage.hand.until(says(stage, FLOAT, "已申请，等中心答复"), "the badge")
        assert says(stage, FLOAT, "剩 ¥4,932.00，共 ¥5,000.00")()
        [request] = await recorded(stage, Kind.LEASE_REQUEST)
        assert request.payload == {"right": f"float:{day.MAIN_POINT}", "amount": 6_800}
        more = replace(grant(0, *GRANTS[0]), amount=506_800, rev=2)
        await stage.data.run(lambda conn: leases.apply_grant(conn, more, ""))
        await answer(stage, request.op_id, Outcome.ACCEPTED)
        await stage.hand.until(says(stage, FLOAT, "剩 ¥5,000.00，共 ¥5,068.00"), "more to be left")
        assert says(stage, FLOAT, "¥68.00，中心已批")()

    perform(act)


def test_goods_are_asked_for_once_and_a_refusal_says_why(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await asks(stage, GOOD, "10")
        [request] = await recorded(stage, Kind.LEASE_REQUEST)
        assert request.payload == {"right": GRANTS[1][0], "amount": 10}
        await stage.hand.click(GOOD)
        await stage.hand.wait_for("leases.chosen")
        assert not (await stage.hand.wait_for("page.primary")).isEnabled()
        assert says(stage, "leases.chosen", "已申请，等中心答复")()
        await answer(stage, request.op_id, Outcome.REJECTED, "pool-empty")
        await stage.hand.wait_text("10 件，中心未批：份额已分完")
        assert (await stage.hand.wait_for("page.primary")).isEnabled()

    perform(act)


def test_a_block_of_coupons_goes_back_whole(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.go(LeasesRoute())
        await stage.hand.click(COUPONS)
        await stage.hand.click("leases.back")
        await stage.hand.wait_for("leases.confirm")
        await stage.hand.double_tap("page.primary")
        await stage.hand.until(says(stage, COUPONS, "已交回"), "the badge")
        [back] = await recorded(stage, Kind.LEASE_RETURN)
        lease = COUPONS.rpartition(".")[2]
        assert back.payload == {"lease": lease, "amount": 20, "serials": [[1, 20]]}
        assert says(stage, COUPONS, "剩 0 张，共 0 张")()
        await stage.hand.click(COUPONS)
        await stage.hand.wait_for("leases.chosen")
        assert not stage.hand.sees("leases.back")

    perform(act)


@pytest.mark.parametrize(
    ("right", "unit", "title", "left"),
    [
        ("points:summer", "point", "积分：summer", "剩 80 分，共 80 分"),
        ("budget:new-year", "fen", "活动经费：new-year", "剩 ¥0.80，共 ¥0.80"),
        ("deck:new-year", "piece", "抽奖：new-year", "剩 80 次，共 80 次"),
        ("numbers:desk-1", "piece", "号码：desk-1", "剩 80 个，共 80 个"),
        ("later:sort", "piece", "sort", "剩 80 件，共 80 件"),
    ],
)
def test_every_right_has_its_words_and_unit(
    perform: Perform, right: str, unit: str, title: str, left: str
) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        given = grant(90, right, unit, 80, {})
        await stage.data.run(lambda conn: leases.apply_grant(conn, given, ""))
        stage.frame.go(LeasesRoute())
        await stage.hand.wait_for("leases.share.l-90")
        await stage.hand.until(says(stage, "leases.share.l-90", title), "its name")
        assert says(stage, "leases.share.l-90", left)()
        await stage.hand.click("leases.share.l-90")
        await stage.hand.wait_for("leases.back")

    perform(act)


@pytest.mark.parametrize(
    ("state", "badge", "note"),
    [
        (leases.LeaseState.FROZEN, "旧份额，等待了结", "旧业务送完后自动了结"),
        (leases.LeaseState.REVOKED, "上级已收回", "已用的照算"),
        (leases.LeaseState.CLOSED, "已了结", "已和中心对清"),
    ],
)
def test_a_share_that_is_over_says_what_becomes_of_it(
    perform: Perform, state: leases.LeaseState, badge: str, note: str
) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await stage.data.run(lambda conn: leases.set_state(conn, "l-1", state))
        stage.frame.go(LeasesRoute())
        await stage.hand.wait_for(GOOD)
        await stage.hand.until(says(stage, GOOD, badge), "its state")
        await stage.hand.click(GOOD)
        await stage.hand.wait_text(note)
        assert not stage.hand.sees("leases.back")
        assert not stage.hand.sees("page.primary")

    perform(act)


def test_a_closing_statement_on_its_way_is_said(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await stage.data.run(lambda conn: leases.set_state(conn, "l-1", leases.LeaseState.REVOKED))
        stamp, at = stage.local.stamp(), stage.crank.at
        assert await stage.data.run(lambda conn: tending.tend(conn, stamp, at)) == 1
        stage.frame.go(LeasesRoute())
        await stage.hand.wait_for(GOOD)
        await stage.hand.until(says(stage, GOOD, "正在了结"), "its state")

    perform(act)


def test_how_far_a_share_goes_is_said(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        counted = replace(grant(91, "points:spring", "point", 400, {}), slice=400, low=25, hard_count=50)
        await stage.data.run(lambda conn: leases.apply_grant(conn, counted, ""))
        stage.frame.go(LeasesRoute())
        await stage.hand.click("leases.share.l-91")
        await stage.hand.wait_for("leases.facts")
        shown = stage.hand.text_of("leases.facts")
        for text in (
            "用到 320 分 提醒联网，400 分 停用",
            "最多 50 次",
            "少于 100 分 时自动申请",
            "到 2026年4月7日",
        ):
            assert text in shown, (text, shown)

    perform(act)


def test_where_no_float_was_allotted_one_can_be_asked_for(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await stage.data.run(lambda conn: leases.set_state(conn, "l-0", leases.LeaseState.FROZEN))
        right = f"float:{day.MAIN_POINT}"
        await asks(stage, f"leases.share.{right}", "500")
        [request] = await recorded(stage, Kind.LEASE_REQUEST)
        assert request.payload == {"right": right, "amount": 50_000}

    perform(act)


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_it_fits_every_screen(perform: Perform, size: tuple[int, int]) -> None:
    wrong: list[str] = []

    async def act(stage: Stage) -> None:
        sign_in(stage)
        await stage.hand.click("page.elder")
        await stage.hand.click("page.language")
        await asks(stage, FLOAT, "68")
        for share in ("", FLOAT):
            if share:
                await stage.hand.click(share)
                await stage.hand.wait_for("leases.chosen")
            await stage.quiet()
            await settle(10)
            wrong.extend(findings(stage))

    perform(act, Scene(size=size))
    assert wrong == []
