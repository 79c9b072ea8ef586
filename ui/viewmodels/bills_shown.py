"""The state of paying a bill, and all that is shown of it, derived in one function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.bilingual import Lang, Text, same
from kiosk.services import masking, moments
from kiosk.services.billers import Account, Biller, Exactness
from kiosk.services.bills import Bill, PaidHere
from kiosk.services.errors import Refused, Why
from kiosk.services.offer import Service
from ui.viewmodels import tender
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.tender import Tender, TenderShown


class Step(Enum):
    BILLER = "biller"
    ACCOUNT = "account"
    BILL = "bill"
    AMOUNT = "amount"
    CONFIRM = "confirm"
    CASH = "cash"


NUMBERS = {Step.BILLER: 1, Step.ACCOUNT: 2, Step.BILL: 3, Step.AMOUNT: 3, Step.CONFIRM: 4, Step.CASH: 4}
TITLES: dict[Step, Text] = {
    Step.BILLER: Text("交给哪个单位？", "Which company?"),
    Step.ACCOUNT: Text("请输入{label}", "Please enter: {label}"),
    Step.BILL: Text("交哪一张账单？", "Which bill?"),
    Step.AMOUNT: Text("交多少钱？", "How much?"),
    Step.CONFIRM: Text("请核对，收好现金再确认", "Check, take the cash, then confirm"),
    Step.CASH: Text("收到多少现金？", "How much cash was handed over?"),
}
PRIMARY: dict[Step, Text] = {
    Step.ACCOUNT: Text("下一步", "Next"),
    Step.AMOUNT: Text("下一步", "Next"),
    Step.CONFIRM: Text("已收现金，确认", "Cash taken, confirm"),
    Step.CASH: Text("下一步", "Next"),
}
EXAMPLE = Text("例如 {example}", "For example {example}")
STATED = Text(
    "账单文件里没有这个号码，按您说的金额先记录。收费单位核对不上的，就在本点退还现金。",
    "This number is not in the bill file: the amount you state is recorded. What does not fit is paid back.",
)
SECURED = Text(
    "现在先记录，联网后由中心办理。如果这张账单已在别处交过，就在本点退还现金。",
    "Recorded now, settled by central later. If this bill was paid elsewhere, the cash is paid back here.",
)
AS_OF = Text("账单数据截至 {at}", "Bill data as of {at}")
PERIOD, DUE, USAGE = Text("账期", "Period"), Text("最迟缴费", "Due"), Text("用量", "Usage")
COMPANY, PAYER = Text("收费单位", "Company"), Text("户名", "Account holder")


@dataclass(frozen=True)
class BillsState:
    service: str
    about: Service | None = None
    billers: tuple[Biller, ...] = ()
    closed: Mapping[str, Refused] = field(default_factory=dict)  # by biller
    step: Step = Step.BILLER
    biller: Biller | None = None
    entered: tuple[str, ...] = ()
    param: int = 0
    account: Account | None = None
    found: tuple[Bill, ...] = ()
    paid: tuple[PaidHere, ...] = ()
    bill: Bill | None = None
    amount: str = ""
    amount_fen: int = 0
    cash: str = ""
    op_id: str = ""

    @property
    def tender(self) -> Tender:
        return Tender(self.amount_fen, self.cash)


@dataclass(frozen=True)
class BillerRow:
    id: str
    title: str
    note: str


@dataclass(frozen=True)
class BillRow:
    id: str
    title: str
    note: str
    fen: int
    paid: str


@dataclass(frozen=True, kw_only=True)
class BillsShown(Head):
    step: str
    number: int
    question: str
    hint: str
    mode: str
    longest: int
    entered: str
    note: str
    fen: float
    adjustable: bool
    billers: tuple[BillerRow, ...]
    bills: tuple[BillRow, ...]
    pairs: tuple[PairRow, ...]
    tender: TenderShown


def show(state: BillsState, lang: Lang) -> BillsShown:
    about, biller, step = state.about, state.biller, state.step
    param = biller.params[state.param] if biller else None
    paid = _paid(state, state.bill)
    entered = _entered(state)
    return BillsShown(
        title=about.title.of(lang) if about else "",
        subtitle=(biller.name if biller else about.brief if about else same("")).of(lang),
        icon=about.icon if about else "bill",
        chapter=about.chapter.value if about else "bills",
        primary=PRIMARY[step].of(lang) if step in PRIMARY else "",
        primary_icon="cash" if step is Step.CONFIRM else "forward",
        primary_ready=_ready(state),
        primary_reason=paid.text.of(lang) if paid and step is Step.CONFIRM else "",
        step=step.value,
        number=NUMBERS[step],
        question=TITLES[step].with_params({"label": param.label if param else ""}).of(lang),
        hint=EXAMPLE.with_params({"example": param.example}).of(lang)
        if param and step is Step.ACCOUNT
        else "",
        mode="amount" if step is Step.AMOUNT else param.input.value if param else "digits",
        longest=param.max if param and step is Step.ACCOUNT else 10,
        entered=entered,
        note=_note(state).of(lang),
        fen=float(state.amount_fen),
        adjustable=bool(biller and state.bill and biller.exactness is not Exactness.EXACT),
        billers=tuple(_biller_row(state, biller, lang) for biller in state.billers),
        bills=tuple(_bill_row(state, bill, lang) for bill in state.found),
        pairs=tuple(PairRow(k.of(lang), v.of(lang)) for k, v in _pairs(state) if v.zh),
        tender=tender.show(state.tender, lang),
    )


def _ready(state: BillsState) -> bool:
    match state.step:
        case Step.ACCOUNT | Step.AMOUNT:
            return bool(_entered(state))
        case Step.CASH:
            return state.tender.change_fen is not None
        case _:
            return _paid(state, state.bill) is None


def _entered(state: BillsState) -> str:
    if state.step is Step.AMOUNT:
        return state.amount
    return state.entered[state.param] if state.entered else ""


def _note(state: BillsState) -> Text:
    if state.step is Step.AMOUNT and state.bill is None:
        return STATED
    if state.step is Step.CONFIRM:
        return SECURED if state.bill else STATED
    return same("")


def _paid(state: BillsState, bill: Bill | None) -> Refused | None:
    mark = next((p for p in state.paid if bill and p.bill == bill.id), None)
    return Refused(Why.PAID_HERE, number=mark.number) if mark else None


def _biller_row(state: BillsState, biller: Biller, lang: Lang) -> BillerRow:
    why = state.closed.get(biller.id)
    return BillerRow(
        biller.id, biller.name.of(lang), biller.phone or "" if why is None else why.text.of(lang)
    )


def _bill_row(state: BillsState, bill: Bill, lang: Lang) -> BillRow:
    paid = _paid(state, bill)
    return BillRow(
        id=bill.id,
        title=f"{bill.period}  {bill.payer}",
        note=f"{DUE.of(lang)} {bill.due}",
        fen=bill.amount_fen,
        paid=paid.text.of(lang) if paid else "",
    )


def _pairs(state: BillsState) -> tuple[tuple[Text, Text], ...]:
    """What the payer checks before the cash changes hands."""
    if state.biller is None:
        return ()
    entered = (masking.within(text) for text in state.entered)
    asked = tuple((p.label, same(text)) for p, text in zip(state.biller.params, entered, strict=True))
    cash = tuple((label, same(text)) for label, text in tender.pairs(state.tender))
    head = ((COMPANY, state.biller.name), *asked, *cash)
    bill = state.bill
    if bill is None:
        return head
    as_of = AS_OF.with_params({"at": moments.show(bill.file.as_of)})
    return (
        *head,
        (PAYER, same(bill.payer)),
        (PERIOD, same(bill.period)),
        (USAGE, same(bill.usage or "")),
        (DUE, same(bill.due)),
        (Text("依据", "Basis"), as_of),
    )
