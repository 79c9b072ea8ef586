"""One terminal of the tour: its real window, a hand that clicks, a camera, and clocks that can be turned."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kiosk.app import App, Start
from kiosk.devices.file_printer import FilePrinter
from kiosk.store.keystore import obfuscated
from kiosk.store.opening import Folders
from kiosk.terminal import Plan
from sync.keystore import KeyStore
from sync.pace import Pace
from sync.policy import Link
from tests.support.clicker import Clicker, settle
from tools.fault_proxy import FaultProxy
from tools.tour.camera import SIZES, Camera
from tools.tour.clocks import Clocks
from ui.idle import IdleRule
from ui.screen import Look

T = TypeVar("T")
NEVER_IDLE = IdleRule(warn_after=36_000, wipe_after=72_000)
BRISK = Pace(probe=1.0, changes=1.0, reach_wait=0.5, longest_wait=1.0)
LONGEST = 30.0


@dataclass
class Seat:
    """`step` numbers the pictures of this seat."""

    name: str
    folder: Path
    camera: Camera
    clocks: Clocks
    cable: FaultProxy
    step: int = 0
    _app: App | None = None

    @property
    def app(self) -> App:
        assert self._app is not None, f"{self.name} is not open"
        return self._app

    @property
    def hand(self) -> Clicker:
        return Clicker(self.app.screen.window, LONGEST)

    @property
    def printed(self) -> Path:
        return self.folder / "printed"

    @property
    def folders(self) -> Folders:
        return Folders.of(self.folder / "data")

    @property
    def keys(self) -> KeyStore:
        return obfuscated(self.folder / "keys.json")

    @property
    def printer(self) -> FilePrinter:
        return FilePrinter(self.printed)

    async def open(self, code: str = "") -> None:
        plan = Plan(
            folders=self.folders,
            keys=self.keys,
            printer=self.printer,
            pace=BRISK,
            machine=self.clocks.machine(),
        )
        address = f"https://127.0.0.1:{self.cable.port}"
        start = Start(Look(SIZES[0]), idle=NEVER_IDLE, address=address, code=code)
        self._app = await App.open(plan, start)

    async def close(self) -> None:
        app, self._app = self.app, None
        await app.close()
        assert not app.frame.tasks.bugs, app.frame.tasks.bugs

    async def quiet(self) -> None:
        tasks = self.app.frame.tasks
        await self.hand.until(lambda: tasks.idle, "the tasks to end")
        await settle()

    async def cut(self) -> None:
        """Pulls the cable; the screen must say so by itself."""
        await self.cable.cut()
        await self.link(Link.OFFLINE)
        await self.hand.wait_for("page.offline")

    async def restore(self) -> None:
        await self.cable.restore()
        await self.link(Link.ONLINE)

    async def until(self, read: Callable[[], Awaitable[T]], good: Callable[[T], bool], what: str) -> None:
        """Like the hand's `until`, for what has to be read first."""
        end = time.monotonic() + LONGEST
        while not good(found := await read()):
            assert time.monotonic() < end, f"waited for {what}: {found}"
            await settle()

    async def link(self, wanted: Link) -> None:
        await self.hand.until(lambda: self.app.terminal.line.link is wanted, f"the line to be {wanted.value}")

    async def shoot(self, page: str, what: str) -> None:
        """The page as it stands, in the three sizes."""
        await self.quiet()
        self.step += 1
        await self._frames(page, f"{self.name}-{self.step:02d}-{what}")

    async def shoot_all(self, page: str, what: str) -> None:
        """Besides: in English, for elders, and both."""
        await self.shoot(page, what)
        if self.camera.brief:
            return
        name = f"{self.name}-{self.step:02d}-{what}"
        frame = self.app.frame
        frame.switchLanguage()
        await self._frames(page, f"{name}.en")
        frame.toggleElder()
        await self._frames(page, f"{name}.en-elder")
        frame.switchLanguage()
        await self._frames(page, f"{name}.elder")
        frame.toggleElder()
        await settle()

    async def _frames(self, page: str, name: str) -> None:
        for _size in self.camera.frames(self.app.screen.window, page, name):
            await settle(6)
