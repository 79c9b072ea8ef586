"""Redeeming a coupon: scan it, say why not or choose the order, hand back cash."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.devices.scanner import Scan
from kiosk.services import catalogue, rights
from kiosk.services.errors import Refused
from kiosk.services.rights import Genuine, OrderChoice, Redemption
from sync.wire.operation import new_op_id
from ui.routes import RightsRoute, SlipRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.rights_shown import RightsShown, RightsState, Step, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class RightsModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"operations", "outcomes", "active_pack"})
    state: RightsState
    shown: RightsShown

    changed = Signal()
    step = prop(str, "step", changed)
    number = prop(int, "number", changed)
    question = prop(str, "question", changed)
    token = prop(str, "token", changed)
    bad = prop(str, "bad", changed)
    reason = prop(str, "reason", changed)
    again = prop(str, "again", changed)
    coupon = prop(str, "coupon", changed)
    rule = prop(str, "rule", changed)
    until = prop(str, "until", changed)
    serial = prop(str, "serial", changed)
    face = prop(float, "face", changed)
    nothing = prop(str, "nothing", changed)
    note = prop(str, "note", changed)
    orders = listed("orders")
    pairs = listed("pairs")

    def __init__(self, frame: Frame, route: RightsRoute) -> None:
        super().__init__(frame, RightsState(route.service))

    def derive(self) -> RightsShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        service, genuine = self.state.service, self.state.genuine
        about = await self.ports.data.read_cache(lambda cache: catalogue.service(cache, service))
        choices = await self._choices(genuine) if genuine else ()
        self.update(about=about, choices=choices)

    # --- what the person does -------------------------------------------------------------------------
    @Slot(str)
    def enter(self, token: str) -> None:
        """What the scanner types, or what was pasted."""
        self.update(token=token)

    @Slot(str)
    def chooseOrder(self, op_id: str) -> None:
        choice = next(c for c in self.state.choices if c.order.op_id == op_id)
        if choice.refused is not None:
            self.refuse(choice.refused)
        else:
            self.update(step=Step.CONFIRM, choice=choice, op_id=new_op_id())

    def scanned(self, scan: Scan) -> None:
        if self.state.step is not Step.SCAN:
            super().scanned(scan)
            return
        self.update(token=scan.text)
        self.work("check", self._check)

    def forward(self) -> None:
        if self.state.step is Step.SCAN:
            self.work("check", self._check)
        elif self.state.step is Step.CONFIRM:
            self.work("redeem", self._redeem)

    def step_back(self) -> bool:
        match self.state.step:
            case Step.SCAN:
                return False
            case Step.ORDER:
                self.update(step=Step.SCAN, genuine=None, choices=())
            case Step.CONFIRM:
                self.update(step=Step.ORDER, choice=None)
        return True

    # --- inside ---------------------------------------------------------------------------------------
    async def _check(self) -> None:
        """A coupon that cannot be used makes room for the next scan at once."""
        token, desk = self.state.token, self.frame.desk()
        self.update(token="", refused=None)
        try:
            genuine = await self.ports.data.read_cache(lambda cache: rights.read(cache, desk, token))
            await self.ports.data.read(lambda conn: rights.check(conn, desk, genuine))
        except Refused as refused:
            self.update(refused=refused)
            return
        self.update(step=Step.ORDER, genuine=genuine, choices=await self._choices(genuine))

    async def _choices(self, genuine: Genuine) -> tuple[OrderChoice, ...]:
        orders = await self.ports.data.read(rights.recent_orders)
        return await self.ports.data.read_cache(lambda cache: rights.choices(cache, genuine, orders))

    async def _redeem(self) -> None:
        state, desk = self.state, self.frame.desk()
        assert state.about is not None
        assert state.genuine is not None
        assert state.choice is not None
        wanted = Redemption(state.about, state.genuine, state.choice)
        written = await self.ports.data.run(lambda conn: rights.redeem(conn, desk, state.op_id, wanted))
        self.frame.replace(SlipRoute(op_id=written.op_id, fresh=written.slip))
