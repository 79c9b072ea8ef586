"""Drives the real window as a person does: finds what is visible, scrolls to it, presses where it is.

Everything is awaited on the application's own loop, so tests and the tour use it alike.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

LONGEST = 10.0
MARGIN = 8


class NotThere(AssertionError):
    """What was looked for is not on the screen; says what is."""


class Clicker:
    def __init__(self, window: QQuickWindow, longest: float = LONGEST) -> None:
        self.window = window
        self._longest = longest

    # --- looking --------------------------------------------------------------------------------------
    def items(self, root: QQuickItem | None = None) -> Iterator[QQuickItem]:
        """Every visible item, the children of repeaters and what lies in the overlay too."""
        for child in (root or self.window.contentItem()).childItems():
            if child.isVisible() and child.opacity() > 0:
                yield child
                yield from self.items(child)

    def find(self, name: str) -> QQuickItem | None:
        """By objectName; `outer/inner` looks for `inner` inside `outer`."""
        root: QQuickItem | None = None
        for part in name.split("/"):
            root = next((item for item in self.items(root) if item.objectName() == part), None)
            if root is None:
                return None
        return root

    def grows(self) -> bool:
        """A long list is still being added to, frame by frame."""
        reveals = self.window.findChildren(QQuickItem, "reveal")
        return any(reveal.property("pending") for reveal in reveals)

    def sees(self, name: str) -> bool:
        return self.find(name) is not None

    def names(self) -> list[str]:
        """What could be found now."""
        return [item.objectName() for item in self.items() if item.objectName()]

    def texts(self, root: QQuickItem | None = None) -> list[str]:
        """Every text on the screen, top first."""
        found = (item.property("text") for item in self.items(root))
        return [text for text in found if isinstance(text, str) and text]

    def reads(self, text: str) -> bool:
        return any(text in shown for shown in self.texts())

    def text_of(self, name: str) -> str:
        item = self._must(name)
        return str(item.property("text") or " ".join(self.texts(item)))

    # --- waiting --------------------------------------------------------------------------------------
    async def until(self, condition: Callable[[], bool], what: str = "") -> None:
        """Lets the loop run until the condition holds; fails after a bounded time."""
        end = time.monotonic() + self._longest
        while not condition():
            if time.monotonic() > end:
                raise NotThere(
                    f"waited for {what or condition}; on the screen: {self.texts()} {self.names()}"
                )
            await settle()

    async def wait_for(self, name: str) -> QQuickItem:
        await self.until(lambda: self.sees(name), name)
        return self._must(name)

    async def wait_text(self, text: str) -> None:
        await self.until(lambda: self.reads(text), text)

    async def wait_gone(self, name: str) -> None:
        await self.until(lambda: not self.sees(name), f"{name} to go")

    async def drawn(self) -> None:
        """Until the next frame stands: what a person presses is where it was drawn."""
        frames: list[None] = []

        def count() -> None:
            frames.append(None)

        self.window.frameSwapped.connect(count)
        self.window.update()
        try:
            await self.until(lambda: bool(frames), "a frame")
        finally:
            self.window.frameSwapped.disconnect(count)

    # --- doing ----------------------------------------------------------------------------------------
    async def click(self, name: str) -> None:
        """Waits until it is there and enabled, brings it into view, presses and releases in its middle."""
        await self.until(lambda: (item := self.find(name)) is not None and item.isEnabled(), name)
        scroll_to(self._must(name))
        await self.drawn()
        item = self._must(name)  # found anew: a list may have been filled again meanwhile
        scroll_to(item)  # and a new page has only now its height
        self.press(item)
        await settle()

    async def click_at_once(self, *names: str) -> None:
        """Presses without letting the loop run in between: a double tap, or two hands."""
        items = [await self.wait_for(name) for name in names]
        for item in items:
            scroll_to(item)
        await self.drawn()
        for item in items:
            self.press(item)
        await settle()

    async def double_tap(self, name: str) -> None:
        """As the window system reports it: the second press comes with a double-click event."""
        await self.wait_for(name)
        item = self._must(name)
        at = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
        self.press(item)
        await settle(20)
        down, up = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        self._mouse(QEvent.Type.MouseButtonPress, at, down)
        self._mouse(QEvent.Type.MouseButtonDblClick, at, down)
        self._mouse(QEvent.Type.MouseButtonRelease, at, up)
        await settle()

    async def type(self, name: str, text: str) -> None:
        """Clicks a field and types on the keyboard."""
        await self.click(name)
        for char in text:
            self._key(0, char)
        await settle()

    async def keys(self, text: str) -> None:
        """Types wherever the focus is, as a scanner does."""
        for char in text:
            self._key(0, char)
        await settle()

    async def key(self, key: Qt.Key, rounds: int = 3) -> None:
        self._key(key, "")
        await settle(rounds)

    async def chord(self, key: Qt.Key) -> None:
        """With Ctrl."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.ControlModifier)
            QCoreApplication.sendEvent(self.window, event)
        await settle()

    async def pad(self, name: str, text: str) -> None:
        """Types on a number pad on the screen."""
        for char in text:
            await self.click(f"{name}/key-{char}")

    def press(self, item: QQuickItem) -> None:
        at = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
        self._mouse(QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton)
        self._mouse(QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.NoButton)

    def _mouse(self, kind: QEvent.Type, at: QPointF, buttons: Qt.MouseButton) -> None:
        event = QMouseEvent(kind, at, at, Qt.MouseButton.LeftButton, buttons, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(self.window, event)

    def _key(self, key: int, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(
                self.window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            )

    def _must(self, name: str) -> QQuickItem:
        item = self.find(name)
        if item is None:
            raise NotThere(f"{name} is not on the screen: {self.names()}")
        return item


async def settle(rounds: int = 3) -> None:
    """A few turns of the loop: bindings, layouts and posted events come to rest."""
    for _ in range(rounds):
        await asyncio.sleep(0.002)


def scroll_to(item: QQuickItem) -> None:
    """Moves every list around the item so far that its whole rectangle is inside."""
    outer: QObject | None = item.parentItem()
    while isinstance(outer, QQuickItem):
        if outer.inherits("QQuickFlickable"):
            _bring_into(outer, item)
        outer = outer.parentItem()


def _bring_into(view: QQuickItem, item: QQuickItem) -> None:
    top = item.mapToItem(view, QPointF(0, 0)).y()
    bottom = top + item.height()
    now, most = float(view.property("contentY")), float(view.property("contentHeight")) - view.height()
    if top < 0:
        view.setProperty("contentY", max(0.0, now + top - MARGIN))
    elif bottom > view.height():
        view.setProperty("contentY", min(max(0.0, most), now + bottom - view.height() + MARGIN))
