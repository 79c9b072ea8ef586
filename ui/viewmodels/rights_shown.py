"""The state of redeeming a coupon, and all that is shown of it, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.bilingual import Lang, Text, same
from kiosk.services import moments, money, words
from kiosk.services.errors import Refused
from kiosk.services.offer import Service
from kiosk.services.rights import Genuine, OrderChoice
from ui.viewmodels.base import Head, PairRow


class Step(Enum):
    SCAN = "scan"
    ORDER = "order"
    CONFIRM = "confirm"


STEPS = tuple(Step)
TITLES: dict[Step, Text] = {
    Step.SCAN: Text("请扫券上的二维码", "Scan the code on the coupon"),
    Step.ORDER: Text("用在哪一张订单上？", "Use it on which order?"),
    Step.CONFIRM: Text("请核对，把现金交给顾客再确认", "Check, hand over the cash, then confirm"),
}
PRIMARY: dict[Step, Text] = {
    Step.SCAN: Text("查这张券", "Check this coupon"),
    Step.CONFIRM: Text("已付现金，确认", "Cash handed over, confirm"),
}
BAD = Text("这张券不能用", "This coupon cannot be used")
AGAIN = Text("可以再扫一张。", "Another one can be scanned.")
RULE = Text("满 {least} 可用", "on {least} or more")
UNTIL = Text("有效期到 {at}", "valid until {at}")
NO_ORDER = Text("还没有可以用券的订单", "There is no order to use it on")
NOTE = Text(
    "券只能用一次。订单最后没有办成的，券退还给顾客。",
    "A coupon is used once. If the order fails in the end, the customer gets the coupon back.",
)
COUPON, SERIAL = Text("优惠券", "Coupon"), Text("券号", "Number")
ORDER, SLIP = Text("订单", "Order"), Text("凭条", "Slip")
COVERED = Text("可用商品", "Eligible goods")


@dataclass(frozen=True)
class RightsState:
    service: str
    about: Service | None = None
    step: Step = Step.SCAN
    token: str = ""
    refused: Refused | None = None
    genuine: Genuine | None = None
    choices: tuple[OrderChoice, ...] = ()
    choice: OrderChoice | None = None
    op_id: str = ""


@dataclass(frozen=True)
class OrderRow:
    id: str
    title: str
    note: str
    fen: int
    usable: bool


@dataclass(frozen=True, kw_only=True)
class RightsShown(Head):
    step: str
    number: int
    question: str
    token: str
    bad: str
    reason: str
    again: str
    coupon: str
    rule: str
    until: str
    serial: str
    face: float
    orders: tuple[OrderRow, ...]
    nothing: str
    pairs: tuple[PairRow, ...]
    note: str


def show(state: RightsState, lang: Lang) -> RightsShown:
    about, genuine, step = state.about, state.genuine, state.step
    kind = genuine.kind if genuine else None
    refused = state.refused
    return RightsShown(
        title=about.title.of(lang) if about else "",
        subtitle=about.brief.of(lang) if about else "",
        icon=about.icon if about else "coupon",
        chapter=about.chapter.value if about else "rights",
        primary=PRIMARY[step].of(lang) if step in PRIMARY else "",
        primary_icon="cash" if step is Step.CONFIRM else "search",
        primary_ready=bool(state.token.strip()) or step is not Step.SCAN,
        step=step.value,
        number=STEPS.index(step) + 1,
        question=TITLES[step].of(lang),
        token=state.token,
        bad=BAD.of(lang) if refused else "",
        reason=refused.text.of(lang) if refused else "",
        again=AGAIN.of(lang) if refused else "",
        coupon=kind.title.of(lang) if kind else "",
        rule=RULE.with_params({"least": money.show(kind.min_spend_fen)}).of(lang) if kind else "",
        until=UNTIL.with_params({"at": _until(genuine)}).of(lang) if genuine else "",
        serial=genuine.coupon.id if genuine else "",
        face=float(kind.face_fen if kind else 0),
        orders=tuple(_row(choice, lang) for choice in state.choices),
        nothing=NO_ORDER.of(lang) if step is Step.ORDER and not state.choices else "",
        pairs=_pairs(state, lang),
        note=NOTE.of(lang),
    )


def _until(genuine: Genuine) -> Text:
    return moments.show_day(min(moments.parse(genuine.coupon.exp), genuine.kind.to))


def _row(choice: OrderChoice, lang: Lang) -> OrderRow:
    order = choice.order
    why = choice.refused.text if choice.refused else words.of(order.state)
    return OrderRow(
        id=order.op_id,
        title=order.title.of(lang),
        note=f"{order.number}  {moments.show(order.at).of(lang)}\n{why.of(lang)}",
        fen=order.total_fen,
        usable=choice.refused is None,
    )


def _pairs(state: RightsState, lang: Lang) -> tuple[PairRow, ...]:
    if state.genuine is None or state.choice is None:
        return ()
    order = state.choice.order
    rows: tuple[tuple[Text, Text], ...] = (
        (COUPON, state.genuine.kind.title),
        (SERIAL, same(state.genuine.coupon.id)),
        (ORDER, order.title),
        (SLIP, same(order.number)),
        (COVERED, same(money.show(state.choice.covered_fen))),
    )
    return tuple(PairRow(label.of(lang), value.of(lang)) for label, value in rows)
