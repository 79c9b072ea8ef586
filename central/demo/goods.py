"""The goods of the demo mall: real products by sellable unit and the county's own produce."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from json import loads
from typing import Any

from central.demo.files import Record, lines, table
from central.demo.pictures import picture_of, sha256_of

SOURCES = {"litemall": "lm", "macrozheng/mall": "mz", "ShopXO": "sx", "yshopmall": "ys", "crmeb_java": "cr"}
DEPARTMENTS = {
    "居家": "home", "餐厨": "home", "家具软装": "home", "洗护": "beauty", "美妆个护": "beauty",
    "服装": "clothing", "时尚服饰": "clothing", "鞋靴服饰": "clothing", "名品潮包": "clothing",
    "手机数码": "digital", "数码办公": "digital", "家用电器": "digital", "电脑办公": "digital",
    "电子产品": "digital",
    "婴童": "baby", "杂货": "books", "饮食": "food", "志趣": "sports", "户外出行": "sports",
    "配件": "travel", "家居生活": "baby",
}  # fmt: skip
SUPPLIERS = {"relief": "p-farm", "vegetables": "p-vegetables"}
ODD_UNITS = {"米", "张"}
MOST_STOCK, LONGEST_TITLE, LONGEST_SPEC = 500, 80, 40


class Fault(Enum):
    """Why a row of the source is no good."""

    NO_PRICE = "price is not above zero"


@dataclass(frozen=True)
class Skipped:
    source_id: str
    title: str
    fault: Fault


@dataclass(frozen=True)
class Stocked:
    """A good with the pieces that central has, and those that lie at the main point."""

    good: str
    pieces: int
    at_main_point: int


@cache
def _sorted_out() -> tuple[tuple[Record, ...], tuple[Skipped, ...]]:
    good: list[Record] = []
    bad: list[Skipped] = []
    for line in lines("products.ndjson.xz"):
        product = loads(line)
        if fen(product["price"]) <= 0:
            bad.append(Skipped(product["id"], product["name"], Fault.NO_PRICE))
        else:
            good.extend(_units(product))
    return tuple(good), tuple(bad)


def skipped() -> tuple[Skipped, ...]:
    """Rows of the source that are not goods, each with the reason."""
    return _sorted_out()[1]


def goods() -> Iterator[Record]:
    yield from (_produce(row) for row in table("produce.json"))
    yield from _sorted_out()[0]


def stocked() -> Iterator[Stocked]:
    here = {row["id"]: row.get("here", 0) for row in table("produce.json")}
    return (Stocked(good["id"], good["stock"], here.get(good["id"], 0)) for good in goods())


def fen(yuan: str) -> int:
    amount = Decimal(yuan) * 100
    assert amount == int(amount), yuan
    return int(amount)


def _units(product: Record) -> Iterator[Record]:
    source, _, number = product["id"].partition(":")
    skus = product["skus"] or [{"price": product["price"], "stock": product.get("stock", 0)}]
    for n, sku in enumerate(skus, start=1):
        suffix = f"-{n}" if len(skus) > 1 else ""
        yield _unit(product, sku, f"{SOURCES[source]}-{number}{suffix}", _spec(sku.get("spec"), n, len(skus)))


def _unit(product: Record, sku: Record, good_id: str, spec: str) -> Record:
    price, listed = fen(sku["price"]), sku.get("list_price") or product.get("list_price")
    title, brief = tidy(product["name"])[:LONGEST_TITLE], tidy(product.get("brief", ""))
    unit = product.get("unit", "件")
    department = DEPARTMENTS[product["category"][0]]
    record: Record = {
        "t": "good",
        "id": good_id,
        "title": title,
        "spec": spec,
        "department": department,
        "category": product["category"],
        "price_fen": price,
        "unit": "件" if unit in ODD_UNITS else unit,
        "attributes": product.get("attributes", []),
        "supplier": SUPPLIERS.get(department, "p-mall"),
        "pickup_days": 3,
        "stock": min(int(sku.get("stock", 0)), MOST_STOCK),
    }
    if listed and fen(listed) > price:
        record["list_fen"] = fen(listed)
    if brief and not brief.isdigit() and brief != title:
        record["brief"] = brief[:LONGEST_TITLE]
    return _pictured(record, picture_of(title, product["category"]))


def _produce(row: Record) -> Record:
    kept = (
        "id",
        "title",
        "spec",
        "department",
        "category",
        "unit",
        "brief",
        "origin",
        "pickup_days",
        "stock",
    )
    record = {"t": "good", **{name: row[name] for name in kept}}
    record |= {"price_fen": fen(row["price"]), "attributes": [["规格", row["spec"]]]}
    record["supplier"] = SUPPLIERS[row["department"]]
    return _pictured(record, row["picture"])


def _pictured(record: Record, name: str) -> Record:
    return {**record, "picture": sha256_of(name)}


def _spec(spec: Any, n: int, of: int) -> str:
    """The sources write a specification as a list, as an object, as text, or not at all."""
    if spec is None:
        return "标准" if of == 1 else f"款式 {n}"
    parts = (
        spec if isinstance(spec, list) else list(spec.values()) if isinstance(spec, dict) else spec.split(",")
    )
    return tidy(" · ".join(str(part) for part in parts))[:LONGEST_SPEC]


def tidy(text: str) -> str:
    return " ".join(text.split())
