"""Draws the product's icons in any colour: `image://icon/<name>/<rrggbb>/<size>`."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

ICON_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"

_ADDRESS = re.compile(r"(?P<name>[a-z0-9-]+)/(?P<colour>[0-9a-fA-F]{6})/(?P<size>[0-9]{1,4})")


class IconProvider(QQuickImageProvider):
    """Renders `resources/icons/<name>.svg` with `currentColor` replaced; an unknown one is an empty image."""

    def __init__(self, folder: Path = ICON_FOLDER) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder
        self._sources: dict[str, str] = {}

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: ARG002
        """Qt's hook: `id` is what follows `image://icon/`."""
        address = _ADDRESS.fullmatch(id)
        if address is None:
            return QImage()
        return self.draw(address["name"], address["colour"], int(address["size"]))

    def draw(self, name: str, colour: str, size: int) -> QImage:
        """One icon as a square picture of `size` pixels."""
        source = self._source(name)
        if not source or not size:
            return QImage()
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", f"#{colour}").encode()))
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        return image

    def _source(self, name: str) -> str:
        if name not in self._sources:
            path = self._folder / f"{name}.svg"
            self._sources[name] = path.read_text(encoding="utf-8") if path.is_file() else ""
        return self._sources[name]
