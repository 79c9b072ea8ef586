"""Cases: what is to be settled in person, what to do, and paying back with a second PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import approval, cases, sessions
from kiosk.services.cases import PayBack
from kiosk.services.sessions import Denied
from sync.wire.operation import new_op_id
from ui.routes import CasesRoute, SlipRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.cases_shown import CasesShown, CasesState, Step, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CasesModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"cases", "operations", "outcomes", "marks", "till_moves"})
    state: CasesState
    shown: CasesShown

    changed = Signal()
    step = prop(str, "step", changed)
    number = prop(int, "number", changed)
    question = prop(str, "question", changed)
    nothing = prop(str, "nothing", changed)
    cashText = prop(str, "cash_text", changed)
    fen = prop(float, "fen", changed)
    idle = prop(str, "idle", changed)
    idleIcon = prop(str, "idle_icon", changed)
    receiver = prop(str, "receiver", changed)
    pinError = prop(str, "pin_error", changed)
    too = prop("QVariantList", "too", changed)
    cases = listed("cases")
    steps = listed("steps")
    pairs = listed("pairs")

    def __init__(self, frame: Frame, route: CasesRoute) -> None:
        step = Step.CASE if route.case else Step.LIST
        self._alone = route.case is not None
        super().__init__(frame, CasesState(route.case, step))

    def derive(self) -> CasesShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        desk, case_id = self.frame.desk(), self.state.case_id
        found = await self.ports.data.read(lambda conn: cases.open_cases(conn, desk))
        self.update(cases=found)
        if case_id is not None:
            self.update(case=await self.ports.data.read(lambda conn: cases.by_id(conn, desk, case_id)))

    # --- what the operator does -----------------------------------------------------------------------
    @Slot(str)
    def open(self, case_id: str) -> None:
        case = next(c for c in self.state.cases or () if c.id == case_id)
        self.update(case_id=case_id, case=case, step=Step.CASE, receiver="")

    @Slot(str)
    def setReceiver(self, receiver: str) -> None:
        self.update(receiver=receiver)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        self.work("pay-back", lambda: self._pay_back(pin))

    def forward(self) -> None:
        if self.state.step is Step.CASE:
            self.update(step=Step.RECEIVER)
        elif self.state.step is Step.RECEIVER:
            self.update(step=Step.PIN, op_id=new_op_id(), pin_error=None)

    def step_back(self) -> bool:
        match self.state.step:
            case Step.PIN:
                self.update(step=Step.RECEIVER)
            case Step.RECEIVER:
                self.update(step=Step.CASE)
            case Step.CASE if not self._alone:
                self.update(step=Step.LIST, case_id=None, case=None)
            case _:
                return False
        return True

    async def _pay_back(self, pin: str) -> None:
        state, desk = self.state, self.frame.desk()
        assert state.case is not None
        given = await self.ports.data.run(lambda conn: sessions.confirm(conn, desk, state.op_id, pin))
        if isinstance(given, Denied):
            self.update(pin_error=given.refused)
            return
        agreed, wanted = approval.agreed(desk, given), PayBack(state.case.id, state.receiver)
        written = await self.ports.data.run(lambda conn: cases.pay_back(conn, agreed, state.op_id, wanted))
        self.frame.replace(SlipRoute(op_id=written.op_id, fresh=written.slip))
