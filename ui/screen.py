"""Builds the window around a frame and takes it down in the right order."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSize, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.services.beginning import Beginning
from kiosk.typing.board import KeyboardUse
from kiosk.variant import LockUse, Variant
from ui import glass, leftovers
from ui.card_watch import CardWatch
from ui.frame import Frame
from ui.i18n import Translation
from ui.icons import IconProvider
from ui.keyboard import Keyboard, keyboard_wanted
from ui.lock import KioskLock
from ui.scans import Scans
from ui.slip_image import QrProvider

LONGEST_FRAME = 1.0  # seconds; a compositor may hold frames back
QML = Path(__file__).resolve().parent / "qml"


@dataclass(frozen=True)
class Look:
    size: QSize
    full_screen: bool = False
    elder: bool = False
    variant: Variant = Variant.NORMAL
    still: bool = False
    keyboard: KeyboardUse = KeyboardUse.AUTO
    lock: LockUse = LockUse.AUTO


class Screen:
    """Holds engine and window; `close` deletes the engine before the view-models."""

    def __init__(self, frame: Frame, look: Look, translation: Translation) -> None:
        self.frame = frame
        self._translation = translation
        translation.use(frame.lang)
        frame.begin_as(Beginning(frame.lang, look.variant, look.elder, look.still))
        self.keyboard = Keyboard(lambda: keyboard_wanted(look.keyboard, frame), lambda: frame.lang)
        self._engine = QQmlApplicationEngine()
        self._engine.addImportPath(str(QML))
        self._engine.addImageProvider("icon", IconProvider())
        self._engine.addImageProvider("qr", QrProvider())
        window = self._built(look)
        self.window = window
        scanner = frame.ports.fitted.scanner
        self._scans = None if scanner is None else Scans(scanner, window, frame.scanned)
        self.cards = CardWatch(frame)
        self.window.installEventFilter(frame.idle)
        self.keyboard.attach(window)
        frame.languageChanged.connect(self._translate)
        frame.wipe.add(
            glass.clipboard(lambda: frame.rules.touch),
            glass.fields(window),
            glass.screen(window),
            self.keyboard.trace(),
            leftovers.pages(frame.gone, glass.let_go(window, self._engine)),
        )
        self.lock = KioskLock(window, lambda: look.full_screen and _is_kiosk(look.lock, frame))
        window.installEventFilter(self.lock)
        frame.exitGranted.connect(self._exit)
        if look.full_screen:
            self.window.showFullScreen()
        else:
            self.window.show()

    def _built(self, look: Look) -> QQuickWindow:
        size = {"width": look.size.width(), "height": look.size.height()}
        self._engine.setInitialProperties({"frame": self.frame, "keyboard": self.keyboard, **size})
        self._engine.load(QUrl.fromLocalFile(str(QML / "Main.qml")))
        roots = self._engine.rootObjects()
        assert roots, "Main.qml could not be built"
        window = roots[0]
        assert isinstance(window, QQuickWindow)
        return window

    async def drawn(self) -> None:
        """What is known by now is on the glass; does not wait for a window that nobody sees."""
        if not self.window.isExposed():
            return
        loop, swapped = asyncio.get_running_loop(), asyncio.Event()

        def on_frame() -> None:  # from Qt's render thread, where there is one
            loop.call_soon_threadsafe(swapped.set)

        self.window.frameSwapped.connect(on_frame)
        self.window.update()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(swapped.wait(), LONGEST_FRAME)
        self.window.frameSwapped.disconnect(on_frame)

    def close(self) -> None:
        self.frame.languageChanged.disconnect(self._translate)
        self._translation.drop()
        self.cards.stop()
        self.lock.open()
        self.frame.exitGranted.disconnect(self._exit)
        self.window.removeEventFilter(self.frame.idle)
        self.keyboard.detach()
        self.window.close()
        self._engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.frame.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _exit(self) -> None:
        self.lock.open()
        self.window.close()

    def _translate(self) -> None:
        self._translation.use(self.frame.lang)
        self._engine.retranslate()


def _is_kiosk(use: LockUse, frame: Frame) -> bool:
    """Until it is set up the installer has to get out."""
    return use is LockUse.AUTO and frame.ports.local.place() is not None and frame.rules.touch
