"""Masked names of the demo households, with characters that break careless software."""

from central.demo.draws import below, chance, one_of

GIVEN_FIRST = "小建国文明志德光永春秀桂玉兰淑芳红丽艳思雨子浩俊天华云海大成长正兴世金银福贵"
GIVEN_LAST = "明华平军强伟刚勇辉林英兰珍琼芬霞燕梅莲秀云涛鹏杰超轩涵怡萱洋宇成民生全友发才"
RARE = ("㳇", "建𡓐", "小㮾", "䶮", "文𬱖", "㛃英", "𫖮", "玉𤧛", "子\uf92c", "志㵑")
"""Extension A, B and later, and a compatibility character that normalisation would rewrite."""


def masked(*key: object) -> str:
    """`*` for the surname, then the given name."""
    if chance(2, *key, "rare"):
        return "*" + one_of(RARE, *key, "which")
    last = one_of(GIVEN_LAST, *key, "last")
    if below(4, *key, "length") == 0:
        return "*" + last
    return "*" + one_of(GIVEN_FIRST, *key, "first") + last
