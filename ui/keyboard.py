"""The keyboard on the screen: appears for the field that has the focus and types into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import shiboken6
from PySide6.QtCore import Property, QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QInputDevice, QInputMethodEvent, QKeyEvent, QPointerEvent
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.bilingual import Lang, Text
from kiosk.services.traces import Trace
from kiosk.typing import board, composing
from kiosk.typing.board import Board, KeyboardUse, Layout, Purpose
from kiosk.typing.composing import Composing, Key
from kiosk.typing.engine import Engine, Expect
from kiosk.typing.table import table
from ui.attended import Attended

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

TYPED = Text("屏幕键盘", "the keyboard on the screen")
FIRST = 40
"""Candidates in the strip; all of them stand in the grid."""
FIELDS = ("QQuickTextInput", "QQuickTextEdit")
LIFTED = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd})


@QmlElement
class Keyboard(QObject):
    """`wanted`: whether this place has one at all."""

    changed = Signal()

    def __init__(self, wanted: Callable[[], bool], lang: Callable[[], Lang]) -> None:
        super().__init__()
        self._wanted, self._lang = wanted, lang
        self._window: QQuickWindow | None = None
        self._field: QQuickItem | None = None
        self._lifted: QPointF | None = None
        self._shown = False
        self._board = Board()
        self._composing = Composing()
        self._engine: Engine | None = None
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.timeout.connect(self._look)

    def attach(self, window: QQuickWindow) -> None:
        self._window = window
        window.installEventFilter(self)
        window.activeFocusItemChanged.connect(self._moved)

    def detach(self) -> None:
        assert self._window is not None
        self._window.activeFocusItemChanged.disconnect(self._moved)
        self._window.removeEventFilter(self)
        self._looking.stop()
        self._window = self._field = None

    def trace(self) -> Trace:
        """Letters being typed, and what the engine remembers of those before."""

        async def forget() -> None:
            self._composing, self._board = Composing(), Board()
            if self._engine is not None:
                self._engine.forget()
            self.changed.emit()

        async def residue() -> int:
            remembers = self._engine is not None and self._engine.remembers
            return len(self._composing.letters) + remembers

        return Trace(TYPED, forget, residue)

    # --- for QML --------------------------------------------------------------------------------------
    shown = Property(bool, lambda self: self._shown, notify=changed)
    layout = Property(str, lambda self: self._board.layout.value, notify=changed)
    letters = Property(str, lambda self: self._board.letters.value, notify=changed)
    strict = Property(bool, lambda self: self._board.strict, notify=changed)
    shift = Property(str, lambda self: self._board.shift.value, notify=changed)
    hand = Property(str, lambda self: self._board.hand.value, notify=changed)
    composed = Property(str, lambda self: self._composing.chosen + self._composing.letters, notify=changed)
    candidates = Property(list, lambda self: self._candidates()[:FIRST], notify=changed)
    everyCandidate = Property(list, lambda self: self._candidates(), notify=changed)

    @Slot(str)
    def type(self, text: str) -> None:
        """A letter, digit or sign."""
        if self._board.layout is Layout.PINYIN and self._composes(text):
            self._press(composing.Letter(text))
            return
        self._settle()
        self._board, meant = board.typed(self._board, text)
        self._commit(meant)

    @Slot()
    def erase(self) -> None:
        if self._composing.idle:
            self._send(Qt.Key.Key_Backspace)
        else:
            self._press(composing.Backspace())

    @Slot()
    def space(self) -> None:
        """Takes the first candidate while there is one."""
        if self._composing.idle:
            self._commit(" ")
        elif self._candidates():
            self.pick(0)
        else:
            self._press(composing.AsTyped())

    @Slot()
    def enter(self) -> None:
        if self._composing.idle:
            self._send(Qt.Key.Key_Return, "\r")
            if self._board.purpose.waits:  # what was searched for lies below
                self.putAway()
        else:
            self._press(composing.AsTyped())

    @Slot(int)
    def pick(self, place: int) -> None:
        self._press(composing.Pick(place))

    @Slot(str)
    def switchTo(self, layout: str) -> None:
        self._settle()
        self._set(board.switch(self._board, Layout(layout)))

    @Slot()
    def shiftKey(self) -> None:
        self._set(board.shift(self._board))

    @Slot()
    def turnHand(self) -> None:
        self._set(board.turn(self._board))

    @Slot()
    def putAway(self) -> None:
        """Until another field is entered, or this one touched."""
        self._settle()
        self._show(False)

    # --- inside ---------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in LIFTED and isinstance(event, QPointerEvent) and event.points():
            self._lifted = event.points()[0].scenePosition()
            self._looking.start()  # a finger moves the focus only when it is lifted
        return False

    def _moved(self) -> None:
        assert self._window is not None
        if self._window.activeFocusItem() is not self._field:
            self._settle()
            self._field = None
            self._looking.start()

    def _look(self) -> None:
        """When the page is whole: a field that is only being made does not yet say what it asks."""
        field = self._window.activeFocusItem() if self._window is not None else None
        at, self._lifted = self._lifted, None
        if field is None or not _is_field(field):
            self._show(False)
            return
        touched = at is not None and field.contains(field.mapFromScene(at))
        if touched or field is not self._field:
            self._enter(field, touched=touched)

    def _enter(self, field: QQuickItem, *, touched: bool) -> None:
        purpose = _purpose(field)
        if purpose is None or not self._wanted():
            self._show(False)
            return
        anew = field is not self._field
        if anew:
            self._field = field
            letters = Layout.LATIN if self._lang() is Lang.EN else Layout.PINYIN
            self._board = board.begin(self._board, purpose, letters)
            self._composing = Composing(expect=purpose.expect)
        self._show(touched or not purpose.waits)

    def _press(self, key: Key) -> None:
        state = replace(self._composing, expect=self._expected())
        done = composing.press(state, key, self._thinking())
        self._composing = done.state
        self._commit(done.committed)
        self.changed.emit()

    def _expected(self) -> Expect:
        """Where something is typed already no surname begins."""
        begun = self._field is not None and bool(self._field.property("text"))
        return Expect.GIVEN if begun and self._board.purpose is Purpose.NAME else self._board.purpose.expect

    def _composes(self, text: str) -> bool:
        return (text.isascii() and text.isalpha()) or (text == "'" and not self._composing.idle)

    def _candidates(self) -> list[str]:
        if self._composing.idle:
            return []
        return [one.text for one in self._composing.candidates(self._thinking())]

    def _thinking(self) -> Engine:
        if self._engine is None:
            self._engine = Engine(table())
        return self._engine

    def _settle(self) -> None:
        """What is still letters becomes text as it is: nothing that a person typed is lost or guessed."""
        if not self._composing.idle:
            self._press(composing.AsTyped())

    def _commit(self, text: str) -> None:
        field = self._field
        if text and field is not None and shiboken6.isValid(field):
            event = QInputMethodEvent()
            event.setCommitString(text)
            QCoreApplication.sendEvent(field, event)
        self.changed.emit()

    def _send(self, key: Qt.Key, text: str = "") -> None:
        field = self._field
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            if field is not None and shiboken6.isValid(field):
                QCoreApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def _set(self, chosen: Board) -> None:
        self._board = chosen
        self.changed.emit()

    def _show(self, shown: bool) -> None:
        if shown != self._shown or shown:
            self._shown = shown
            self.changed.emit()


def keyboard_wanted(use: KeyboardUse, frame: Attended) -> bool:
    """Before the terminal has a profile, by whether the screen can be touched."""
    if use is not KeyboardUse.AUTO:
        return use is KeyboardUse.ALWAYS
    if frame.ports.local.place() is None:
        return any(one.type() == QInputDevice.DeviceType.TouchScreen for one in QInputDevice.devices())
    return frame.rules.touch


def _is_field(item: QQuickItem) -> bool:
    return any(item.inherits(name) for name in FIELDS)


def _purpose(field: QQuickItem) -> Purpose | None:
    """None: it has keys of its own beside it, or cannot be typed into. Fields that say nothing take text."""
    if field.property("readOnly"):
        return None
    said = field.property("typing")
    if said is None:
        return Purpose.TEXT
    return Purpose(said) if said else None
