"""The state of saying who one is, and all that is shown of it, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from kiosk.bilingual import Lang, Text, same
from kiosk.devices.idcard import ReaderState
from kiosk.services import masking
from kiosk.services.permissions import Session
from kiosk.services.presence import How
from ui.routes import Route
from ui.viewmodels.base import Head


class Step(Enum):
    WAY = "way"
    CARD = "card"
    MEMBER = "member"
    PHONE = "phone"
    NAME = "name"
    PIN = "pin"


BEFORE: dict[Step, Step] = {
    Step.CARD: Step.WAY,
    Step.MEMBER: Step.WAY,
    Step.PHONE: Step.WAY,
    Step.NAME: Step.PHONE,
    Step.PIN: Step.NAME,
}
WAYS: dict[How, Step] = {How.CARD: Step.CARD, How.MEMBER: Step.MEMBER, How.VOUCHED: Step.PHONE}
VOUCHING = (Step.PHONE, Step.NAME, Step.PIN)

TITLE = Text("您是哪一位", "Who you are")
WHY = Text("认了人，可以查自己办过的业务", "So that you can find again what you did here")
QUESTIONS: dict[Step, Text] = {
    Step.WAY: Text("您带了哪一样？", "What have you got with you?"),
    Step.CARD: Text("请把身份证平放在读卡器上", "Lay your ID card on the reader"),
    Step.MEMBER: Text("请把会员卡上的二维码对准扫码器", "Hold the code of your member card to the scanner"),
    Step.PHONE: Text("您的手机号码？", "What is your telephone number?"),
    Step.NAME: Text("您的姓名？（可不填）", "Your name? (you need not say)"),
    Step.PIN: Text("{name}，请输入密码，确认您认识这位顾客", "{name}, your PIN: you know this person"),
}
WORDS: dict[How, tuple[Text, Text, str]] = {
    How.CARD: (
        Text("身份证", "ID card"),
        Text("平放在读卡器上", "Lay it on the reader"),
        "card",
    ),
    How.MEMBER: (
        Text("会员卡", "Member card"),
        Text("二维码对准扫码器", "Hold its code to the scanner"),
        "qr",
    ),
    How.VOUCHED: (
        Text("手机号", "Telephone number"),
        Text("由值守员确认是您本人", "The operator confirms that it is you"),
        "phone",
    ),
}
WAITS = Text("放好后不用动，读到了会自己往下走", "It goes on by itself once the card is read")
UNPLUGGED = Text("读卡器没有接好，请找工作人员", "The reader is not connected: please ask staff")
WITHOUT = Text("不出示，直接办", "Go on without")
NEXT = Text("下一步", "Next")
SKIP = Text("不填，下一步", "Leave it out, next")


@dataclass(frozen=True)
class IdentifyState:
    then: Route | None
    step: Step = Step.WAY
    reader: ReaderState = ReaderState.NOT_FITTED
    phone: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    occasion: str = ""
    error: Text | None = None


@dataclass(frozen=True)
class WayRow:
    id: str
    title: str
    note: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class IdentifyShown(Head):
    step: str
    question: str
    hint: str
    number: int
    steps: int
    ways: tuple[WayRow, ...]
    phone: str
    name: str
    error: str


def show(state: IdentifyState, ways: frozenset[How], operator: Session | None, lang: Lang) -> IdentifyShown:
    step, vouching = state.step, state.step in VOUCHING
    offered = (how for how in How if how in ways and not _missing(how, state.reader))
    named = {"name": operator.name if operator else ""}
    return IdentifyShown(
        title=TITLE.of(lang),
        subtitle=masking.phone(state.phone) if step in (Step.NAME, Step.PIN) else WHY.of(lang),
        icon="person",
        primary=_primary(state).of(lang),
        primary_icon="forward",
        primary_ready=step is not Step.PHONE or bool(state.phone),
        step=step.value,
        question=QUESTIONS[step].with_params(named).of(lang),
        hint=_hint(state).of(lang),
        number=VOUCHING.index(step) + 1 if vouching else 1,
        steps=len(VOUCHING) if vouching else 1,
        ways=tuple(_way(how, state.reader, lang) for how in offered),
        phone=state.phone,
        name=state.name,
        error=state.error.of(lang) if state.error else "",
    )


def _missing(how: How, reader: ReaderState) -> bool:
    return how is How.CARD and reader is ReaderState.NOT_FITTED


def _way(how: How, reader: ReaderState, lang: Lang) -> WayRow:
    title, note, icon = WORDS[how]
    out = how is How.CARD and reader is ReaderState.UNPLUGGED
    return WayRow(how.value, title.of(lang), (UNPLUGGED if out else note).of(lang), icon)


def _hint(state: IdentifyState) -> Text:
    if state.step is Step.CARD and state.reader is ReaderState.UNPLUGGED:
        return UNPLUGGED
    return WAITS if state.step in (Step.CARD, Step.MEMBER) else same("")


def _primary(state: IdentifyState) -> Text:
    match state.step:
        case Step.PHONE:
            return NEXT
        case Step.NAME:
            return NEXT if state.name.strip() else SKIP
        case Step.PIN:
            return same("")
        case _:
            return WITHOUT
