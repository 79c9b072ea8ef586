"""Any number of plausible goods for measuring: place × adjective × food × specification × pack."""

from collections.abc import Iterator
from functools import cache

from central.demo.files import Record, lines
from central.demo.pictures import picture_of, sha256_of
from central.demo.places import places

ADJECTIVES = (
    "农家",
    "手工",
    "有机",
    "新鲜",
    "特级",
    "传统",
    "原味",
    "高山",
    "老坛",
    "散养",
    "当季",
    "精选",
    "无糖",
    "香辣",
    "五香",
    "即食",
)
SPECS = ("100克", "250克", "500克", "750克", "1公斤", "2.5公斤", "5公斤", "10公斤")
PACKS = (("袋装", "袋"), ("盒装", "盒"), ("罐装", "罐"), ("礼盒装", "盒"), ("散装", "份"), ("箱装", "箱"))
STRIDE = 982_451_653
"""A prime: stepping by it visits every combination once, in an order that looks random."""


@cache
def _towns() -> tuple[str, ...]:
    return tuple(place.name[:-1] for place in places() if place.level == "town")


@cache
def _foods() -> tuple[str, ...]:
    return tuple(lines("food_words.txt.xz"))


@cache
def _picture(food: str) -> str:
    return sha256_of(picture_of(food, ["饮食"]))


@cache
def most() -> int:
    """How many different goods there are."""
    return len(_towns()) * len(ADJECTIVES) * len(_foods()) * len(SPECS) * len(PACKS)


def goods(count: int) -> Iterator[Record]:
    """The first `count` goods; a larger count begins with the same ones."""
    assert count <= most()
    for n in range(count):
        yield _good(n)


def _good(n: int) -> Record:
    left = n * STRIDE % most()
    left, town = divmod(left, len(_towns()))
    left, adjective = divmod(left, len(ADJECTIVES))
    left, spec = divmod(left, len(SPECS))
    food_n, pack = divmod(left, len(PACKS))
    food, (packed, unit) = _foods()[food_n], PACKS[pack]
    title = f"{_towns()[town]}{ADJECTIVES[adjective]}{food}"
    return {
        "t": "good",
        "id": f"sc-{n:07d}",
        "title": title,
        "spec": f"{SPECS[spec]} {packed}",
        "department": "food",
        "category": ["食品", ADJECTIVES[adjective]],
        "price_fen": 350 + (left * 37 + spec * 911) % 29_650,
        "unit": unit,
        "attributes": [],
        "supplier": "p-mall",
        "picture": _picture(food),
        "pickup_days": 1 + n % 5,
        "stock": 10 + n % 190,
    }
