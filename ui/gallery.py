"""Draws every control off-screen in both type sizes on the three screens, and lists what does not fit."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.fonts import load_fonts
from ui.icons import IconProvider

QML = Path(__file__).resolve().parent / "qml"
SIZES = ((1366, 768), (1920, 1080), (1080, 1920))


@dataclass(frozen=True)
class Picture:
    """One drawn sheet and what is wrong with it."""

    page: str
    variant: str
    size: str
    file: str
    findings: tuple[str, ...]


def sheets() -> list[str]:
    """The names of the sheets, in a fixed order."""
    return sorted(path.stem for path in (QML / "Gallery").glob("*Sheet.qml"))


def items(root: QQuickItem) -> Iterator[QQuickItem]:
    """Every visible item below `root`, repeaters' children too."""
    for child in root.childItems():
        if child.isVisible():
            yield child
            yield from items(child)


def findings(window: QQuickWindow) -> tuple[str, ...]:
    """Texts that are cut and items that reach over the side of the window."""
    found = []
    for item in items(window.contentItem()):
        if item.property("truncated"):
            found.append(f"cut: {item.property('text')}")
        left = item.mapToScene(QPointF(0, 0)).x()
        if item.property("text") and (left < -1 or left + item.width() > window.width() + 1):
            found.append(f"outside: {item.property('text')}")
    return tuple(found)


def draw(
    engine: QQmlApplicationEngine, sheet: str, elder: bool, size: tuple[int, int], family: str
) -> tuple[QImage, tuple[str, ...]]:
    """One sheet as a picture, with its findings."""
    before = len(engine.rootObjects())
    engine.setInitialProperties(
        {
            "sheet": QUrl.fromLocalFile(str(QML / "Gallery" / f"{sheet}.qml")),
            "elder": elder,
            "family": family,
            "width": size[0],
            "height": size[1],
        }
    )
    engine.load(QUrl.fromLocalFile(str(QML / "Gallery" / "Frame.qml")))
    windows = engine.rootObjects()[before:]
    if not windows or not isinstance(windows[0], QQuickWindow):
        raise SystemExit(f"{sheet}: the sheet cannot be loaded")
    window = windows[0]
    for _ in range(3):
        QGuiApplication.processEvents()
    image = window.grabWindow()
    wrong = findings(window)
    window.close()
    window.deleteLater()
    QGuiApplication.processEvents()
    return image, wrong


def run(out: Path) -> list[Picture]:
    """Draws all sheets into `out` and writes the list beside it."""
    out.mkdir(parents=True, exist_ok=True)
    family = load_fonts().family
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML))
    engine.addImageProvider("icon", IconProvider())
    pictures = []
    for width, height in SIZES:
        for sheet in sheets():
            for variant, elder in (("normal", False), ("elder", True)):
                name = f"{sheet}-{variant}-{width}x{height}.png"
                image, wrong = draw(engine, sheet, elder, (width, height), family)
                image.save(str(out / name))
                pictures.append(Picture(sheet, variant, f"{width}x{height}", name, wrong))
    report = out.parent / "gallery.json"
    report.write_text(
        json.dumps([asdict(p) for p in pictures], ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return pictures


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m ui.gallery", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    out = parser.parse_args().out
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")
    application = QGuiApplication(sys.argv[:1])
    pictures = run(out)
    sys.stdout.write(f"{len(pictures)} pictures in {out}\n")
    application.quit()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
