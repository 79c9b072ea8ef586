"""Asking to be called back: why it is not done here now, number, time, a few words, and a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import callbacks, catalogue, phones
from kiosk.services.callbacks import Request, Wish
from kiosk.services.errors import Refused
from sync.wire.operation import new_op_id
from ui.routes import CallbackRoute, SlipRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.callback_shown import STEPS, CallbackShown, CallbackState, Step, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CallbackModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"active_pack"})
    follows_link: ClassVar[bool] = True
    state: CallbackState
    shown: CallbackShown

    changed = Signal()
    step = prop(str, "step", changed)
    number = prop(int, "number", changed)
    question = prop(str, "question", changed)
    whyTitle = prop(str, "why_title", changed)
    why = prop(str, "why", changed)
    phone = prop(str, "phone", changed)
    name = prop(str, "name", changed)
    note = prop(str, "note", changed)
    next = prop(str, "next", changed)
    wishes = listed("wishes")
    pairs = listed("pairs")

    def __init__(self, frame: Frame, route: CallbackRoute) -> None:
        super().__init__(frame, CallbackState(route.service))

    def derive(self) -> CallbackShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        service = self.state.service
        about = await self.ports.data.read_cache(lambda cache: catalogue.service(cache, service))
        self.update(about=about, why=callbacks.why_not(self.frame.desk(), about))

    # --- what the person does -------------------------------------------------------------------------
    @Slot(str)
    def setPhone(self, phone: str) -> None:
        self.update(phone=phone)

    @Slot(str)
    def chooseWish(self, wish: str) -> None:
        self.update(wish=Wish(wish), step=Step.NOTE)

    @Slot(str)
    def setName(self, name: str) -> None:
        self.update(name=name)

    @Slot(str)
    def setNote(self, note: str) -> None:
        self.update(note=note)

    def forward(self) -> None:
        match self.state.step:
            case Step.WHY:
                self.update(step=Step.PHONE)
            case Step.PHONE:
                self._to_wish()
            case Step.WISH:
                pass
            case Step.NOTE:
                self.update(step=Step.NAME)
            case Step.NAME:
                self.update(step=Step.CONFIRM, op_id=new_op_id())
            case Step.CONFIRM:
                self.work("request", self._request)

    def step_back(self) -> bool:
        at = STEPS.index(self.state.step)
        if at:
            self.update(step=STEPS[at - 1])
        return at > 0

    # --- inside ---------------------------------------------------------------------------------------
    def _to_wish(self) -> None:
        try:
            phones.check(self.state.phone)
        except Refused as refused:
            self.refuse(refused)
        else:
            self.update(step=Step.WISH)

    async def _request(self) -> None:
        state, desk = self.state, self.frame.desk()
        assert state.about is not None
        wanted = Request(state.about, state.phone, state.note, state.wish, state.name)
        written = await self.ports.data.run(lambda conn: callbacks.request(conn, desk, state.op_id, wanted))
        self.frame.replace(SlipRoute(op_id=written.op_id, fresh=written.slip))
