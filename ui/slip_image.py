"""Draws QR codes for the screen: `image://qr/<base64url of the text>`."""

from __future__ import annotations

import base64

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, qRgb
from PySide6.QtQuick import QQuickImageProvider

QUIET = 2


def address(data: str) -> str:
    """The image address of a QR code; nothing for no text."""
    return f"image://qr/{base64.urlsafe_b64encode(data.encode()).decode()}" if data else ""


def matrix(data: str) -> tuple[bytes, ...]:
    """Rows of 0 and 1, quiet zone included."""
    import segno

    return tuple(bytes(row) for row in segno.make(data, error="m", micro=False).matrix_iter(border=QUIET))


def draw(data: str) -> QImage:
    """One pixel per module; QML enlarges it without smoothing."""
    rows = matrix(data)
    image = QImage(len(rows), len(rows), QImage.Format.Format_RGB32)
    ink, paper = qRgb(0, 0, 0), qRgb(255, 255, 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.setPixel(x, y, ink if dark else paper)
    return image


class QrProvider(QQuickImageProvider):
    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: ARG002
        return draw(base64.urlsafe_b64decode(id.encode()).decode())
