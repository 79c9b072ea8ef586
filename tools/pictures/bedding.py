"""Pictures of bedding and other cloth of the house."""

from tools.pictures.canvas import CREAM, LILAC, MINT, ROSE, SAND, SKY, Canvas, picture

WOOD, WOOD_DARK, WOOD_LIGHT = "#C08A53", "#9A6A3A", "#D9AB78"


def _quilt(c: Canvas, top: str, light: str, dark: str) -> None:
    """Spread out, stitched in diamonds, one corner turned back."""
    c.shadow(50, 88, 40)
    c.blob([(12, 18), (50, 14), (88, 18), (90, 50), (88, 84), (50, 87), (12, 84), (10, 50)], dark)
    c.blob([(14, 18), (50, 15), (86, 18), (88, 50), (86, 80), (50, 83), (14, 80), (12, 50)], top)
    for row, y in enumerate(range(24, 80, 9)):
        for n in range(5 - row % 2):
            x = 20 + n * 15 + (row % 2) * 7.5
            c.poly([(x, y - 7.4), (x + 6.4, y), (x, y + 7.4), (x - 6.4, y)], light)
    c.blob([(88, 14), (90, 54), (74, 50), (56, 34), (50, 13)], "#FFFFFF")
    c.blob([(52, 13), (58, 33), (75, 49), (90, 54), (70, 56), (52, 46), (46, 28)], dark)
    c.blob([(50, 14), (56, 34), (74, 51), (90, 55), (72, 53), (55, 43), (48, 28)], "#FFFFFF")


@picture("quilt", CREAM)
def quilt(c: Canvas) -> None:
    _quilt(c, "#D8C3A5", "#EADBC3", "#BFA582")


@picture("quilt_cool", SKY)
def quilt_cool(c: Canvas) -> None:
    _quilt(c, "#7FB3D5", "#A9D0E8", "#5B93BB")


@picture("quilt_silk", ROSE)
def quilt_silk(c: Canvas) -> None:
    _quilt(c, "#E2A3AE", "#F2C6CC", "#C77F8E")


def _bed(c: Canvas, cover: str, light: str, stripe: str) -> None:
    c.shadow(50, 88, 44)
    c.box(10, 22, 90, 58, WOOD, 5)
    c.box(15, 27, 85, 56, WOOD_LIGHT, 3)
    c.box(8, 52, 92, 82, "#FFFFFF", 4)
    for x in (30, 70):
        c.blob([(x - 16, 46), (x, 43), (x + 16, 46), (x + 16, 57), (x, 59), (x - 16, 57)], light)
        c.blob([(x - 12, 48), (x, 46), (x + 10, 48), (x, 50)], "#FFFFFF88")
    c.blob([(7, 62), (50, 58), (93, 62), (93, 84), (50, 85), (7, 84)], cover)
    c.blob([(7, 61), (50, 57), (93, 61), (92, 67), (50, 64), (8, 67)], light)
    for x in range(20, 90, 15):
        c.line([(x, 70), (x, 82)], stripe, 1.4)
    for x in (14, 86):
        c.box(x - 3, 83, x + 3, 89, WOOD_DARK, 1)


@picture("bedding", LILAC)
def bedding(c: Canvas) -> None:
    _bed(c, "#9C8CC7", "#CFC5E8", "#B6A8DA")


@picture("bedding_pink", ROSE)
def bedding_pink(c: Canvas) -> None:
    _bed(c, "#E19AA5", "#F5CFD4", "#EDB8C0")


@picture("bedding_green", MINT)
def bedding_green(c: Canvas) -> None:
    _bed(c, "#7FB59A", "#C3E0D0", "#9CCBB3")


@picture("sheet", SKY)
def sheet(c: Canvas) -> None:
    c.shadow(50, 84, 38)
    for n, (tone, edge) in enumerate(
        (("#6E9CC4", "#5986AE"), ("#F4F6F8", "#D7DEE4"), ("#A9C8E2", "#8FB3D1"))
    ):
        y = 64 - n * 17
        c.box(18, y, 82, y + 18, edge, 5)
        c.box(18, y, 82, y + 10, tone, 5)
        c.line([(22, y + 12), (78, y + 12)], "#FFFFFF66", 1)


def _pillow(c: Canvas, tone: str, light: str, edge: str) -> None:
    c.shadow(50, 78, 40)
    c.blob([(12, 34), (50, 40), (88, 34), (84, 54), (89, 76), (50, 72), (11, 76), (16, 54)], edge)
    c.blob([(15, 36), (50, 42), (85, 36), (81, 54), (86, 73), (50, 69), (14, 73), (19, 54)], tone)
    c.blob([(26, 44), (50, 47), (62, 46), (44, 54), (28, 54)], light)
    c.curve([(70, 60), (78, 66), (84, 71)], edge, 1.3)
    c.curve([(30, 62), (22, 67), (16, 71)], edge, 1.3)


@picture("pillow", SKY)
def pillow(c: Canvas) -> None:
    _pillow(c, "#FDFDFD", "#FFFFFF", "#CBD8E3")


@picture("pillow_herb", MINT)
def pillow_herb(c: Canvas) -> None:
    _pillow(c, "#DDE5C6", "#EFF3DF", "#AFBF87")


def _cushion(c: Canvas, tone: str, dark: str, pattern: str) -> None:
    c.shadow(50, 84, 32)
    with c.turned(8):
        c.blob([(20, 20), (50, 26), (80, 20), (75, 50), (80, 80), (50, 75), (20, 80), (25, 50)], dark)
        c.blob([(24, 24), (50, 29), (76, 24), (72, 50), (76, 76), (50, 71), (24, 76), (28, 50)], tone)
        for k in (-14, 0, 14):
            c.curve([(30, 50 + k), (40, 44 + k), (50, 50 + k), (60, 44 + k), (70, 50 + k)], pattern, 2.4)


@picture("cushion", CREAM)
def cushion(c: Canvas) -> None:
    _cushion(c, "#E2A64A", "#C4872F", "#FBE6BA")


@picture("cushion_blue", SKY)
def cushion_blue(c: Canvas) -> None:
    _cushion(c, "#4F87B5", "#386C98", "#CFE3F2")


@picture("blanket", SAND)
def blanket(c: Canvas) -> None:
    c.shadow(50, 86, 36)
    c.box(20, 22, 80, 78, "#B8604D", 6)
    for x in (32, 50, 68):
        c.box(x - 3, 22, x + 3, 78, "#D8886F")
    for y in (34, 50, 66):
        c.box(20, y - 3, 80, y + 3, "#F0C9A833")
        c.line([(20, y), (80, y)], "#F4DCC4", 1)
    for x in range(23, 80, 4):
        c.line([(x, 78), (x, 85)], "#D8886F", 1.4)
    c.poly([(50, 22), (80, 22), (80, 46)], "#8E4435")


@picture("mat", MINT)
def mat(c: Canvas) -> None:
    c.shadow(50, 84, 40)
    c.poly([(24, 34), (92, 34), (80, 82), (10, 82)], "#D8C383")
    for n in range(12):
        y = 36 + n * 4
        x = 24 - (y - 34) * 0.29
        c.line([(x + 1, y), (x + 68, y)], "#BFA864", 0.9)
    for n in range(1, 6):
        c.line([(24 + n * 11.6, 35), (10 + n * 11.6, 81)], "#C9B26D", 0.8)
    c.box(20, 24, 94, 37, "#CBB470", 6.5)
    c.oval(26, 30.5, 6, 6.5, "#A98F4C")
    c.ring(26, 30.5, 3, "#D8C383", 1)


@picture("mattress", SKY)
def mattress(c: Canvas) -> None:
    c.shadow(50, 78, 42)
    c.poly([(28, 36), (92, 36), (76, 56), (8, 56)], "#FFFFFF")
    c.poly([(8, 56), (76, 56), (76, 76), (8, 76)], "#C9D9E6")
    c.poly([(76, 56), (92, 36), (92, 56), (76, 76)], "#AFC4D5")
    for x, y in ((34, 42), (50, 42), (66, 42), (82, 40), (24, 50), (42, 50), (60, 50), (74, 49)):
        c.oval(x, y, 1.5, 1, "#B9CAD8")
    for x in range(14, 76, 9):
        c.ring(x, 66, 3.4, "#8FAAC0", 1.1)
    c.line([(8, 60), (76, 60)], "#8FAAC0", 1)
    c.line([(8, 72), (76, 72)], "#8FAAC0", 1)


@picture("rug", CREAM)
def rug(c: Canvas) -> None:
    c.poly([(24, 30), (76, 30), (94, 78), (6, 78)], "#B5524A")
    c.poly([(28, 35), (72, 35), (86, 73), (14, 73)], "#E9D3B0")
    c.poly([(31, 39), (69, 39), (80, 69), (20, 69)], "#48718F")
    for x, z in ((38, 0.9), (50, 1), (62, 0.9)):
        c.poly([(x, 44), (x + 6 * z, 54), (x, 65), (x - 6 * z, 54)], "#E9D3B0")
        c.poly([(x, 49), (x + 3, 54), (x, 60), (x - 3, 54)], "#B5524A")
    for n in range(20):
        c.line([(8 + n * 4.4, 78), (7 + n * 4.5, 83)], "#D9BE93", 1.2)
        c.line([(25 + n * 2.6, 30), (26 + n * 2.55, 26)], "#D9BE93", 1)


def _towel(c: Canvas, a: str, b: str, d: str) -> None:
    c.shadow(50, 84, 36)
    for n, tone in enumerate((a, b, d)):
        y = 62 - n * 19
        c.box(18, y, 82, y + 20, tone, 10)
        c.box(18, y + 3, 82, y + 6, "#FFFFFF55", 1.5)
        c.oval(74, y + 10, 8, 9.6, "#FFFFFF44")
        c.ring(74, y + 10, 4, "#FFFFFF88", 1.2, 0, 270)
        c.box(34, y, 38, y + 20, "#FFFFFF66")


@picture("towel", MINT)
def towel(c: Canvas) -> None:
    _towel(c, "#5FA48C", "#F0C48A", "#E88F83")


@picture("bed", CREAM)
def bed(c: Canvas) -> None:
    _bed(c, "#B9C7D1", "#E4EAEE", "#A3B4C0")


@picture("curtain", SKY)
def curtain(c: Canvas) -> None:
    c.box(26, 20, 74, 78, "#FFFFFF", 1)
    c.box(29, 23, 71, 75, "#BFDDF0")
    c.oval(58, 36, 6, fill="#F7DD8A")
    c.line([(50, 22), (50, 76)], "#FFFFFF", 2.4)
    c.line([(28, 49), (72, 49)], "#FFFFFF", 2.4)
    for side in (-1, 1):
        for n, tone in enumerate(("#7FA38F", "#93B5A2", "#7FA38F", "#93B5A2")):
            x = 50 + side * (36 - n * 6.4)
            c.blob(
                [
                    (x - 4, 14),
                    (x + 4, 14),
                    (x + 4 + side * n, 50),
                    (50 + side * (38 - n * 3), 62),
                    (50 + side * (37 - n * 4), 88),
                    (50 + side * (42 - n * 4), 88),
                    (50 + side * (41 - n * 3), 60),
                    (x - 4, 48),
                ],
                tone,
            )
        c.box(min(50 + side * 27, 50 + side * 43), 60, max(50 + side * 27, 50 + side * 43), 64, "#E0B96A", 2)
    c.line([(8, 13), (92, 13)], WOOD_DARK, 3)
