"""A list for QML that changes only the rows that differ, so that delegates, focus and scrolling stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Signal,
)
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

_ROLE = 0x0101  # Qt.UserRole + 1: to name it would build all of Qt's enumerations, 14 ms of a start


def plain(value: Any) -> Any:
    """What QML can read: frozen dataclasses become maps, tuples become lists."""
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    return value


@QmlElement
class Rows(QAbstractListModel):
    """Rows with the single role `modelData`; `replace` leaves equal rows alone."""

    countChanged = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[Any, ...] = ()

    count = Property(int, lambda self: len(self._rows), notify=countChanged)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _ROLE) -> Any:
        return plain(self._rows[index.row()]) if index.isValid() and role == _ROLE else None

    def roleNames(self) -> dict[int, QByteArray]:
        return {_ROLE: QByteArray(b"modelData")}

    def replace(self, rows: Sequence[Any]) -> None:
        new, old = tuple(rows), self._rows
        shared = min(len(new), len(old))
        changed = [i for i in range(shared) if new[i] != old[i]]
        if len(new) < len(old):
            self.beginRemoveRows(QModelIndex(), shared, len(old) - 1)
            self._rows = old[:shared]
            self.endRemoveRows()
        self._rows = new[:shared]
        for i in changed:
            self.dataChanged.emit(self.index(i), self.index(i))
        if len(new) > len(old):
            self.beginInsertRows(QModelIndex(), shared, len(new) - 1)
            self._rows = new
            self.endInsertRows()
        if len(new) != len(old):
            self.countChanged.emit()
