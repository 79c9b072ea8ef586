"""The window that is shown while the terminal cannot open its files: what is wrong, and to try again."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.bilingual import Text
from ui.icons import IconProvider
from ui.screen import QML, Look


class TroubleWindow:
    """`again` is set when the person asks to try once more; `tell` clears it."""

    def __init__(self, look: Look) -> None:
        self.again = asyncio.Event()
        self._engine = QQmlApplicationEngine()
        self._engine.addImportPath(str(QML))
        self._engine.addImageProvider("icon", IconProvider())
        size = look.size
        self._engine.setInitialProperties({"width": size.width(), "height": size.height()})
        self._engine.load(QUrl.fromLocalFile(str(QML / "Trouble.qml")))
        roots = self._engine.rootObjects()
        assert roots, "Trouble.qml could not be built"
        window = roots[0]
        assert isinstance(window, QQuickWindow)
        self.window = window
        self.window.againRequested.connect(self.again.set)  # type: ignore[attr-defined]
        if look.full_screen:
            self.window.showFullScreen()
        else:
            self.window.show()

    def tell(self, words: Text, detail: str) -> None:
        self.again.clear()
        for name, text in (("chinese", words.zh), ("english", words.en), ("detail", detail)):
            self.window.setProperty(name, text)

    def close(self) -> None:
        self.window.hide()
        self._engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
