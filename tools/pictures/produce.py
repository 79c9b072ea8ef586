"""Pictures of grain, oil, eggs, cured meat and what else a farm household makes."""

from tools.pictures.canvas import CREAM, MINT, ROSE, SAND, SKY, Canvas, arc, picture
from tools.pictures.leaves import LEAF, leaf


@picture("oil", CREAM)
def oil(c: Canvas) -> None:
    c.shadow(50, 90, 28)
    c.box(42, 12, 58, 20, "#C23B31", 2)
    c.box(44, 19, 56, 26, "#EDBE3C")
    c.blob(
        [(44, 25), (56, 25), (70, 36), (73, 60), (72, 86), (50, 90), (28, 86), (27, 60), (30, 36)], "#F0B92E"
    )
    c.blob([(34, 36), (40, 33), (35, 50), (34, 80), (31, 80), (31, 50)], "#F9D873")
    c.ring(63, 40, 6, "#CF9620", 3, 200, 470)
    c.box(28.5, 52, 71.5, 78, "#FFF8E4", 2)
    for x, y in ((43, 61), (50, 57), (57, 61), (46.5, 66), (53.5, 66)):
        c.oval(x, y, 4, fill="#F3CF2C")
    c.oval(50, 62.5, 2.4, fill="#D39A1E")
    c.line([(50, 67), (50, 75)], LEAF, 1.6)
    leaf(c, 50, 74, -30, 0.6)


def _sack(c: Canvas, band: str, dark: str) -> None:
    c.shadow(50, 89, 32)
    c.blob(
        [(30, 24), (50, 28), (70, 24), (74, 50), (77, 80), (64, 89), (50, 89), (36, 89), (23, 80), (26, 50)],
        "#F4EAD3",
    )
    c.blob([(30, 15), (38, 20), (50, 16), (62, 20), (70, 15), (67, 27), (50, 29), (33, 27)], "#E9DABB")
    c.line([(33, 26), (67, 26)], dark, 2.6)
    c.box(26, 44, 74, 70, band, 2)
    for n, x in enumerate((41, 50, 59)):
        c.line([(50, 67), (x, 50)], "#FBE7A8", 1)
        for y in (0, 4, 8):
            c.oval(x + (n - 1) * -y * 0.35, 50 + y, 1.5, 2.2, "#FBE7A8")
    c.oval(34, 86, 2, 1.2, "#FFF")
    for x in (24, 29, 35, 41):
        c.oval(x, 89.5 - (x % 3) * 0.6, 2.2, 1.2, "#FFFDF5")


@picture("rice", MINT)
def rice(c: Canvas) -> None:
    _sack(c, "#3E8E5A", "#2F6F45")


@picture("rice_blue", SKY)
def rice_blue(c: Canvas) -> None:
    _sack(c, "#3C72B0", "#2B5689")


def _eggs(c: Canvas, shell: str, light: str) -> None:
    c.shadow(50, 86, 40)
    for y, count, x0 in ((46, 4, 23), (57, 5, 14)):
        for n in range(count):
            x = x0 + n * 18
            outline = arc(x, y + 2, 8.4, 10.5, 0, 360)
            c.poly([(px, y + (py - y) * (1.22 if py < y else 1)) for px, py in outline], shell)
            c.oval(x - 2.6, y - 4, 2, 3.6, light)
    c.blob([(6, 60), (50, 64), (94, 60), (88, 80), (74, 86), (26, 86), (12, 80)], "#B98F5E")
    for n in range(5):
        c.blob([(9 + n * 18, 62), (14 + n * 18, 69), (19 + n * 18, 62), (14 + n * 18, 60)], "#A57B4B")
    c.line([(10, 74), (90, 74)], "#A57B4B", 1.2)


@picture("eggs", CREAM)
def eggs(c: Canvas) -> None:
    _eggs(c, "#E3AE7C", "#F3CFA8")


@picture("eggs_green", SAND)
def eggs_green(c: Canvas) -> None:
    _eggs(c, "#BFD9CF", "#E3F1EC")


@picture("honey", CREAM)
def honey(c: Canvas) -> None:
    c.shadow(50, 90, 30)
    c.box(29, 16, 71, 29, "#D9A441", 3)
    for x in (32.0, 37, 42, 47, 52, 57, 62, 67):
        c.line([(x, 18), (x, 27)], "#BC8629", 0.9)
    c.box(24, 28, 76, 89, "#F2A71B", 11)
    c.box(28, 33, 33, 82, "#F9C860", 2.5)
    c.box(24, 45, 76, 75, "#FFF4D6")
    for x, y in ((43.0, 54), (52, 54), (47.5, 62), (56.5, 62), (38.5, 62)):
        c.poly(arc(x, y, 5, 5, 30, 390, 6), "#F2B632")
        c.poly(arc(x, y, 3.4, 3.4, 30, 390, 6), "#FBD878")
    c.oval(63, 53, 5, 3.4, "#F6C935")
    for x in (61.5, 64.5):
        c.line([(x, 50.4), (x, 55.6)], "#4A3A22", 1.3)
    c.oval(62, 48.6, 2.8, 1.8, "#FFFFFFCC")


@picture("bacon", ROSE)
def bacon(c: Canvas) -> None:
    c.shadow(50, 90, 26)
    for dx, tone in ((-15, 0), (15, 1)):
        x = 50 + dx
        c.curve([(x, 8), (x + 2, 16), (x, 24)], "#B98A4B", 1.8)
        c.blob(
            [(x - 11, 24), (x + 11, 23), (x + 12, 52), (x + 10, 84), (x - 10, 87), (x - 12, 54)], "#7A3022"
        )
        c.blob([(x - 8, 28), (x + 6, 27), (x + 7, 54), (x + 5, 81), (x - 8, 82), (x - 9, 54)], "#B4513B")
        c.blob([(x - 5, 30), (x - 1, 30), (x, 55), (x - 2, 79), (x - 6, 79), (x - 5, 55)], "#F0CDB4")
        c.blob(
            [(x + 3, 30), (x + 5, 30), (x + 6, 56), (x + 4, 78), (x + 3, 78), (x + 3, 56)],
            "#F0CDB4" if tone else "#EBC1A5",
        )
    c.line([(20, 9), (80, 9)], "#8A6235", 3)


@picture("sausage", SAND)
def sausage(c: Canvas) -> None:
    c.shadow(50, 88, 30)
    c.line([(18, 12), (82, 12)], "#8A6235", 3)
    for x in (32, 50, 68):
        c.line([(x, 12), (x, 20)], "#D9C29A", 1.4)
        for y in (20, 52):
            c.blob(
                [(x, y), (x + 7, y + 5), (x + 7, y + 24), (x, y + 30), (x - 7, y + 24), (x - 7, y + 5)],
                "#A8352B",
            )
            c.oval(x - 2.6, y + 12, 1.7, 7, "#C9594A")
            for dx, dy in ((2, 9), (3, 18), (-1, 23)):
                c.oval(x + dx, y + dy, 1.1, fill="#E7B9A0")
        c.line([(x, 49), (x, 53)], "#D9C29A", 1.6)


@picture("tofu", MINT)
def tofu(c: Canvas) -> None:
    c.shadow(50, 82, 38)
    c.oval(50, 74, 40, 9, "#FFFFFF")
    c.oval(50, 73, 34, 6.4, "#DCE7EE")
    for x, y in ((24, 54), (46, 54), (35, 38), (57, 42)):
        c.poly([(x, y), (x + 9, y - 7), (x + 28, y - 5), (x + 20, y + 3)], "#C58A4E")
        c.poly([(x, y), (x + 20, y + 3), (x + 20, y + 18), (x, y + 15)], "#A66C36")
        c.poly([(x + 20, y + 3), (x + 28, y - 5), (x + 28, y + 10), (x + 20, y + 18)], "#8B5729")
    leaf(c, 66, 70, -20, 0.8)
    leaf(c, 66, 70, 15, 0.7)


def _crock(c: Canvas, body: str, dark: str, light: str, paper: str) -> None:
    c.shadow(50, 89, 28)
    c.blob([(36, 30), (64, 30), (78, 48), (76, 72), (64, 88), (36, 88), (24, 72), (22, 48)], body)
    c.blob([(33, 40), (38, 38), (31, 54), (32, 74), (28, 66), (27, 52)], light)
    c.box(32, 24, 68, 33, dark, 3)
    c.blob([(32, 25), (36, 14), (50, 11), (64, 14), (68, 25)], "#C9443B")
    c.line([(32, 27), (68, 27)], "#E8C98A", 2)
    with c.turned(45, 50, 60):
        c.box(40, 50, 60, 70, paper, 1)


@picture("jar_red", CREAM)
def jar_red(c: Canvas) -> None:
    _crock(c, "#8A4B2E", "#6E3820", "#A9664423", "#D2382E")
    c.blob([(44, 62), (50, 58), (57, 54), (53, 63), (46, 66)], "#F3B63D")


@picture("jar_green", MINT)
def jar_green(c: Canvas) -> None:
    c.shadow(50, 89, 28)
    c.box(28, 26, 72, 88, "#DDEBD4", 9)
    c.box(31, 36, 69, 85, "#A9C77F", 7)
    for x, y, t in ((38, 48, 20), (52, 44, -15), (60, 58, 35), (42, 64, -30), (55, 74, 10), (38, 78, 25)):
        with c.turned(t, x, y):
            c.box(x - 3, y - 8, x + 3, y + 8, "#F4F3DC", 2)
    for x, y in ((47, 56), (62, 46), (50, 82)):
        c.box(x - 4, y - 1.2, x + 4, y + 1.2, "#D6402F", 1)
    c.box(26, 16, 74, 29, "#B53A33", 3)
    c.box(31, 32, 34, 80, "#FFFFFF88", 1.5)


@picture("noodles", CREAM)
def noodles(c: Canvas) -> None:
    c.shadow(50, 86, 34)
    with c.turned(-18):
        for n in range(15):
            x = 29 + n * 3
            c.line([(x, 12 + (n * 7) % 4), (x, 88 - (n * 5) % 4)], "#F2DFA9" if n % 2 else "#E5CB86", 3)
        c.box(26, 42, 74, 60, "#C6423A", 2)
        c.box(26, 49, 74, 53, "#F0CF85")


@picture("tea", MINT)
def tea(c: Canvas) -> None:
    c.shadow(46, 89, 30)
    c.box(24, 26, 64, 88, "#2F7A55", 4)
    c.oval(44, 26, 20, 5, "#24603F")
    c.box(26, 14, 62, 26, "#3A9068", 3)
    c.oval(44, 14.6, 18, 4, "#4FA87E")
    c.box(30, 40, 58, 76, "#F4EEDA", 2)
    leaf(c, 44, 70, -120, 1.5)
    leaf(c, 44, 70, -60, 1.5)
    leaf(c, 44, 71, -90, 1.7)
    c.blob([(62, 72), (88, 72), (85, 86), (75, 89), (66, 86)], "#FFFFFF")
    c.oval(75, 72, 13, 3, "#B9CC66")


@picture("starch", SKY)
def starch(c: Canvas) -> None:
    c.shadow(50, 88, 32)
    c.blob([(22, 56), (78, 56), (72, 80), (58, 88), (42, 88), (28, 80)], "#3F73AE")
    c.oval(50, 56, 28, 7, "#F0E6E2")
    c.oval(50, 55, 24, 5.4, "#D8B6AE")
    c.line([(58, 54), (82, 24)], "#E7EDF2", 3)
    c.oval(36, 26, 15, 13, "#EAD3B4")
    for x, y in ((36, 18), (29, 23), (43, 23), (30, 31), (42, 31), (36, 27)):
        c.oval(x, y, 2.6, fill="#B68D61")


@picture("chicken", MINT)
def chicken(c: Canvas) -> None:
    c.shadow(50, 90, 28)
    for x in (46, 58):
        c.line([(x, 76), (x, 88)], "#E0A02D", 2.2)
        c.line([(x - 4, 89), (x + 5, 89)], "#E0A02D", 2)
    c.blob([(74, 44), (92, 26), (90, 48), (80, 66)], "#5A3A28")
    c.blob([(70, 46), (86, 20), (84, 44)], "#7C4A2C")
    c.blob(
        [(30, 30), (42, 30), (52, 48), (78, 46), (82, 62), (68, 78), (46, 80), (30, 64), (27, 44)], "#B5642D"
    )
    c.blob([(50, 54), (70, 54), (72, 66), (58, 70), (50, 64)], "#8F4A20")
    c.oval(35, 29, 11, fill="#C4712F")
    for x, y in ((29, 17), (35, 14), (41, 17)):
        c.oval(x, y, 4.2, fill="#D2342C")
    c.poly([(25, 27), (14, 31), (25, 34)], "#E8B33A")
    c.oval(26, 38, 3, 5, "#D2342C")
    c.oval(33, 27, 2, fill="#2B2320")


@picture("bamboo", SAND)
def bamboo(c: Canvas) -> None:
    c.shadow(50, 88, 36)
    c.ring(50, 48, 32, "#B98A45", 3.4, 180, 360)
    c.poly([(16, 48), (84, 48), (74, 88), (26, 88)], "#D9AE66")
    for row, y in enumerate(range(52, 86, 7)):
        for n in range(8):
            x = 22 + n * 8 + (row % 2) * 4 - row * 0
            if 20 + row * 1.8 < x < 80 - row * 1.8:
                c.box(x - 3, y, x + 3, y + 4.6, "#B98A45", 1)
    c.box(13, 45, 87, 52, "#C79A52", 3.5)
