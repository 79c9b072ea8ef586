"""The real application on a data folder; says when Home was first drawn and what memory it takes, and ends.

Run as a program: the data folder, and how many seconds to stay.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk import __main__ as command
from kiosk import app
from kiosk.terminal import Terminal
from ui.routes import HomeRoute


class WatchedApp(app.App):
    def __init__(self, terminal: Terminal, start: app.Start) -> None:
        super().__init__(terminal, start)
        self._drawn = False
        self.screen.window.frameSwapped.connect(self._on_frame)

    def _on_frame(self) -> None:
        if not self._drawn and self._at_home():
            self._drawn = True
            print("drawn", time.monotonic(), flush=True)
            QTimer.singleShot(int(float(sys.argv[2]) * 1000), self._leave)

    def _at_home(self) -> bool:
        if self.frame.property("page") is None:
            return False
        return isinstance(self.frame.route, HomeRoute) and bool(self.frame.current.state.chapters)

    def _leave(self) -> None:
        print("rss", rss_mb(), flush=True)
        self.screen.window.close()


def rss_mb() -> float:
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    app.App = WatchedApp  # type: ignore[misc]
    sys.exit(command.main(["run", "--data", sys.argv[1]]))
