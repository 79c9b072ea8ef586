"""The one place where a scanner's keys are taken off the keyboard and become a scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from kiosk.devices import wedge
from kiosk.devices.scanner import Scan
from kiosk.devices.wedge import Held, Step, Stroke, WedgeRule

_ENDS = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}
_NO_TEXT = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_SILENT = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr})


@dataclass(frozen=True)
class Kept:
    """A key event that waits: its own object belongs to Qt and is gone by then."""

    kind: QEvent.Type
    key: int
    modifiers: Qt.KeyboardModifier
    text: str

    @classmethod
    def of(cls, event: QKeyEvent) -> Kept:
        return cls(event.type(), event.key(), event.modifiers(), event.text())

    def event(self) -> QKeyEvent:
        return QKeyEvent(self.kind, self.key, self.modifiers, self.text)


def stamped(event: QKeyEvent) -> float:
    """When the keyboard sent it, in seconds: a busy moment here makes nobody's typing quicker."""
    return event.timestamp() / 1000


class Scans(QObject):
    """Filters what the keyboard sends to `window`; what the application sends itself passes."""

    def __init__(
        self,
        rule: WedgeRule,
        window: QObject,
        scanned: Callable[[Scan], None],
        at: Callable[[QKeyEvent], float] = stamped,
    ) -> None:
        super().__init__(window)
        self._rule = rule
        self._window = window
        self._scanned = scanned
        self._at = at
        self._held: Held = ()
        self._kept: list[Kept] = []  # of `_held`, and the releases between them
        self._end: int | None = None  # the key that ended the last scan, until it is let go
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(int(rule.gap * 1000) + 1)
        self._pause.timeout.connect(self._rest)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if not isinstance(event, QKeyEvent) or not event.spontaneous():
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        if event.type() == QEvent.Type.KeyRelease:
            return self._released(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        """True: kept back."""
        if event.key() in _SILENT:
            return False
        text = _text(event)
        if text is None:
            step = wedge.other(self._held)
        else:
            step = wedge.press(self._held, Stroke(text, self._at(event)), self._rule)
        self._end = None if step.scan is None else event.key()
        self._take(step)
        if step.held:
            self._kept.append(Kept.of(event))
        return not step.passes

    def _released(self, event: QKeyEvent) -> bool:
        if event.key() == self._end:
            self._end = None
            return True
        if not any(kept.key == event.key() for kept in self._kept):
            return False
        self._kept.append(Kept.of(event))
        return True

    def _rest(self) -> None:
        self._take(wedge.pause(self._held, self._rule))

    def _take(self, step: Step) -> None:
        kept, released = self._kept, step.released
        if released or step.scan is not None:
            self._kept = []
        self._held = step.held
        if step.held:
            self._pause.start()
        else:
            self._pause.stop()
        if released:
            for one in kept:
                QCoreApplication.sendEvent(self._window, one.event())
        if step.scan is not None:
            self._scanned(step.scan)


def _text(event: QKeyEvent) -> str | None:
    """None: a key that no scanner sends."""
    if event.isAutoRepeat() or event.modifiers() & _NO_TEXT:
        return None
    text = _ENDS.get(Qt.Key(event.key()), event.text())
    return text if len(text) == 1 and (text.isprintable() or text in wedge.ENDS) else None
