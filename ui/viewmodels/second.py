"""Another operator agrees with a PIN to what the first one is about to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang, Text, same
from kiosk.devices.idcard import IdCard
from kiosk.devices.scanner import Scan
from kiosk.services import sessions
from kiosk.services.approval import Ask
from kiosk.services.sessions import Denied, OperatorCard, Session
from ui.routes import SecondRoute
from ui.viewmodels.base import Head, PageModel, PairRow, listed, prop
from ui.viewmodels.sign_in import ROLES, OperatorRow

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


class Step(Enum):
    WHO = "who"
    PIN = "pin"


TITLE = Text("请另一位值守员同意", "Another operator must agree")
FIRST = Text("{name} 经办，要有第二个人同意才办", "{name} does it; a second person must agree first")
WHO = Text("谁来同意？", "Who agrees?")
PIN = Text("{name}，您同意就输入密码", "{name}, enter your PIN if you agree")
WHAT = Text("要办的业务", "What it is")
TAKEN = Text("收现金", "Cash to be taken")
PAID = Text("付出现金", "Cash to be paid out")


@dataclass(frozen=True)
class SecondState:
    ask: Ask
    first: Session | None
    operators: tuple[OperatorCard, ...] = ()
    who: OperatorCard | None = None
    error: Text | None = None


@dataclass(frozen=True, kw_only=True)
class SecondShown(Head):
    step: str
    question: str
    error: str
    pairs: tuple[PairRow, ...]
    cash_text: str
    fen: float
    operators: tuple[OperatorRow, ...]


@QmlElement
class SecondModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"documents"})
    state: SecondState
    shown: SecondShown

    changed = Signal()
    step = prop(str, "step", changed)
    question = prop(str, "question", changed)
    error = prop(str, "error", changed)
    cashText = prop(str, "cash_text", changed)
    fen = prop(float, "fen", changed)
    pairs = listed("pairs")
    operators = listed("operators")

    def __init__(self, frame: Frame, route: SecondRoute) -> None:
        super().__init__(frame, SecondState(route.ask, frame.session))

    def derive(self) -> SecondShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        desk, needed = self.frame.desk(), self.state.ask.needed
        self.update(operators=await self.ports.data.read(lambda conn: sessions.seconds(conn, desk, needed)))

    @Slot(str)
    def choose(self, operator: str) -> None:
        self.update(who=next(one for one in self.state.operators if one.id == operator), error=None)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        self.work("agree", lambda: self._agree(pin))

    def step_back(self) -> bool:
        if self.state.who is None:
            self.frame.seconded(None)
        else:
            self.update(who=None, error=None)
        return True

    def scanned(self, scan: Scan) -> None:
        """Nothing but a PIN agrees."""

    def card(self, card: IdCard) -> None:
        """Likewise."""

    async def _agree(self, pin: str) -> None:
        desk, ask, who = self.frame.desk(), self.state.ask, self.state.who
        assert who is not None
        given = await self.ports.data.run(lambda conn: sessions.second(conn, desk, ask.op_id, who.id, pin))
        if isinstance(given, Denied):
            self.update(error=given.refused.text)
        else:
            self.frame.seconded(given)


def show(state: SecondState, lang: Lang) -> SecondShown:
    step = Step.WHO if state.who is None else Step.PIN
    question = WHO if state.who is None else PIN.with_params({"name": state.who.name})
    first = FIRST.with_params({"name": state.first.name}) if state.first else same("")
    return SecondShown(
        title=TITLE.of(lang),
        subtitle=first.of(lang),
        icon="operator",
        step=step.value,
        question=question.of(lang),
        error=state.error.of(lang) if state.error else "",
        pairs=(PairRow(WHAT.of(lang), state.ask.about.of(lang)),) if state.ask.about else (),
        cash_text=(TAKEN if state.ask.fen > 0 else PAID).of(lang),
        fen=float(abs(state.ask.fen)),
        operators=tuple(OperatorRow(one.id, one.name, _roles(one, lang)) for one in state.operators),
    )


def _roles(of: OperatorCard, lang: Lang) -> str:
    return "、".join(ROLES[role].of(lang) for role in of.roles if role in ROLES)
