"""A good as the mall, the basket and the counter show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.bilingual import Lang, Text, same
from kiosk.services import words
from kiosk.services.mall import Allotted, Good, GoodCard
from ui.viewmodels import pictures
from ui.viewmodels.base import PairRow

HERE = Text("现货 {left} {unit}", "Here now: {left}")
ORIGIN, SUPPLIER = Text("产地", "From"), Text("供货", "Supplier")
PICKUP, DAYS = (
    Text("取货", "Collect"),
    Text("订货后约 {days} 天到本点", "here, about day {days} after ordering"),
)
SPEC = Text("规格", "Pack")

Pictures = Mapping[str, str]


@dataclass(frozen=True)
class GoodRow:
    id: str
    title: str
    spec: str
    fen: int
    listed: int
    unit: str
    picture: str
    here: str


@dataclass(frozen=True)
class GoodView:
    """One good in full."""

    id: str = ""
    title: str = ""
    brief: str = ""
    fen: int = 0
    listed: int = 0
    unit: str = ""
    picture: str = ""
    here: str = ""


def urls(find: Callable[[str], Path | None], cards: Iterable[GoodCard]) -> dict[str, str]:
    """By good."""
    return pictures.urls(find, ((card.id, card.picture) for card in cards))


def row(card: GoodCard, pictures: Pictures, here: Allotted | None, lang: Lang) -> GoodRow:
    return GoodRow(
        id=card.id,
        title=card.title,
        spec=card.spec,
        fen=card.price_fen,
        listed=card.list_fen or 0,
        unit=card.unit,
        picture=pictures.get(card.id, ""),
        here=lying(card, here).of(lang),
    )


def view(good: Good | None, pictures: Pictures, here: Allotted | None, lang: Lang) -> GoodView:
    if good is None:
        return GoodView()
    card = good.card
    return GoodView(
        id=card.id,
        title=card.title,
        brief=good.brief or "",
        fen=card.price_fen,
        listed=card.list_fen or 0,
        unit=words.each(card.unit).of(lang),
        picture=pictures.get(card.id, ""),
        here=lying(card, here).of(lang),
    )


def lying(card: GoodCard, here: Allotted | None) -> Text:
    if here is None or here.left <= 0:
        return same("")
    return HERE.with_params({"left": str(here.left), "unit": card.unit})


def facts(good: Good | None, lang: Lang, *, ordered: bool) -> tuple[PairRow, ...]:
    """What is known of it, the same fact once; when it comes, if it is to be ordered."""
    if good is None:
        return ()
    known = [
        (SPEC.of(lang), good.card.spec),
        (ORIGIN.of(lang), good.origin or ""),
        (SUPPLIER.of(lang), good.supplier.of(lang)),
        (PICKUP.of(lang), DAYS.with_params({"days": str(good.pickup_days)}).of(lang) if ordered else ""),
        *((key, value) for key, value in good.attributes if value != good.card.spec),
    ]
    return tuple(PairRow(label, value) for label, value in known if value)
