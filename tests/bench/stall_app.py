"""The real application while its loop is busy: a 4 ms heartbeat at rest, during a push, during an import.

Run as a program: the data folder, and a folder with a pack and its manifest; prints the gaps as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer

from kiosk import __main__ as command
from kiosk import app
from kiosk.terminal import Plan, Terminal
from sync.client import SignedManifest
from sync.packplan import Loaded
from sync.wire.manifest import Manifest
from tests.bench.program import hide_what_terminals_lack
from tests.bench.waiting import on_the_line

BEAT_MS = 4
REST = 2.0
AFTER = 0.5  # what follows the work belongs to it: pages that read again


class Heartbeat(QObject):
    """Milliseconds from beat to beat, while it runs."""

    def __init__(self) -> None:
        super().__init__()
        self._clock = QElapsedTimer()
        self._gaps: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    async def during(self, work: Callable[[], Awaitable[object]]) -> list[float]:
        self._gaps = []
        self._clock.start()
        self._timer.start()
        await work()
        await asyncio.sleep(AFTER)
        self._timer.stop()
        return self._gaps

    def _beat(self) -> None:
        self._gaps.append(self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()


class BusyApp(app.App):
    @classmethod
    async def open(cls, plan: Plan, start: app.Start) -> BusyApp:
        """Stays off the line until the heartbeat runs."""
        terminal = await asyncio.to_thread(Terminal.open, plan)
        opened = cls(terminal, start)
        opened.frame.home()
        app.keep_what_stays()
        opened.measuring = asyncio.get_running_loop().create_task(opened.measure())
        return opened

    measuring: asyncio.Task[None]

    async def measure(self) -> None:
        heart, terminal = Heartbeat(), self.terminal
        await asyncio.sleep(REST)
        try:
            found = {
                "idle": await heart.during(lambda: asyncio.sleep(REST)),
                "push": await heart.during(lambda: on_the_line(terminal)),
                "import": await heart.during(lambda: _install(terminal, Path(sys.argv[2]))),
            }
            print(json.dumps(found), flush=True)
        finally:  # also when it failed: whoever reads what is printed misses it at once
            self.screen.window.close()


async def _install(terminal: Terminal, folder: Path) -> None:
    manifest = Manifest.parse(json.loads((folder / "manifest.json").read_text()))
    catalogue = terminal.catalogue(lambda _done, _all: None)
    await catalogue.install(Loaded(SignedManifest(manifest, ""), folder / "pack.zst"))


if __name__ == "__main__":
    hide_what_terminals_lack()
    app.App = BusyApp  # type: ignore[misc]
    sys.exit(command.main(["run", "--data", sys.argv[1]]))
