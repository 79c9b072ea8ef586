"""Pictures of vegetables."""

from tools.pictures.canvas import CREAM, MINT, ROSE, SAND, SKY, Canvas, arc, picture
from tools.pictures.leaves import LEAF, LEAF_DARK, leaf


@picture("cabbage", MINT)
def cabbage(c: Canvas) -> None:
    c.shadow(50, 88, 28)
    c.blob([(28, 24), (50, 10), (72, 24), (80, 46), (70, 74), (50, 88), (30, 74), (20, 46)], "#8DC06A")
    c.blob([(36, 22), (50, 14), (64, 22), (70, 46), (62, 76), (50, 86), (38, 76), (30, 46)], "#B5D98B")
    c.blob([(50, 20), (62, 36), (60, 70), (50, 85), (40, 70), (38, 36)], "#F2F5DA")
    for dx in (-9, 0, 9):
        c.curve([(50, 84), (50 + dx, 60), (50 + dx * 1.3, 34)], "#D5E4AE", 1.4)
    c.curve([(24, 46), (34, 66), (48, 86)], "#6FA552", 1.4)
    c.curve([(76, 46), (66, 66), (52, 86)], "#6FA552", 1.4)


@picture("greens", CREAM)
def greens(c: Canvas) -> None:
    c.shadow(50, 88, 24)
    for dx in (-18.0, 18.0, -8.0, 8.0, 0.0):
        x = 50 + dx
        c.blob(
            [
                (50 + dx * 0.45, 60),
                (x + dx * 0.5 - 11, 36),
                (x + dx * 0.5, 12 + abs(dx) * 0.6),
                (x + dx * 0.5 + 11, 36),
            ],
            LEAF if dx else "#73B86A",
        )
        c.curve([(50 + dx * 0.4, 62), (x + dx * 0.3, 40), (x + dx * 0.5, 20 + abs(dx) * 0.6)], "#CFE7B8", 1.5)
    for dx in (-9, 9, -4.5, 4.5, 0):
        c.blob(
            [
                (50 + dx * 0.6 - 5, 60),
                (50 + dx * 0.6 + 5, 60),
                (50 + dx + 4, 80),
                (50 + dx * 0.6, 87),
                (50 + dx - 4, 80),
            ],
            "#E4F0CF" if dx else "#F2F7E4",
        )
    c.box(35, 68, 65, 73, "#C9A04E", 2)


@picture("radish", SKY)
def radish(c: Canvas) -> None:
    c.shadow(50, 88, 26)
    for t in (-26, -8, 10, 28):
        with c.turned(t, 50, 34):
            c.blob([(48, 34), (42, 20), (50, 4), (58, 20), (52, 34)], LEAF)
            c.line([(50, 34), (50, 12)], "#A6D08E", 1.2)
    c.blob([(36, 34), (50, 29), (64, 34), (68, 50), (60, 72), (51, 92), (41, 72), (32, 50)], "#FFFFFF")
    c.blob([(36, 34), (50, 29), (64, 34), (66, 42), (50, 46), (34, 42)], "#CFE5AE")
    for x0, y, x1 in ((36, 54, 43), (58, 60, 65), (40, 68, 47)):
        c.line([(x0, y), (x1, y + 0.6)], "#D5DBE2", 1)


@picture("potato", SAND)
def potato(c: Canvas) -> None:
    c.shadow(50, 84, 38)
    for x, y, t, tone in ((62, 50, 20, "#C79A5B"), (34, 60, -15, "#D6AC6C"), (66, 70, 8, "#DEB87B")):
        with c.turned(t, x, y):
            c.blob(
                [
                    (x - 20, y - 2),
                    (x - 8, y - 15),
                    (x + 10, y - 13),
                    (x + 20, y),
                    (x + 12, y + 14),
                    (x - 10, y + 15),
                ],
                tone,
            )
            for dx, dy in ((-8, -5), (4, 5), (10, -4), (-3, 8)):
                c.oval(x + dx, y + dy, 1.6, 1, "#A87B42")


@picture("tomato", MINT)
def tomato(c: Canvas) -> None:
    c.shadow(50, 84, 38)
    for x, y in ((66, 56), (35, 62)):
        c.blob(
            [
                (x, y - 19),
                (x + 16, y - 16),
                (x + 22, y + 2),
                (x + 13, y + 19),
                (x - 13, y + 19),
                (x - 22, y + 2),
                (x - 16, y - 16),
            ],
            "#DD3F31",
        )
        c.oval(x - 10, y - 5, 4, 6, "#F08A7A")
        for t in (0, 72, 144, 216, 288):
            with c.turned(t, x, y - 16):
                c.blob([(x, y - 18), (x + 6, y - 19), (x + 12, y - 16), (x + 6, y - 14)], LEAF_DARK)
        c.line([(x, y - 16), (x + 2, y - 23)], LEAF_DARK, 2)


@picture("carrot", CREAM)
def carrot(c: Canvas) -> None:
    c.shadow(50, 86, 34)
    for x, y, turn in ((40, 34, 26), (62, 30, 8)):
        with c.turned(turn, x, y):
            for t in (-30, 0, 30):
                with c.turned(t, x, y - 4):
                    c.blob(
                        [(x - 2, y - 4), (x - 5, y - 14), (x, y - 24), (x + 5, y - 14), (x + 2, y - 4)], LEAF
                    )
            c.blob(
                [
                    (x - 10, y - 2),
                    (x, y - 7),
                    (x + 10, y - 2),
                    (x + 8, y + 20),
                    (x + 1, y + 54),
                    (x - 1, y + 54),
                    (x - 8, y + 20),
                ],
                "#EE8232",
            )
            for dx0, dy, dx1 in ((-9, 8, -2), (2, 16, 8), (-7, 26, -1), (0, 36, 4)):
                c.line([(x + dx0, y + dy), (x + dx1, y + dy + 0.8)], "#C9611C", 1.1)


@picture("cucumber", MINT)
def cucumber(c: Canvas) -> None:
    c.shadow(50, 84, 38)
    for x, y, t in ((48, 40, -20), (46, 58, -12)):
        with c.turned(t, x, y):
            c.box(x - 36, y - 9, x + 34, y + 9, "#4E9A4B", 9)
            c.box(x - 32, y - 6, x + 28, y - 3, "#86C07A", 1.5)
            for n in range(8):
                c.oval(x - 28 + n * 8, y + 2 + (n % 2) * 3, 0.9, fill="#2F6F30")
            c.oval(x + 36, y, 4, 3, "#E8C84A")
    for x in (66, 80):
        c.oval(x, 76, 9, fill="#4E9A4B")
        c.oval(x, 76, 7.4, fill="#D9EDB9")
        for px, py in arc(x, 76, 4, 4, 0, 300, 5):
            c.oval(px, py, 1, 1.5, "#B7CF85")


@picture("eggplant", ROSE)
def eggplant(c: Canvas) -> None:
    c.shadow(50, 86, 34)
    for x, y, t in ((62, 26, 28), (42, 28, 14)):
        with c.turned(t, x, y):
            c.blob(
                [
                    (x - 9, y),
                    (x, y - 4),
                    (x + 9, y),
                    (x + 12, y + 26),
                    (x + 11, y + 48),
                    (x, y + 58),
                    (x - 11, y + 48),
                    (x - 12, y + 26),
                ],
                "#5C3B84",
            )
            c.blob(
                [(x - 6, y + 8), (x - 3, y + 8), (x - 5, y + 30), (x - 6, y + 44), (x - 9, y + 36)], "#8B6BB3"
            )
            c.blob(
                [
                    (x - 11, y + 6),
                    (x - 6, y - 5),
                    (x + 6, y - 5),
                    (x + 11, y + 6),
                    (x + 4, y + 4),
                    (x, y + 10),
                    (x - 4, y + 4),
                ],
                "#6D9A4A",
            )
            c.line([(x, y - 4), (x + 1, y - 12)], "#6D9A4A", 3.4)


@picture("green_pepper", CREAM)
def green_pepper(c: Canvas) -> None:
    c.shadow(50, 86, 34)
    for x, y, tone in ((66, 58, "#4C9547"), (37, 58, "#5FAE56")):
        c.blob(
            [
                (x - 14, y - 22),
                (x, y - 17),
                (x + 14, y - 22),
                (x + 21, y - 4),
                (x + 13, y + 24),
                (x + 5, y + 22),
                (x, y + 27),
                (x - 6, y + 22),
                (x - 13, y + 24),
                (x - 21, y - 4),
            ],
            tone,
        )
        c.curve([(x - 5, y - 16), (x - 8, y + 4), (x - 4, y + 20)], "#3C7D39", 1.4)
        c.curve([(x + 5, y - 16), (x + 9, y + 4), (x + 4, y + 20)], "#3C7D39", 1.4)
        c.blob(
            [(x - 15, y - 12), (x - 11, y - 14), (x - 14, y + 2), (x - 12, y + 14), (x - 17, y)], "#9AD08C"
        )
        c.curve([(x, y - 18), (x + 1, y - 27), (x + 6, y - 31)], "#2F6B2E", 4)


@picture("pumpkin", SAND)
def pumpkin(c: Canvas) -> None:
    c.shadow(50, 86, 38)
    for dx, rx, tone in (
        (-22, 15, "#D9792A"),
        (22, 15, "#D9792A"),
        (-12, 16, "#E68A34"),
        (12, 16, "#E68A34"),
        (0, 14, "#F09B45"),
    ):
        c.oval(50 + dx, 60, rx, 26, tone)
    c.oval(44, 46, 3, 7, "#F8BC7A")
    c.curve([(50, 36), (50, 26), (57, 19)], "#5E7F3A", 5)
    c.curve([(52, 32), (66, 24), (72, 30), (78, 24)], LEAF_DARK, 1.8)
    leaf(c, 44, 32, 200, 1.3)


@picture("lotus", MINT)
def lotus(c: Canvas) -> None:
    c.shadow(50, 84, 38)
    with c.turned(-12):
        for x in (26, 56):
            c.oval(x, 44, 18, 13, "#E7C9A4")
            c.oval(x - 3, 40, 11, 5, "#F3DFC4")
        for x in (11, 41, 73):
            c.line([(x, 38), (x, 50)], "#9C7448", 2.4)
    for x, y in ((66, 70), (34, 74)):
        c.oval(x, y, 15, 13, "#E2BE93")
        c.oval(x, y, 12.6, 10.8, "#F8EBD8")
        for px, py in (*arc(x, y, 7, 6, 0, 300, 5), (x, y)):
            c.oval(px, py, 2.3, fill="#B98F62")


@picture("mushroom", MINT)
def mushroom(c: Canvas) -> None:
    c.shadow(50, 86, 36)
    side, front = ("#8F735D", "#B09480"), ("#A98B73", "#C7AD97")
    for x, y, z, (cap, light) in ((26, 60, 0.72, side), (74, 60, 0.72, side), (50, 46, 1.1, front)):
        c.poly([(x - 7 * z, y), (x + 7 * z, y), (x + 9 * z, 84), (x - 9 * z, 84)], "#F8F0E2")
        c.oval(x, 84, 9 * z, 3, "#EADFCB")
        c.poly(arc(x, y + 4, 25 * z, 27 * z, 180, 360), cap)
        c.oval(x, y + 4, 25 * z, 5 * z, "#E6D8C5")
        c.oval(x - 9 * z, y - 11 * z, 7 * z, 4.6 * z, light)


@picture("beans", MINT)
def beans(c: Canvas) -> None:
    c.shadow(50, 84, 36)
    for x, y, t in ((50, 40, -24), (50, 58, -10), (50, 72, -20)):
        with c.turned(t, x, y):
            c.blob(
                [
                    (x - 36, y),
                    (x - 20, y - 7),
                    (x, y - 8),
                    (x + 20, y - 7),
                    (x + 36, y + 1),
                    (x + 20, y + 7),
                    (x, y + 8),
                    (x - 20, y + 7),
                ],
                "#74B65A",
            )
            for dx in (-22, -11, 0, 11, 22):
                c.oval(x + dx, y, 4.6, fill="#9FD37F")
            c.line([(x - 36, y), (x - 41, y - 3)], LEAF_DARK, 1.6)
