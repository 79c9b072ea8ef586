"""The branch desk, by click: a case of another point found by its number and settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from central.demo import day
from kiosk.devices.scanner import Scan
from sync import cases, outbox
from sync.wire.answers import Profile
from sync.wire.encoding import instant
from tests.support.deeds import owed_cash, place_order, sign_in
from tests.support.stage import Scene, Stage
from ui.routes import StaffRoute
from ui.viewmodels import upkeep_shown

Perform = Callable[..., None]
BRANCH = Scene(profile=Profile.STAFF)


async def elsewhere(stage: Stage) -> None:
    """A case of a village point that has come down to the branch."""
    raw: dict[str, Any] = {
        "case": "c-7",
        "number": "GA-260308-0042",
        "op": "01960000-0000-7000-8000-000000000001",
        "terminal": "t-elsewhere",
        "point": "pt-paifang",
        "kind": "bill.pay",
        "reason": "bill-paid-elsewhere",
        "opened": instant(stage.crank.at),
        "state": "open",
        "rev": 1,
        "owes": [owed_cash(5300)],
        "facts": {},
    }
    await stage.data.run(lambda conn: cases.apply_case(conn, raw))


def test_a_case_of_another_point_is_found_by_number_and_settled(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage, day.STAFF)
        await place_order(stage)
        await elsewhere(stage)
        stage.frame.go(StaffRoute())
        await stage.hand.wait_for("staff.case.c-7")
        await stage.quiet()
        await stage.hand.type("entry", "ga-260308-0042")
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("cases.amount")
        assert stage.hand.text_of("cases.amount") == "¥53.00"
        await stage.hand.click("page.primary")
        await stage.hand.type("entry", "张大爷")
        await stage.hand.click("page.primary")
        await stage.hand.pad("pinKeys", day.STAFF_PIN)
        await stage.hand.wait_for("slip.paper")
        closed = (await stage.ledger(outbox.recent))[0]
        assert (closed.kind, closed.payload["case"]) == ("case.close", "c-7")

    perform(act, BRANCH)


def test_a_number_nobody_knows_is_said_so(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage, day.STAFF)
        await elsewhere(stage)
        stage.frame.go(StaffRoute())
        await stage.hand.wait_for("staff.case.c-7")
        await stage.hand.pad("entry.pad", "404")
        await stage.hand.click("page.primary")
        await stage.hand.wait_text("没有编号 404 的待办")

    perform(act, BRANCH)


def test_an_operator_may_not_search_the_county(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await elsewhere(stage)
        stage.frame.go(StaffRoute())
        await stage.hand.wait_for("upkeep.queue")
        assert not stage.hand.sees("staff.case.c-7")
        assert not stage.hand.sees("entry")

    perform(act, BRANCH)


@pytest.mark.parametrize(
    ("who", "scene", "denied"),
    [
        (day.OPERATOR, Scene(), {"settings", "gallery", "exit"}),
        (day.STAFF, BRANCH, set()),
    ],
)
def test_each_is_led_where_they_may_go_and_nowhere_else(
    perform: Perform, who: str, scene: Scene, denied: set[str]
) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage, who)
        for way, route in upkeep_shown.ROUTES.items():
            stage.frame.go(StaffRoute())
            await stage.hand.wait_for("upkeep.queue")
            await stage.quiet()
            seen = stage.hand.find(f"upkeep.{way.value}") is not None
            assert seen is (way.value not in denied), way
            if seen:
                await stage.hand.click(f"upkeep.{way.value}")
                await stage.quiet()
                assert stage.frame.route == route
                assert not stage.hand.reads("没有此项权限"), way

    perform(act, scene)


def test_without_a_sign_in_there_is_nothing(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(StaffRoute())
        await stage.hand.wait_for("page.problem")
        assert not stage.hand.sees("upkeep.queue")

    perform(act)


def test_a_case_s_number_can_be_scanned(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage, day.STAFF)
        await elsewhere(stage)
        stage.frame.go(StaffRoute())
        await stage.hand.wait_for("staff.case.c-7")
        stage.frame.scanned(Scan("ga-260308-0042"))
        await stage.hand.wait_for("cases.amount")

    perform(act, BRANCH)
