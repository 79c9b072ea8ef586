"""Pictures of what is done around the home: repairs, care, health, housing, learning."""

from tools.pictures.canvas import CREAM, LILAC, MINT, ROSE, SAND, SKY, Canvas, arc, picture

INK, STEEL, WOOD, PAPER = "#2E3A46", "#8F9AA3", "#8A5A36", "#FFFFFF"
RED, GOLD, GREEN, BLUE = "#C8503F", "#E2B04A", "#4F9A72", "#4A7FB5"


@picture("stall", CREAM)
def stall(c: Canvas) -> None:
    c.shadow(50, 89, 42)
    for x in (17, 83):
        c.line([(x, 34), (x, 86)], WOOD, 3.4)
    c.box(12, 58, 88, 87, "#B97B48", 2)
    c.box(12, 58, 88, 64, WOOD, 1)
    for x, tone in ((26, RED), (36, RED), (50, GOLD), (60, GOLD), (74, GREEN)):
        c.oval(x, 54, 6, fill=tone)
    for n in range(6):
        left = 8 + n * 14
        tone = GREEN if n % 2 == 0 else PAPER
        c.poly([(left + 3, 14), (left + 12, 14), (left + 14, 32), (left, 32)], tone)
        c.poly(arc(left + 7, 32, 7, 5.5, 0, 180), tone)
    c.box(36, 70, 64, 80, PAPER, 2)


@picture("repair", SKY)
def repair(c: Canvas) -> None:
    c.shadow(46, 90, 30)
    c.line([(30, 22), (30, 88)], "#5A6670", 5)
    c.curve([(30, 24), (40, 14), (56, 14), (62, 22)], "#5A6670", 4)
    c.poly([(52, 24), (72, 24), (67, 34), (57, 34)], INK)
    c.oval(62, 35, 5, 3, GOLD)
    c.line([(57, 42), (54, 48), (60, 48), (57, 55)], RED, 2.2)
    c.line([(68, 42), (71, 50)], RED, 2.2)
    with c.turned(38, 68, 68):
        c.box(64, 54, 72, 92, STEEL, 3)
        c.ring(68, 50, 9, STEEL, 6, -40, 220)
    c.box(20, 84, 40, 90, INK, 2)


@picture("clean", MINT)
def clean(c: Canvas) -> None:
    c.shadow(50, 89, 38)
    c.line([(78, 10), (60, 62)], WOOD, 3.6)
    c.poly([(53, 58), (68, 64), (66, 88), (36, 80)], GOLD)
    for x in (44, 51, 58):
        c.line([(x + 6, 66), (x, 82)], "#B98A2E", 1.4)
    c.box(53, 56, 69, 65, RED, 2)
    c.poly([(12, 54), (44, 54), (40, 88), (16, 88)], BLUE)
    c.oval(28, 54, 16, 5, "#34618E")
    for x, y, r in ((20, 50, 5), (28, 46, 7), (36, 51, 5), (16, 40, 3), (38, 38, 3.6)):
        c.oval(x, y, r, fill="#FFFFFFE0")
    c.ring(28, 56, 18, STEEL, 2.2, 200, 340)


@picture("entrance", SAND)
def entrance(c: Canvas) -> None:
    c.shadow(50, 90, 38)
    c.box(18, 10, 66, 89, "#6B4A30", 3)
    c.box(23, 15, 61, 89, "#A5713F", 2)
    for y in (22, 54):
        c.box(29, y, 55, y + 24, "#8A5A36", 2)
    c.oval(55, 52, 2.6, fill=GOLD)
    c.box(73, 30, 89, 62, INK, 3)
    c.box(75.6, 33, 86.4, 41, "#9CD0F0", 1)
    for y in (46, 51, 56):
        for x in (77, 81, 85):
            c.oval(x, y, 1.5, fill=PAPER)


@picture("hospital", ROSE)
def hospital(c: Canvas) -> None:
    c.shadow(50, 89, 42)
    c.box(10, 46, 90, 88, "#E9EDF0", 2)
    c.box(30, 20, 70, 88, PAPER, 2)
    c.box(45, 26, 55, 50, GREEN, 1)
    c.box(38, 33, 62, 43, GREEN, 1)
    for x in (15, 77):
        for y in (54, 70):
            c.box(x, y, x + 9, y + 10, "#9CC7E0", 1)
    for x in (35, 58):
        c.box(x, 56, x + 7, 66, "#9CC7E0", 1)
    c.box(42, 68, 58, 88, BLUE, 1)
    c.line([(50, 69), (50, 88)], PAPER, 1.4)
    c.box(28, 16, 72, 22, GREEN, 2)


@picture("medicine", MINT)
def medicine(c: Canvas) -> None:
    c.shadow(48, 88, 34)
    c.box(20, 28, 58, 86, "#D98A3A", 6)
    c.box(20, 44, 58, 72, PAPER)
    c.box(18, 14, 60, 30, "#F4F7FA", 4)
    for x in range(23, 58, 6):
        c.line([(x, 18), (x, 27)], "#C3CDD4", 1.4)
    c.box(36, 48, 42, 68, GREEN, 1)
    c.box(29, 55, 49, 61, GREEN, 1)
    with c.turned(-32, 74, 74):
        c.box(60, 68, 90, 80, "#4AA3D9", 6)
        c.box(60, 68, 75, 80, "#F4F7FA", 6)
        c.box(70, 68, 76, 80, "#F4F7FA")
    c.oval(74, 50, 8, fill=PAPER)
    c.line([(69, 50), (79, 50)], "#C3CDD4", 1.6)


def _house(c: Canvas, wall: str, roof: str) -> None:
    c.shadow(50, 88, 40)
    c.box(18, 44, 78, 87, wall, 1)
    c.poly([(8, 48), (48, 14), (88, 48), (82, 54), (48, 26), (14, 54)], roof)
    c.poly([(20, 46), (48, 23), (76, 46)], wall)


@picture("home_rent", SKY)
def home_rent(c: Canvas) -> None:
    _house(c, "#FBF2E1", RED)
    c.box(27, 54, 43, 68, "#9CC7E0", 1)
    c.line([(35, 54), (35, 68)], PAPER, 1.6)
    c.box(51, 56, 67, 87, WOOD, 1)
    c.ring(80, 64, 8, GOLD, 4)
    c.line([(80, 72), (80, 92)], GOLD, 4)
    c.line([(80, 84), (87, 84)], GOLD, 3)
    c.line([(80, 91), (86, 91)], GOLD, 3)


@picture("home_idle", CREAM)
def home_idle(c: Canvas) -> None:
    _house(c, "#D9CBB5", "#6F7A83")
    c.box(27, 56, 43, 70, "#8C9AA3", 1)
    for a, b in (((26, 56), (44, 70)), ((26, 70), (44, 56))):
        c.line([a, b], WOOD, 2.6)
    c.box(51, 58, 67, 87, "#8A5A36", 1)
    c.box(56, 69, 64, 76, GOLD, 1.4)
    c.ring(60, 68, 3, STEEL, 1.6, 180, 360)
    for x in (10, 14, 80, 85, 90):
        c.curve([(x, 88), (x - 1, 80), (x + 2, 74)], GREEN, 2)


@picture("courses", LILAC)
def courses(c: Canvas) -> None:
    c.shadow(50, 89, 38)
    c.box(10, 14, 90, 66, WOOD, 3)
    c.box(14, 18, 86, 62, "#2F6B55", 2)
    c.curve([(22, 50), (30, 32), (38, 44), (48, 28)], "#E8F2EC", 2)
    c.line([(56, 30), (78, 30)], "#E8F2EC", 2)
    c.line([(56, 39), (72, 39)], "#E8F2EC", 2)
    c.line([(56, 48), (76, 48)], "#E8F2EC", 2)
    c.box(8, 64, 92, 69, "#A5713F", 1)
    c.poly([(26, 76), (50, 70), (50, 84), (26, 89)], PAPER)
    c.poly([(74, 76), (50, 70), (50, 84), (74, 89)], "#F3E9D6")
    c.line([(50, 70), (50, 84)], RED, 1.8)
