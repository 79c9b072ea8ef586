"""The line and the clock, by click: what it costs, what waits, how sure the time is, what may be cleared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from kiosk.services import words
from sync import anchors
from sync.budget import Outlook
from sync.clock import ClockMark, MarkKind
from sync.lanes import Lane
from sync.linereport import LaneNow, LineReport
from sync.policy import Link, Trouble
from sync.rate import Rate, Speed
from sync.recovery import Recovery
from sync.wire.operation import TimeQuality
from tests.support.deeds import pay_bill, sign_in
from tests.support.stage import Stage
from ui.routes import LineRoute, QueueRoute

Perform = Callable[..., None]


def report(stage: Stage) -> LineReport:
    soon = stage.crank.at + timedelta(minutes=3)
    return LineReport(
        recovery=Recovery.RECONCILING,
        data=Outlook(81_000_000, 120_000_000, 100_000_000, frozenset({Lane.CONTENT})),
        speed=Speed(Rate(6_400.0), Rate(21_000.0), 0.6),
        lanes=(
            LaneNow(Lane.OPERATIONS),
            LaneNow(Lane.NEWS, soon),
            LaneNow(Lane.ATTACHMENTS, soon, error="413 too large"),
            LaneNow(Lane.CONTENT, soon, resting=True),
        ),
    )


def test_the_line_its_cost_and_its_lanes_are_told(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.wire.told = report(stage)
        stage.frame.go(QueueRoute())
        await stage.hand.click("upkeep.line")
        await stage.hand.wait_for("line.link")
        await stage.quiet()
        expected = {
            "line.link": ("网络正常", "每秒 6.4 KB", "每秒 21.0 KB", "600 毫秒"),
            "line.lanes": ("有事就发", "下次 10:03", "没有成功，10:03:00 再试", "为省流量暂停"),
            "line.data": ("81.0 MB", "120.0 MB", "100.0 MB", "预计超出"),
            "line.kept": ("第 1 次登记", "中心正在恢复数据", "全部保留", "41.3 GB"),
        }
        for card, texts in expected.items():
            shown = stage.hand.text_of(card)
            for text in texts:
                assert text in shown, (text, shown)
        await stage.hand.click("page.primary")
        assert stage.wire.wakes == 1

    perform(act)


def test_a_portal_and_a_turned_clock_are_named(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        mark = ClockMark(MarkKind.WALL_SET, -93_600, stage.crank.at, TimeQuality.ANCHORED)
        await stage.data.run(lambda conn: anchors.save_marks(conn, [mark], "boot"))
        stage.local.off = timedelta(hours=-26)
        stage.wire.be(Link.HOSTILE, Trouble.CAPTIVE_PORTAL, stage.crank.at + timedelta(minutes=2))
        stage.frame.go(LineRoute())
        await stage.hand.wait_text("打开任意网页，按提示登录")
        shown = stage.hand.text_of("line.clock")
        for text in ("准，中心刚核对过", "慢了 1 天 2 小时", "本机时钟曾被调整"):
            assert text in shown, shown
        await stage.hand.click("line.courier")
        await stage.hand.wait_for("courier.none")

    perform(act)


def test_what_central_has_is_counted(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await pay_bill(stage)
        stage.frame.go(LineRoute())
        await stage.hand.wait_text("0 笔，共 1 笔")

    perform(act)


def test_a_locked_line_says_why_and_offers_no_try(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.go(LineRoute())
        await stage.hand.wait_text("现在就试")
        stage.wire.be(Link.LOCKED, Trouble.RESTORED)
        await stage.hand.until(lambda: not stage.hand.sees("page.primary"), "the button to go")
        assert words.of(Trouble.RESTORED).zh in stage.hand.text_of("line.link")

    perform(act)
