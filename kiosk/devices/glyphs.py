"""Draws the characters a printer's own font lacks, as 24 × 24 dots for its bit-image command."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont

CELL = 24
NOWHERE = "\U0010fffe"  # a noncharacter: every font draws it as "missing"


@dataclass(frozen=True)
class Glyphs:
    """`font` is the product's own CJK font; without one nothing can be drawn."""

    font: Path | None

    def draw(self, char: str) -> bytes | None:
        """Columns from left to right, three bytes each, top dot first; None if the font lacks it too."""
        if self.font is None:
            return None
        dots = _dots(self.font, char)
        return None if dots == _dots(self.font, NOWHERE) else dots


@lru_cache(maxsize=4)
def _load(font: Path) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(font), CELL - 2)


@lru_cache(maxsize=512)
def _dots(font: Path, char: str) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("1", (CELL, CELL), 0)
    ImageDraw.Draw(image).text((CELL // 2, CELL // 2), char, font=_load(font), fill=1, anchor="mm")
    columns = bytearray()
    for x in range(CELL):
        for top in range(0, CELL, 8):
            byte = 0
            for y in range(top, top + 8):
                byte = byte << 1 | bool(image.getpixel((x, y)))
            columns.append(byte)
    return bytes(columns)


@dataclass(frozen=True)
class Coverage:
    """Which characters the printer's own font has: those its code page writes in at most two bytes."""

    codec: str = "gbk"
    extra: frozenset[str] = field(default_factory=frozenset)

    def has(self, char: str) -> bool:
        if char.isascii() or char in self.extra:
            return True
        try:
            return len(char.encode(self.codec)) <= 2
        except UnicodeEncodeError:
            return False
