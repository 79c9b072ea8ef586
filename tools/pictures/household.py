"""Pictures of pots and pet things."""

from tools.pictures.canvas import CREAM, LILAC, MINT, ROSE, SAND, SKY, Canvas, arc, picture
from tools.pictures.leaves import LEAF

WOOD, WOOD_DARK, WOOD_LIGHT = "#C08A53", "#9A6A3A", "#D9AB78"


@picture("wok", CREAM)
def wok(c: Canvas) -> None:
    c.shadow(46, 80, 36)
    c.line([(74, 50), (94, 38)], WOOD_DARK, 6)
    c.line([(70, 53), (78, 48)], "#8F9AA3", 4)
    c.poly(arc(42, 50, 36, 30, 0, 180), "#3D464E")
    c.oval(42, 50, 36, 8, "#59646E")
    c.oval(42, 51, 31, 5.6, "#2B3238")
    for x, y, tone in (
        (34, 49, "#D6402F"),
        (44, 47, LEAF),
        (52, 50, "#F2C037"),
        (40, 52, "#F2C037"),
        (28, 51, LEAF),
    ):
        c.oval(x, y, 4, 2.4, tone)


def _casserole(c: Canvas, tone: str, dark: str, light: str) -> None:
    c.shadow(50, 86, 36)
    c.box(8, 50, 22, 58, dark, 3)
    c.box(78, 50, 92, 58, dark, 3)
    c.box(18, 46, 82, 84, tone, 10)
    c.box(23, 54, 28, 76, light, 2.5)
    c.poly(arc(50, 46, 33, 17, 180, 360), tone)
    c.box(15, 43, 85, 49, dark, 3)
    c.box(45, 22, 55, 31, dark, 3)


@picture("pot", ROSE)
def pot(c: Canvas) -> None:
    _casserole(c, "#D9564A", "#B23D33", "#EE8D82")


@picture("pot_mint", MINT)
def pot_mint(c: Canvas) -> None:
    _casserole(c, "#6DB6A4", "#4A917F", "#A5D8CB")


@picture("pan", SAND)
def pan(c: Canvas) -> None:
    c.shadow(42, 78, 34)
    c.line([(66, 46), (93, 24)], WOOD_DARK, 6)
    c.oval(42, 56, 34, 24, "#3D464E")
    c.oval(42, 54, 30, 20, "#59646E")
    c.blob([(28, 52), (36, 42), (50, 44), (58, 54), (48, 64), (34, 62)], "#FFFFFF")
    c.oval(43, 53, 7, 5.4, "#F5B93A")
    c.oval(41, 51, 2.4, 1.6, "#FBDD8F")


@picture("pet_house", SAND)
def pet_house(c: Canvas) -> None:
    c.shadow(50, 84, 40)
    c.poly([(50, 12), (90, 46), (82, 46), (82, 82), (18, 82), (18, 46), (10, 46)], "#D98B54")
    c.poly([(50, 12), (92, 47), (87, 51), (50, 20), (13, 51), (8, 47)], "#A65B34")
    c.poly([*arc(50, 58, 18, 18, 180, 360), (68, 82), (32, 82)], "#5A3420")
    c.oval(50, 66, 12, 11, "#F4DDBE")
    c.poly([(39, 60), (40, 50), (47, 57)], "#F4DDBE")
    c.poly([(61, 60), (60, 50), (53, 57)], "#F4DDBE")
    for x in (45.5, 54.5):
        c.oval(x, 64, 1.6, fill="#2B2320")
    c.poly([(48, 68), (52, 68), (50, 70.6)], "#C86A5E")
    c.box(28, 76, 72, 84, "#EBC28F", 4)


@picture("pet_bowl", MINT)
def pet_bowl(c: Canvas) -> None:
    c.shadow(50, 82, 40)
    c.poly([(22, 52), (78, 52), (90, 80), (10, 80)], "#4F8FBF")
    c.oval(50, 52, 28, 8, "#7FB2D8")
    c.oval(50, 53, 24, 6, "#A9743F")
    for x, y in ((36.0, 50.0), (44, 47), (52, 48), (60, 47), (66, 51), (48, 52), (40, 53), (57, 52)):
        c.oval(x, y, 4, 3, "#C98F52")
    c.oval(50, 70, 5, 4, "#FFFFFF")
    for x, y in ((43, 65), (48, 62), (54, 62), (58, 65.6)):
        c.oval(x, y, 2, 2.4, "#FFFFFF")


@picture("leash", CREAM)
def leash(c: Canvas) -> None:
    c.shadow(46, 88, 30)
    c.curve([(64, 26), (84, 40), (72, 62), (48, 58), (40, 74), (56, 86), (76, 80)], "#E08A3C", 3)
    c.box(22, 16, 66, 58, "#3F73AE", 14)
    c.box(30, 26, 48, 48, CREAM, 8)
    c.oval(56, 36, 5, fill="#F2C037")
    c.ring(80, 78, 5, "#7C8790", 2.4)


@picture("cat_box", SKY)
def cat_box(c: Canvas) -> None:
    c.shadow(50, 84, 40)
    c.oval(62, 40, 15, 14, "#F0A85A")
    c.poly([(49, 34), (50, 20), (59, 28)], "#F0A85A")
    c.poly([(75, 34), (74, 20), (65, 28)], "#F0A85A")
    for x in (57, 67):
        c.oval(x, 38, 1.8, fill="#2B2320")
    c.poly([(60, 43), (64, 43), (62, 45.4)], "#C86A5E")
    for y in (44, 47):
        c.line([(48, y), (56, 44.5)], "#B9742F", 0.7)
        c.line([(76, y), (68, 44.5)], "#B9742F", 0.7)
    c.blob([(44, 52), (62, 50), (80, 54), (80, 62), (44, 62)], "#F0A85A")
    c.poly([(10, 54), (90, 54), (82, 84), (18, 84)], "#6FA7B8")
    c.box(7, 50, 93, 58, "#8EC3D2", 4)


@picture("pet_brush", LILAC)
def pet_brush(c: Canvas) -> None:
    c.shadow(50, 84, 34)
    with c.turned(-35):
        c.box(44, 52, 56, 92, "#E08A3C", 6)
        c.box(26, 20, 74, 54, "#E08A3C", 12)
        c.box(30, 24, 70, 50, "#F6C58E", 9)
        for x in range(35, 68, 7):
            for y in (30, 37, 44):
                c.oval(x, y, 1.6, fill="#B25E1D")
    c.oval(76, 72, 8, 6, "#8A5A3A")
    for x, y in ((67, 64), (73, 60), (80, 60), (86, 64)):
        c.oval(x, y, 3, 3.6, "#8A5A3A")
