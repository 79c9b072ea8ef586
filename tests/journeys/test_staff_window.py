"""What staff do at the window with a real terminal and the real central: a stick, and setting up anew."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from sqlalchemy import Connection

from central import ca, enrolment, service
from central.config import Folder
from central.courier_folder import work_through
from central.demo import day
from kiosk.app import App, Start
from kiosk.bilingual import Lang
from kiosk.courier_desk import FOLDER, CourierDesk
from kiosk.devices.media import Stick
from kiosk.services import beginning
from kiosk.services.beginning import Beginning
from kiosk.terminal import Terminal
from kiosk.variant import Variant
from sync import identity, outbox
from sync.identity import IdentityState
from sync.outbox import OperationView, State
from sync.wire.answers import Profile
from sync.wire.operation import new_op_id
from tests.journeys.machine import plan_of
from tests.journeys.visit import OWN_PIN, Visit, sign_in
from tests.journeys.world import World
from tests.support.clicker import Clicker
from tests.ui.conftest import qt_loop
from ui.idle import IdleRule
from ui.routes import CourierRoute, QueueRoute
from ui.screen import Look

__all__ = ["qt_loop"]

Loop = asyncio.AbstractEventLoop
NEVER_IDLE = IdleRule(warn_after=36_000, wipe_after=72_000)


class OneStick(CourierDesk):
    """The real desk; what is mounted is said by the test."""

    def __init__(self, terminal: Terminal, stick: Path) -> None:
        super().__init__(terminal)
        self._stick = Stick(stick, 4_000_000_000)

    async def sticks(self) -> tuple[Stick, ...]:
        return (self._stick,)


@dataclass
class Window:
    app: App
    hand: Clicker

    async def quiet(self) -> None:
        await self.hand.until(lambda: self.app.frame.tasks.idle, "the tasks to end")

    async def pay(self) -> str:
        terminal = self.app.terminal
        visit = Visit(terminal, None, lambda _deed: None, lambda _said: None)  # type: ignore[arg-type]
        await visit.begin()
        written = await visit.pay(new_op_id(), day.ACCOUNT_IN_FILE)
        self.app.frame.sign_in(await sign_in(terminal, OWN_PIN), None)
        await self.quiet()
        return written.op_id

    async def view(self, op_id: str) -> OperationView:
        found = await self.app.terminal.data.read(lambda conn: outbox.find(conn, op_id))
        assert found is not None
        return found


@asynccontextmanager
async def window(home: Path, stick: Path | None = None) -> AsyncIterator[Window]:
    app = await App.open(plan_of(home), Start(Look(QSize(1366, 768)), idle=NEVER_IDLE))
    if stick is not None:
        app.frame.ports = replace(app.frame.ports, courier=OneStick(app.terminal, stick))
    opened = Window(app, Clicker(app.screen.window, 30.0))
    try:
        await opened.quiet()
        yield opened
    finally:
        await app.close()
    assert not app.frame.tasks.bugs, app.frame.tasks.bugs


def play(loop: Loop, act: Callable[[], Awaitable[None]]) -> None:
    QGuiApplication.setQuitOnLastWindowClosed(False)  # the line ends after the window
    loop.run_until_complete(act())


def head_office(county: World, folder: Path) -> None:
    parts = service.open_(Folder(county.central))
    assert work_through(parts, folder, folder).answered
    parts.database.close()


def test_a_stick_takes_business_out_and_brings_its_outcome_back(
    county: World, qt_loop: Loop, tmp_path: Path
) -> None:
    stick = tmp_path / "KINGSTON"
    stick.mkdir()

    async def act() -> None:
        async with window(county.home, stick) as here:
            hand = here.hand
            paid = await here.pay()
            here.app.frame.go(CourierRoute())
            await hand.wait_text("1 笔等待送出")
            await hand.click("courier.write")
            await hand.wait_text("已写好，可以拔下优盘")
            assert "1 笔" in hand.text_of("courier.result")
            await hand.wait_text("本机写出的")
            await asyncio.to_thread(head_office, county, stick / FOLDER)
            await hand.click("page.primary")
            await hand.wait_text("优盘上有 1 份给本机的答复")
            await hand.click("courier.read")
            await hand.wait_text("已收下，办理结果已更新")
            assert (await here.view(paid)).state is State.ACCEPTED
            here.app.frame.go(QueueRoute())
            await hand.wait_for("queue.none")

    play(qt_loop, act)


def test_a_damaged_answer_and_a_stick_pulled_out_are_said_and_lose_nothing(
    county: World, qt_loop: Loop, tmp_path: Path
) -> None:
    stick = tmp_path / "KINGSTON"
    stick.mkdir()

    async def act() -> None:
        async with window(county.home, stick) as here:
            hand = here.hand
            paid = await here.pay()
            here.app.frame.go(CourierRoute())
            await hand.click("courier.write")
            await hand.wait_text("已写好")
            await asyncio.to_thread(head_office, county, stick / FOLDER)
            [reply] = (stick / FOLDER).glob("*.yza")
            reply.write_bytes(reply.read_bytes()[:-40])
            await hand.click("courier.read")
            await hand.wait_for("courier.file." + reply.name)
            assert hand.reads("文件不完整或被改动")
            for file in (stick / FOLDER).iterdir():
                file.unlink()
            (stick / FOLDER).rmdir()
            stick.rmdir()
            await hand.click("courier.write")
            await hand.wait_text("优盘拔掉了或读写出错")
            assert (await here.view(paid)).state is State.RECORDED

    play(qt_loop, act)


def test_the_next_start_begins_as_staff_chose_here(county: World, qt_loop: Loop) -> None:
    wanted = Beginning(Lang.EN, Variant.NIGHT, large=True, still=True)

    async def act() -> None:
        async with window(county.home) as here:
            assert here.app.frame.variant == "normal"
            await here.app.terminal.data.run(lambda conn: beginning.keep(conn, wanted))
        async with window(county.home) as here:
            frame = here.app.frame
            assert (frame.language, frame.variant, frame.large, frame.still) == ("en", "night", True, True)
            assert frame.ports.deployed.begins == Beginning()

    play(qt_loop, act)


def test_a_locked_terminal_is_set_up_anew_from_its_queue(county: World, qt_loop: Loop) -> None:
    parts = service.open_(Folder(county.central))

    def code(here: identity.Identity) -> str:
        authority, at = ca.der(parts.folder), parts.clock()

        def issue(conn: Connection) -> str:
            made = enrolment.issue_code(
                conn, authority, Profile.ASSISTED, here.county, at, terminal=here.terminal
            )
            return str(made)

        return parts.database.write(issue)

    async def act() -> None:
        with county.serving() as central:
            async with window(county.home) as here:
                hand, data = here.hand, here.app.terminal.data
                paid = await here.pay()
                before = await data.read(identity.require)
                await data.run(lambda conn: identity.set_state(conn, IdentityState.FORKED))
                here.app.frame.go(QueueRoute())
                await hand.click("notice.locked.action")
                await hand.wait_for("setup.code")
                here.app.frame.current.enterAddress(central.url)  # type: ignore[attr-defined]
                await hand.type("setup.code", code(before))
                await hand.click("page.primary")
                await hand.click("setup.point." + day.MAIN_POINT)
                await hand.click("page.primary")
                await hand.wait_text("设置好了")
                await hand.click("page.primary")
                await hand.wait_for("home.line")
                after = await data.read(identity.require)
                assert (after.terminal, after.incarnation) == (before.terminal, before.incarnation + 1)
                assert after.state is IdentityState.OPEN
                assert (await here.view(paid)).op_id == paid
                await here.quiet()
        parts.database.close()

    play(qt_loop, act)
