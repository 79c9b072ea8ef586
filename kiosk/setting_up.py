"""The set-up page's side of enrolment: what central offers, and each step's progress in the page's words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from kiosk.bilingual import Text
from kiosk.terminal import Terminal
from sync.setup_steps import SetUpProgress, SetUpStep
from ui.ports import Offered, PointChoice, SetupProgress, SetupStep

if TYPE_CHECKING:
    from sync.enrol import SetUp

Report = Callable[[SetupProgress], None]

_STEPS = {
    SetUpStep.REACH: SetupStep.REACH,
    SetUpStep.OFFER: SetupStep.REACH,
    SetUpStep.ENROL: SetupStep.ENROL,
    SetUpStep.CHANGES: SetupStep.PACK,
    SetUpStep.PACK: SetupStep.PACK,
    SetUpStep.INSTALL: SetupStep.IMPORT,
}


class SettingUp:
    """Implements `ui.ports.Setup`; each call may be made again after a failure."""

    def __init__(self, terminal: Terminal, address: str, code: str) -> None:
        self.address = address
        self.code = code
        self._terminal = terminal
        self._told = _Told(lambda _progress: None)

    @cached_property
    def _steps(self) -> SetUp:
        return self._terminal.enrolment(self._on_progress)

    async def offer(self, address: str, code: str) -> Offered:
        self._told = _Told(lambda _progress: None)
        offer = await self._steps.reach(address, code)
        points = tuple(
            PointChoice(point.id, Text(point.name["zh"], point.name["en"]), point.address)
            for point in offer.points
        )
        return Offered(offer.county_name, offer.profile, points)

    async def enrol(self, address: str, code: str, point: str, report: Report) -> None:
        self._told = _Told(report)
        terminal = self._terminal
        await self._steps.reach(address, code)
        await self._steps.enrol(point)
        loop = asyncio.get_running_loop()

        def imported(done: int, total: int) -> None:
            progress = SetUpProgress(SetUpStep.INSTALL, done, total)
            loop.call_soon_threadsafe(self._told.hear, progress)

        await self._steps.fill(terminal.downloads, terminal.catalogue(imported))
        await terminal.start()
        self._told.end()

    def _on_progress(self, progress: SetUpProgress) -> None:
        self._told.hear(progress)


class _Told:
    """Turns the stream of steps into: this one goes on, the one before is done."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._at: SetupStep | None = None
        self._ended = False

    def hear(self, progress: SetUpProgress) -> None:
        if self._ended:  # the importing thread's last word may come late
            return
        step = _STEPS[progress.step]
        if self._at is not None and step is not self._at:
            self._report(SetupProgress(self._at, done=True))
        self._at = step
        share = progress.done * 1000 // progress.total if progress.total else None
        self._report(SetupProgress(step, permille=share))

    def end(self) -> None:
        self._ended = True
        if self._at is not None:
            self._report(SetupProgress(self._at, done=True))
        self._report(SetupProgress(SetupStep.READY, done=True))
