"""Marks of a person, and the search for them: in every file, in the objects of this process, on the glass.

Marks are held backwards, so that the search does not find itself.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow

from sync.journal import records
from sync.keystore import JOURNAL, KeyStore

Backwards = tuple[str, ...]
SHORTEST = 3
HOLDERS = (dict, tuple, frozenset)
SHOWN = ("text", "preeditText", "displayText", "placeholderText", "title", "source")


def in_files(folder: Path, marks: Backwards) -> set[str]:
    """`file: mark` of each file below, as it lies there."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {f"{path.name}: {mark}" for path in files for mark in _in_bytes(path.read_bytes(), marks)}


def in_journal(folder: Path, keys: KeyStore, marks: Backwards) -> set[str]:
    """Opened with its key."""
    key = keys.get(JOURNAL)
    assert key is not None
    lines = records(folder, key)
    return {f"journal {at}: {mark}" for at, line in lines for mark in _in_bytes(line, marks)}


def _in_bytes(data: bytes, marks: Backwards) -> Iterator[str]:
    for mark in marks:
        text = mark[::-1]
        spelt = {text.encode("utf-8"), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode()}
        if any(one in data for one in (*spelt, text.encode("gb18030"))):
            yield mark


def in_memory(marks: Backwards) -> set[str]:
    """What holds a text with a mark, of all that Python's collector can reach."""
    gc.collect()
    wanted = [mark[::-1] for mark in marks]
    found: set[str] = set()
    waiting: list[Any] = gc.get_objects()
    looked = {id(wanted), id(waiting)}
    while waiting:
        holder = waiting.pop()
        if id(holder) in looked:
            continue
        looked.add(id(holder))
        for held in gc.get_referents(holder):
            if type(held) is str or type(held) is bytes:
                if len(held) >= SHORTEST and id(held) not in looked:
                    looked.add(id(held))
                    text = held if type(held) is str else held.decode("utf-8", "replace")
                    found |= {f"memory, {_said(holder)}: {one[::-1]}" for one in wanted if one in text}
            elif type(held) in HOLDERS and not gc.is_tracked(held):
                waiting.append(held)
    return found


def _said(holder: object) -> str:
    if isinstance(holder, dict):
        return f"dict of {sorted(map(str, holder))[:6]}"
    return type(holder).__qualname__


def on_glass(window: QQuickWindow, marks: Backwards) -> set[str]:
    """Every property of text of every item, shown or hidden, and the clipboard."""
    items = _items(window.contentItem())
    texts = [(item.metaObject().className(), text) for item in items for text in _texts(item)]
    texts.append(("clipboard", QGuiApplication.clipboard().text()))
    return {f"{name}: {mark}" for name, text in texts for mark in marks if mark[::-1] in text}


def _texts(item: QQuickItem) -> Iterator[str]:
    for name in SHOWN:
        value = item.property(name)
        if value is not None:
            yield str(value)


def _items(root: QQuickItem) -> Iterable[QQuickItem]:
    for child in root.childItems():
        yield child
        yield from _items(child)
