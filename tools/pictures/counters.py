"""Pictures of what people come to a point for: offices, bills, money, tickets."""

from math import cos, radians, sin

from tools.pictures.canvas import CREAM, LILAC, MINT, ROSE, SAND, SKY, Canvas, arc, picture

INK, STEEL, WOOD, PAPER = "#2E3A46", "#8F9AA3", "#8A5A36", "#FFFFFF"
RED, GOLD, GREEN, BLUE = "#C8503F", "#E2B04A", "#4F9A72", "#4A7FB5"


def _lines(c: Canvas, x: float, y: float, widths: tuple[float, ...], fill: str = "#B9C3CB") -> None:
    for n, width in enumerate(widths):
        c.line([(x, y + n * 8), (x + width, y + n * 8)], fill, 2.4)


@picture("desk_guide", CREAM)
def desk_guide(c: Canvas) -> None:
    c.shadow(48, 88, 34)
    c.box(18, 14, 66, 86, PAPER, 4)
    c.box(18, 14, 66, 26, RED, 4)
    for y in (40, 54, 68):
        c.box(25, y - 4, 33, y + 4, "#DCE8E0", 1.6)
        c.line([(26.6, y), (28.6, y + 2.2), (32, y - 2.6)], GREEN, 1.8)
        c.line([(39, y), (58, y)], "#B9C3CB", 2.4)
    c.line([(76, 76), (87, 88)], WOOD, 6)
    c.ring(66, 65, 15, INK, 4)
    c.oval(66, 65, 13, fill="#BFE0F0B0")
    c.ring(66, 65, 9, "#FFFFFFB0", 2, 190, 260)


@picture("desk_shop", SAND)
def desk_shop(c: Canvas) -> None:
    c.shadow(50, 88, 40)
    c.box(16, 40, 84, 87, "#F6E3C2", 2)
    c.box(24, 56, 46, 87, WOOD, 2)
    c.oval(42, 72, 1.6, fill=GOLD)
    c.box(53, 56, 77, 74, "#BFDDEB", 2)
    c.line([(65, 56), (65, 74)], PAPER, 2)
    for n in range(6):
        left = 11 + n * 13
        tone = RED if n % 2 == 0 else PAPER
        c.poly([(left + 3, 24), (left + 12, 24), (left + 13, 44), (left, 44)], tone)
        c.poly(arc(left + 6.5, 44, 6.5, 5.5, 0, 180), tone)
    c.box(24, 12, 76, 25, GREEN, 2)
    c.line([(34, 18.5), (66, 18.5)], PAPER, 3)


@picture("desk_fine", SKY)
def desk_fine(c: Canvas) -> None:
    c.shadow(46, 82, 38)
    c.blob(
        [(10, 64), (16, 56), (28, 54), (38, 40), (62, 40), (72, 55), (84, 58), (86, 70), (48, 74), (12, 72)],
        BLUE,
    )
    c.poly([(34, 54), (41, 44), (50, 44), (50, 54)], "#D8ECF6")
    c.poly([(53, 44), (61, 44), (67, 54), (53, 54)], "#D8ECF6")
    for x in (28, 68):
        c.oval(x, 72, 9, fill=INK)
        c.oval(x, 72, 4, fill=STEEL)
    with c.turned(8, 76, 28):
        c.box(60, 8, 92, 50, PAPER, 3)
        c.box(60, 8, 92, 17, RED, 3)
        _lines(c, 66, 25, (20, 14))
        c.ring(82, 42, 4.5, RED, 1.8)


@picture("desk_shield", MINT)
def desk_shield(c: Canvas) -> None:
    c.shadow(50, 88, 30)
    c.blob(
        [(50, 10), (66, 17), (80, 20), (79, 48), (68, 70), (50, 84), (32, 70), (21, 48), (20, 20), (34, 17)],
        GREEN,
    )
    c.blob(
        [(50, 17), (64, 23), (73, 26), (72, 47), (63, 64), (50, 75), (37, 64), (28, 47), (27, 26), (36, 23)],
        "#7DBE99",
    )
    c.poly([(30, 48), (50, 30), (70, 48), (66, 52), (50, 38), (34, 52)], PAPER)
    c.box(37, 49, 63, 65, PAPER, 1)
    c.box(46, 54, 54, 65, GREEN, 1)


@picture("bill_power", CREAM)
def bill_power(c: Canvas) -> None:
    c.shadow(50, 90, 22)
    for angle in range(0, 360, 45):
        x, y = cos(radians(angle)), sin(radians(angle))
        if y < 0.8:
            c.line([(50 + 37 * x, 42 + 37 * y), (50 + 43 * x, 42 + 43 * y)], GOLD, 3)
    c.blob(
        [
            (50, 12),
            (70, 20),
            (78, 42),
            (70, 56),
            (62, 64),
            (60, 72),
            (40, 72),
            (38, 64),
            (30, 56),
            (22, 42),
            (30, 20),
        ],
        "#F5CF5B",
    )
    c.blob([(40, 20), (46, 17), (38, 30), (32, 44), (28, 40), (32, 26)], "#FBE7A6")
    c.poly([(54, 24), (38, 48), (49, 48), (44, 68), (64, 40), (52, 40), (58, 24)], "#E07B28")
    c.box(40, 72, 60, 84, STEEL, 3)
    for y in (75, 79):
        c.line([(41, y), (59, y - 1)], "#6F7A83", 1.4)
    c.box(45, 84, 55, 88, INK, 2)


@picture("bill_water", SKY)
def bill_water(c: Canvas) -> None:
    c.shadow(58, 90, 22)
    c.box(42, 12, 62, 18, BLUE, 3)
    c.box(49, 16, 55, 28, STEEL, 1)
    c.box(12, 28, 62, 42, "#A9B6BF", 5)
    c.box(8, 22, 17, 48, STEEL, 3)
    c.blob([(58, 28), (74, 32), (80, 48), (80, 54), (66, 54), (66, 46), (58, 42)], "#A9B6BF")
    c.box(64, 50, 82, 57, STEEL, 2)
    c.line([(16, 32), (58, 32)], "#FFFFFF90", 2.4)
    c.blob([(73, 60), (81, 74), (80, 84), (73, 88), (66, 84), (65, 74)], "#4AA3D9")
    c.blob([(70, 72), (72, 70), (70, 82), (68, 80)], "#BFE3F5")


@picture("bill_gas", ROSE)
def bill_gas(c: Canvas) -> None:
    c.shadow(50, 88, 40)
    for x in (26, 38, 50, 62, 74):
        c.blob([(x, 32), (x + 6, 46), (x + 5, 56), (x, 59), (x - 5, 56), (x - 6, 46)], BLUE)
        c.blob([(x, 43), (x + 3, 50), (x, 57), (x - 3, 50)], "#9CD0F0")
    c.poly([(24, 28), (76, 28), (70, 8), (30, 8)], "#5A6670")
    c.box(20, 24, 80, 31, INK, 3)
    c.line([(80, 20), (95, 16)], WOOD, 5)
    c.box(16, 58, 84, 64, INK, 2)
    c.box(10, 64, 90, 86, "#DDE3E8", 4)
    for x in (28, 72):
        c.oval(x, 75, 6, fill=INK)
        c.line([(x, 75), (x, 70)], PAPER, 1.8)


@picture("bill_estate", LILAC)
def bill_estate(c: Canvas) -> None:
    c.shadow(50, 89, 40)
    for left, top, tone, lit in (
        (14, 34, "#9B8EC4", "#FBE7A6"),
        (58, 26, "#8377B0", "#FBE7A6"),
        (32, 12, "#6E62A0", "#FFF4CF"),
    ):
        c.box(left, top, left + 30, 88, tone, 2)
        for row in range(int((74 - top) // 13)):
            for column in range(3):
                x, y = left + 4 + column * 8, top + 6 + row * 13
                c.box(x, y, x + 6, y + 7, lit if (row + column) % 3 else "#D9D3EE", 0.8)
    c.box(42, 74, 52, 88, WOOD, 1)
    c.oval(90, 80, 6, 9, "#4F9A72")


@picture("bill_card", MINT)
def bill_card(c: Canvas) -> None:
    c.shadow(50, 88, 36)
    with c.turned(-8, 44, 34):
        c.box(12, 14, 76, 56, BLUE, 5)
        c.box(12, 22, 76, 30, "#34618E")
        c.box(19, 36, 33, 47, GOLD, 2)
        _lines(c, 40, 42, (26,), "#CFE0F0")
    c.poly(arc(60, 62, 28, 24, 0, 180), "#E9EDF0")
    c.oval(60, 62, 28, 8, "#FFFFFF")
    c.oval(60, 62, 23, 6, "#F6E9CF")
    c.blob([(44, 61), (50, 54), (60, 51), (70, 54), (76, 61), (60, 64)], "#FFF8E8")
    c.oval(55, 57, 4, 2.6, "#E07B28")
    c.oval(65, 58, 4, 2.6, GREEN)
    c.line([(78, 40), (66, 58)], WOOD, 2.4)
    c.line([(86, 44), (70, 59)], WOOD, 2.4)


@picture("bill_roll", SAND)
def bill_roll(c: Canvas) -> None:
    c.shadow(46, 88, 34)
    c.box(16, 20, 68, 86, PAPER, 3)
    c.box(16, 20, 26, 86, RED, 3)
    _lines(c, 33, 34, (26, 26, 18, 26, 14))
    c.line([(72, 10), (72, 84)], WOOD, 3)
    c.blob([(73, 12), (84, 10), (94, 15), (94, 35), (84, 32), (73, 36)], RED)


@picture("bill_star", ROSE)
def bill_star(c: Canvas) -> None:
    c.shadow(50, 90, 26)
    c.poly([(34, 50), (46, 56), (40, 90), (31, 82), (22, 86)], RED)
    c.poly([(66, 50), (54, 56), (60, 90), (69, 82), (78, 86)], RED)
    c.oval(50, 40, 30, fill=GOLD)
    c.oval(50, 40, 25, fill="#F3CF7A")
    points = []
    for n in range(10):
        r, a = (19 if n % 2 == 0 else 8), radians(-90 + n * 36)
        points.append((50 + r * cos(a), 41 + r * sin(a)))
    c.poly(points, RED)


@picture("money", MINT)
def money(c: Canvas) -> None:
    c.shadow(50, 88, 40)
    for angle, tone, dark in ((-14, "#E7A5A0", "#C8726B"), (-2, "#9CC7AA", "#5E9C74")):
        with c.turned(angle, 46, 46):
            c.box(12, 28, 82, 64, tone, 3)
            c.box(16, 32, 78, 60, "#FFFFFF50", 2)
            c.oval(47, 46, 10, fill=dark)
            c.line([(43, 41), (47, 46), (51, 41)], PAPER, 1.8)
            c.line([(47, 46), (47, 53)], PAPER, 1.8)
            c.line([(43, 48.5), (51, 48.5)], PAPER, 1.6)
    for x, y in ((66, 80), (66, 75), (66, 70), (82, 81), (82, 76)):
        c.oval(x, y, 10, 4.4, "#B98A2E")
        c.oval(x, y - 1.6, 10, 4.4, GOLD)


@picture("travel", SKY)
def travel(c: Canvas) -> None:
    c.oval(26, 76, 18, 7, PAPER)
    c.oval(40, 72, 14, 8, PAPER)
    c.oval(78, 24, 14, 6, PAPER)
    with c.turned(-24, 50, 50):
        c.poly([(44, 46), (60, 46), (46, 12), (36, 12)], "#5E8FBF")
        c.poly([(44, 56), (60, 56), (46, 88), (36, 88)], "#5E8FBF")
        c.poly([(12, 48), (22, 48), (14, 32), (7, 32)], RED)
        c.blob([(8, 48), (24, 44), (70, 43), (88, 48), (91, 51), (86, 56), (70, 58), (24, 57)], "#F4F7FA")
        for x in (34, 44, 54, 64):
            c.oval(x, 49, 2.2, fill=BLUE)
        c.poly(arc(80, 50, 6, 4, 200, 340), BLUE)


@picture("ticket", LILAC)
def ticket(c: Canvas) -> None:
    c.shadow(50, 84, 38)
    with c.turned(-10, 50, 50):
        c.box(10, 28, 90, 72, "#E07B28", 4)
        c.box(13, 31, 87, 69, "#F09A45", 3)
        for x, y in ((66, 28), (66, 72)):
            c.oval(x, y, 5, fill=LILAC)
        for y in range(36, 68, 7):
            c.line([(66, y), (66, y + 3)], PAPER, 1.8)
        c.line([(24, 40), (33, 50), (42, 40)], PAPER, 4)
        c.line([(33, 50), (33, 62)], PAPER, 4)
        c.line([(25, 51), (41, 51)], PAPER, 3)
        c.line([(25, 57), (41, 57)], PAPER, 3)
        c.box(48, 40, 60, 60, "#FFFFFF60", 2)
        c.ring(77, 50, 6, PAPER, 2.4)
