"""Pictures of devices, stationery, outdoor things and toys."""

from tools.pictures.canvas import CREAM, LILAC, MINT, ROSE, SAND, SKY, Canvas, arc, picture

INK, STEEL, WOOD = "#2E3A46", "#8F9AA3", "#7A4A2C"


@picture("pen", SKY)
def pen(c: Canvas) -> None:
    c.shadow(50, 84, 34)
    c.curve([(12, 82), (26, 74), (36, 84), (50, 76), (60, 82)], "#3F73AE", 1.8)
    with c.turned(40, 50, 50):
        c.box(45, 2, 55, 40, "#34506B", 4)
        c.box(53.5, 6, 57, 30, "#E0B45C", 1.4)
        c.box(45, 36, 55, 41, "#E0B45C", 1)
        c.box(45.6, 41, 54.4, 68, "#46688A", 1)
        c.box(47, 6, 48.6, 62, "#FFFFFF55", 0.8)
        c.poly([(46, 68), (54, 68), (51, 86), (49, 86)], "#E0B45C")
        c.line([(50, 72), (50, 86)], "#8A6A22", 0.8)


@picture("ball_pen", CREAM)
def ball_pen(c: Canvas) -> None:
    c.shadow(50, 86, 34)
    for x, tone, dark in ((34, "#D9564A", "#B23D33"), (50, "#3F86C4", "#2C6699"), (66, "#4FA06B", "#377B4E")):
        with c.turned(24, x, 50):
            c.box(x - 3.4, 12, x + 3.4, 72, tone, 1.6)
            c.box(x - 2.4, 6, x + 2.4, 14, dark, 1.4)
            c.box(x + 2, 14, x + 4.8, 32, dark, 1)
            c.box(x - 3.8, 56, x + 3.8, 72, dark, 1)
            c.poly([(x - 3.2, 72), (x + 3.2, 72), (x, 86)], "#D5DBE0")
            c.line([(x, 82), (x, 87)], INK, 1)


@picture("notebook", ROSE)
def notebook(c: Canvas) -> None:
    c.shadow(52, 88, 32)
    for dx, dy, tone in ((8, -4, "#8EC3B0"), (4, -2, "#F3CF7A"), (0, 0, "#E58F9B")):
        c.box(24 + dx, 16 + dy, 74 + dx, 86 + dy, "#FFFFFF", 3)
        c.box(24 + dx, 16 + dy, 72 + dx, 85 + dy, tone, 3)
    c.box(24, 16, 33, 85, "#C96E7C", 2)
    c.box(42, 30, 64, 48, "#FFFFFF", 2)
    c.line([(46, 36), (60, 36)], "#E58F9B", 1.4)
    c.line([(46, 42), (56, 42)], "#E58F9B", 1.4)
    c.box(62, 16, 65.4, 85, "#C96E7C")


def _phone(c: Canvas, back: str, light: str, wall: str) -> None:
    c.shadow(50, 90, 30)
    with c.turned(-10, 34, 50):
        c.box(18, 14, 54, 86, back, 7)
        c.box(22, 18, 39, 36, light, 5)
        for x, y in ((27, 23), (34, 23), (27, 31), (34, 31)):
            c.oval(x, y, 3, fill=INK)
            c.oval(x - 0.6, y - 0.8, 1, fill="#7FA8C6")
    c.box(44, 12, 82, 88, INK, 7)
    c.box(46.4, 14.4, 79.6, 85.6, wall, 5)
    c.poly(arc(63, 86, 16.6, 22, 180, 360), "#FFFFFF55")
    c.oval(63, 38, 9, fill="#FFFFFF88")
    c.box(58, 16.4, 68, 19, INK, 1.3)
    for n in range(3):
        c.box(50 + n * 9.6, 73, 57 + n * 9.6, 80, "#FFFFFFCC", 2)


@picture("phone", SKY)
def phone(c: Canvas) -> None:
    _phone(c, "#C9D4DC", "#AEBBC5", "#5B93D6")


@picture("phone_red", ROSE)
def phone_red(c: Canvas) -> None:
    _phone(c, "#C8413B", "#A9322E", "#E98A5E")


@picture("phone_purple", LILAC)
def phone_purple(c: Canvas) -> None:
    _phone(c, "#9C8CC7", "#8272B0", "#7C6BC0")


@picture("phone_gold", CREAM)
def phone_gold(c: Canvas) -> None:
    _phone(c, "#E3CB9A", "#CBB07A", "#4FA08E")


@picture("tablet", MINT)
def tablet(c: Canvas) -> None:
    c.shadow(50, 86, 38)
    c.box(12, 22, 84, 80, INK, 5)
    c.box(16, 26, 80, 76, "#7FB5E2", 2)
    c.poly([(16, 76), (34, 50), (48, 64), (60, 44), (80, 70), (80, 76)], "#4E9A6B")
    c.oval(66, 38, 5, fill="#FBE7A8")
    with c.turned(30, 84, 60):
        c.box(82, 34, 86, 78, "#FFFFFF", 2)
        c.poly([(82, 78), (86, 78), (84, 84)], STEEL)


@picture("laptop", SKY)
def laptop(c: Canvas) -> None:
    c.shadow(50, 82, 44)
    c.box(18, 20, 82, 68, "#55606A", 4)
    c.box(21, 23, 79, 65, "#5B93D6", 2)
    c.poly([(21, 65), (42, 40), (58, 56), (68, 46), (79, 58), (79, 65)], "#86B4E6")
    c.oval(64, 34, 5, fill="#FFFFFFAA")
    c.poly([(18, 68), (82, 68), (94, 79), (6, 79)], "#C3CCD4")
    c.poly([(24, 69.6), (76, 69.6), (80, 74), (20, 74)], "#8F9AA3")
    c.poly([(42, 75), (58, 75), (60, 78), (40, 78)], "#A9B4BD")
    c.box(6, 78.6, 94, 81.4, "#9AA6B0", 1.4)


@picture("tv", LILAC)
def tv(c: Canvas) -> None:
    c.shadow(50, 82, 40)
    c.box(6, 20, 94, 72, INK, 3)
    c.box(8.6, 22.6, 91.4, 69.4, "#3D76B8", 1)
    c.poly([(8.6, 69.4), (30, 42), (46, 58), (62, 38), (91.4, 66), (91.4, 69.4)], "#2C5A94")
    c.poly([(8.6, 69.4), (24, 56), (48, 66), (70, 58), (91.4, 69.4)], "#4FA06B")
    c.oval(74, 34, 6, fill="#F8DD8A")
    c.line([(30, 72), (24, 81)], INK, 2.6)
    c.line([(70, 72), (76, 81)], INK, 2.6)


@picture("heater", CREAM)
def heater(c: Canvas) -> None:
    c.shadow(50, 92, 24)
    c.box(26, 10, 74, 76, "#EEF2F5", 5)
    c.box(26, 10, 74, 76, "#00000008", 5)
    c.box(36, 18, 64, 32, INK, 2)
    c.poly([(42, 29), (42, 21), (44, 21), (44, 29)], "#F2A541")
    for x in (47, 53):
        c.ring(x, 25, 2.6, "#F2A541", 1.2)
    c.blob([(50, 40), (60, 52), (58, 64), (50, 68), (42, 64), (40, 52)], "#3F86C4")
    c.blob([(50, 50), (55, 58), (53, 64), (47, 64), (45, 58)], "#F2A541")
    for x, tone in ((36, "#D9564A"), (50, "#C9A24B"), (64, "#3F86C4")):
        c.box(x - 2, 76, x + 2, 90, tone, 1)


@picture("ssd", MINT)
def ssd(c: Canvas) -> None:
    c.shadow(50, 72, 42)
    with c.turned(-14):
        c.box(10, 36, 90, 62, "#2F6F45", 2)
        c.box(16, 40, 40, 58, INK, 2)
        c.box(44, 40, 68, 58, INK, 2)
        c.line([(20, 45), (34, 45)], "#8FA4B2", 1.4)
        c.line([(20, 50), (30, 50)], "#8FA4B2", 1.4)
        c.line([(48, 45), (62, 45)], "#8FA4B2", 1.4)
        for n in range(7):
            c.box(84, 38.4 + n * 3.2, 92, 40.4 + n * 3.2, "#E0B45C")
        for x, y in ((74, 42), (78, 42), (74, 54), (78, 54)):
            c.box(x - 1.2, y - 2, x + 1.2, y + 2, "#C9D4DC")
        c.oval(11, 49, 3, fill=MINT)


@picture("cart", MINT)
def cart(c: Canvas) -> None:
    c.shadow(48, 86, 38)
    c.line([(76, 50), (92, 18)], INK, 3)
    c.line([(86, 16), (97, 20)], INK, 4)
    c.poly([(10, 38), (80, 38), (74, 68), (16, 68)], "#3F6E5A")
    c.poly([(10, 38), (80, 38), (79, 44), (11, 44)], "#2F5646")
    for x in (28, 45, 62):
        c.line([(x, 44), (x + (45 - x) * 0.1, 68)], "#2F5646", 1.4)
    c.blob([(22, 38), (28, 22), (40, 24), (44, 38)], "#E9B95E")
    c.box(46, 24, 66, 38, "#C8604D", 2)
    c.line([(46, 31), (66, 31)], "#F4DCC4", 1.6)
    for x in (24, 66):
        c.line([(x, 68), (x, 76)], INK, 3)
        c.oval(x, 78, 8, fill=INK)
        c.oval(x, 78, 4, fill=STEEL)


@picture("tent", SKY)
def tent(c: Canvas) -> None:
    c.oval(50, 82, 46, 9, "#A9CF9A")
    c.oval(80, 22, 7, fill="#F8DD8A")
    c.poly([(50, 20), (92, 80), (8, 80)], "#E08A3C")
    c.poly([(50, 20), (92, 80), (64, 80)], "#C4702A")
    c.poly([(50, 28), (62, 80), (38, 80)], "#6A3B1A")
    c.poly([(50, 28), (42, 62), (30, 80), (38, 80)], "#F3BE85")
    c.line([(50, 20), (50, 15)], INK, 1.6)
    c.poly([(50, 14), (60, 17), (50, 20)], "#D9473B")
    c.line([(8, 80), (2, 84)], INK, 1)
    c.line([(92, 80), (98, 84)], INK, 1)


@picture("umbrella", LILAC)
def umbrella(c: Canvas) -> None:
    c.line([(50, 12), (50, 80)], WOOD, 2.6)
    c.ring(56, 80, 6, WOOD, 2.6, 0, 180)
    c.poly(arc(50, 52, 40, 36, 180, 360), "#3F73AE")
    c.poly([*arc(50, 52, 14, 36, 180, 360)], "#5B93D6")
    for x, rx in ((23, 13), (50, 14), (77, 13)):
        c.poly(arc(x, 52.4, rx, 6, 180, 360), LILAC)
    c.line([(50, 16), (50, 10)], WOOD, 2)


@picture("mahjong", MINT)
def mahjong(c: Canvas) -> None:
    c.shadow(50, 84, 40)
    for x, y, t in ((30, 40, -10), (62, 36, 8), (46, 64, -3)):
        with c.turned(t, x, y):
            c.box(x - 15, y - 19, x + 15, y + 23, "#3C9A6A", 4)
            c.box(x - 15, y - 21, x + 15, y + 18, "#FFFDF3", 4)
    with c.turned(-10, 30, 40):
        for x, y in ((23, 28), (37, 28), (23, 48), (37, 48), (30, 38)):
            c.oval(x, y, 4.4, fill="#3F73AE")
            c.oval(x, y, 2, fill="#FFFDF3")
    with c.turned(8, 62, 36):
        for x in (56, 62, 68):
            for y in (22, 40):
                c.box(x - 1.8, y, x + 1.8, y + 11, "#2F8A57", 1.8)
    with c.turned(-3, 46, 64):
        c.oval(46, 62, 10, fill="#C8413B")
        c.oval(46, 62, 6.4, fill="#FFFDF3")
        c.oval(46, 62, 3.2, fill="#C8413B")


@picture("castle_box", SAND)
def castle_box(c: Canvas) -> None:
    c.shadow(50, 86, 40)
    for x in (14, 66):
        c.box(x, 36, x + 20, 84, "#9AA6B0", 1)
        for n in range(3):
            c.box(x + n * 7.4, 30, x + n * 7.4 + 5, 38, "#9AA6B0")
    c.box(30, 46, 70, 84, "#B9C3CB", 1)
    for n in range(5):
        c.box(32 + n * 7.6, 40, 37 + n * 7.6, 48, "#B9C3CB")
    c.poly([(34, 84), (34, 66), *arc(50, 66, 13, 13, 180, 360), (63, 84)], "#6A4528")
    c.line([(50, 53), (50, 84)], "#4A2E18", 1.2)
    for x in (24, 76):
        c.box(x - 2.4, 50, x + 2.4, 60, "#3F5566", 2.4)
        c.line([(x, 30), (x, 14)], INK, 1.2)
        c.poly([(x, 14), (x + 11, 18), (x, 22)], "#C8413B")


@picture("cup", CREAM)
def cup(c: Canvas) -> None:
    c.shadow(46, 88, 30)
    c.ring(72, 58, 12, "#4E93A6", 5, -100, 110)
    c.box(22, 36, 72, 87, "#5FA6B9", 9)
    c.oval(47, 37, 25, 6, "#4E93A6")
    c.oval(47, 38, 21, 4, "#6A4528")
    c.box(27, 48, 31, 78, "#93C8D6", 2)
    c.blob([(47, 58), (41, 54), (37, 60), (47, 72), (57, 60), (53, 54)], "#FFFFFF")
    for x in (40, 52):
        c.curve([(x, 28), (x - 3, 21), (x + 3, 15), (x, 8)], "#D9CDBB", 2)


@picture("panda", MINT)
def panda(c: Canvas) -> None:
    c.shadow(50, 90, 32)
    for x in (28, 72):
        c.oval(x, 76, 11, 13, "#2E2E33")
    c.oval(50, 70, 27, 21, "#FFFFFF")
    for x in (26, 74):
        c.oval(x, 20, 10, fill="#2E2E33")
    c.oval(50, 38, 31, 27, "#FFFFFF")
    for x, t in ((37, 25), (63, -25)):
        with c.turned(t, x, 38):
            c.oval(x, 38, 7, 9, "#2E2E33")
        c.oval(x, 37, 2.4, fill="#FFFFFF")
    c.oval(50, 48, 3.6, 2.6, "#2E2E33")
    c.curve([(44, 53), (50, 56), (56, 53)], "#2E2E33", 1.4)
    for x in (28, 72):
        c.oval(x, 50, 4, 2.6, "#F5C3C3")
    c.line([(62, 84), (84, 56)], "#6BAA5C", 3)
    c.blob([(80, 60), (92, 54), (88, 62)], "#5FA65A")
    for x in (38, 62):
        c.oval(x, 86, 8, 6, "#2E2E33")


@picture("gift_box", ROSE)
def gift_box(c: Canvas) -> None:
    c.shadow(50, 88, 36)
    c.box(18, 46, 82, 87, "#3F6E8C", 3)
    c.box(13, 34, 87, 49, "#4F87A8", 3)
    c.box(44, 34, 56, 87, "#F0C25B")
    c.blob([(50, 34), (40, 16), (26, 18), (30, 30)], "#F0C25B")
    c.blob([(50, 34), (60, 16), (74, 18), (70, 30)], "#F0C25B")
    c.oval(50, 33, 5, 4, "#D9A43C")


@picture("parcel", SAND)
def parcel(c: Canvas) -> None:
    c.shadow(50, 86, 40)
    c.poly([(50, 18), (88, 34), (50, 50), (12, 34)], "#E0B987")
    c.poly([(12, 34), (50, 50), (50, 88), (12, 70)], "#C99A5F")
    c.poly([(88, 34), (50, 50), (50, 88), (88, 70)], "#B5854B")
    c.poly([(28, 27.4), (36, 24), (74, 40), (66, 43.4)], "#F3E3C6")
    c.poly([(66, 43.4), (74, 40), (74, 54), (66, 57.4)], "#E2CDA8")
    c.poly([(18, 58), (30, 63.4), (30, 73), (18, 67.4)], "#FFFFFF")
    c.line([(20.6, 62), (27.6, 65)], "#8F9AA3", 0.9)
    c.line([(20.6, 65.4), (25.6, 67.6)], "#8F9AA3", 0.9)
