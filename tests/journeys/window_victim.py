"""The real window, worked by a hand that presses what is on the screen, in a process that may be killed.

`python -m tests.journeys.window_victim HOME pay [POINT]` or `… HOME look`; the line stays unplugged.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")

import qasync
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from central.demo import day
from kiosk.app import App, Start
from sync.points import Point
from tests.journeys.machine import plan_of
from tests.journeys.visit import OWN_PIN
from tests.support.clicker import Clicker
from ui.fonts import load_fonts
from ui.idle import IdleRule
from ui.screen import Look

NEVER_IDLE = IdleRule(warn_after=36_000, wipe_after=72_000)
LONGEST = 30.0


@dataclass
class Fate:
    point: Point | None
    armed: bool = False

    def reached(self, point: Point) -> None:
        if self.armed and point is self.point:
            os.kill(os.getpid(), signal.SIGKILL)


async def _sign_in(app: App, hand: Clicker) -> None:
    await hand.click("signIn.operator." + day.OPERATOR)
    await hand.pad("signIn.pin", OWN_PIN)
    await hand.wait_for("page.operator")
    await hand.until(lambda: app.frame.tasks.idle, "the tasks to end")


async def pay(app: App, hand: Clicker, fate: Fate) -> None:
    await hand.click("page.signIn")
    await _sign_in(app, hand)
    await hand.click("home.tile." + day.POWER_SERVICE)
    await hand.click("bills.biller." + day.POWER_BILLER)
    await hand.pad("entry.pad", day.ACCOUNT_IN_FILE)
    await hand.click("page.primary")
    await hand.wait_for("bills.confirm")
    fate.armed = True
    await hand.click("page.primary")
    await hand.wait_for("slip.paper")
    tell("shown")
    await hand.click("page.primary")
    await hand.until(lambda: app.frame.tasks.idle, "the printer")
    tell("printed")


async def look(app: App, hand: Clicker) -> None:
    """Where business was recorded before, the operator is asked in at once and sees that first."""
    asked = "signIn.operator." + day.OPERATOR
    await hand.until(lambda: hand.sees(asked) or hand.sees("home.business"), "the first page")
    if hand.sees(asked):
        await _sign_in(app, hand)
        await hand.wait_for("business.state")
        tell(hand.text_of("business.state"))
    tell(" ".join(hand.texts()))


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


async def live(home: Path, what: str, fate: Fate) -> None:
    look_of = Look(QSize(1366, 768))
    app = await App.open(plan_of(home, fate.reached), Start(look_of, idle=NEVER_IDLE))
    hand = Clicker(app.screen.window, LONGEST)
    await (pay(app, hand, fate) if what == "pay" else look(app, hand))
    await app.close()
    assert not app.frame.tasks.bugs, app.frame.tasks.bugs


def main(home: str, what: str, point: str | None = None) -> None:
    qt = QGuiApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    load_fonts()
    loop = qasync.QEventLoop(qt)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(live(Path(home), what, Fate(Point(point) if point else None)))


if __name__ == "__main__":
    main(*sys.argv[1:])
