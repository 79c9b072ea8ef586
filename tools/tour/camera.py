"""Takes pictures of a window in the sizes people have, and lays them out as one contact sheet per page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import QSize
from PySide6.QtQuick import QQuickWindow

SIZES = (QSize(1366, 768), QSize(1920, 1080), QSize(1080, 1920))
SHEET_WIDTH = 2400
THUMB_HEIGHT = 420
CAPTION = 34
GAP = 16


def size_name(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"


@dataclass(frozen=True)
class Shot:
    page: str
    caption: str
    path: Path


@dataclass
class Camera:
    """`settle` lets the window draw; it is the caller's event loop."""

    folder: Path
    sizes: tuple[QSize, ...] = SIZES
    shots: list[Shot] = field(default_factory=list)

    @property
    def brief(self) -> bool:
        """One size and no variants: the day as a test."""
        return len(self.sizes) == 1

    def frames(self, window: QQuickWindow, page: str, name: str) -> Iterator[QSize]:
        """Yields after each resize, for the caller to let the window settle; then takes the picture."""
        before = window.size()
        for size in self.sizes:
            window.resize(size)
            yield size
            self._take(window, page, name, size)
        window.resize(before)

    def _take(self, window: QQuickWindow, page: str, name: str, size: QSize) -> None:
        image = window.grabWindow()
        assert not image.isNull(), f"{name}: the window gave no picture"
        path = self.folder / size_name(size) / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        assert image.save(str(path), quality=90), f"cannot write {path}"
        self.shots.append(Shot(page, f"{name}  {size_name(size)}", path))

    def sheets(self) -> list[Path]:
        """One contact sheet per page, under sheets/."""
        made = []
        for page in dict.fromkeys(shot.page for shot in self.shots):
            path = self.folder / "sheets" / f"{page}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            _sheet([shot for shot in self.shots if shot.page == page]).save(path)
            made.append(path)
        return made


def _sheet(shots: list[Shot]) -> Image.Image:
    thumbs = [(shot, _thumb(shot.path)) for shot in shots]
    rows: list[list[tuple[Shot, Image.Image]]] = [[]]
    used = GAP
    for shot, thumb in thumbs:
        if used + thumb.width + GAP > SHEET_WIDTH and rows[-1]:
            rows.append([])
            used = GAP
        rows[-1].append((shot, thumb))
        used += thumb.width + GAP
    row_height = THUMB_HEIGHT + CAPTION + GAP
    sheet = Image.new("RGB", (SHEET_WIDTH, GAP + row_height * len(rows)), "#d8d8d8")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(18)
    for number, row in enumerate(rows):
        left = GAP
        top = GAP + number * row_height
        for shot, thumb in row:
            draw.text((left, top + 6), shot.caption, fill="#202020", font=font)
            sheet.paste(thumb, (left, top + CAPTION))
            left += thumb.width + GAP
    return sheet


def _thumb(path: Path) -> Image.Image:
    with Image.open(path) as image:
        width = round(image.width * THUMB_HEIGHT / image.height)
        return image.convert("RGB").resize((width, THUMB_HEIGHT), Image.Resampling.LANCZOS)
