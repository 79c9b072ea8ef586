"""What is allotted to this terminal: seen, refilled on request, handed back."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import leases, shares
from kiosk.services.permissions import Permission
from sync.wire.operation import new_op_id
from ui.routes import LeasesRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.leases_shown import BEFORE, LeasesShown, LeasesState, Step, show, wanted

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LeasesModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset(
        {"leases", "lease_spends", "operations", "outcomes", "active_pack"}
    )
    follows_link: ClassVar[bool] = True
    state: LeasesState
    shown: LeasesShown

    changed = Signal()
    step = prop(str, "step", changed)
    question = prop(str, "question", changed)
    share = prop("QVariantMap", "share", changed)
    back = prop(bool, "back", changed)
    mode = prop(str, "mode", changed)
    typed = prop(str, "typed", changed)
    note = prop(str, "note", changed)
    shares = listed("rows")
    pairs = listed("pairs")

    def __init__(self, frame: Frame, route: LeasesRoute) -> None:  # noqa: ARG002
        super().__init__(frame, LeasesState())

    def derive(self) -> LeasesShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        desk = self.frame.desk()
        desk.require(Permission.ALLOT)
        held = await self.ports.data.read(lambda conn: shares.held(conn, desk))
        rights = tuple(one.right for one in held)
        titles = await self.ports.data.read_cache(lambda cache: shares.titles(cache, rights))
        self.update(shares=held, titles=MappingProxyType(titles))

    # --- what the operator does -----------------------------------------------------------------------
    @Slot(str)
    def choose(self, share: str) -> None:
        self.update(chosen=share, step=Step.SHARE, typed="")

    @Slot(str)
    def enter(self, typed: str) -> None:
        self.update(typed=typed)

    @Slot()
    def handBack(self) -> None:
        assert self.state.share is not None
        self.update(step=Step.BACK, amount=self.state.share.left, op_id=new_op_id())

    def forward(self) -> None:
        match self.state.step:
            case Step.SHARE:
                self.update(step=Step.AMOUNT)
            case Step.AMOUNT:
                self.update(step=Step.ASK, amount=wanted(self.state), op_id=new_op_id())
            case Step.ASK:
                self.work("ask", self._ask)
            case Step.BACK:
                self.work("hand_back", self._hand_back)

    def step_back(self) -> bool:
        before = BEFORE.get(self.state.step)
        if before is not None:
            self.update(step=before)
        return before is not None

    # --- inside ---------------------------------------------------------------------------------------
    async def _ask(self) -> None:
        state, desk = self.state, self.frame.desk()
        assert state.share is not None
        right = state.share.right
        await self.ports.data.run(lambda conn: leases.ask(conn, desk, state.op_id, right, state.amount))
        self.update(step=Step.LIST)

    async def _hand_back(self) -> None:
        state, desk = self.state, self.frame.desk()
        assert state.share is not None
        lease = state.share.lease
        assert lease is not None
        await self.ports.data.run(lambda conn: leases.hand_back(conn, desk, state.op_id, lease, state.amount))
        self.update(step=Step.LIST)
