"""Pictures of furniture and what stands on it."""

from tools.pictures.canvas import CREAM, LILAC, MINT, ROSE, SAND, SKY, Canvas, arc, picture
from tools.pictures.leaves import LEAF, LEAF_DARK

WOOD, WOOD_DARK, WOOD_LIGHT = "#C08A53", "#9A6A3A", "#D9AB78"


@picture("sofa", SAND)
def sofa(c: Canvas) -> None:
    c.shadow(50, 84, 42)
    c.box(16, 28, 84, 62, "#5E8C86", 8)
    c.line([(50, 32), (50, 58)], "#4B746F", 1.2)
    c.box(6, 44, 24, 78, "#6FA09A", 8)
    c.box(76, 44, 94, 78, "#6FA09A", 8)
    c.box(22, 54, 78, 70, "#82B2AB", 5)
    c.line([(50, 56), (50, 68)], "#5E8C86", 1.2)
    c.box(20, 68, 80, 78, "#5E8C86", 2)
    with c.turned(12, 34, 46):
        c.box(27, 39, 42, 54, "#E9B95E", 3)
    for x in (14, 86):
        c.box(x - 2, 78, x + 2, 85, WOOD_DARK, 1)


@picture("chair", CREAM)
def chair(c: Canvas) -> None:
    c.shadow(50, 90, 28)
    c.box(30, 10, 70, 50, "#D98B54", 8)
    c.box(34, 14, 66, 46, "#E6A573", 6)
    c.box(26, 50, 74, 62, "#C77943", 6)
    c.line([(22, 40), (22, 52), (30, 56)], "#4A5560", 3)
    c.line([(78, 40), (78, 52), (70, 56)], "#4A5560", 3)
    c.line([(50, 62), (50, 76)], "#4A5560", 4)
    for x in (28, 50, 72):
        c.line([(50, 76), (x, 86)], "#4A5560", 3)
        c.oval(x, 88, 3, fill="#2E3A46")


@picture("table", SAND)
def table(c: Canvas) -> None:
    c.shadow(50, 84, 42)
    for x0, x1 in ((22, 18), (78, 82)):
        c.line([(x0, 48), (x1, 83)], WOOD_DARK, 4)
    for x0, x1 in ((32, 31), (68, 69)):
        c.line([(x0, 48), (x1, 74)], "#85582E", 3)
    c.box(10, 42, 90, 52, WOOD, 3)
    c.box(10, 42, 90, 46, WOOD_LIGHT, 3)
    c.blob([(58, 42), (72, 42), (70, 32), (65, 30), (60, 32)], "#FFFFFF")
    c.ring(72, 36, 4, "#FFFFFF", 1.6)
    c.box(28, 37, 48, 42, "#7FA8C6", 1)
    c.box(30, 33, 46, 37, "#D9705F", 1)


@picture("cabinet", MINT)
def cabinet(c: Canvas) -> None:
    c.shadow(50, 88, 36)
    c.box(20, 22, 80, 84, WOOD, 3)
    c.box(17, 18, 83, 25, WOOD_LIGHT, 2)
    for row in range(3):
        y = 28 + row * 18.5
        c.box(24, y, 76, y + 16, "#D1A06C", 2)
        c.box(45, y + 6.6, 55, y + 9.4, "#6E4A26", 1.4)
    for x in (24, 72):
        c.box(x, 84, x + 4, 90, WOOD_DARK)
    c.box(60, 11, 70, 18, "#E6E0D2", 2)
    for x, y in ((65, 7), (61, 9), (69, 9)):
        c.oval(x, y, 2.6, 3.6, LEAF if x == 65 else LEAF_DARK)


@picture("lamp", LILAC)
def lamp(c: Canvas) -> None:
    c.shadow(50, 90, 24)
    c.poly([(30, 48), (70, 48), (88, 86), (12, 86)], "#FFF1BC99")
    c.poly([(38, 14), (62, 14), (76, 48), (24, 48)], "#F3C659")
    c.poly([(38, 14), (48, 14), (42, 48), (24, 48)], "#F8DB8D")
    c.line([(50, 48), (50, 84)], WOOD_DARK, 3.4)
    c.oval(50, 87, 17, 4, WOOD)


@picture("mirror", SKY)
def mirror(c: Canvas) -> None:
    c.shadow(50, 92, 24)
    c.line([(50, 40), (66, 91)], WOOD_DARK, 3)
    c.line([(50, 40), (34, 91)], WOOD_DARK, 3)
    c.box(30, 6, 70, 86, WOOD, 18)
    c.box(34, 10, 66, 82, "#D5E9F3", 15)
    c.poly([(40, 60), (58, 22), (63, 26), (44, 66)], "#FFFFFF99")
    c.poly([(48, 68), (60, 44), (62, 46), (51, 70)], "#FFFFFF99")


@picture("clock", CREAM)
def clock(c: Canvas) -> None:
    c.oval(52, 52, 37, fill="#00000014")
    c.oval(50, 50, 37, fill=WOOD)
    c.oval(50, 50, 32, fill="#FFFDF6")
    for n, (x, y) in enumerate(arc(50, 50, 27, 27, -90, 240, 11)):
        c.oval(x, y, 2 if n % 3 == 0 else 1.1, fill="#4A3A28")
    c.line([(50, 50), (50, 30)], "#4A3A28", 2.4)
    c.line([(50, 50), (64, 58)], "#4A3A28", 3)
    c.line([(50, 50), (41, 68)], "#C8413B", 1.2)
    c.oval(50, 50, 2.6, fill="#C8413B")


@picture("fan", SKY)
def fan(c: Canvas) -> None:
    c.shadow(50, 90, 24)
    c.line([(50, 60), (50, 86)], "#5B7285", 4)
    c.oval(50, 88, 19, 4, "#5B7285")
    c.oval(50, 42, 32, fill="#FFFFFF")
    c.ring(50, 42, 31, "#7FA8C6", 2)
    for t in (0, 120, 240):
        with c.turned(t, 50, 42):
            c.blob([(50, 42), (42, 30), (46, 16), (58, 18), (58, 32)], "#8EC3DE")
    for r in (22, 12):
        c.ring(50, 42, r, "#7FA8C655", 0.9)
    c.oval(50, 42, 5, fill="#3D6E94")


@picture("flower", ROSE)
def flower(c: Canvas) -> None:
    c.shadow(50, 90, 22)
    for x, y in ((34, 28), (66, 30), (50, 20)):
        c.curve([(50, 66), ((50 + x) / 2, 48), (x, y)], LEAF_DARK, 2)
    for x, y, tone, core in (
        (34, 28, "#E5738B", "#F9D37A"),
        (66, 30, "#F0A05A", "#A8502A"),
        (50, 18, "#D9577A", "#F9D37A"),
    ):
        for px, py in arc(x, y, 7.4, 7.4, 0, 288, 4):
            c.oval(px, py, 6.2, fill=tone)
        c.oval(x, y, 4.6, fill=core)
    for x, y, t in ((40, 52, 200), (60, 54, -25)):
        with c.turned(t, x, y):
            c.blob([(x, y), (x + 8, y - 5), (x + 18, y), (x + 8, y + 5)], LEAF)
    c.blob([(38, 58), (62, 58), (58, 66), (66, 78), (60, 90), (40, 90), (34, 78), (42, 66)], "#6FA7B8")
    c.blob([(42, 74), (45, 68), (44, 82), (41, 84)], "#A4CEDA")


@picture("ornament", LILAC)
def ornament(c: Canvas) -> None:
    c.shadow(50, 84, 36)
    c.blob([(24, 62), (44, 54), (66, 56), (86, 44), (82, 70), (64, 82), (38, 82), (24, 74)], "#FFFFFF")
    c.blob([(44, 60), (66, 58), (82, 48), (74, 66), (56, 72)], "#DCE3EC")
    c.curve([(30, 66), (22, 50), (30, 38), (38, 28), (32, 20), (24, 22)], "#FFFFFF", 8)
    c.poly([(22, 18), (10, 26), (22, 28)], "#F0A13C")
    c.oval(26, 21, 1.5, fill="#2B2320")
    c.oval(50, 85, 38, 3, "#A9CBE3")
