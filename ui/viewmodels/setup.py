"""The first start: central's address and code, the point, a printer test, and every step of enrolling."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import plight, slip_build
from sync import identity
from ui.ports import SetupProgress
from ui.routes import SetupRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.setup_shown import SetupShown, SetupState, Step, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SetupModel(PageModel):
    state: SetupState
    shown: SetupShown

    changed = Signal()
    step = prop(str, "step", changed)
    number = prop(int, "number", changed)
    question = prop(str, "question", changed)
    hint = prop(str, "hint", changed)
    address = prop(str, "address", changed)
    code = prop(str, "code", changed)
    county = prop(str, "county", changed)
    printer = prop(str, "printer", changed)
    printerKind = prop(str, "printer_kind", changed)
    printed = prop(bool, "printed", changed)
    backable = prop(bool, "backable", changed)
    notices = listed("notices")
    points = listed("points")
    steps = prop("QVariantList", "steps", changed)

    def __init__(self, frame: Frame, route: SetupRoute) -> None:
        setup = frame.ports.setup
        super().__init__(frame, SetupState(setup.address, setup.code, route.anew))

    def derive(self) -> SetupShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        """Of a machine that was a terminal before: why it is to be one anew, and at whose."""
        here = await self.ports.data.read(identity.current)
        if here is None or self.state.step is not Step.CODE:
            return
        self.update(notices=plight.locked(here.state), address=self.state.address or here.central_url)

    @Slot(str)
    def enterAddress(self, text: str) -> None:
        self.update(address=text)

    @Slot(str)
    def enterCode(self, text: str) -> None:
        self.update(code=text)

    @Slot(str)
    def choosePoint(self, point: str) -> None:
        self.update(point=point, step=Step.PRINTER)
        self.work("printer", self._look_at_printer)

    @Slot()
    def testPrinter(self) -> None:
        self.work("test-print", self._test_print)

    def forward(self) -> None:
        match self.state.step:
            case Step.CODE:
                self.work("offer", self._offer)
            case Step.PRINTER:
                self.update(step=Step.RUN, progress={})
                self.work("enrol", self._enrol)
            case Step.RUN:
                self.frame.home()
            case Step.POINT:
                pass

    def step_back(self) -> bool:
        match self.state.step:
            case Step.POINT:
                self.update(step=Step.CODE)
            case Step.PRINTER | Step.RUN:
                self.update(step=Step.POINT)
            case Step.CODE:
                return not self.state.anew
        return True

    async def _offer(self) -> None:
        offered = await self.ports.setup.offer(self.state.address.strip(), self.state.code.strip())
        self.update(offered=offered, step=Step.POINT)

    async def _look_at_printer(self) -> None:
        self.update(printer=await asyncio.to_thread(self.ports.printer.state))

    async def _test_print(self) -> None:
        slip = slip_build.printer_test(self.ports.local.now())
        await asyncio.to_thread(self.ports.printer.print, slip)
        self.update(printed=True)
        await self._look_at_printer()

    async def _enrol(self) -> None:
        state = self.state
        self.update(running=True)
        try:
            await self.ports.setup.enrol(state.address.strip(), state.code.strip(), state.point, self._report)
        finally:
            self.update(running=False)
        self.update(finished=True)

    def _report(self, progress: SetupProgress) -> None:
        self.update(progress=dict(self.state.progress) | {progress.step: progress})
