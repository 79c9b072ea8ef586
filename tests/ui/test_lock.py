"""Out of a kiosk only staff get, by their PIN; a laptop's window closes like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QDragEnterEvent, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest

from central.demo import day
from sync import documents
from sync.wire.answers import Profile
from tests.support.deeds import sign_in
from tests.support.stage import HASHER, Scene, Stage
from ui.lock import is_plain
from ui.routes import ExitRoute, StaffRoute

Perform = Callable[..., None]
KEY, MOD = Qt.Key, Qt.KeyboardModifier
KIOSK = Scene(full_screen=True)
STAFF_PIN = "913570"


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "plain"),
    [
        (KEY.Key_A, MOD.NoModifier, "a", True),
        (KEY.Key_A, MOD.ShiftModifier, "A", True),
        (KEY.Key_1, MOD.KeypadModifier, "1", True),
        (KEY.Key_Tab, MOD.NoModifier, "\t", True),
        (KEY.Key_Escape, MOD.NoModifier, "\x1b", True),
        (KEY.Key_F4, MOD.AltModifier, "", False),
        (KEY.Key_Tab, MOD.AltModifier, "\t", False),
        (KEY.Key_Q, MOD.ControlModifier, "\x11", False),
        (KEY.Key_V, MOD.ControlModifier, "\x16", False),
        (KEY.Key_Delete, MOD.ControlModifier | MOD.AltModifier, "", False),
        (KEY.Key_L, MOD.MetaModifier, "l", False),
        (KEY.Key_F11, MOD.NoModifier, "", False),
        (KEY.Key_Menu, MOD.NoModifier, "", False),
        (KEY.Key_Print, MOD.NoModifier, "", False),
    ],
)
def test_keys_type_and_move_and_command_nothing(key, modifiers, text, plain) -> None:
    assert is_plain(key, modifiers, text) is plain


@pytest.fixture(autouse=True)
def goes_on(qapp: QGuiApplication) -> Iterator[None]:
    """As the application does: the loop outlives its window."""
    qapp.setQuitOnLastWindowClosed(False)
    yield
    qapp.setQuitOnLastWindowClosed(True)


def ways_out() -> list[QEvent]:
    at, drag = QPoint(9, 9), Qt.DropAction.CopyAction
    no_buttons, no_keys = Qt.MouseButton.NoButton, MOD.NoModifier
    return [
        QCloseEvent(),
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, at),
        QDragEnterEvent(at, drag, QMimeData(), no_buttons, no_keys),
        QKeyEvent(QEvent.Type.KeyPress, KEY.Key_F4, MOD.AltModifier),
    ]


def test_a_kiosk_is_left_by_no_sign_of_the_window(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        window = stage.screen.window
        for event in ways_out():
            assert stage.screen.lock.eventFilter(window, event)
            QCoreApplication.sendEvent(window, event)
        window.close()
        assert window.isVisible()
        window.showMinimized()
        assert window.windowState() is Qt.WindowState.WindowFullScreen

    perform(act, KIOSK)


@pytest.mark.parametrize(
    "scene",
    [Scene(), Scene(full_screen=True, profile=Profile.FIELD), Scene(full_screen=True, enrolled=False)],
)
def test_a_window_a_laptop_and_a_terminal_not_yet_set_up_close(perform: Perform, scene: Scene) -> None:
    async def act(stage: Stage) -> None:
        stage.screen.window.close()
        assert not stage.screen.window.isVisible()

    perform(act, scene)


def employ(stage: Stage) -> None:
    raw = {
        "id": "op-staff",
        "name": "仇建国",
        "roles": ["staff"],
        "verifier": HASHER.hash(STAFF_PIN),
        "must_change": False,
        "active": True,
        "rev": 1,
    }
    stage.data.run_sync(lambda conn: documents.put_operator(conn, raw))


async def hold(stage: Stage, name: str) -> None:
    """A finger stays on it until something comes of it."""
    sign = stage.hand.find(name)
    assert sign is not None
    sign.setProperty("pressAndHoldInterval", 50)
    at = sign.mapToScene(QPointF(sign.width() / 2, sign.height() / 2)).toPoint()
    QTest.mousePress(stage.screen.window, Qt.MouseButton.LeftButton, MOD.NoModifier, at)
    await stage.hand.until(lambda: stage.hand.sees("signIn.operator.op-staff"), "the sign-in")


def test_staff_leave_by_their_pin_and_by_no_other(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        employ(stage)
        stage.frame.leave()
        await stage.quiet()
        await hold(stage, "attract.staff")
        await stage.hand.click("signIn.operator.op-staff")
        await stage.hand.pad("signIn.pin", STAFF_PIN)
        await stage.quiet()
        assert isinstance(stage.frame.route, StaffRoute)
        await stage.hand.click("upkeep.exit")
        await stage.quiet()
        await stage.hand.pad("exit.pin", "111111")
        await stage.quiet()
        assert stage.screen.window.isVisible()
        await stage.hand.pad("exit.pin", STAFF_PIN)
        await stage.quiet()
        assert not stage.screen.window.isVisible()

    perform(act, KIOSK)


def test_an_operator_may_not(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.go(ExitRoute())
        await stage.quiet()
        await stage.hand.pad("exit.pin", day.OPERATOR_PIN)
        await stage.quiet()
        assert stage.screen.window.isVisible()
        assert stage.hand.reads("没有此项权限")

    perform(act, KIOSK)
