"""The state of the mall, and all that is shown of it, derived in one function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.bilingual import Lang, Text
from kiosk.services import money
from kiosk.services.mall import Allotted, Basket, Department, Good, GoodCard
from kiosk.services.offer import Service
from ui.viewmodels import goods_shown
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.goods_shown import GoodRow, GoodView, Pictures

PAGE = 24
HERE_NOW = "here"
"""The chip of what lies at this point, beside the departments."""


class Step(Enum):
    BROWSE = "browse"
    GOOD = "good"


EMPTY = Basket((), ())
ALL, HERE = Text("全部商品", "All goods"), Text("本点现货", "Here now")
CHECKOUT = Text("购物篮 {count} 件 {total}", "Basket: {count}, {total}")
ADD, MORE = Text("放入购物篮", "Add to basket"), Text("再看一些（共 {total} 件）", "Show more (of {total})")
NOTHING = Text("没有找到“{query}”", "Nothing found for: {query}")
NONE_HERE = Text("本点现在没有现货", "Nothing lies here for sale now")
IN_BASKET = Text("购物篮里已有 {count} 件", "{count} in the basket")
SELL = Text("买现货，当场拿走", "Buy from stock, take it along")
ADDED = Text("已放入购物篮：{title}", "Added to the basket: {title}")


@dataclass(frozen=True)
class MallState:
    service: str
    about: Service | None = None
    step: Step = Step.BROWSE
    departments: tuple[Department, ...] = ()
    department: str = ""
    query: str = ""
    letters: bool = False
    limit: int = PAGE
    found: tuple[GoodCard, ...] | None = None
    total: int = 0
    pictures: Pictures = field(default_factory=dict)
    here: Mapping[str, Allotted] = field(default_factory=dict)
    basket: Basket = EMPTY
    good: Good | None = None
    qty: int = 1
    added: str = ""


@dataclass(frozen=True)
class ChipRow:
    id: str
    title: str
    icon: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class MallShown(Head):
    step: str
    query: str
    letters: bool
    chips: tuple[ChipRow, ...]
    goods: tuple[GoodRow, ...]
    more: str
    nothing: str
    good: GoodView
    facts: tuple[PairRow, ...]
    qty: int
    subtotal: float
    held: str
    sell: str
    added: str


def show(state: MallState, lang: Lang) -> MallShown:
    about, card = state.about, state.good.card if state.good else None
    browsing = state.step is Step.BROWSE
    count = sum(line.qty for line in state.basket.lines)
    total = money.show(state.basket.total_fen)
    checkout = CHECKOUT.with_params({"count": str(count), "total": total}).of(lang) if count else ""
    here = state.here.get(card.id) if card else None
    return MallShown(
        title=about.title.of(lang) if about else "",
        subtitle=about.brief.of(lang) if about else "",
        icon=about.icon if about else "mall",
        chapter=about.chapter.value if about else "mall",
        primary=checkout if browsing else ADD.of(lang),
        primary_icon="basket" if browsing else "plus",
        primary_ready=bool(count) if browsing else card is not None,
        step=state.step.value,
        query=state.query,
        letters=state.letters,
        chips=_chips(state, lang),
        goods=tuple(
            goods_shown.row(one, state.pictures, state.here.get(one.id), lang) for one in state.found or ()
        ),
        more=_more(state, lang),
        nothing=_nothing(state).of(lang) if state.found == () else "",
        good=goods_shown.view(state.good, state.pictures, here, lang),
        facts=goods_shown.facts(state.good, lang, ordered=True),
        qty=state.qty,
        subtotal=float(card.price_fen * state.qty if card else 0),
        held=_held(state, lang),
        sell=SELL.of(lang) if here and here.left > 0 else "",
        added=ADDED.with_params({"title": state.added}).of(lang) if state.added and browsing else "",
    )


def _chips(state: MallState, lang: Lang) -> tuple[ChipRow, ...]:
    """None where the service is one department by itself."""
    if state.about is None or state.about.ref is not None:
        return ()
    fixed = (("", ALL.of(lang), "mall"), (HERE_NOW, HERE.of(lang), "location"))
    named = ((one.id, one.name.of(lang), one.icon) for one in state.departments if one.count)
    return tuple(ChipRow(id, name, icon, id == state.department) for id, name, icon in (*fixed, *named))


def _more(state: MallState, lang: Lang) -> str:
    if state.total <= len(state.found or ()):
        return ""
    return MORE.with_params({"total": str(state.total)}).of(lang)


def _nothing(state: MallState) -> Text:
    if state.department == HERE_NOW and not state.query:
        return NONE_HERE
    return NOTHING.with_params({"query": state.query})


def _held(state: MallState, lang: Lang) -> str:
    card = state.good.card if state.good else None
    held = sum(line.qty for line in state.basket.lines if card and line.card.id == card.id)
    return IN_BASKET.with_params({"count": str(held)}).of(lang) if held else ""
