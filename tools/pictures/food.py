"""Pictures of prepared food and drink, fresh meat and fish."""

from tools.pictures.canvas import CREAM, LILAC, MINT, ROSE, SAND, SKY, Canvas, arc, picture
from tools.pictures.leaves import LEAF, LEAF_DARK, leaf


@picture("cookies", CREAM)
def cookies(c: Canvas) -> None:
    c.shadow(50, 84, 38)
    for x, y in ((36, 44), (64, 48), (48, 66)):
        c.oval(x, y, 19, fill="#C98D4A")
        c.oval(x, y - 1, 17.4, fill="#E0AC69")
        for dx, dy in ((-8, -6), (4, -10), (9, 2), (-2, 3), (-10, 7), (5, 10)):
            c.oval(x + dx, y + dy, 2.1, 1.8, "#8B4A3A" if dx % 2 else "#A8323A")


@picture("pastry", MINT)
def pastry(c: Canvas) -> None:
    c.shadow(50, 82, 38)
    c.oval(50, 76, 42, 9, "#FFFFFF")
    for x, y in ((30, 60), (70, 60), (50, 50)):
        c.box(x - 16, y - 9, x + 16, y + 14, "#E3B56A", 9)
        c.oval(x, y - 4, 15, 8.6, "#F1CF8E")
        c.oval(x - 3, y - 7, 6, 2.6, "#FAE4B6")
        for dx in (-4, 1, 5):
            c.oval(x + dx, y - 4 + dx % 3, 0.9, fill="#4A3A28")


@picture("bean_cake", MINT)
def bean_cake(c: Canvas) -> None:
    c.shadow(50, 82, 38)
    c.oval(50, 76, 42, 9, "#FFFFFF")
    for x, y in ((30, 60), (68, 60), (49, 44)):
        c.box(x - 16, y - 6, x + 16, y + 15, "#B9BF5A", 5)
        c.box(x - 16, y - 10, x + 16, y + 6, "#D7DB7C", 5)
        for t in range(0, 360, 60):
            with c.turned(t, x, y - 2):
                c.oval(x + 4.4, y - 2, 3, 1.4, "#B9BF5A")


@picture("pineapple_cake", CREAM)
def pineapple_cake(c: Canvas) -> None:
    c.shadow(50, 86, 36)
    for dx, dy in ((-2, 22), (-20, 12), (18, 10)):
        with c.turned(0):
            x, y = 52 + dx, 50 + dy
            c.poly([(x - 18, y), (x, y - 8), (x + 20, y - 2), (x + 2, y + 7)], "#F0C368")
            c.poly([(x - 18, y), (x + 2, y + 7), (x + 2, y + 21), (x - 18, y + 13)], "#DDA548")
            c.poly([(x + 2, y + 7), (x + 20, y - 2), (x + 20, y + 11), (x + 2, y + 21)], "#C48B34")
    for t in (-36, -12, 12, 36):
        with c.turned(t, 50, 30):
            c.blob([(48, 30), (45, 18), (50, 6), (55, 18), (52, 30)], LEAF if t % 24 else LEAF_DARK)
    c.oval(50, 36, 12, 14, "#EBB13A")
    for x, y in ((45, 32), (55, 32), (50, 37), (45, 42), (55, 42)):
        c.poly(arc(x, y, 2.6, 2.6, 0, 360, 4), "#C88B22")


@picture("zongzi", MINT)
def zongzi(c: Canvas) -> None:
    c.shadow(50, 86, 38)
    for x, y, z in ((66, 46, 0.84), (36, 50, 1)):
        c.blob(
            [
                (x, y - 30 * z),
                (x + 14 * z, y - 4),
                (x + 28 * z, y + 26 * z),
                (x, y + 34 * z),
                (x - 28 * z, y + 26 * z),
                (x - 14 * z, y - 4),
            ],
            "#4F8B45",
        )
        c.blob(
            [
                (x, y - 28 * z),
                (x + 8 * z, y),
                (x + 4 * z, y + 32 * z),
                (x - 20 * z, y + 26 * z),
                (x - 10 * z, y),
            ],
            "#6BAA5C",
        )
        for k in (-6, 10):
            c.curve(
                [(x - (14 - k) * z, y + k * z), (x, y + (k + 6) * z), (x + (16 - k * 0.2) * z, y + k * z)],
                "#E7D9A8",
                1.8,
            )
        c.curve([(x - 2, y + 14 * z), (x + 6, y + 24 * z), (x + 2, y + 34 * z)], "#E7D9A8", 1.6)


@picture("snack", ROSE)
def snack(c: Canvas) -> None:
    c.shadow(50, 88, 30)
    c.blob([(24, 20), (50, 24), (76, 20), (73, 50), (78, 84), (50, 80), (22, 84), (27, 50)], "#D9473B")
    for y in (16, 82):
        c.poly(
            [
                (22, y),
                *((22 + n * 4, y + (0 if n % 2 else 4)) for n in range(15)),
                (78, y),
                (78, y + 7),
                (22, y + 7),
            ],
            "#B5352B",
        )
    c.oval(50, 52, 18, fill="#FBE3B5")
    for x, y, t in ((44, 48, 20), (56, 46, -30), (50, 58, 60)):
        with c.turned(t, x, y):
            c.blob([(x - 8, y - 1), (x, y - 6), (x + 8, y - 1), (x, y + 5)], "#E39A35")
    c.blob([(30, 30), (35, 30), (33, 50), (35, 70), (30, 72), (31, 50)], "#EE8378")


@picture("drink", SKY)
def drink(c: Canvas) -> None:
    c.shadow(50, 90, 26)
    c.line([(56, 30), (64, 8), (74, 6)], "#D9473B", 3)
    c.poly([(28, 26), (72, 26), (66, 89), (34, 89)], "#FFFFFF")
    c.poly([(30, 40), (70, 40), (65, 86), (35, 86)], "#F2A541")
    c.oval(50, 40, 20, 4, "#F8C373")
    c.box(25, 22, 75, 29, "#DCE7EF", 3)
    for x, y in ((42, 52), (56, 58), (47, 70)):
        c.oval(x, y, 2.2, fill="#FAD79B")
    c.oval(68, 30, 12, fill="#F2C037")
    c.oval(68, 30, 9.6, fill="#FCEBAF")
    for point in arc(68, 30, 9.6, 9.6, 0, 300, 5):
        c.line([(68, 30), point], "#F2C037", 1.2)


@picture("milk", SKY)
def milk(c: Canvas) -> None:
    c.shadow(50, 90, 28)
    c.poly([(30, 32), (50, 12), (70, 32)], "#3F86C4")
    c.box(42, 8, 58, 15, "#2F6CA3", 1.5)
    c.box(30, 32, 70, 89, "#FFFFFF", 2)
    c.blob([(30, 64), (40, 58), (50, 66), (60, 58), (70, 64), (70, 89), (50, 89), (30, 89)], "#7FB5E2")
    c.blob([(38, 40), (50, 37), (54, 44), (46, 52), (37, 48)], "#2E3A46")
    c.blob([(58, 46), (66, 44), (66, 54), (59, 54)], "#2E3A46")


@picture("wine", LILAC)
def wine(c: Canvas) -> None:
    c.shadow(48, 90, 32)
    c.box(36, 8, 46, 36, "#4A2C3A", 2)
    c.blob([(34, 34), (48, 34), (56, 46), (57, 88), (41, 90), (25, 88), (26, 46)], "#6B3145")
    c.box(26, 54, 56, 76, "#F4EAD3", 1)
    c.box(34, 8, 48, 18, "#C99A3F", 2)
    c.poly(arc(74, 48, 13, 20, 0, 180), "#FFFFFF")
    c.poly(arc(74, 54, 11.6, 12, 0, 180), "#B23A4E")
    c.line([(74, 66), (74, 86)], "#FFFFFF", 2)
    c.box(64, 85, 84, 88.5, "#FFFFFF", 1.5)


@picture("bread", SAND)
def bread(c: Canvas) -> None:
    c.shadow(50, 82, 38)
    c.blob([(12, 60), (20, 42), (50, 34), (80, 42), (88, 60), (80, 78), (50, 82), (20, 78)], "#D79A4E")
    c.blob([(16, 56), (26, 44), (50, 38), (74, 44), (84, 56), (60, 60), (40, 60)], "#E9BC78")
    for x in (30, 46, 62):
        c.curve([(x, 44), (x + 8, 52), (x + 10, 62)], "#B97B33", 2.6)


@picture("soup", CREAM)
def soup(c: Canvas) -> None:
    c.shadow(50, 86, 34)
    for x in (36, 50, 64):
        c.curve([(x, 36), (x - 4, 28), (x + 3, 20), (x, 12)], "#D9CDBB", 2)
    c.blob([(14, 50), (86, 50), (76, 78), (60, 86), (40, 86), (24, 78)], "#C7413A")
    c.oval(50, 50, 36, 9, "#FFFFFF")
    c.oval(50, 50, 32, 7, "#F0B95C")
    for x, y in ((38, 49), (52, 52), (62, 48)):
        c.oval(x, y, 4, 2, "#FFF3D0")
    for x, y in ((45, 47), (58, 53), (32, 51), (68, 51)):
        c.oval(x, y, 1.8, 1, LEAF)


@picture("candy", ROSE)
def candy(c: Canvas) -> None:
    c.shadow(50, 82, 34)
    for x, y, t, tone in ((36, 42, -20, "#E2607B"), (62, 62, 18, "#5BA7C9")):
        with c.turned(t, x, y):
            c.poly([(x - 14, y), (x - 28, y - 11), (x - 26, y + 11)], tone)
            c.poly([(x + 14, y), (x + 28, y - 11), (x + 26, y + 11)], tone)
            c.oval(x, y, 16, 13, tone)
            for dx in (-6, 3):
                c.curve([(x + dx - 2, y - 11), (x + dx + 3, y), (x + dx - 2, y + 11)], "#FFFFFFAA", 3)


@picture("seasoning", SAND)
def seasoning(c: Canvas) -> None:
    c.shadow(50, 90, 32)
    c.box(30, 12, 44, 22, "#C23B31", 2)
    c.blob([(32, 22), (42, 22), (54, 40), (55, 88), (37, 90), (19, 88), (20, 40)], "#4A2A20")
    c.box(20, 50, 54.5, 76, "#F3C753", 1)
    c.oval(37, 63, 8, fill="#C23B31")
    c.box(62, 46, 84, 88, "#FFFFFF", 4)
    c.box(61, 34, 85, 48, "#9FB2BF", 4)
    for x, y in ((68, 40), (73, 38), (78, 40)):
        c.oval(x, y, 1.2, fill="#5B6B76")
    c.box(62, 60, 84, 76, "#7FB5A0")


@picture("meat", ROSE)
def meat(c: Canvas) -> None:
    c.shadow(50, 86, 40)
    c.box(6, 70, 94, 84, "#C69457", 4)
    c.line([(10, 78), (90, 78)], "#AD7C42", 1)
    c.poly([(20, 36), (34, 24), (88, 24), (80, 36)], "#F3CDB0")
    c.poly([(80, 36), (88, 24), (88, 58), (80, 72)], "#C76058")
    layers = (
        (36, 5, "#EDBE9D"),
        (41, 7, "#FBEDE4"),
        (48, 7, "#CF554E"),
        (55, 4, "#FBEDE4"),
        (59, 13, "#D2605A"),
    )
    for y, high, tone in layers:
        c.box(20, y, 80, y + high, tone)
    c.curve([(22, 45), (38, 43), (56, 46), (78, 43)], "#F3D3C0", 1.6)
    c.curve([(22, 66), (40, 63), (60, 67), (78, 64)], "#EBA39B", 1.6)
    leaf(c, 64, 74, 10, 1.2)
    leaf(c, 64, 74, -26, 1.1)


@picture("fish", SKY)
def fish(c: Canvas) -> None:
    c.shadow(50, 80, 36)
    c.blob([(66, 50), (90, 32), (86, 50), (90, 68)], "#5B86A8")
    c.blob([(40, 36), (54, 20), (62, 38)], "#5B86A8")
    c.blob([(10, 54), (26, 38), (48, 34), (72, 48), (72, 54), (48, 68), (26, 66)], "#7FA8C6")
    c.blob([(12, 57), (30, 62), (50, 60), (70, 53), (48, 67), (26, 65)], "#DCEAF2")
    c.ring(32, 52, 11, "#5B86A8", 1.4, -60, 60)
    c.oval(22, 49, 3.2, fill="#FFF")
    c.oval(22, 49, 1.7, fill="#22303A")
    for x, y in ((50, 46), (58, 49), (50, 54), (42, 50)):
        c.ring(x, y, 4, "#5B86A8", 1, -60, 60)
