"""What the guide shows: the list that was searched for, or one item, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.bilingual import Lang, Text, same
from kiosk.services import moments
from kiosk.services.guide import DepartmentCount, Item, ItemHit
from kiosk.services.offer import Service
from kiosk.services.paging import Page
from ui.viewmodels.base import Head, PairRow

FOUND = Text("找到 {count} 项", "{count:item|items} found")
NOTHING = Text("没有找到“{query}”", "Nothing found for: {query}")
PRINT = Text("打印清单", "Print the list")
AS_OF = Text("内容截至 {at}，以窗口为准", "As of {at}; the counter has the last word")
COPIES = Text("{count} 份", "{count}")
ASK = Text("材料清单请致电办理部门询问", "Ask the department for the list of materials")
FREE_TEXT = (
    (Text("办理部门", "Department"), "department"),
    (Text("办理时间", "Hours"), "hours"),
    (Text("办理地点", "Where"), "address"),
    (Text("电话", "Telephone"), "phone"),
    (Text("收费", "Fee"), "fee"),
)
DAYS, WORKING_DAYS = Text("办结时间", "Takes"), Text("{days} 个工作日", "{days:working day|working days}")
AT_ONCE = Text("当场办结", "Done at once")
ALL = Text("全部部门", "All departments")


@dataclass(frozen=True)
class GuideState:
    service: str
    about: Service | None = None
    departments: tuple[DepartmentCount, ...] = ()
    query: str = ""
    department: str | None = None
    offset: int = 0
    page: Page[ItemHit] | None = None
    item: Item | None = None


@dataclass(frozen=True)
class HitRow:
    id: str
    title: str
    note: str


@dataclass(frozen=True)
class DepartmentRow:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class MaterialRow:
    number: int
    title: str
    note: str
    copies: str


@dataclass(frozen=True, kw_only=True)
class GuideShown(Head):
    reading: bool
    query: str = ""
    found: str = ""
    empty: str = ""
    more: bool = False
    before: bool = False
    item_title: str = ""
    as_of: str = ""
    ask: str = ""
    hits: tuple[HitRow, ...] = ()
    departments: tuple[DepartmentRow, ...] = ()
    pairs: tuple[PairRow, ...] = ()
    materials: tuple[MaterialRow, ...] = ()


def show(state: GuideState, lang: Lang) -> GuideShown:
    return _item(state.item, state, lang) if state.item else _list(state, lang)


def _list(state: GuideState, lang: Lang) -> GuideShown:
    page = state.page
    nothing = page is not None and page.total == 0
    return GuideShown(
        title=state.about.title.of(lang) if state.about else "",
        subtitle=state.about.brief.of(lang) if state.about else "",
        icon="guide",
        chapter="government",
        reading=False,
        query=state.query,
        found=FOUND.with_params({"count": str(page.total)}).of(lang) if page else "",
        empty=NOTHING.with_params({"query": state.query}).of(lang) if nothing else "",
        more=page is not None and page.more,
        before=state.offset > 0,
        hits=tuple(HitRow(hit.id, hit.title, f"{hit.department} · {hit.type}") for hit in page.items)
        if page
        else (),
        departments=(
            DepartmentRow("", ALL.of(lang), state.department is None),
            *(
                DepartmentRow(d.name, f"{d.name} {d.count}", d.name == state.department)
                for d in state.departments
            ),
        ),
    )


def _item(item: Item, state: GuideState, lang: Lang) -> GuideShown:
    return GuideShown(
        title=state.about.title.of(lang) if state.about else "",
        subtitle=item.department,
        icon="guide",
        chapter="government",
        primary=PRINT.of(lang),
        primary_icon="print",
        reading=True,
        query=state.query,
        item_title=item.title,
        as_of=AS_OF.with_params({"at": moments.show_day(item.as_of)}).of(lang),
        ask="" if item.materials else ASK.of(lang),
        pairs=tuple(PairRow(k.of(lang), v.of(lang)) for k, v in _facts(item)),
        materials=tuple(
            MaterialRow(n, m.name, m.note or "", COPIES.with_params({"count": str(m.copies)}).of(lang))
            for n, m in enumerate(item.materials, 1)
        ),
    )


def _facts(item: Item) -> tuple[tuple[Text, Text], ...]:
    known = tuple((label, same(getattr(item, name))) for label, name in FREE_TEXT if getattr(item, name))
    if item.days is None:
        return known
    takes = WORKING_DAYS.with_params({"days": str(item.days)}) if item.days else AT_ONCE
    return (*known, (DAYS, takes))
