"""Pictures of clothes and shoes."""

from tools.pictures.canvas import CREAM, MINT, ROSE, SAND, SKY, Canvas, arc, picture


def _shirt(c: Canvas, tone: str, dark: str, collar: str) -> None:
    c.shadow(50, 88, 28)
    c.poly(
        [(34, 18), (66, 18), (92, 34), (82, 50), (72, 44), (72, 86), (28, 86), (28, 44), (18, 50), (8, 34)],
        tone,
    )
    c.poly(arc(50, 17, 14, 11, 0, 180), collar)
    c.poly(arc(50, 16, 11, 8, 0, 180), dark)
    c.line([(28, 44), (31, 34)], dark, 1.2)
    c.line([(72, 44), (69, 34)], dark, 1.2)
    c.line([(29, 82), (71, 82)], dark, 0.8)


@picture("tshirt", SKY)
def tshirt(c: Canvas) -> None:
    _shirt(c, "#4F87B5", "#386C98", "#6FA0C8")


@picture("tshirt_dark", SAND)
def tshirt_dark(c: Canvas) -> None:
    _shirt(c, "#4A5560", "#333C45", "#66727E")


@picture("blouse", ROSE)
def blouse(c: Canvas) -> None:
    _shirt(c, "#D9A39A", "#B9776C", "#F1D3CD")


@picture("cardigan", CREAM)
def cardigan(c: Canvas) -> None:
    c.shadow(50, 88, 30)
    c.poly(
        [
            (36, 16),
            (64, 16),
            (82, 26),
            (94, 72),
            (82, 76),
            (72, 46),
            (73, 84),
            (27, 84),
            (28, 46),
            (18, 76),
            (6, 72),
            (18, 26),
        ],
        "#C98468",
    )
    c.poly([(40, 16), (60, 16), (50, 46)], "#FFF7EC")
    c.line([(50, 46), (50, 84)], "#A35F45", 1.4)
    for y in (54, 64, 74):
        c.oval(53, y, 1.6, fill="#F8E3CF")
    c.box(27, 79, 73, 86, "#A35F45", 1)
    for x in (32, 60):
        c.box(x, 62, x + 9, 72, "#B57055", 1)
    for x0, x1 in ((17, 7), (83, 93)):
        c.line([(x0 - 0.4, 74), (x1, 71)], "#A35F45", 3)


@picture("jacket", MINT)
def jacket(c: Canvas) -> None:
    c.shadow(50, 88, 30)
    c.poly(
        [
            (36, 14),
            (64, 14),
            (82, 24),
            (93, 72),
            (80, 76),
            (72, 44),
            (73, 80),
            (27, 80),
            (28, 44),
            (20, 76),
            (7, 72),
            (18, 24),
        ],
        "#5E7A52",
    )
    c.poly([(36, 14), (50, 30), (44, 36), (32, 20)], "#4A6240")
    c.poly([(64, 14), (50, 30), (56, 36), (68, 20)], "#4A6240")
    c.line([(50, 30), (50, 80)], "#D9DDCB", 1.8)
    c.box(27, 78, 73, 86, "#4A6240", 2)
    for x in (32.0, 57.0):
        c.box(x, 40, x + 11, 52, "#4F6A45", 1)
        c.box(x, 40, x + 11, 44, "#43593A", 1)
    for x in (13.6, 86.4):
        c.oval(x, 74, 7, 3, "#4A6240")


@picture("underwear", MINT)
def underwear(c: Canvas) -> None:
    c.shadow(50, 82, 34)
    for dx, dy, tone, dark in ((8, -8, "#A9BBC8", "#8499A8"), (-6, 8, "#5F7E96", "#46627A")):
        with c.shifted(dx, dy):
            c.poly([(20, 30), (80, 30), (84, 66), (60, 70), (50, 52), (40, 70), (16, 66)], tone)
            c.box(19, 28, 81, 37, dark, 2)
            c.line([(50, 37), (50, 52)], dark, 1)
            c.line([(17, 62), (40, 66)], dark, 0.9)
            c.line([(83, 62), (60, 66)], dark, 0.9)


@picture("briefs", ROSE)
def briefs(c: Canvas) -> None:
    c.shadow(50, 80, 32)
    for dx, dy, tone, dark in ((7, -8, "#F4D5DA", "#DDAAB4"), (-6, 8, "#E39AA8", "#C87889")):
        with c.shifted(dx, dy):
            c.blob(
                [(16, 34), (50, 36), (84, 34), (80, 44), (62, 58), (56, 72), (44, 72), (38, 58), (20, 44)],
                tone,
            )
            c.line([(18, 35), (50, 37), (82, 35)], dark, 3)
            c.oval(50, 38, 2.4, fill="#FFFFFF")


def _dress(c: Canvas, tone: str, dark: str, dot: str) -> None:
    c.shadow(50, 91, 28)
    for x in (41, 59):
        c.line([(x, 22), (x + (50 - x) * 0.1, 10)], dark, 2.4)
    c.poly(
        [(38, 18), (50, 24), (62, 18), (64, 32), (60, 44), (80, 86), (50, 90), (20, 86), (40, 44), (36, 32)],
        tone,
    )
    c.box(39.5, 42, 60.5, 47, dark, 1)
    for x0, x1 in ((44, 36), (50, 50), (56, 64)):
        c.line([(x0, 52), (x1, 84)], dark, 0.9)
    for x, y in (
        (46, 32),
        (54, 36),
        (40, 62),
        (54, 60),
        (34, 76),
        (48, 76),
        (62, 72),
        (68, 82),
        (45, 55),
        (58, 82),
    ):
        c.oval(x, y, 1.7, fill=dot)


@picture("dress", ROSE)
def dress(c: Canvas) -> None:
    _dress(c, "#E0788C", "#C25A70", "#FBE3E7")


@picture("dress_blue", SKY)
def dress_blue(c: Canvas) -> None:
    _dress(c, "#5E9CC9", "#427FAC", "#E4F1FA")


@picture("dress_sand", SAND)
def dress_sand(c: Canvas) -> None:
    _dress(c, "#D8B27C", "#B98F55", "#FBF0DC")


@picture("trousers", SKY)
def trousers(c: Canvas) -> None:
    c.shadow(50, 92, 26)
    c.poly(
        [(32, 10), (68, 10), (74, 60), (72, 90), (56, 90), (50, 36), (44, 90), (28, 90), (26, 60)], "#55677A"
    )
    c.box(31.5, 9, 68.5, 16, "#3F4E5E", 1)
    c.line([(50, 16), (50, 36)], "#3F4E5E", 1)
    for x0, x1 in ((34, 30), (66, 70)):
        c.line([(x0, 18), (x1, 28)], "#3F4E5E", 1.2)
    c.line([(38, 30), (36, 86)], "#66798D", 1)
    c.line([(62, 30), (64, 86)], "#66798D", 1)


@picture("shoes", MINT)
def shoes(c: Canvas) -> None:
    c.shadow(50, 80, 42)
    for dx, dy, z in ((8, -16, 0.82), (-3, 5, 0.94)):
        with c.shifted(dx, dy, z):
            c.blob(
                [(14, 40), (26, 36), (36, 44), (52, 40), (66, 54), (86, 60), (90, 70), (50, 73), (12, 72)],
                "#D9473B",
            )
            c.blob([(12, 66), (50, 70), (91, 66), (92, 74), (50, 77), (11, 75)], "#FFFFFF")
            c.blob([(72, 58), (86, 61), (90, 68), (76, 68)], "#B5352B")
            c.blob([(12, 42), (20, 40), (24, 66), (12, 68)], "#B5352B")
            c.curve([(30, 62), (46, 66), (64, 54)], "#FFFFFF", 3)
            for x, y in ((40, 44), (47, 46), (54, 50)):
                c.line([(x, y), (x + 7, y - 3)], "#FFFFFF", 1.8)


@picture("baby_suit", CREAM)
def baby_suit(c: Canvas) -> None:
    c.shadow(50, 88, 26)
    c.poly(
        [
            (36, 16),
            (64, 16),
            (84, 30),
            (78, 44),
            (68, 40),
            (69, 68),
            (60, 84),
            (52, 84),
            (50, 74),
            (48, 84),
            (40, 84),
            (31, 68),
            (32, 40),
            (22, 44),
            (16, 30),
        ],
        "#FFFFFF",
    )
    for y in range(26, 70, 8):
        c.line([(33, y + 2), (67, y + 2)], "#7FA8C6", 2)
    c.poly(arc(50, 15, 11, 8, 0, 180), "#CFE0EC")
    c.poly([(44, 24), (56, 24), (50, 30)], "#D9564A")
    c.oval(50, 25, 2, fill="#B23D33")
    for x in (46, 54):
        c.oval(x, 78, 1.2, fill="#7FA8C6")


@picture("baby_dress", ROSE)
def baby_dress(c: Canvas) -> None:
    c.shadow(50, 86, 28)
    c.oval(28, 32, 11, 8, "#F2B8C2")
    c.oval(72, 32, 11, 8, "#F2B8C2")
    c.poly([(34, 18), (66, 18), (66, 42), (84, 82), (16, 82), (34, 42)], "#E995A4")
    c.poly([(30, 20), (50, 32), (70, 20), (64, 16), (36, 16)], "#FFFFFF")
    c.line([(34, 43), (66, 43)], "#FFFFFF", 3)
    for n in range(9):
        c.oval(19 + n * 7.8, 82, 4.2, fill="#F6C6CE")
    for x, y in ((40, 56), (54, 54), (66, 64), (32, 70), (48, 68), (60, 74)):
        c.oval(x, y, 2, fill="#FFFFFF")
    c.blob([(50, 43), (42, 38), (42, 48)], "#C8506A")
    c.blob([(50, 43), (58, 38), (58, 48)], "#C8506A")


@picture("baby_box", ROSE)
def baby_box(c: Canvas) -> None:
    c.shadow(50, 86, 38)
    c.box(14, 38, 86, 84, "#C8413B", 4)
    c.box(19, 43, 81, 79, "#FBEFDD", 3)
    with c.shifted(-14, 12, 0.5):
        baby_suit_shape(c)
    c.box(60, 54, 73, 76, "#FFFFFF", 4)
    c.box(60, 63, 73, 76, "#F6E3C0", 4)
    c.box(61, 50, 72, 55, "#E8A33A", 1.5)
    c.oval(66.5, 48, 2.6, 3.4, "#F2C98C")
    c.box(10, 28, 90, 40, "#A9322E", 3)
    c.blob([(50, 34), (38, 24), (36, 36)], "#F0C25B")
    c.blob([(50, 34), (62, 24), (64, 36)], "#F0C25B")


def baby_suit_shape(c: Canvas) -> None:
    c.poly(
        [
            (36, 16),
            (64, 16),
            (84, 30),
            (78, 44),
            (68, 40),
            (69, 68),
            (60, 84),
            (40, 84),
            (31, 68),
            (32, 40),
            (22, 44),
            (16, 30),
        ],
        "#7FB3D5",
    )
    c.poly(arc(50, 15, 11, 8, 0, 180), "#FFFFFF")
