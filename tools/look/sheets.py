"""Draws every control off-screen, in every variant of the theme, on the three screens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.variant import Variant
from tools.look.inspect import Findings, inspect, needs
from ui.fonts import load_fonts
from ui.icons import IconProvider

QML = Path(__file__).resolve().parents[2] / "ui" / "qml"
SIZES = ((1366, 768), (1920, 1080), (1080, 1920))
LOOKS = tuple((variant, elder) for variant in Variant for elder in (False, True))


@dataclass(frozen=True)
class Picture:
    """One drawn picture and what is wrong with it."""

    page: str
    variant: str
    size: str
    file: str
    findings: Findings


def look_name(variant: Variant, elder: bool) -> str:
    names = [] if variant is Variant.NORMAL and elder else [variant.value]
    return "-".join([*names, "elder"] if elder else names)


def sheets() -> list[str]:
    """The names of the sheets, in a fixed order."""
    return sorted(path.stem for path in (QML / "Gallery").glob("*Sheet.qml"))


@dataclass(frozen=True)
class Studio:
    """Draws sheets with one engine, so that a control is compiled once."""

    engine: QQmlApplicationEngine
    family: str

    @classmethod
    def open(cls) -> Studio:
        engine = QQmlApplicationEngine()
        engine.addImportPath(str(QML))
        engine.addImageProvider("icon", IconProvider())
        return cls(engine, load_fonts().family)

    def draw(
        self, sheet: str, variant: Variant, elder: bool, size: tuple[int, int]
    ) -> tuple[QImage, Findings]:
        """One sheet as a picture, with what is wrong with it."""
        before = len(self.engine.rootObjects())
        self.engine.setInitialProperties(
            {
                "sheet": QUrl.fromLocalFile(str(QML / "Gallery" / f"{sheet}.qml")),
                "elder": elder,
                "variant": variant.value,
                "family": self.family,
                "width": size[0],
                "height": size[1],
            }
        )
        self.engine.load(QUrl.fromLocalFile(str(QML / "Gallery" / "Frame.qml")))
        windows = self.engine.rootObjects()[before:]
        if not windows or not isinstance(windows[0], QQuickWindow):
            raise SystemExit(f"{sheet}: the sheet cannot be loaded")
        window = windows[0]
        for _ in range(3):
            QGuiApplication.processEvents()
        image = window.grabWindow()
        wrong = inspect(window, needs(elder, variant.value))
        window.close()
        window.deleteLater()
        QGuiApplication.processEvents()
        return image, wrong


def run(out: Path) -> Iterator[Picture]:
    """Draws all sheets into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    studio = Studio.open()
    for width, height in SIZES:
        for sheet in sheets():
            for variant, elder in LOOKS:
                look, size = look_name(variant, elder), f"{width}x{height}"
                image, wrong = studio.draw(sheet, variant, elder, (width, height))
                file = out / f"{sheet}-{look}-{size}.png"
                image.save(str(file), quality=90)  # quick to write rather than small
                yield Picture(sheet, look, size, file.name, wrong)
