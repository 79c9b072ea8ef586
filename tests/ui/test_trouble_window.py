"""What the screen shows when the terminal's files cannot be opened, and that it opens once they can."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.app import App, Start, opened
from kiosk.bilingual import Text
from kiosk.devices.file_printer import FilePrinter
from kiosk.store.keystore import obfuscated
from kiosk.store.opening import Folders, open_store
from kiosk.terminal import Plan
from tests.support.clicker import Clicker, settle
from tests.support.deeds import sign_in
from tests.support.stage import Stage
from ui.screen import Look

START = Start(Look(QSize(1366, 768)))


def plan_in(folder: Path) -> Plan:
    return Plan(
        Folders.of(folder / "data"), obfuscated(folder / "keys.json"), FilePrinter(folder / "printed")
    )


@pytest.fixture(autouse=True)
def stay(qapp: QGuiApplication) -> Iterator[None]:
    """As the application does: closing a window must not end the loop."""
    before = qapp.quitOnLastWindowClosed()
    qapp.setQuitOnLastWindowClosed(False)
    yield
    qapp.setQuitOnLastWindowClosed(before)


async def the_window() -> QQuickWindow:
    """The one that is on the screen, as soon as one is."""
    while True:
        for one in QGuiApplication.topLevelWindows():
            if isinstance(one, QQuickWindow) and one.isVisible():
                return one
        await settle()


def test_it_says_what_is_wrong_and_goes_on_when_it_is_mended(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    plan, keys = plan_in(tmp_path), tmp_path / "keys.json"
    open_store(plan.folders, plan.keys).database.close()
    keys.rename(tmp_path / "kept.json")

    async def act() -> None:
        opening = asyncio.ensure_future(opened(plan, START, asyncio.Event()))
        hand = Clicker(await the_window())
        await hand.wait_text("数据密钥打不开")
        assert hand.reads("The key to the data cannot be had")
        (tmp_path / "kept.json").rename(keys)
        await hand.click("troubleAction")
        app = await opening
        assert isinstance(app, App)
        await app.close()

    qt_loop.run_until_complete(act())


def test_closing_it_gives_up(qt_loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    open_store(plan.folders, plan.keys).database.close()
    (tmp_path / "keys.json").unlink()

    async def act() -> App | None:
        over = asyncio.Event()
        opening = asyncio.ensure_future(opened(plan, START, over))
        asyncio.get_running_loop().call_later(0.3, over.set)
        return await opening

    assert qt_loop.run_until_complete(act()) is None


def test_a_second_kiosk_leaves_the_screen_to_the_first(
    qt_loop: asyncio.AbstractEventLoop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plan_in(tmp_path)
    first = open_store(plan.folders, plan.keys)
    try:
        assert qt_loop.run_until_complete(opened(plan, START, asyncio.Event())) is None
    finally:
        first.database.close()
    assert "已经在这台机器上运行" in capsys.readouterr().err


def test_the_queue_page_tells_what_ails_the_machine(perform: Callable[..., None]) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.local.notices = (Text("账本损坏，已另存并从流水重建", "The ledger was rebuilt"),)
        await stage.hand.click("home.queue")
        await stage.hand.wait_text("账本损坏，已另存并从流水重建")

    perform(act)
