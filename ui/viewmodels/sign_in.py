"""Operator sign-in: who, PIN, and an own PIN in place of a first one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Text
from kiosk.services import sessions
from kiosk.services.errors import Refused
from kiosk.services.sessions import Denied, OperatorCard, Session
from sync.wire.operation import new_op_id
from ui.routes import Route, SignInRoute
from ui.viewmodels.base import Head, PageModel, listed, prop

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


class Step(Enum):
    WHO = "who"
    PIN = "pin"
    NEW = "new"
    REPEAT = "repeat"


TITLE = Text("值守员登录", "Operator sign-in")
WHY = Text("收付现金、卖货、核销要由值守员办理", "Cash, goods and coupons need the operator")
QUESTIONS: dict[Step, Text] = {
    Step.WHO: Text("您是哪一位？", "Who are you?"),
    Step.PIN: Text("请输入 6 位密码", "Enter your six-digit PIN"),
    Step.NEW: Text("第一次登录，请设一个自己的 6 位密码", "First sign-in: choose your own six-digit PIN"),
    Step.REPEAT: Text("再输入一次新密码", "Enter the new PIN once more"),
}
NOT_SAME = Text("两次输入的不一样，请重新设置", "The two did not match: please begin again")
ROLES = {
    "operator": Text("值守员", "Operator"),
    "staff": Text("网点员工", "Branch staff"),
    "agent": Text("外勤人员", "Field agent"),
}
SCREENS: dict[Step, int] = {Step.WHO: 1, Step.PIN: 2, Step.NEW: 3, Step.REPEAT: 4}


@dataclass(frozen=True)
class SignInState:
    then: Route | None
    step: Step = Step.WHO
    operators: tuple[OperatorCard, ...] = ()
    who: OperatorCard | None = None
    session: Session | None = None
    old_pin: str = ""
    new_pin: str = ""
    op_id: str = ""
    error: Text | None = None


@dataclass(frozen=True)
class OperatorRow:
    id: str
    title: str
    note: str


@dataclass(frozen=True, kw_only=True)
class SignInShown(Head):
    step: str
    number: int
    question: str
    error: str
    operators: tuple[OperatorRow, ...]


@QmlElement
class SignInModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"documents"})
    state: SignInState
    shown: SignInShown

    changed = Signal()
    step = prop(str, "step", changed)
    number = prop(int, "number", changed)
    question = prop(str, "question", changed)
    error = prop(str, "error", changed)
    operators = listed("operators")

    def __init__(self, frame: Frame, route: SignInRoute) -> None:
        super().__init__(frame, SignInState(route.then))

    async def read(self) -> None:
        self.update(operators=await self.ports.data.read(sessions.operators))

    @Slot(str)
    def choose(self, operator: str) -> None:
        who = next(o for o in self.state.operators if o.id == operator)
        self.update(who=who, step=Step.PIN, error=None)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """Six digits are complete: signs in, or takes them as the new PIN."""
        match self.state.step:
            case Step.PIN:
                self.work("sign-in", lambda: self._sign_in(pin))
            case Step.NEW:
                self._choose_pin(pin)
            case Step.REPEAT if pin == self.state.new_pin:
                self.work("set-pin", self._set_pin)
            case Step.REPEAT:
                self.update(step=Step.NEW, new_pin="", error=NOT_SAME)
            case Step.WHO:
                pass

    def step_back(self) -> bool:
        if self.state.step is Step.WHO:
            return False
        self.update(step=Step.WHO, who=None, session=None, old_pin="", new_pin="", error=None)
        return True

    async def _sign_in(self, pin: str) -> None:
        now, who = self.ports.local.now(), self.state.who
        assert who is not None
        answer = await self.ports.data.run(lambda conn: sessions.sign_in(conn, now, who.id, pin))
        if isinstance(answer, Denied):
            self.update(error=answer.refused.text)
        elif answer.must_change:
            self.update(session=answer, old_pin=pin, step=Step.NEW, error=None)
        else:
            self.frame.sign_in(answer, self.state.then)

    def _choose_pin(self, pin: str) -> None:
        try:
            sessions.check_new_pin(self.state.old_pin, pin)
        except Refused as refused:
            self.update(error=refused.text)
        else:
            self.update(new_pin=pin, step=Step.REPEAT, op_id=new_op_id(), error=None)

    async def _set_pin(self) -> None:
        state, session = self.state, self.state.session
        assert session is not None
        desk = replace(self.frame.desk(), session=session)
        answer = await self.ports.data.run(
            lambda conn: sessions.set_pin(conn, desk, state.op_id, state.old_pin, state.new_pin)
        )
        if isinstance(answer, Denied):
            self.update(step=Step.PIN, error=answer.refused.text)
        else:
            self.frame.sign_in(sessions.with_own_pin(session), state.then)

    def derive(self) -> SignInShown:
        state = self.state
        return SignInShown(
            title=self.say(TITLE),
            subtitle=state.who.name if state.who else self.say(WHY),
            icon="operator",
            step="who" if state.step is Step.WHO else "pin",
            number=SCREENS[state.step],
            question=self.say(QUESTIONS[state.step]),
            error=self.say(state.error) if state.error else "",
            operators=tuple(
                OperatorRow(o.id, o.name, "、".join(self.say(ROLES[r]) for r in o.roles if r in ROLES))
                for o in state.operators
            ),
        )
