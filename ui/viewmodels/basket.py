"""The basket: quantities, who collects, cash and change, and the order that is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement
from sqlalchemy import Connection

from kiosk.services import catalogue, mall, phones
from kiosk.services.errors import Refused
from kiosk.services.mall import Order
from sync.wire.operation import new_op_id
from ui.routes import BasketRoute, SlipRoute
from ui.viewmodels import goods_shown
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.basket_shown import BasketShown, BasketState, Step, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BasketModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"basket_lines", "active_pack"})
    state: BasketState
    shown: BasketShown

    changed = Signal()
    step = prop(str, "step", changed)
    number = prop(int, "number", changed)
    count = prop(int, "count", changed)
    question = prop(str, "question", changed)
    hint = prop(str, "hint", changed)
    goneNote = prop(str, "gone_note", changed)
    nothing = prop(str, "nothing", changed)
    total = prop(float, "total", changed)
    name = prop(str, "name", changed)
    phone = prop(str, "phone", changed)
    note = prop(str, "note", changed)
    tender = prop("QVariantMap", "tender", changed)
    lines = listed("lines")
    pairs = listed("pairs")

    def __init__(self, frame: Frame, route: BasketRoute) -> None:
        super().__init__(frame, BasketState(route.service, frame.place.name))

    def derive(self) -> BasketShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        service, data = self.state.service, self.ports.data
        about = await data.read_cache(lambda cache: catalogue.service(cache, service))
        held = await data.read(mall.basket)
        basket = await data.read_cache(lambda cache: mall.price(cache, held))
        pictures = goods_shown.urls(self.ports.pictures, (line.card for line in basket.lines))
        self.update(about=about, basket=basket, pictures=pictures, known=True)

    # --- what the person does -------------------------------------------------------------------------
    @Slot(str, int)
    def setQuantity(self, good: str, qty: int) -> None:
        """None takes the good out."""
        self.work("put", lambda: self._put((good,), qty))

    @Slot()
    def dropGone(self) -> None:
        self.work("put", lambda: self._put(self.state.basket.gone, 0))

    @Slot(str)
    def setName(self, name: str) -> None:
        self.update(name=name)

    @Slot(str)
    def setPhone(self, phone: str) -> None:
        self.update(phone=phone)

    @Slot(str)
    def setCash(self, cash: str) -> None:
        self.update(cash=cash)

    def forward(self) -> None:
        match self.state.step:
            case Step.LINES:
                self.update(step=Step.PHONE)
            case Step.PHONE:
                self._to_name()
            case Step.NAME:
                self.update(step=Step.CASH)
            case Step.CASH:
                self.update(step=Step.CONFIRM, op_id=new_op_id())
            case Step.CONFIRM:
                self.work("order", self._order)

    def step_back(self) -> bool:
        steps = self.state.steps
        at = steps.index(self.state.step)
        if at:
            self.update(step=steps[at - 1])
        return at > 0

    # --- steps ----------------------------------------------------------------------------------------
    async def _put(self, goods: tuple[str, ...], qty: int) -> None:
        now = self.ports.local.now()

        def put(conn: Connection) -> None:
            for good in goods:
                mall.put(conn, now, good, qty)

        await self.ports.data.run(put)

    def _to_name(self) -> None:
        if not self.state.phone.strip():
            self.update(step=Step.CASH, name="")
            return
        try:
            phones.check(self.state.phone)
        except Refused as refused:
            self.refuse(refused)
        else:
            self.update(step=Step.NAME)

    async def _order(self) -> None:
        state, desk = self.state, self.frame.desk()
        assert state.about is not None
        order = Order(state.about, state.basket, state.buyer)
        written = await self.ports.data.run(lambda conn: mall.order(conn, desk, state.op_id, order))
        self.frame.replace(SlipRoute(op_id=written.op_id, fresh=written.slip))
