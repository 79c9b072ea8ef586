"""The traces on the glass: what the window, its engine, the clipboard and the input method still hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.bilingual import Text
from kiosk.services.traces import Trace

CLIPBOARD = Text("剪贴板", "the clipboard")
FIELDS = Text("输入框", "fields")
SCREEN = Text("离开的画面", "the screen that was left")
INPUTS = ("QQuickTextInput", "QQuickTextEdit")
MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


def let_go(window: QQuickWindow, engine: QQmlEngine) -> Callable[[], None]:
    """Pictures in Qt's cache, strings and closures of QML."""

    def now() -> None:
        window.releaseResources()
        engine.collectGarbage()

    return now


def clipboard(ours_alone: Callable[[], bool]) -> Trace:
    """`ours_alone`: no other program of this machine is anybody's business here."""

    def held() -> list[QClipboard.Mode]:
        board = QGuiApplication.clipboard()
        modes = [mode for mode in MODES if mode is MODES[0] or board.supportsSelection()]
        owns = {MODES[0]: board.ownsClipboard, MODES[1]: board.ownsSelection}
        return [mode for mode in modes if (ours_alone() or owns[mode]()) and _says_something(board, mode)]

    async def forget() -> None:
        for mode in held():
            QGuiApplication.clipboard().clear(mode)

    async def residue() -> int:
        return len(held())

    return Trace(CLIPBOARD, forget, residue)


def _says_something(board: QClipboard, mode: QClipboard.Mode) -> bool:
    data = board.mimeData(mode)
    return data is not None and any(bytes(data.data(kind).data()) for kind in data.formats())


def fields(window: QQuickWindow) -> Trace:
    """Fields beside the page, whose own went with it, and what an input method was composing."""

    async def forget() -> None:
        QGuiApplication.inputMethod().reset()
        for one in _inputs(window):
            one.setProperty("text", "")  # which also drops what could be undone

    async def residue() -> int:
        return sum(_holds(one) for one in _inputs(window))

    return Trace(FIELDS, forget, residue)


def screen(window: QQuickWindow) -> Trace:
    """The page before, until it is deleted; words of a message that was shown."""

    async def forget() -> None:
        for one in _named(window, "toast"):
            one.setProperty("text", "")

    async def residue() -> int:
        said = sum(bool(one.property("text")) for one in _named(window, "toast"))
        left = sum(max(len(one.childItems()) - 1, 0) for one in _named(window, "pages"))
        return said + left

    return Trace(SCREEN, forget, residue)


def _holds(one: QQuickItem) -> bool:
    return bool(one.property("text") or one.property("preeditText") or one.property("canUndo"))


def _inputs(window: QQuickWindow) -> Iterator[QQuickItem]:
    beside = _all(window.contentItem(), but="pages")
    return (one for one in beside if any(one.inherits(name) for name in INPUTS))


def _named(window: QQuickWindow, name: str) -> list[QQuickItem]:
    return [one for one in _all(window.contentItem()) if one.objectName() == name]


def _all(root: QQuickItem, but: str = "") -> Iterator[QQuickItem]:
    """The hidden ones too; nothing below what is named `but`."""
    for child in root.childItems():
        yield child
        if not but or child.objectName() != but:
            yield from _all(child, but)
