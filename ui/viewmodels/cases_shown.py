"""The state of settling a case, and all that is shown of it, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.bilingual import Lang, Text, same
from kiosk.services import moments
from kiosk.services.cases import OpenCase
from kiosk.services.errors import Refused, Why
from ui.viewmodels import entries_shown
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.entries_shown import EntryRow


class Step(Enum):
    LIST = "list"
    CASE = "case"
    RECEIVER = "receiver"
    PIN = "pin"


NUMBERS = {Step.LIST: 0, Step.CASE: 1, Step.RECEIVER: 2, Step.PIN: 3}
TITLES: dict[Step, Text] = {
    Step.LIST: Text("这些要当面了结", "These are to be settled in person"),
    Step.CASE: Text("照着做，一步一步来", "What to do, step by step"),
    Step.RECEIVER: Text("谁来领？请写姓名", "Who is paid? Enter the name"),
    Step.PIN: Text("已经当面交清？请再输一次密码", "All handed over? Enter your PIN once more"),
}
PRIMARY: dict[Step, Text] = {
    Step.CASE: Text("开始办理", "Begin"),
    Step.RECEIVER: Text("下一步", "Next"),
}
TITLE, ONE = Text("待办", "Cases"), Text("待办 {number}", "Case {number}")
SUBTITLE = Text("没有办成、要退钱退券的", "What was not done and is to be paid back")
NOTHING = Text("没有待办，都了结了", "No open cases: everything is settled")
CLOSED = Text("已经了结", "Settled")
OPEN = Text("待办理", "To be settled")
BACK, TAKE = Text("应退现金", "To pay back"), Text("应收回现金", "To take back")
PAID, TAKEN = Text("已退现金", "Paid back"), Text("已收回现金", "Taken back")
TOO = Text("连同券 {coupon}", "and the coupon {coupon}")
NO_CASH, UNDECIDED = (
    Text("不涉及现金", "No cash"),
    Text("退不退、退多少，等中心定", "What is owed, if anything: central will say"),
)
WHAT, REASON, OPENED = Text("业务", "Business"), Text("原因", "Reason"), Text("登记时间", "Opened")
SLIP, COUPON, RECEIVER = (
    Text("原凭条号", "Slip"),
    Text("退还券", "Coupon back"),
    Text("领款人", "Paid to"),
)
SETTLED = frozenset({Why.CASE_CLOSED, Why.CASE_BEING_CLOSED})
ELSEWHERE: dict[Why, Text] = {
    Why.CASE_WAITS: Text("等中心复核", "Central is looking at it"),
    Why.CASE_GOODS: Text("由中心办理", "Central settles it"),
    Why.CASE_STAFF: Text("由网点办理", "Branch staff settle it"),
}
NOT_HERE = Text("这一件不用在这里办", "Nothing to do about it here")


@dataclass(frozen=True)
class CasesState:
    case_id: str | None = None
    step: Step = Step.LIST
    cases: tuple[OpenCase, ...] | None = None
    case: OpenCase | None = None
    receiver: str = ""
    op_id: str = ""
    pin_error: Refused | None = None

    @property
    def idle(self) -> Why | None:
        return self.case.idle if self.case else None

    @property
    def settled(self) -> bool:
        return self.idle in SETTLED


@dataclass(frozen=True)
class StepRow:
    number: int
    text: str


@dataclass(frozen=True, kw_only=True)
class CasesShown(Head):
    step: str
    number: int
    question: str
    cases: tuple[EntryRow, ...]
    nothing: str
    steps: tuple[StepRow, ...]
    pairs: tuple[PairRow, ...]
    too: tuple[str, ...]
    cash_text: str
    fen: float
    idle: str
    idle_icon: str
    receiver: str
    pin_error: str


def show(state: CasesState, lang: Lang) -> CasesShown:
    step, case = state.step, state.case
    refused = case.can_close if case and step is Step.CASE else None
    return CasesShown(
        title=(ONE.with_params({"number": case.number}) if case else TITLE).of(lang),
        subtitle=(case.title if case else SUBTITLE).of(lang),
        icon="case",
        chapter="bills",
        primary=PRIMARY[step].of(lang) if case and step in PRIMARY and state.idle is None else "",
        primary_icon="forward",
        primary_ready=refused is None and (step is not Step.RECEIVER or bool(state.receiver.strip())),
        primary_reason=refused.text.of(lang) if refused else "",
        step=step.value if case or step is Step.LIST else "",
        number=NUMBERS[step],
        question=_question(state).of(lang),
        cases=tuple(case_row(one, lang) for one in state.cases or ()),
        nothing=NOTHING.of(lang) if state.cases == () else "",
        steps=tuple(StepRow(n, text.of(lang)) for n, text in enumerate(case.steps if case else (), 1)),
        pairs=_pairs(state, lang),
        too=tuple(TOO.with_params({"coupon": one}).of(lang) for one in (case.coupons if case else ())),
        cash_text=_cash(state).of(lang),
        fen=float(abs(case.cash_fen) if case else 0),
        idle=state.idle.value.of(lang) if state.idle and step is Step.CASE else "",
        idle_icon="check" if state.settled else "eye",
        receiver=state.receiver,
        pin_error=state.pin_error.text.of(lang) if state.pin_error else "",
    )


def _question(state: CasesState) -> Text:
    if state.case is None and state.step is not Step.LIST:
        return same("")
    if state.idle is not None:
        return CLOSED if state.settled else NOT_HERE
    return TITLES[state.step]


def case_row(case: OpenCase, lang: Lang) -> EntryRow:
    icon, chapter = entries_shown.KINDS[case.kind] if case.kind else entries_shown.OTHER
    words, kind, mark = OPEN, "warn", "case"
    if case.idle in SETTLED:
        words, kind, mark = CLOSED, "good", "check"
    elif case.idle is not None:
        words, kind, mark = ELSEWHERE[case.idle], "info", "eye"
    return EntryRow(
        id=case.id,
        title=case.title.of(lang),
        note=f"{case.number}  {moments.show(case.opened).of(lang)}\n{case.reason.of(lang)}",
        icon=icon,
        chapter=chapter,
        fen=case.cash_fen,
        words=words.of(lang),
        kind=kind,
        mark=mark,
    )


def _cash(state: CasesState) -> Text:
    case = state.case
    if case is None or case.cash_fen == 0:
        return UNDECIDED if state.idle is Why.CASE_WAITS else NO_CASH
    if state.settled:
        return PAID if case.cash_fen > 0 else TAKEN
    return BACK if case.cash_fen > 0 else TAKE


def _pairs(state: CasesState, lang: Lang) -> tuple[PairRow, ...]:
    case = state.case
    if case is None:
        return ()
    rows = [
        (WHAT, case.title if state.step is Step.PIN else case.what),
        (REASON, case.reason),
        (OPENED, moments.show(case.opened)),
        (SLIP, same(case.slip_number or "")),
    ]
    if state.step is Step.PIN:
        rows += ((COUPON, same(coupon)) for coupon in case.coupons)
        rows.append((RECEIVER, same(state.receiver.strip())))
    return tuple(PairRow(label.of(lang), value.of(lang)) for label, value in rows if value.zh)
