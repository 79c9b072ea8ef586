"""The leaf that many pictures share."""

from tools.pictures.canvas import Canvas

LEAF, LEAF_DARK = "#5FA65A", "#41853F"


def leaf(c: Canvas, x: float, y: float, turn: float, size: float = 1) -> None:
    with c.turned(turn, x, y):
        c.blob([(x, y), (x + 7 * size, y - 4 * size), (x + 16 * size, y), (x + 7 * size, y + 4 * size)], LEAF)
        c.line([(x, y), (x + 13 * size, y)], LEAF_DARK, 0.8)
