"""A slip as a PDF page, as wide as the receipt paper and as long as it needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter

from kiosk.bilingual import Lang
from kiosk.devices.paper import Amount, Line, Note, Pair, Qr, Rule, Slip, Title, Words
from kiosk.devices.slip_text import COPY
from kiosk.services import money
from ui.slip_image import draw

WIDTH_MM, SIDE_MM, DPI = 80.0, 5.0, 203
QR_MM = 40.0


@dataclass(frozen=True)
class Style:
    points: float
    bold: bool = False
    centred: bool = False


TITLE, STRONG, BODY, SMALL = Style(13, True, True), Style(11, True, True), Style(9), Style(8)
AMOUNT = Style(15, True)


class Sheet:
    """Measures, or measures and paints: the same walk for both."""

    def __init__(self, painter: QPainter, *, paints: bool) -> None:
        self._painter = painter
        self._paints = paints
        self._px = DPI / 25.4
        self._left = SIDE_MM * self._px
        self._width = (WIDTH_MM - 2 * SIDE_MM) * self._px
        self.y = SIDE_MM * self._px

    def slip(self, slip: Slip, lang: Lang) -> float:
        if slip.copy:
            self._text(COPY.of(lang), STRONG)
        for line in slip.lines:
            self._line(line, lang)
        return self.y + SIDE_MM * self._px

    def _line(self, line: Line, lang: Lang) -> None:
        match line:
            case Title(text):
                self._text(text.of(lang), TITLE)
            case Words(text, strong):
                self._text(text.of(lang), STRONG if strong else BODY)
            case Pair(label, value):
                self._pair(label.of(lang), value.of(lang), BODY)
            case Amount(label, fen):
                self._pair(label.of(lang), money.show(fen), AMOUNT)
            case Rule():
                self._rule()
            case Qr(data, caption):
                self._qr(data, caption.of(lang))
            case Note(text):
                self._text(text.of(lang), SMALL)

    def _text(self, text: str, style: Style) -> None:
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        side = Qt.AlignmentFlag.AlignHCenter if style.centred else Qt.AlignmentFlag.AlignLeft
        self.y += self._draw(text, style, QRectF(self._left, self.y, self._width, 0), int(flags) | int(side))
        self.y += self._px

    def _pair(self, label: str, value: str, style: Style) -> None:
        """The label at the left, the value at the right, each wrapped inside its own column."""
        column = self._width * 0.36
        flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        left = QRectF(self._left, self.y, column, 0)
        right = QRectF(self._left + column, self.y, self._width - column, 0)
        tall = self._height(value, style, right, flags)
        folded = tall > 1.5 * self._height("一", style, right, flags)
        side = Qt.AlignmentFlag.AlignLeft if folded else Qt.AlignmentFlag.AlignRight
        beside = max(0.0, tall - self._height(label, BODY, left, flags)) if style is AMOUNT else 0.0
        heights = (
            self._draw(
                label, BODY, left.translated(0, beside * 0.7), flags | int(Qt.AlignmentFlag.AlignLeft)
            ),
            self._draw(value, style, right, flags | int(side)),
        )
        self.y += max(heights) + self._px

    def _rule(self) -> None:
        if self._paints:
            self._painter.drawLine(
                round(self._left), round(self.y), round(self._left + self._width), round(self.y)
            )
        self.y += 1.5 * self._px

    def _qr(self, data: str, caption: str) -> None:
        side = QR_MM * self._px
        if self._paints:
            self._painter.drawImage(QRectF((WIDTH_MM * self._px - side) / 2, self.y, side, side), draw(data))
        self.y += side + self._px
        self._text(caption, Style(SMALL.points, centred=True))

    def _draw(self, text: str, style: Style, box: QRectF, flags: int) -> float:
        height = self._height(text, style, box, flags)
        if self._paints:
            self._painter.drawText(_room(box), flags, text)
        return height

    def _height(self, text: str, style: Style, box: QRectF, flags: int) -> float:
        """Leaves the painter with the style's font."""
        font = QFont(self._painter.font())
        font.setPointSizeF(style.points)
        font.setBold(style.bold)
        self._painter.setFont(font)
        return self._painter.boundingRect(_room(box), flags, text).height()


def _room(box: QRectF) -> QRectF:
    """As high as the text may need."""
    return QRectF(box.x(), box.y(), box.width(), 1e6)


def write(slip: Slip, path: Path, lang: Lang) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    height = _walk(slip, path, lang, 297.0, paints=False)
    _walk(slip, path, lang, height / DPI * 25.4, paints=True)


def _walk(slip: Slip, path: Path, lang: Lang, height_mm: float, *, paints: bool) -> float:
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    writer.setTitle(slip.number)
    writer.setPageSize(QPageSize(QSizeF(WIDTH_MM, height_mm), QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    end = Sheet(painter, paints=paints).slip(slip, lang)
    painter.end()
    return end
