"""What a page is to somebody who does not see it: the window's accessible tree, as it is now.

The same tree serves the screen reader of the platform, reading aloud, and the tests that walk every page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface


class Part(Enum):
    """What something on a page is."""

    HEADING = auto()
    TEXT = auto()
    NOTICE = auto()
    BUTTON = auto()
    FIELD = auto()
    CHECK = auto()
    RADIO = auto()
    NUMBER = auto()
    PROGRESS = auto()
    ITEM = auto()
    GROUP = auto()
    DIALOG = auto()
    PICTURE = auto()
    OTHER = auto()


Role = QAccessible.Role
PARTS: dict[Role, Part] = {
    Role.Heading: Part.HEADING,
    Role.StaticText: Part.TEXT,
    Role.Paragraph: Part.TEXT,
    Role.AlertMessage: Part.NOTICE,
    Role.Notification: Part.NOTICE,
    Role.Button: Part.BUTTON,
    Role.Link: Part.BUTTON,
    Role.EditableText: Part.FIELD,
    Role.CheckBox: Part.CHECK,
    Role.RadioButton: Part.RADIO,
    Role.SpinBox: Part.NUMBER,
    Role.ProgressBar: Part.PROGRESS,
    Role.Indicator: Part.PROGRESS,
    Role.ListItem: Part.ITEM,
    Role.Dialog: Part.DIALOG,
    Role.Graphic: Part.PICTURE,
    Role.Grouping: Part.GROUP,
    Role.Pane: Part.GROUP,
    Role.List: Part.GROUP,
    Role.Window: Part.GROUP,
    Role.Client: Part.GROUP,
}
TOUCHED = frozenset({Part.BUTTON, Part.FIELD, Part.CHECK, Part.RADIO})
"""What a person acts on."""


@dataclass(frozen=True)
class Seen:
    """`key` is the item's object name; `inside` in the order of the page."""

    part: Part
    name: str
    note: str = ""
    key: str = ""
    value: str = ""
    enabled: bool = True
    chosen: bool = False
    secret: bool = False
    inside: tuple[Seen, ...] = ()

    def all(self) -> Iterator[Seen]:
        yield self
        for each in self.inside:
            yield from each.all()


def look(root: QObject) -> Seen:
    """`root` is a window or an item; what is not visible is left out."""
    return _seen(QAccessible.queryAccessibleInterface(root))


def _seen(of: QAccessibleInterface) -> Seen:
    state, item = of.state(), of.object()
    secret = bool(state.passwordEdit)
    part = PARTS.get(of.role(), Part.OTHER)
    return Seen(
        part,
        of.text(QAccessible.Text.Name).strip(),
        of.text(QAccessible.Text.Description).strip(),
        item.objectName() if item is not None else "",
        of.text(QAccessible.Text.Value) if part is Part.FIELD and not secret else "",
        not state.disabled,
        bool(state.checked or state.selected),
        secret,
        tuple(_seen(child) for child in _children(of)),
    )


def _children(of: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for n in range(of.childCount()):
        child = of.child(n)
        if child is not None and child.isValid() and not child.state().invisible:
            yield child
