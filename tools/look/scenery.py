"""What a window has drawn, back to front: every visible item, its place, its opacity, what clips it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem, QQuickWindow

INVISIBLE = 0.02


@dataclass(frozen=True)
class Drawn:
    """`place` is in the window; `window` is what may be seen of it, `raised` that it lies above the page,
    `across` and `down` that one can scroll to it."""

    item: QQuickItem
    place: QRectF
    seen: QRectF
    opacity: float
    raised: bool
    across: bool
    down: bool
    button: QQuickItem | None

    @property
    def button_place(self) -> QRectF:
        assert self.button is not None
        at = self.button.mapToScene(QPointF(0, 0))
        return QRectF(at.x(), at.y(), self.button.width(), self.button.height())

    @property
    def text(self) -> str:
        """Empty where the item paints no text itself."""
        if self.item.property("paintedWidth") is None and not self.types:
            return ""
        return str(self.item.property("text") or "")

    @property
    def types(self) -> bool:
        """A person types into it."""
        return self.item.inherits("QQuickTextInput") or self.item.inherits("QQuickTextEdit")

    @property
    def hidden(self) -> bool:
        return self.seen.isEmpty()

    @property
    def words(self) -> str:
        item = self.item
        named = item.objectName() or item.property("text") or item.metaObject().className().split("_")[0]
        return str(named)


def drawn(window: QQuickWindow) -> list[Drawn]:
    """In the order in which they are painted."""
    whole = QRectF(0, 0, window.width(), window.height())
    root = window.contentItem()
    above = Drawn(root, whole, whole, 1.0, raised=False, across=False, down=False, button=None)
    return list(_below(above))


def _below(above: Drawn) -> Iterator[Drawn]:
    inner = above.seen.intersected(above.place) if above.item.clip() else above.seen
    scroller = above.item.inherits("QQuickFlickable")
    across = above.across or (scroller and above.item.property("contentWidth") > above.place.width())
    down = above.down or (scroller and above.item.property("contentHeight") > above.place.height())
    for child in sorted(above.item.childItems(), key=lambda item: item.z()):
        opacity = above.opacity * child.opacity()
        if not child.isVisible() or opacity < INVISIBLE:
            continue
        at = child.mapToScene(QPointF(0, 0))
        place = QRectF(at.x(), at.y(), child.width(), child.height())
        here = Drawn(
            item=child,
            place=place,
            seen=inner.intersected(place),
            opacity=opacity,
            raised=above.raised or child.z() >= 1,
            across=across,
            down=down,
            button=child if child.inherits("QQuickAbstractButton") else above.button,
        )
        yield here
        yield from _below(Drawn(child, place, inner, opacity, here.raised, across, down, here.button))


def number(item: QQuickItem, name: str) -> int:
    """An enumeration's value, which Python has no type for."""
    value = QQmlExpression(QQmlEngine.contextForObject(item), item, name).evaluate()
    return int(value[0] if isinstance(value, tuple) else value)


def painted(one: Drawn) -> QRectF:
    """Where the letters of a text are, of which the item is the frame."""
    item, place = one.item, one.place
    if one.types:
        return place
    width = float(item.property("paintedWidth") or 0)
    if number(item, "wrapMode"):  # else a line that is too long runs out of its frame
        width = min(width, place.width() or 1e9)
    height = float(item.property("paintedHeight") or 0)
    across = number(item, "horizontalAlignment")
    down = number(item, "verticalAlignment")
    left = place.x()
    if across & 4:
        left += (place.width() - width) / 2
    elif across & 2:
        left += place.width() - width
    top = place.y()
    if down & 128:
        top += (place.height() - height) / 2
    elif down & 64:
        top += place.height() - height
    return QRectF(left, top, width, height)


def items(root: QQuickItem) -> Iterator[QQuickItem]:
    """Every visible item below `root`, repeaters' children too."""
    for child in root.childItems():
        if child.isVisible():
            yield child
            yield from items(child)
