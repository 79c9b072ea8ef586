"""Windows made from QML text, and taps on what is in them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from tools.look.scenery import items
from ui.icons import IconProvider

QML = Path(__file__).resolve().parents[2] / "ui" / "qml"

WINDOW = """
import QtQuick
import QtQuick.Layouts
import Yizhan.Controls
Window {
    width: %(width)d; height: %(height)d; visible: true
    Component.onCompleted: {
        Theme.elder = %(elder)s
        Theme.variant = "%(variant)s"
        Theme.unit = Theme.unitFor(width, height)
    }
    %(body)s
}
"""


class Windows:
    """Shows QML text with the controls at hand; `close()` ends all windows and the engine."""

    def __init__(self) -> None:
        self._engine = QQmlEngine()
        self._engine.addImportPath(str(QML))
        self._engine.addImageProvider("icon", IconProvider())
        self._shown: list[tuple[QQuickWindow, QQmlComponent]] = []

    def __call__(
        self, body: str, *, elder: bool = False, variant: str = "normal", width: int = 1366, height: int = 768
    ) -> QQuickWindow:
        look = {"elder": str(elder).lower(), "variant": variant}
        text = WINDOW % {"width": width, "height": height, "body": body, **look}
        component = QQmlComponent(self._engine)
        component.setData(text.encode(), QUrl.fromLocalFile(str(QML / "Test.qml")))
        window = component.create()
        assert isinstance(window, QQuickWindow), component.errorString()
        self._shown.append((window, component))
        window.requestActivate()
        for _ in range(3):
            QGuiApplication.processEvents()
        window.grabWindow()
        return window

    def close(self) -> None:
        for window, component in self._shown:
            window.close()
            window.deleteLater()
            component.deleteLater()
        QGuiApplication.processEvents()
        self._engine.deleteLater()
        QGuiApplication.processEvents()


def named(window: QQuickWindow, name: str) -> QQuickItem:
    """The visible item of that object name, in repeaters and popups too."""
    found = [item for item in items(window.contentItem()) if item.objectName() == name]
    assert len(found) == 1, f"{len(found)} items named {name}"
    return found[0]


def tap(window: QQuickWindow, name: str) -> None:
    """A tap on the middle of the item."""
    item = named(window, name)
    centre = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre)
    QGuiApplication.processEvents()


def type_keys(window: QQuickWindow, text: str) -> None:
    """One key press per character."""
    for character in text:
        QTest.keyClick(window, character)
