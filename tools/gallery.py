"""`make gallery`: controls and pages, in three sizes, two languages, two type sizes."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")

import qasync
from PySide6.QtGui import QGuiApplication

from central.demo import day
from sync.policy import Link
from sync.wire.answers import Outcome
from tests.support.clicker import settle
from tests.support.deeds import answer, owed_cash, pay_bill, place_order, sign_in
from tests.support.stage import Scene, Stage, play
from tools import gallery_staff
from tools.gallery_staff import PassingCourier
from tools.look import report, sheets
from tools.tour.camera import Camera
from ui import routes
from ui.fonts import load_fonts
from ui.routes import Route

OUT = Path(__file__).resolve().parent.parent / "build" / "gallery"
LINKS = {Link.ONLINE: "online", Link.OFFLINE: "offline"}
ATTRACT = routes.AttractRoute()


def every_route(paid: str) -> dict[str, Route]:
    return {
        "attract": ATTRACT,
        "home": routes.HomeRoute(),
        "board": routes.BoardRoute(),
        "board-service": routes.BoardRoute(day.DOOR_SERVICE),
        "sign-in": routes.SignInRoute(),
        "identify": routes.IdentifyRoute(),
        "vouched": routes.IdentifyRoute(vouched=True),
        "guide": routes.GuideRoute("g6-guide"),
        "form": routes.FormRoute(day.FAULT_SERVICE),
        "bills": routes.BillsRoute(day.POWER_SERVICE),
        "mall": routes.MallRoute(day.MALL_SERVICE),
        "basket": routes.BasketRoute(day.MALL_SERVICE),
        "sell": routes.SellRoute(day.MALL_SERVICE, day.GOOD_SOLD_HERE),
        "rights": routes.RightsRoute(day.COUPON_SERVICE),
        "callback": routes.CallbackRoute(day.DOOR_SERVICE),
        "slip": routes.SlipRoute(op_id=paid),
        "business": routes.BusinessRoute(),
        "queue": routes.QueueRoute(),
        "cases": routes.CasesRoute(),
        "case": routes.CasesRoute("c-1"),
        "till": routes.TillRoute(),
        "leases": routes.LeasesRoute(),
        "courier": routes.CourierRoute(),
        "line": routes.LineRoute(),
    }


async def _pages(stage: Stage, camera: Camera, only: frozenset[str]) -> None:
    sign_in(stage)
    paid = await pay_bill(stage, day.ACCOUNT_IN_FILE)
    lost = await place_order(stage)
    await answer(stage, lost.op_id, Outcome.REJECTED, "sold-out", case="c-1", owes=[owed_cash(6800)])
    ways = every_route(paid.op_id)
    for name, route in ways.items():
        if only and name not in only:
            continue
        for link, line in LINKS.items():
            stage.wire.be(link)
            stage.frame.go(route)
            await stage.quiet()
            await _variants(stage, camera, name, f"{name}-{line}")
    async for name in gallery_staff.pages(stage):
        await stage.quiet()
        if not only or name in only:
            await _variants(stage, camera, name, name)


async def _variants(stage: Stage, camera: Camera, page: str, name: str) -> None:
    frame = stage.frame
    for turn, variant in (
        (lambda: None, "zh"),
        (frame.switchLanguage, "en"),
        (frame.toggleElder, "en-elder"),
        (frame.switchLanguage, "zh-elder"),
    ):
        turn()
        for _size in camera.frames(stage.screen.window, page, f"{name}.{variant}"):
            await settle(6)
    frame.toggleElder()


def main(only: frozenset[str]) -> int:
    """With names, the pages of these names and no controls."""
    qt = QGuiApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    load_fonts()
    controls = [] if only else list(sheets.run(OUT))
    camera = Camera(OUT / "pages")
    loop = qasync.QEventLoop(qt)
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory(prefix="yizhan-gallery-") as folder, loop:
        play(loop, Path(folder), Scene(courier=PassingCourier()), lambda stage: _pages(stage, camera, only))
    contact = camera.sheets()
    report.write(OUT.parent / "gallery.json", controls)
    print(f"{len(controls)} pictures of controls, {len(camera.shots)} of pages: {OUT}")
    print(f"{len(contact)} sheets: {OUT / 'pages' / 'sheets'}; {report.words(controls)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(frozenset(sys.argv[1:])))
