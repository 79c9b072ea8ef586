"""The goods of the pack: by department, by word, pinyin or initials, and one by one."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from kiosk.bilingual import Text, from_pack, same
from kiosk.services import pack
from kiosk.services.errors import Refused, Why
from kiosk.services.paging import Page
from kiosk.store import search as store_search
from kiosk.store import tables

PAGE = 24


@dataclass(frozen=True)
class Department:
    id: str
    name: Text
    icon: str
    order: int
    count: int


@dataclass(frozen=True)
class GoodCard:
    id: str
    title: str
    spec: str
    price_fen: int
    list_fen: int | None
    unit: str
    picture: str | None
    department: str


@dataclass(frozen=True)
class Good:
    card: GoodCard
    brief: str | None
    attributes: tuple[tuple[str, str], ...]
    category: tuple[str, ...]
    origin: str | None  # the place's name
    supplier: Text
    pickup_days: int


def departments(cache: Connection) -> tuple[Department, ...]:
    table = tables.goods
    query = select(table.c.department, func.count()).group_by(table.c.department)
    counts: dict[str, int] = {name: count for name, count in cache.execute(query)}  # noqa: C416
    found = (
        Department(raw["id"], from_pack(raw["name"]), raw["icon"], raw["order"], counts.get(raw["id"], 0))
        for raw in pack.records(cache, tables.departments)
    )
    return tuple(sorted(found, key=lambda one: one.order))


def browse(
    cache: Connection, department: str | None = None, offset: int = 0, limit: int = PAGE
) -> Page[GoodCard]:
    where = {"department": department} if department is not None else {}
    total = pack.count(cache, tables.goods, **where)
    found = pack.page(cache, tables.goods, offset, limit, **where)
    return Page(tuple(map(_card, found)), total, offset, limit)


def search(
    cache: Connection, query: str, department: str | None = None, offset: int = 0, limit: int = PAGE
) -> Page[GoodCard]:
    if not query.strip():
        return browse(cache, department, offset, limit)
    hits = store_search.find(cache, "good", query, department, offset, limit)
    found = pack.by_ids(cache, tables.goods, hits.ids)
    return Page(tuple(_card(found[one]) for one in hits.ids), hits.total, offset, limit)


def cards(cache: Connection, ids: tuple[str, ...]) -> tuple[GoodCard, ...]:
    """In the order asked for; what is no longer in the pack is left out."""
    found = pack.by_ids(cache, tables.goods, ids)
    return tuple(_card(found[one]) for one in ids if one in found)


def good(cache: Connection, good_id: str) -> Good:
    raw = pack.record(cache, tables.goods, good_id)
    if raw is None:
        raise Refused(Why.GOOD_UNKNOWN)
    place = pack.record(cache, tables.places, raw["origin"]) if raw.get("origin") else None
    partner = pack.record(cache, tables.partners, raw["supplier"])
    return Good(
        card=_card(raw),
        brief=raw.get("brief"),
        attributes=tuple((str(key), str(value)) for key, value in raw["attributes"]),
        category=tuple(raw["category"]),
        origin=place["name"] if place else None,
        supplier=from_pack(partner["name"]) if partner else same(raw["supplier"]),
        pickup_days=raw["pickup_days"],
    )


def _card(raw: pack.Record) -> GoodCard:
    return GoodCard(
        id=raw["id"],
        title=raw["title"],
        spec=raw["spec"],
        price_fen=raw["price_fen"],
        list_fen=raw.get("list_fen"),
        unit=raw["unit"],
        picture=raw.get("picture"),
        department=raw["department"],
    )
