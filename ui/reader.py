"""Reads the page aloud that is on the screen, and stops when it changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang
from kiosk.devices.speech import Voice
from ui.aloud import aloud
from ui.seen import look

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_AGAIN_MS = 300


@QmlElement
class Reader(QObject):
    changed = Signal()
    heard = Signal()  # again and again while it reads: somebody listens, who need not touch anything

    def __init__(self, voice: Voice, lang: Callable[[], Lang], parent: QObject) -> None:
        super().__init__(parent)
        self._voice = voice
        self._lang = lang
        self._speaking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.check)

    available = Property(bool, lambda self: self._voice.available(self._lang()), notify=changed)
    speaking = Property(bool, lambda self: self._speaking, notify=changed)

    @Slot(QObject)
    def toggle(self, window: QObject) -> None:
        """Reads the whole window: a dialog above the page comes first."""
        if self._speaking:
            self.stop()
            return
        lang = self._lang()
        self._voice.say(aloud(look(window), lang), lang)
        self._timer.start()
        self.check()

    @Slot()
    def stop(self) -> None:
        self._voice.stop()
        self.check()

    def language_changed(self) -> None:
        self._voice.stop()
        self.check()
        self.changed.emit()

    def check(self) -> None:
        """A voice does not tell when it has ended."""
        speaking = self._voice.speaking()
        if speaking:
            self.heard.emit()
        else:
            self._timer.stop()
        if speaking is not self._speaking:
            self._speaking = speaking
            self.changed.emit()
