"""What is connected to the terminal: look, try, and print what a printer without paper left behind."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import device_checks
from kiosk.devices.scanner import Scan
from kiosk.machine_checks import Finding
from kiosk.services import slip_build, slips
from kiosk.services.permissions import Permission
from ui.ports import Ports
from ui.routes import DevicesRoute, SlipRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.devices_shown import DONE, TESTED, DevicesShown, DevicesState, Heard, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1
AT_ONCE = 20  # slips


@QmlElement
class DevicesModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"slips"})
    state: DevicesState
    shown: DevicesShown

    changed = Signal()
    looking = prop(str, "looking", changed)
    heard = prop(str, "heard", changed)
    notice = prop(str, "notice", changed)
    waiting = prop(str, "waiting", changed)
    printThese = prop(str, "print_these", changed)
    devices = listed("devices")
    faults = listed("faults")
    slips = listed("slips")

    def __init__(self, frame: Frame, route: DevicesRoute) -> None:  # noqa: ARG002
        super().__init__(frame, DevicesState())
        self.work("look", self._look)

    def derive(self) -> DevicesShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        self.frame.desk().require(Permission.DEVICES)
        entries = await self.ports.data.read(lambda conn: slips.unprinted(conn, AT_ONCE))
        waiting = await self.ports.data.read(slips.unprinted_count)
        self.update(slips=entries, waiting=waiting, faults=self.ports.faults())

    # --- what the operator does -----------------------------------------------------------------------
    def forward(self) -> None:
        self.work("look", self._look)

    def scanned(self, scan: Scan) -> None:
        self.update(heard=Heard.of(scan))

    @Slot()
    def testPrint(self) -> None:
        self.work("test", self._test)

    @Slot()
    def printAll(self) -> None:
        self.work("print", self._print_all)

    @Slot(str)
    def open(self, number: str) -> None:
        self.frame.go(SlipRoute(number=number))

    # --- inside ---------------------------------------------------------------------------------------
    async def _look(self) -> None:
        self.frame.desk().require(Permission.DEVICES)
        found = await asyncio.to_thread(_found, self.ports)
        spoken = ("speaker", device_checks.voice(self.ports.voice))
        self.update(found=(*found, spoken), faults=self.ports.faults())

    async def _test(self) -> None:
        self.update(notice=None)
        slip = slip_build.printer_test(self.ports.local.now())
        try:
            await asyncio.to_thread(self.ports.printer.print, slip)
        finally:
            await self._look()
        self.update(notice=TESTED)

    async def _print_all(self) -> None:
        """The oldest first; stops at the first that does not come out."""
        self.update(notice=None)
        done = 0
        try:
            for entry in reversed(self.state.slips):
                await self.print_slip(entry.number)
                done += 1
                self.update(notice=DONE.with_params({"count": str(done)}))
        finally:
            await self._look()


def _found(ports: Ports) -> tuple[tuple[str, Finding], ...]:
    fitted = ports.fitted
    return (
        ("printer", device_checks.printer(ports.printer)),
        ("qr", device_checks.scanner(fitted.scanner)),
        ("card", device_checks.cards(fitted.cards)),
        ("points", device_checks.chips(fitted.chips)),
    )
