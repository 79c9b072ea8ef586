"""Draws the demo's goods and services into `central/demo/pictures/`, and a contact sheet if asked."""

import sys
from pathlib import Path

from PIL import Image

from tools.pictures import (
    bags,
    bedding,
    clothes,
    counters,
    food,
    fruit,
    furniture,
    homes,
    household,
    produce,
    things,
    vegetables,
)
from tools.pictures.canvas import DRAWINGS, SIZE, render

TARGET = Path(__file__).parents[2] / "central" / "demo" / "pictures"
MODULES = (
    bags,
    bedding,
    clothes,
    counters,
    food,
    fruit,
    furniture,
    homes,
    household,
    produce,
    things,
    vegetables,
)
COLOURS, LARGEST = 48, 12 * 1024


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    for old in TARGET.glob("*.png"):
        old.unlink()
    for name in DRAWINGS:
        path = TARGET / f"{name}.png"
        small = render(name).quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
        assert path.stat().st_size <= LARGEST, (name, path.stat().st_size)
    if len(sys.argv) > 1:
        contact_sheet(Path(sys.argv[1]))


def contact_sheet(path: Path, across: int = 8, size: int = SIZE // 2) -> None:
    names = list(DRAWINGS)
    sheet = Image.new("RGB", (across * size, -(-len(names) // across) * size), "white")
    for n, name in enumerate(names):
        sheet.paste(render(name).resize((size - 6, size - 6)), (n % across * size, n // across * size))
    sheet.save(path)


if __name__ == "__main__":
    main()
