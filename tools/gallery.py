"""`make gallery`: controls and pages, in three sizes, two languages, two type sizes, three sets of colours.

What is wrong with a picture is written beside it into `build/gallery.json`, and said at the end.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")

import qasync
from PySide6.QtGui import QGuiApplication

from central.demo import day
from kiosk.variant import Variant
from sync.policy import Link
from sync.wire.answers import Outcome
from tests.support.clicker import settle
from tests.support.deeds import answer, owed_cash, pay_bill, place_order, sign_in
from tests.support.stage import Scene, Stage, play
from tools import gallery_staff
from tools.gallery_staff import PassingCourier
from tools.look import report, sheets
from tools.look.inspect import inspect, needs
from tools.look.sheets import Picture, look_name
from tools.tour.camera import Camera, size_name
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
        "staff": routes.StaffRoute(),
        "storage": routes.StorageRoute(),
        "logs": routes.LogsRoute(),
    }


COLOURS = (Variant.CONTRAST, Variant.NIGHT)


@dataclass
class Exhibition:
    """Pictures of the pages of one stage, and what is wrong with each."""

    stage: Stage
    camera: Camera
    only: frozenset[str]
    pictures: list[Picture] = field(default_factory=list)

    async def hang(self) -> None:
        stage = self.stage
        sign_in(stage)
        paid = await pay_bill(stage, day.ACCOUNT_IN_FILE)
        lost = await place_order(stage)
        await answer(stage, lost.op_id, Outcome.REJECTED, "sold-out", case="c-1", owes=[owed_cash(6800)])
        for name, route in every_route(paid.op_id).items():
            if self._wanted(name):
                for link, line in LINKS.items():
                    stage.wire.be(link)
                    stage.frame.go(route)
                    await stage.quiet()
                    await self._variants(name, f"{name}-{line}", link is Link.ONLINE)
        async for name in gallery_staff.pages(stage):
            await stage.quiet()
            if self._wanted(name):
                await self._variants(name, name, coloured=False)

    def _wanted(self, name: str) -> bool:
        return not self.only or name in self.only

    async def _variants(self, page: str, name: str, coloured: bool) -> None:
        """Both languages in both sizes of type; in other colours the extremes of these."""
        frame = self.stage.frame
        await self._sizes(page, name)
        for colours in COLOURS if coloured else ():
            frame.chooseVariant(colours.value)
            await self._sizes(page, name)
        frame.chooseVariant(Variant.NORMAL.value)
        frame.switchLanguage()
        await self._sizes(page, name)
        frame.toggleElder()
        await self._sizes(page, name)
        for colours in COLOURS if coloured else ():
            frame.chooseVariant(colours.value)
            await self._sizes(page, name)
        frame.chooseVariant(Variant.NORMAL.value)
        frame.switchLanguage()
        await self._sizes(page, name)
        frame.toggleElder()

    async def _sizes(self, page: str, name: str) -> None:
        frame, window = self.stage.frame, self.stage.screen.window
        look = look_name(Variant(frame.variant), frame.large)
        variant = f"{frame.lang.value}-{look}".removesuffix("-normal")
        for size in self.camera.frames(window, page, f"{name}.{variant}"):
            await settle(6)
            found = inspect(window, needs(frame.large, frame.variant))
            file = f"pages/{size_name(size)}/{name}.{variant}.png"
            self.pictures.append(Picture(name, variant, size_name(size), file, found))


def main(only: frozenset[str]) -> int:
    """With names, the pages of these names and no controls."""
    qt = QGuiApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    load_fonts()
    pictures = [] if only else list(sheets.run(OUT))
    camera = Camera(OUT / "pages")

    async def hang(stage: Stage) -> None:
        exhibition = Exhibition(stage, camera, only)
        await exhibition.hang()
        pictures.extend(exhibition.pictures)

    loop = qasync.QEventLoop(qt)
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory(prefix="yizhan-gallery-") as folder, loop:
        play(loop, Path(folder), Scene(courier=PassingCourier()), hang)
    contact = camera.sheets()
    report.write(OUT.parent / "gallery.json", pictures)
    print(f"{OUT}: {len(contact)} contact sheets under pages/sheets; {report.words(pictures)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(frozenset(sys.argv[1:])))
