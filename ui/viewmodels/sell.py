"""Selling a good that lies at this point out of its stock lease: final here and now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import catalogue, mall
from kiosk.services.mall import Sale
from sync.wire.operation import new_op_id
from ui.routes import SellRoute, SlipRoute
from ui.viewmodels import goods_shown
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.sell_shown import STEPS, SellShown, SellState, Step, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SellModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"leases", "lease_spends", "active_pack"})
    state: SellState
    shown: SellShown

    changed = Signal()
    step = prop(str, "step", changed)
    number = prop(int, "number", changed)
    question = prop(str, "question", changed)
    good = prop("QVariantMap", "good", changed)
    qty = prop(int, "qty", changed)
    most = prop(int, "most", changed)
    total = prop(float, "total", changed)
    note = prop(str, "note", changed)
    tender = prop("QVariantMap", "tender", changed)
    facts = listed("facts")
    pairs = listed("pairs")

    def __init__(self, frame: Frame, route: SellRoute) -> None:
        super().__init__(frame, SellState(route.service, route.good))

    def derive(self) -> SellShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        service, good_id, desk = self.state.service, self.state.good_id, self.frame.desk()
        data = self.ports.data
        about = await data.read_cache(lambda cache: catalogue.service(cache, service))
        good = await data.read_cache(lambda cache: mall.good(cache, good_id))
        here = await data.read(lambda conn: mall.allotted(conn, desk))
        pictures = goods_shown.urls(self.ports.pictures, (good.card,))
        self.update(about=about, good=good, here=here.get(good_id), pictures=pictures)

    # --- what the person does -------------------------------------------------------------------------
    @Slot(int)
    def setQuantity(self, qty: int) -> None:
        self.update(qty=qty, cash="")

    @Slot(str)
    def setCash(self, cash: str) -> None:
        self.update(cash=cash)

    def forward(self) -> None:
        match self.state.step:
            case Step.QUANTITY:
                self.update(step=Step.CASH)
            case Step.CASH:
                self.update(step=Step.CONFIRM, op_id=new_op_id())
            case Step.CONFIRM:
                self.work("sell", self._sell)

    def step_back(self) -> bool:
        at = STEPS.index(self.state.step)
        if at:
            self.update(step=STEPS[at - 1])
        return at > 0

    async def _sell(self) -> None:
        state, desk = self.state, self.frame.desk()
        assert state.about is not None
        assert state.good is not None
        sale = Sale(state.about, state.good.card, state.qty)
        written = await self.ports.data.run(lambda conn: mall.sell(conn, desk, state.op_id, sale))
        self.frame.replace(SlipRoute(op_id=written.op_id))
