"""Pictures of bags and of what people put on."""

from tools.pictures.canvas import CREAM, LILAC, MINT, ROSE, SAND, SKY, Canvas, picture


def _handbag(c: Canvas, tone: str, dark: str, gold: str) -> None:
    c.shadow(50, 86, 36)
    c.ring(50, 40, 21, dark, 4, 180, 360)
    c.poly([(22, 40), (78, 40), (88, 84), (12, 84)], tone)
    c.poly([(22, 40), (78, 40), (80, 56), (50, 66), (20, 56)], dark)
    c.oval(50, 64, 5, fill=gold)
    c.oval(50, 64, 2.4, fill=tone)
    for x in (30, 70):
        c.oval(x, 40, 3, fill=gold)
    c.line([(15, 80), (85, 80)], dark, 1)


@picture("handbag", CREAM)
def handbag(c: Canvas) -> None:
    _handbag(c, "#C58350", "#9D6237", "#F0CF7A")


@picture("handbag_black", LILAC)
def handbag_black(c: Canvas) -> None:
    _handbag(c, "#4A4653", "#322F3A", "#E5C168")


@picture("backpack", MINT)
def backpack(c: Canvas) -> None:
    c.shadow(50, 90, 30)
    c.ring(50, 18, 8, "#2F4858", 3, 180, 360)
    c.box(16, 46, 26, 82, "#2F4858", 5)
    c.box(74, 46, 84, 82, "#2F4858", 5)
    c.box(22, 16, 78, 90, "#3F6E8C", 18)
    c.box(28, 54, 72, 84, "#335A74", 6)
    c.line([(32, 61), (68, 61)], "#F0C25B", 1.8)
    c.line([(62, 61), (62, 66)], "#F0C25B", 2.4)
    c.curve([(30, 42), (50, 34), (70, 42)], "#F0C25B", 1.8)
    c.box(44, 22, 56, 27, "#335A74", 1.5)


@picture("mother_bag", ROSE)
def mother_bag(c: Canvas) -> None:
    c.shadow(50, 88, 34)
    c.ring(50, 34, 18, "#B98F6A", 3.4, 180, 360)
    c.box(18, 32, 82, 87, "#F1E4D0", 12)
    c.box(24, 54, 58, 82, "#E0CCAE", 5)
    c.line([(24, 46), (76, 46)], "#B98F6A", 1.6)
    c.box(64, 50, 75, 78, "#FFFFFF", 4)
    c.box(64, 60, 75, 78, "#F4EBDD", 4)
    c.box(66, 45, 73, 51, "#E8A33A", 2)
    c.oval(69.5, 43, 2, 3, "#F2C98C")
    c.blob([(41, 62), (36, 60), (34, 66), (41, 74), (48, 66), (46, 60)], "#E0788C")


def _suitcase(c: Canvas, tone: str, dark: str, light: str) -> None:
    c.shadow(50, 92, 26)
    for x in (40, 60):
        c.line([(x, 8), (x, 28)], "#8F9AA3", 2.2)
    c.box(37, 5, 63, 10, "#55606A", 2.5)
    c.box(24, 24, 76, 88, tone, 8)
    for x in (34, 42, 50, 58, 66):
        c.line([(x, 30), (x, 82)], dark, 1.8)
        c.line([(x + 1.6, 30), (x + 1.6, 82)], light, 0.8)
    for x, y in ((27, 27), (73, 27), (27, 85), (73, 85)):
        c.oval(x, y, 4.4, fill=dark)
    for x in (32, 68):
        c.oval(x, 90, 3.4, fill="#2E3A46")
    c.box(76, 46, 79, 62, dark, 1)


@picture("suitcase", SKY)
def suitcase(c: Canvas) -> None:
    _suitcase(c, "#4E93A6", "#39788A", "#7DB5C4")


@picture("suitcase_silver", SAND)
def suitcase_silver(c: Canvas) -> None:
    _suitcase(c, "#B9C3CB", "#929FA9", "#DDE4E9")


@picture("lipstick", ROSE)
def lipstick(c: Canvas) -> None:
    c.shadow(50, 89, 30)
    c.box(24, 52, 46, 88, "#2E2A33", 2)
    c.box(26, 40, 44, 53, "#E0B45C", 1)
    c.poly([(29, 41), (29, 22), (36, 14), (41, 18), (41, 41)], "#C8283C")
    c.poly([(29, 22), (36, 14), (41, 18), (33, 28)], "#E0566A")
    c.box(58, 34, 78, 88, "#2E2A33", 2)
    c.box(58, 80, 78, 84, "#E0B45C")
    c.box(62, 38, 65, 76, "#524C5B", 1.5)


@picture("makeup_brush", LILAC)
def makeup_brush(c: Canvas) -> None:
    c.shadow(50, 90, 28)
    for x, t, tone, wide in ((36, -16, "#8A5A44", 8), (50, 0, "#3A3036", 11), (64, 16, "#B4716A", 7)):
        with c.turned(t, x, 88):
            c.box(x - 2.4, 46, x + 2.4, 90, "#2E2A33", 2)
            c.box(x - 3.6, 34, x + 3.6, 48, "#E0B45C", 1)
            c.blob([(x - 4, 35), (x - wide, 22), (x - 3, 10), (x + 3, 10), (x + wide, 22), (x + 4, 35)], tone)
            c.blob([(x - 3, 22), (x - 2, 13), (x + 2, 13), (x + 3, 22)], "#FFFFFF44")


@picture("makeup", ROSE)
def makeup(c: Canvas) -> None:
    c.shadow(50, 84, 38)
    c.box(14, 14, 86, 48, "#3A3036", 4)
    c.box(19, 19, 81, 44, "#DCEBF2", 2)
    c.poly([(26, 44), (44, 19), (50, 19), (32, 44)], "#FFFFFF99")
    c.box(14, 50, 86, 82, "#3A3036", 4)
    for n, tone in enumerate(
        ("#E8B9A0", "#C97F6A", "#9C5148", "#E39AA8", "#F0D3B0", "#B98A4B", "#7A4A5E", "#D9607A")
    ):
        x, y = 20 + n % 4 * 15.6, 54 + n // 4 * 13
        c.box(x, y, x + 13.4, y + 11, tone, 1.5)


@picture("perfume", LILAC)
def perfume(c: Canvas) -> None:
    c.shadow(50, 89, 28)
    c.box(40, 10, 60, 28, "#C99A4A", 2)
    c.box(44, 27, 56, 36, "#E8CF9A", 1)
    c.box(24, 35, 76, 88, "#F6E9EE", 8)
    c.box(29, 50, 71, 83, "#EBA9B8", 5)
    c.poly([(32, 40), (40, 40), (34, 80), (31, 80)], "#FFFFFFAA")
    c.box(38, 56, 64, 74, "#FFFFFF", 1)
    for t in range(0, 360, 72):
        with c.turned(t, 51, 65):
            c.oval(51, 60.6, 2.6, 3.6, "#D9607A")
    c.oval(51, 65, 1.9, fill="#F2C94C")


@picture("wristband", SAND)
def wristband(c: Canvas) -> None:
    c.shadow(50, 84, 34)
    c.box(20, 30, 80, 78, "#B23A34", 6)
    c.oval(50, 30, 30, 10, "#8E2A26")
    c.oval(50, 30, 25, 7, "#5E1A18")
    c.oval(50, 78, 30, 8, "#B23A34")
    c.line([(21, 42), (50, 50), (79, 42)], "#8E2A26", 1.6)
    c.line([(21, 70), (50, 78), (79, 70)], "#8E2A26", 1.6)
    c.poly([(50, 50), (62, 56), (59, 68), (50, 75), (41, 68), (38, 56)], "#F0C25B")
    c.poly([(50, 54), (58, 58), (56, 66), (50, 71), (44, 66), (42, 58)], "#B23A34")


@picture("neck_pillow", LILAC)
def neck_pillow(c: Canvas) -> None:
    c.shadow(50, 86, 34)
    c.ring(50, 54, 25, "#5B7FB0", 22, -230, 50)
    c.ring(50, 54, 27, "#7FA0CB", 5, -210, -60)
    for x, y in ((34, 74), (66, 74)):
        c.oval(x, y, 11, fill="#5B7FB0")
    c.blob([(22, 16), (50, 20), (78, 16), (80, 28), (62, 34), (50, 28), (38, 34), (20, 28)], "#3A3A4A")
    c.curve([(30, 25), (37, 28), (44, 25)], "#F0C25B", 1.2)
    c.curve([(56, 25), (63, 28), (70, 25)], "#F0C25B", 1.2)
