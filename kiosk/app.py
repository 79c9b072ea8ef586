"""Builds all parts in order, runs them on one loop, takes them down in reverse."""

from __future__ import annotations

import asyncio
import gc
import linecache
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from kiosk import voicing
from kiosk.bilingual import Lang
from kiosk.courier_desk import CourierDesk
from kiosk.devices.speech import NoVoice, Voice
from kiosk.logs import FOLDER, Log
from kiosk.qtloop import event_loop
from kiosk.services import beginning
from kiosk.services.beginning import Beginning, Deployed
from kiosk.setting_sections import Settings
from kiosk.setting_up import SettingUp
from kiosk.storage import Upkeep
from kiosk.supervisor import supervised
from kiosk.terminal import Plan, Terminal
from sync.errors import AlreadyRunning, StoreError
from ui.fonts import load_fonts
from ui.frame import Frame
from ui.i18n import Translation
from ui.idle import IdleRule
from ui.pages import PAGES
from ui.ports import Ports
from ui.screen import Look, Screen
from ui.trouble_window import TroubleWindow
from ui.troubles import trouble_text

qt_log = logging.getLogger("qt")
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
HEARS_SIGNALS_MS = 250


@dataclass(frozen=True)
class Start:
    """How the window opens, and what the set-up page has filled in."""

    look: Look
    lang: Lang = Lang.ZH
    idle: IdleRule | None = None  # None: as the profile has it
    voice: Callable[[], Voice] = NoVoice
    address: str = ""
    code: str = ""

    @property
    def deployed(self) -> Deployed:
        look = self.look
        begins = Beginning(self.lang, look.variant, look.elder, look.still)
        return Deployed(begins, look.keyboard, look.lock, look.full_screen)


class App:
    """One terminal with its window; lives inside a running loop."""

    def __init__(self, terminal: Terminal, start: Start) -> None:
        self.terminal = terminal
        ports = Ports(
            data=terminal.data,
            line=terminal.line,
            local=terminal,
            printer=terminal.printer,
            setup=SettingUp(terminal, start.address, start.code),
            courier=CourierDesk(terminal),
            upkeep=Upkeep(terminal.data, terminal.plan.folders, terminal.papers, terminal.now),
            paper_folder=terminal.paper_folder,
            printed=terminal.plan.printed,
            voice=start.voice(),
            pictures=terminal.pictures.path,
            fitted=terminal.fitted,
            deployed=start.deployed,
            faults=terminal.faults.recent,
        )
        begins = terminal.data.read_sync(beginning.chosen) or start.deployed.begins
        look = replace(start.look, elder=begins.large, variant=begins.look, still=begins.still)
        self.frame = Frame(ports, PAGES, start.idle, time.monotonic, begins.language)
        self.screen = Screen(self.frame, look, Translation())

    @classmethod
    async def open(cls, plan: Plan, start: Start) -> App:
        """Shows the first page from what is on the disk, then goes on the line. Raises StoreError."""
        async with AsyncExitStack() as undo:
            terminal = await asyncio.to_thread(Terminal.open, plan)
            undo.push_async_callback(terminal.close)
            app = cls(terminal, start)
            undo.pop_all()
            undo.push_async_callback(app.close)
            app.frame.start()
            await app.frame.tasks.drain()
            await app.screen.drawn()
            app.frame.wipe_anew()  # whoever was here when the power failed
            await app.frame.tasks.drain()
            keep_what_stays()
            await terminal.start()
            undo.pop_all()
        return app

    async def close(self) -> None:
        await self.frame.tasks.drain()
        self.frame.close()
        self.screen.close()
        await self.terminal.close()


def keep_what_stays() -> None:
    """The garbage collector never looks again at what was built for good: its pauses stay short."""
    linecache.clearcache()  # the import hook of PySide reads the source of every module
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 100)
    gc.enable()


def run(plan: Plan, start: Start) -> int:
    """Until the last window is closed, or SIGINT or SIGTERM."""
    log = Log(plan.folders.data / FOLDER)
    qInstallMessageHandler(lambda kind, _, words: qt_log.log(LEVELS[kind], "%s", words))
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")
    sys.setswitchinterval(0.0005)
    qt = QGuiApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    load_fonts()
    hearing = QTimer(qt)  # an idle Qt runs no Python, and Python hears signals only while it runs
    hearing.timeout.connect(lambda: None)
    hearing.start(HEARS_SIGNALS_MS)
    loop = event_loop(qt)
    asyncio.set_event_loop(loop)
    with closing(log), closing(loop):
        return int(loop.run_until_complete(_life(qt, plan, start)))


async def _life(qt: QGuiApplication, plan: Plan, start: Start) -> int:
    over = asyncio.Event()
    qt.lastWindowClosed.connect(over.set)
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda _number, _frame: over.set())
    async with supervised():
        app = await opened(plan, start, over)
        if app is None:
            return 2
        try:
            await over.wait()
        finally:
            await app.close()
    return 0


async def opened(plan: Plan, start: Start, over: asyncio.Event) -> App | None:
    """Says on the screen what keeps the files shut, tries again when asked; None when `over` comes first."""
    window: TroubleWindow | None = None
    try:
        while not over.is_set():
            try:
                return await App.open(plan, start)
            except StoreError as error:
                text = trouble_text(error)
                print(f"{text.zh}\n{text.en}\n{error}", file=sys.stderr)  # noqa: T201  for who started it
                if isinstance(error, AlreadyRunning):  # the other one has the screen
                    return None
                window = window or TroubleWindow(start.look)
                window.tell(text, str(error))
                await first_of(window.again, over)
        return None
    finally:
        if window is not None:
            window.close()


async def first_of(*events: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


def start_of(settings: Settings) -> Start:
    screen = settings.screen
    return Start(
        look=Look(
            QSize(screen.width, screen.height),
            screen.full_screen,
            screen.large,
            screen.look,
            screen.still,
            screen.keyboard,
            screen.lock,
        ),
        lang=screen.language,
        idle=IdleRule(screen.warn_after, screen.wipe_after) if screen.wipe_after else None,
        voice=lambda: voicing.voice(settings.voice, settings.data.folder),
        address=settings.central.url,
        code=settings.central.code,
    )
