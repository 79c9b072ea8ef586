"""The state of the basket on its way to an order, and all that is shown of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from kiosk.bilingual import Lang, Text
from kiosk.services import masking, money, words
from kiosk.services.mall import Basket, Buyer, PricedLine
from kiosk.services.offer import Service
from ui.viewmodels import tender
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.goods_shown import Pictures
from ui.viewmodels.tender import Tender, TenderShown

EMPTY = Basket((), ())


class Step(Enum):
    LINES = "lines"
    PHONE = "phone"
    NAME = "name"
    CASH = "cash"
    CONFIRM = "confirm"


TITLES: dict[Step, Text] = {
    Step.LINES: Text("请核对要买的东西", "Check what is in the basket"),
    Step.PHONE: Text(
        "货到了打哪个电话？可以不填", "Which number shall we call when it is here? May be left empty"
    ),
    Step.NAME: Text("谁来取货？", "Who will collect it?"),
    Step.CASH: Text("收到多少现金？", "How much cash was handed over?"),
    Step.CONFIRM: Text("请核对，收好现金再确认", "Check, take the cash, then confirm"),
}
HINTS: dict[Step, Text] = {
    Step.PHONE: Text("不填也能拿凭条取货。", "The slip alone is enough to collect it."),
}
PRIMARY: dict[Step, Text] = {
    Step.LINES: Text("去付款 {total}", "Pay {total}"),
    Step.PHONE: Text("下一步", "Next"),
    Step.NAME: Text("下一步", "Next"),
    Step.CASH: Text("下一步", "Next"),
    Step.CONFIRM: Text("已收现金，确认", "Cash taken, confirm"),
}
SKIP = Text("不填，下一步", "Leave empty, next")
TITLE = Text("购物篮", "Basket")
NOTHING = Text("购物篮是空的", "The basket is empty")
GONE = Text("有 {count} 种已下架，请移出购物篮", "{count} are no longer sold: take them out")
NOTE = Text(
    "现在先记录，联网后由中心确认。如果已经卖完，就在本点退还现金。",
    "Recorded now, confirmed by central later. If it has run out, the cash is paid back here.",
)
GOODS, COLLECT, BUYER = Text("商品", "Goods"), Text("取货点", "Collect at"), Text("取货人", "For")


@dataclass(frozen=True)
class BasketState:
    service: str
    place: Text
    about: Service | None = None
    step: Step = Step.LINES
    basket: Basket = EMPTY
    known: bool = False
    pictures: Pictures = field(default_factory=dict)
    name: str = ""
    phone: str = ""
    cash: str = ""
    op_id: str = ""

    @property
    def tender(self) -> Tender:
        return Tender(self.basket.total_fen, self.cash)

    @property
    def buyer(self) -> Buyer | None:
        name, phone = self.name.strip(), self.phone.strip()
        return Buyer(name, phone) if phone else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Who left no number is not asked for a name."""
        return tuple(step for step in Step if step is not Step.NAME or self.phone.strip())


@dataclass(frozen=True)
class LineRow:
    id: str
    title: str
    note: str
    picture: str
    qty: int
    fen: int


@dataclass(frozen=True, kw_only=True)
class BasketShown(Head):
    step: str
    number: int
    count: int
    question: str
    hint: str
    lines: tuple[LineRow, ...]
    gone: tuple[str, ...]
    gone_note: str
    nothing: str
    total: float
    name: str
    phone: str
    tender: TenderShown
    pairs: tuple[PairRow, ...]
    note: str


def show(state: BasketState, lang: Lang) -> BasketShown:
    about, step, basket = state.about, state.step, state.basket
    gone = GONE.with_params({"count": str(len(basket.gone))}).of(lang) if basket.gone else ""
    return BasketShown(
        title=TITLE.of(lang),
        subtitle=about.title.of(lang) if about else "",
        icon="basket",
        chapter=about.chapter.value if about else "mall",
        primary=_primary(state).of(lang) if basket.lines else "",
        primary_icon="cash" if step is Step.CONFIRM else "forward",
        primary_ready=_ready(state),
        primary_reason=gone if step is Step.LINES else "",
        step=step.value,
        number=state.steps.index(step) + 1,
        count=len(state.steps),
        question=TITLES[step].of(lang),
        hint=HINTS[step].of(lang) if step in HINTS else "",
        lines=tuple(_row(line, state.pictures, lang) for line in basket.lines),
        gone=basket.gone,
        gone_note=gone,
        nothing=NOTHING.of(lang) if state.known and not basket.lines and not basket.gone else "",
        total=float(basket.total_fen),
        name=state.name,
        phone=state.phone,
        tender=tender.show(state.tender, lang),
        pairs=_pairs(state, lang),
        note=NOTE.of(lang),
    )


def _primary(state: BasketState) -> Text:
    if state.step is Step.PHONE and not state.phone.strip():
        return SKIP
    return PRIMARY[state.step].with_params({"total": money.show(state.basket.total_fen)})


def _ready(state: BasketState) -> bool:
    if state.step is Step.NAME:
        return bool(state.name.strip())
    if state.step is Step.CASH:
        return state.tender.change_fen is not None
    return bool(state.basket.lines) and not state.basket.gone


def _row(line: PricedLine, pictures: Pictures, lang: Lang) -> LineRow:
    card = line.card
    return LineRow(
        id=card.id,
        title=card.title,
        note=f"{card.spec}  {money.show(card.price_fen)} {words.each(card.unit).of(lang)}",
        picture=pictures.get(card.id, ""),
        qty=line.qty,
        fen=line.fen,
    )


def _pairs(state: BasketState, lang: Lang) -> tuple[PairRow, ...]:
    names = [f"{line.card.title} × {line.qty}" for line in state.basket.lines]
    buyer = state.buyer
    rows = [(GOODS, "\n".join(names)), (COLLECT, state.place.of(lang))]
    rows += [(BUYER, f"{buyer.name} {masking.phone(buyer.phone)}")] if buyer else []
    rows += tender.pairs(state.tender)
    return tuple(PairRow(label.of(lang), value) for label, value in rows)
