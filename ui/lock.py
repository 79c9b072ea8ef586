"""Keeps whoever stands at a kiosk inside it: no closing, no shortcuts, no menus, no way out by drag."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickWindow

KEY, MOD = Qt.Key, Qt.KeyboardModifier
MOVING = frozenset(
    {
        KEY.Key_Tab, KEY.Key_Backtab, KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space, KEY.Key_Escape,
        KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down, KEY.Key_Home, KEY.Key_End,
        KEY.Key_PageUp, KEY.Key_PageDown, KEY.Key_Backspace, KEY.Key_Delete, KEY.Key_Shift, KEY.Key_CapsLock,
    }
)  # fmt: skip
PLAIN = MOD.ShiftModifier | MOD.KeypadModifier | MOD.GroupSwitchModifier
KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
WAYS_OUT = frozenset(
    {
        QEvent.Type.Close,
        QEvent.Type.Shortcut,
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
    }
)


def is_plain(key: int, modifiers: Qt.KeyboardModifier, text: str) -> bool:
    """Whether a key only types or moves: nothing that Qt, an item or the system could take for a command."""
    if modifiers & ~PLAIN:
        return False
    return key in MOVING or (bool(text) and text.isprintable())


class KioskLock(QObject):
    """Installed after all other filters of the window it hears first. `holds` is asked at each event."""

    def __init__(self, window: QQuickWindow, holds: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._holds = holds
        self._is_open = False
        window.windowStateChanged.connect(self._stay)

    @property
    def held(self) -> bool:
        return not self._is_open and self._holds()

    def open(self) -> None:
        """Until the program ends."""
        self._is_open = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if not self.held:
            return False
        if event.type() in KEYS:
            assert isinstance(event, QKeyEvent)
            return not is_plain(event.key(), event.modifiers(), event.text())
        if event.type() in WAYS_OUT:
            event.ignore()
            return True
        return False

    def _stay(self, state: Qt.WindowState) -> None:
        if self.held and state is not Qt.WindowState.WindowFullScreen:
            self._window.showFullScreen()
