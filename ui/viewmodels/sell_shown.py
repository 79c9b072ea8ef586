"""The state of selling what lies at this point, and all that is shown of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from kiosk.bilingual import Lang, Text
from kiosk.services import money, words
from kiosk.services.errors import Refused, Why
from kiosk.services.mall import MOST_PIECES, Allotted, Good
from kiosk.services.offer import Service
from ui.viewmodels import goods_shown, tender
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.goods_shown import GoodView, Pictures
from ui.viewmodels.tender import Tender, TenderShown


class Step(Enum):
    QUANTITY = "quantity"
    CASH = "cash"
    CONFIRM = "confirm"


STEPS = tuple(Step)
TITLES: dict[Step, Text] = {
    Step.QUANTITY: Text("买几件？", "How many?"),
    Step.CASH: Text("收到多少现金？", "How much cash was handed over?"),
    Step.CONFIRM: Text("请核对，收钱、交货再确认", "Check, take the cash, hand over the goods, confirm"),
}
PRIMARY: dict[Step, Text] = {
    Step.QUANTITY: Text("去付款 {total}", "Pay {total}"),
    Step.CASH: Text("下一步", "Next"),
    Step.CONFIRM: Text("钱货两清，确认", "Paid and handed over, confirm"),
}
TITLE = Text("现货销售", "Sale of goods here")
NOTE = Text(
    "现货当场办结：确认后打印办结凭证，不用等联网。",
    "Done on the spot: the receipt is final at once, no network needed.",
)
GOOD, QTY = Text("商品", "Good"), Text("数量", "Quantity")


@dataclass(frozen=True)
class SellState:
    service: str
    good_id: str
    about: Service | None = None
    step: Step = Step.QUANTITY
    good: Good | None = None
    here: Allotted | None = None
    pictures: Pictures = field(default_factory=dict)
    qty: int = 1
    cash: str = ""
    op_id: str = ""

    @property
    def left(self) -> int:
        return self.here.left if self.here else 0

    @property
    def total_fen(self) -> int:
        return self.good.card.price_fen * self.qty if self.good else 0

    @property
    def tender(self) -> Tender:
        return Tender(self.total_fen, self.cash)


@dataclass(frozen=True, kw_only=True)
class SellShown(Head):
    step: str
    number: int
    question: str
    good: GoodView
    facts: tuple[PairRow, ...]
    qty: int
    most: int
    total: float
    tender: TenderShown
    pairs: tuple[PairRow, ...]
    note: str


def show(state: SellState, lang: Lang) -> SellShown:
    about, step = state.about, state.step
    refused = _refused(state)
    total = money.show(state.total_fen)
    return SellShown(
        title=TITLE.of(lang),
        subtitle=state.good.card.title if state.good else "",
        icon="bag",
        chapter=about.chapter.value if about else "mall",
        primary=PRIMARY[step].with_params({"total": total}).of(lang) if state.good else "",
        primary_icon="cash" if step is Step.CONFIRM else "forward",
        primary_ready=refused is None and (step is not Step.CASH or state.tender.change_fen is not None),
        primary_reason=refused.text.of(lang) if refused else "",
        step=step.value,
        number=STEPS.index(step) + 1,
        question=TITLES[step].of(lang),
        good=goods_shown.view(state.good, state.pictures, state.here, lang),
        facts=goods_shown.facts(state.good, lang, ordered=False),
        qty=state.qty,
        most=max(1, min(state.left, MOST_PIECES)),
        total=float(state.total_fen),
        tender=tender.show(state.tender, lang),
        pairs=_pairs(state, lang),
        note=NOTE.of(lang),
    )


def _refused(state: SellState) -> Refused | None:
    if state.good is None or state.qty <= state.left:
        return None
    return Refused(Why.STOCK_LESS, left=str(state.left)) if state.left else Refused(Why.STOCK_NONE)


def _pairs(state: SellState, lang: Lang) -> tuple[PairRow, ...]:
    if state.good is None:
        return ()
    card = state.good.card
    rows = [(GOOD, f"{card.title} {card.spec}"), (QTY, words.counted(state.qty, card.unit).of(lang))]
    rows += tender.pairs(state.tender)
    return tuple(PairRow(label.of(lang), value) for label, value in rows)
