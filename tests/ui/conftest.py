"""One Qt application and one loop for all tests of the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import qasync
from PySide6.QtGui import QGuiApplication


@pytest.fixture(scope="session")
def qt_loop(qapp: QGuiApplication) -> Iterator[asyncio.AbstractEventLoop]:
    from ui.fonts import load_fonts

    load_fonts()
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture
def perform(qt_loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Callable[..., None]:
    """`perform(act)` or `perform(act, Scene(...))` plays one act on a fresh terminal."""
    from tests.support.stage import Play, Scene, play

    def run(act: Play, scene: Scene | None = None) -> None:
        play(qt_loop, tmp_path, scene or Scene(), act)

    return run
