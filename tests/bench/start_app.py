"""The real application on a data folder; says when Home was first drawn and what memory it takes, and ends.

Run as a program: the data folder, and how many seconds to stay.
"""

from __future__ import annotations

# ruff: noqa: E402, I001  in the order in which the command imports
import gc
import sys
import time

from tests.bench.program import hide_what_terminals_lack, rss_mb

gc.disable()
hide_what_terminals_lack()

from kiosk import __main__ as command
from kiosk import compose  # noqa: F401
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
            from PySide6.QtCore import QTimer

            QTimer.singleShot(int(float(sys.argv[2]) * 1000), self._leave)

    def _at_home(self) -> bool:
        if self.frame.property("page") is None:
            return False
        return isinstance(self.frame.route, HomeRoute) and bool(self.frame.current.state.groups)

    def _leave(self) -> None:
        print("rss", rss_mb(), flush=True)
        self.screen.window.close()


if __name__ == "__main__":
    app.App = WatchedApp  # type: ignore[misc]
    sys.exit(command.main(["run", "--data", sys.argv[1]]))
