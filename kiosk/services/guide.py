"""The guide to government items: found by word, pinyin or initials, and printed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Line, Note, Pair, Rule, Slip, SlipKind, Words
from kiosk.services import moments, pack, slip_build, slips
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.offer import Availability, Here, Service
from kiosk.services.offline import Can
from kiosk.services.paging import Page
from kiosk.services.slip_build import Heading, Subject
from kiosk.store import search as store_search
from kiosk.store import tables

PAGE = 20
AS_OF = Text("内容截至 {at}", "As of {at}")


@dataclass(frozen=True)
class ItemHit:
    id: str
    title: str
    department: str
    type: str


@dataclass(frozen=True)
class Material:
    name: str
    copies: int
    note: str | None


@dataclass(frozen=True)
class Item:
    id: str
    title: str
    department: str
    type: str
    materials: tuple[Material, ...]
    hours: str | None
    address: str | None
    phone: str | None
    fee: str | None
    days: int | None
    as_of: datetime


@dataclass(frozen=True)
class DepartmentCount:
    name: str
    count: int


def availability(here: Here, of: Service) -> Availability:
    """Old facts may be read, and are called old."""
    fresh = here.board.freshness
    old = (
        Refused(Why.CATALOGUE_EXPIRED, at=moments.show(fresh.expires_at)) if fresh and fresh.expired else None
    )
    return Availability(Can.NOW, of.offline, fresh, reason=old)


def departments(cache: Connection) -> tuple[DepartmentCount, ...]:
    """Those with the most items first."""
    table = tables.items
    query = select(table.c.department, func.count()).group_by(table.c.department)
    found = (DepartmentCount(name, count) for name, count in cache.execute(query))
    return tuple(sorted(found, key=lambda one: (-one.count, one.name)))


def search(
    cache: Connection, query: str, department: str | None = None, offset: int = 0, limit: int = PAGE
) -> Page[ItemHit]:
    """Without words: all items of the department, in the order of the pack."""
    if not query.strip():
        return _browse(cache, department, offset, limit)
    hits = store_search.find(cache, "item", query, department, offset, limit)
    found = pack.by_ids(cache, tables.items, hits.ids)
    return Page(tuple(_hit(found[one]) for one in hits.ids), hits.total, offset, limit)


def item(cache: Connection, item_id: str) -> Item:
    raw = pack.record(cache, tables.items, item_id)
    if raw is None:
        raise Refused(Why.ITEM_UNKNOWN)
    materials = tuple(Material(m["name"], m["copies"], m.get("note")) for m in raw["materials"])
    return Item(
        id=raw["id"],
        title=raw["title"],
        department=raw["department"],
        type=raw["type"],
        materials=materials,
        hours=raw.get("hours"),
        address=raw.get("address"),
        phone=raw.get("phone"),
        fee=raw.get("fee"),
        days=raw.get("days"),
        as_of=moments.parse(raw["as_of"]),
    )


def print_guide(conn: Connection, desk: Desk, of: Item) -> Slip:
    """Kept like any slip, but nobody's: it belongs to no operation."""
    number = slips.next_number(conn, desk.place.terminal)
    about = Subject(same(of.title), _facts(of))
    as_of = AS_OF.with_params({"at": moments.show_day(of.as_of)})
    heading = Heading(SlipKind.GUIDE, number, desk.now)
    return slips.keep(conn, desk.stamp, slip_build.compose(desk, heading, about, (Note(as_of),)), about)


def _facts(of: Item) -> tuple[Line, ...]:
    lines: list[Line] = [Pair(Text("办理部门", "Department"), same(of.department))]
    known = (
        (Text("办理时间", "Hours"), of.hours),
        (Text("办理地点", "Where"), of.address),
        (Text("电话", "Telephone"), of.phone),
        (Text("收费", "Fee"), of.fee),
        (Text("办结天数", "Days"), str(of.days) if of.days is not None else None),
    )
    lines += [Pair(label, same(value)) for label, value in known if value is not None]
    lines += [Rule(), Words(Text("请带好这些材料", "Please bring"), strong=True)]
    if not of.materials:
        lines.append(
            Note(Text("材料清单请致电办理部门询问。", "Ask the department for the list of materials."))
        )
    for n, material in enumerate(of.materials, 1):
        copies = same(f"× {material.copies}")
        lines.append(Pair(same(f"□ {n}. {material.name}"), copies))
        if material.note:
            lines.append(Note(same(f"   {material.note}")))
    return tuple(lines)


def _browse(cache: Connection, department: str | None, offset: int, limit: int) -> Page[ItemHit]:
    where = {"department": department} if department is not None else {}
    total = pack.count(cache, tables.items, **where)
    found = pack.page(cache, tables.items, offset, limit, **where)
    return Page(tuple(map(_hit, found)), total, offset, limit)


def _hit(raw: pack.Record) -> ItemHit:
    return ItemHit(raw["id"], raw["title"], raw["department"], raw["type"])
