"""Pictures of fruit, nuts and spices."""

from tools.pictures.canvas import CREAM, MINT, ROSE, SAND, Canvas, arc, picture
from tools.pictures.leaves import LEAF, LEAF_DARK, leaf


def _pomelo(c: Canvas, x: float, y: float, zoom: float = 1) -> None:
    with c.shifted(x, y, zoom):
        c.blob([(50, 24), (62, 38), (74, 58), (66, 78), (50, 82), (34, 78), (26, 58), (38, 38)], "#E9C64A")
        c.blob([(46, 30), (38, 42), (31, 58), (36, 70), (38, 56), (44, 40)], "#F4DD7E")
        for dx, dy in ((60, 50), (66, 62), (55, 70), (60, 74), (48, 62)):
            c.oval(dx, dy, 0.9, fill="#D2AC34")
        c.line([(50, 25), (51, 18)], "#7A6032", 2)
        leaf(c, 51, 20, -25, 1.1)


@picture("pomelo", MINT)
def pomelo(c: Canvas) -> None:
    c.shadow(50, 84, 36)
    _pomelo(c, -12, -2, 0.98)
    c.oval(70, 68, 18, fill="#E9C64A")
    c.oval(70, 68, 15.6, fill="#FBF5DC")
    c.oval(70, 68, 13, fill="#F6C9A8")
    for point in arc(70, 68, 13, 13, 0, 324, 9):
        c.line([(70, 68), point], "#FBF0DC", 1.3)


@picture("pomelo_box", ROSE)
def pomelo_box(c: Canvas) -> None:
    c.shadow(50, 87, 40)
    for x in (-19, 0, 19):
        _pomelo(c, x, -10, 0.52)
    c.box(14, 52, 86, 86, "#C8413B", 3)
    c.box(14, 52, 86, 60, "#A9322E", 2)
    c.box(45, 52, 55, 86, "#F0C25B")
    c.blob([(50, 60), (38, 52), (36, 62)], "#F0C25B")
    c.blob([(50, 60), (62, 52), (64, 62)], "#F0C25B")
    c.oval(50, 60, 4, fill="#DDA63E")


@picture("orange", CREAM)
def orange(c: Canvas) -> None:
    c.shadow(50, 84, 38)
    for x, y in ((34, 62), (66, 60)):
        c.oval(x, y, 22, fill="#EE8A2C")
        c.oval(x - 7, y - 8, 6, 5, "#F8B066")
        c.oval(x + 2, y - 17, 1.8, fill="#7A6A2C")
    leaf(c, 68, 42, -30, 1.1)
    c.poly(arc(50, 72, 17, 17, 0, 180), "#EE8A2C")
    c.oval(50, 72, 17, 15, "#F9D9A6")
    c.oval(50, 72, 14.4, 12.6, "#D9493A")
    for point in arc(50, 72, 14.4, 12.6, 0, 315, 7):
        c.line([(50, 72), point], "#F6CBA0", 1.2)


@picture("pear", MINT)
def pear(c: Canvas) -> None:
    c.shadow(50, 86, 36)
    for x, tone in ((66, "#C7CC62"), (36, "#D9DC7C")):
        c.blob(
            [
                (x, 24),
                (x + 9, 32),
                (x + 13, 48),
                (x + 21, 66),
                (x + 12, 84),
                (x - 12, 84),
                (x - 21, 66),
                (x - 13, 48),
                (x - 9, 32),
            ],
            tone,
        )
        c.blob([(x - 8, 40), (x - 13, 56), (x - 15, 70), (x - 10, 62), (x - 6, 48)], "#EDEFA6")
        for dx, dy in ((4, 60), (8, 70), (2, 74), (-3, 66)):
            c.oval(x + dx, dy, 0.8, fill="#A5A742")
        c.curve([(x, 26), (x + 1, 18), (x + 5, 12)], "#7A6032", 2.2)
    leaf(c, 39, 19, -8, 1.1)


@picture("peanuts", SAND)
def peanuts(c: Canvas) -> None:
    c.shadow(50, 80, 38)
    for x, y, t in ((28, 70, 12), (72, 70, -10), (50, 58, 4), (32, 46, -28), (68, 44, 32), (50, 76, -4)):
        with c.turned(t, x, y):
            c.line([(x - 4, y), (x + 4, y)], "#C08A4A", 11)
            for dx in (-8.5, 8.5):
                c.oval(x + dx, y, 9.4, 8.6, "#C08A4A")
                c.oval(x + dx, y - 1.2, 7.4, 6, "#DCAF74")
            c.line([(x - 5, y - 1), (x + 5, y - 1)], "#DCAF74", 6.6)
            for dx in (-12, -7, 7, 12):
                c.line([(x + dx, y - 4), (x + dx + 0.6, y + 4.4)], "#B58145", 0.8)
    for x, y in ((84, 84), (16, 84)):
        c.oval(x, y, 4.4, 3.4, "#B4523B")
        c.oval(x - 1, y - 1, 1.6, 1.2, "#D6836C")


@picture("pepper", ROSE)
def pepper(c: Canvas) -> None:
    c.shadow(50, 82, 34)
    c.curve([(50, 88), (48, 60), (52, 20)], "#7B5A33", 2.4)
    c.curve([(49, 58), (34, 46), (28, 34)], "#7B5A33", 1.8)
    c.curve([(50, 50), (66, 42), (72, 28)], "#7B5A33", 1.8)
    berries = (
        (24, 30),
        (31, 27),
        (28, 38),
        (36, 36),
        (35, 44),
        (52, 14),
        (46, 20),
        (57, 20),
        (51, 27),
        (45, 30),
        (58, 29),
    )
    for x, y in (*berries, (70, 22), (76, 27), (66, 30), (74, 35), (64, 38), (40, 52), (60, 46)):
        c.oval(x, y, 5, fill="#A32F3A")
        c.oval(x - 1.4, y - 1.6, 1.5, fill="#D0707A")
    leaf(c, 49, 68, 10, 1.4)
    leaf(c, 49, 74, 165, 1.4)


@picture("chili", CREAM)
def chili(c: Canvas) -> None:
    c.shadow(50, 84, 34)
    for x, y, t in ((28, 30, 62), (46, 24, 70), (62, 28, 100), (38, 32, 82)):
        with c.turned(t, x, y):
            c.blob(
                [
                    (x, y - 5),
                    (x + 22, y - 6),
                    (x + 46, y + 1),
                    (x + 56, y + 8),
                    (x + 40, y + 7),
                    (x + 18, y + 7),
                    (x, y + 5),
                ],
                "#C62D28",
            )
            c.curve([(x + 5, y - 2), (x + 22, y - 3), (x + 40, y + 1)], "#E4635A", 1.6)
            c.blob([(x - 3, y), (x + 2, y - 6), (x + 5, y), (x + 2, y + 6)], LEAF)
            c.curve([(x, y), (x - 5, y - 1), (x - 9, y - 5)], LEAF_DARK, 2.2)


@picture("fruit", CREAM)
def fruit(c: Canvas) -> None:
    c.shadow(50, 86, 36)
    for x, y, tone, light in ((66, 60, "#8CBF4E", "#C4E08F"), (37, 62, "#D6403A", "#F0958A")):
        c.blob(
            [
                (x, y - 18),
                (x + 12, y - 23),
                (x + 23, y - 8),
                (x + 17, y + 17),
                (x + 5, y + 23),
                (x, y + 21),
                (x - 5, y + 23),
                (x - 17, y + 17),
                (x - 23, y - 8),
                (x - 12, y - 23),
            ],
            tone,
        )
        c.oval(x - 11, y - 6, 4, 7, light)
        c.curve([(x, y - 18), (x + 1, y - 26), (x + 4, y - 32)], "#6B4A2C", 2.2)
    leaf(c, 40, 34, -10, 1.1)
