"""The list for QML changes only what differs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from ui.rows import Rows


@dataclass(frozen=True)
class Row:
    id: str
    words: tuple[str, ...] = ()


def watch(rows: Rows) -> list[str]:
    seen: list[str] = []
    rows.dataChanged.connect(lambda a, b: seen.append(f"changed {a.row()}-{b.row()}"))
    rows.rowsInserted.connect(lambda _p, a, b: seen.append(f"in {a}-{b}"))
    rows.rowsRemoved.connect(lambda _p, a, b: seen.append(f"out {a}-{b}"))
    rows.countChanged.connect(lambda: seen.append("count"))
    return seen


def test_equal_rows_are_left_alone(qapp: QObject) -> None:
    rows = Rows(qapp)
    rows.replace((Row("a"), Row("b")))
    seen = watch(rows)
    rows.replace((Row("a"), Row("b")))
    assert seen == []
    rows.replace((Row("a"), Row("c")))
    assert seen == ["changed 1-1"]


def test_rows_come_and_go_at_the_end(qapp: QObject) -> None:
    rows = Rows(qapp)
    seen = watch(rows)
    rows.replace((Row("a"), Row("b")))
    rows.replace((Row("a"),))
    assert seen == ["in 0-1", "count", "out 1-1", "count"]
    assert rows.count == 1


def test_qml_reads_plain_maps_and_lists(qapp: QObject) -> None:
    rows = Rows(qapp)
    rows.replace((Row("㳇", ("一", "二")),))
    assert rows.data(rows.index(0)) == {"id": "㳇", "words": ["一", "二"]}
