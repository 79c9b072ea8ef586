"""Every page of the day fits all three screens, in both type sizes and both languages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from central.demo import day
from sync.policy import Link
from sync.wire.answers import Outcome
from tests.support.clicker import settle
from tests.support.deeds import answer, owed_cash, place_order
from tests.support.stage import Scene, Stage
from tests.ui.test_bills import sign_in
from tools.look.inspect import inspect, needs

Perform = Callable[..., None]
SIZES = ((1366, 768), (1920, 1080), (1080, 1920))


def findings(stage: Stage) -> tuple[str, ...]:
    """What can not be read, is cut, covered or outside, and what is too small to touch."""
    return inspect(stage.screen.window, needs(stage.frame.large, stage.frame.variant)).all


async def walk(stage: Stage, look: Callable[[str], Awaitable[None]]) -> None:
    hand = stage.hand

    async def choose(service: str, chapter: str) -> None:
        if stage.frame.elder:
            await hand.click("home.chapter." + chapter)
        await hand.click("home.tile." + service)

    stage.wire.be(Link.OFFLINE)
    await look("home")
    sign_in(stage)
    await choose(day.POWER_SERVICE, "bills")
    await hand.wait_for("bills.biller." + day.POWER_BILLER)
    await look("billers")
    await hand.click("bills.biller." + day.POWER_BILLER)
    await hand.wait_for("entry.pad")
    await look("account")
    await hand.pad("entry.pad", day.ACCOUNT_IN_FILE)
    await hand.click("page.primary")
    await hand.wait_for("bills.confirm")
    await look("confirm")
    await hand.click("page.primary")
    await hand.wait_for("slip.paper")
    await look("slip")
    await hand.click("page.home")
    await stage.quiet()
    await choose(day.EXPIRED_SERVICE, "bills")
    await hand.click("bills.biller." + day.EXPIRED_BILLER)
    await hand.wait_for("page.problem")
    await look("refused")
    await hand.click("page.home")
    await stage.quiet()
    await choose("g6-guide", "government")
    await hand.type("guide.search", "sfz")
    await hand.wait_for("guide.hit." + day.GUIDE_ITEM)
    await look("guide")
    await hand.click("guide.hit." + day.GUIDE_ITEM)
    await hand.wait_for("guide.title")
    await look("item")
    await hand.click("page.home")
    await stage.quiet()
    await choose(day.FAULT_SERVICE, "community")
    await hand.wait_for("form.what-lamp")
    await look("form")
    order = await place_order(stage)
    await answer(stage, order.op_id, Outcome.REJECTED, "sold-out", case="c-1", owes=[owed_cash(6800)])
    await hand.click("page.home")
    await look("home of an operator")


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
def test_nothing_is_cut_or_outside(
    perform: Perform, size: tuple[int, int], elder: bool, english: bool
) -> None:
    wrong: list[str] = []

    async def act(stage: Stage) -> None:
        if elder:
            await stage.hand.click("page.elder")
        if english:
            await stage.hand.click("page.language")

        async def look(page: str) -> None:
            await stage.quiet()
            await settle(10)
            wrong.extend(f"{page}: {w}" for w in findings(stage))

        await walk(stage, look)

    perform(act, Scene(size=size))
    assert wrong == []
