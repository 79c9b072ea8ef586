"""The limit of a start: an empty window of Qt Quick Controls; says when it was first drawn, and ends."""

import os
import sys
import time

os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from tests.bench.program import rss_mb

EMPTY = b"import QtQuick.Controls\nApplicationWindow { visible: true; width: 1366; height: 768 }"


def main() -> int:
    qt = QGuiApplication(sys.argv[:1])
    engine = QQmlApplicationEngine()
    engine.loadData(EMPTY)
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)

    def on_frame() -> None:
        print("drawn", time.monotonic(), flush=True)
        print("rss", rss_mb(), flush=True)
        qt.quit()

    window.frameSwapped.connect(on_frame)
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
