"""Qt's event loop as asyncio's, without the widgets that qasync loads and a screen of QML has no use for."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import ModuleType

from PySide6.QtGui import QGuiApplication

_WIDGETS = "PySide6.QtWidgets"


@contextmanager
def _without_widgets() -> Iterator[None]:
    """All that qasync takes from them is the application's class, as a default we do not need."""
    if _WIDGETS in sys.modules:
        yield
        return
    stand_in = ModuleType(_WIDGETS)
    stand_in.QApplication = QGuiApplication  # type: ignore[attr-defined]
    sys.modules[_WIDGETS] = stand_in
    try:
        yield
    finally:
        del sys.modules[_WIDGETS]


with _without_widgets():
    import qasync


def event_loop(qt: QGuiApplication) -> asyncio.AbstractEventLoop:
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(qt)
    loop.set_default_executor(ThreadPoolExecutor())  # its own starts ten threads at once
    return loop
