"""My business: everything done at this terminal with its true state, one in detail, its slips printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.devices.paper import SlipKind
from kiosk.services import business, slips
from kiosk.services.business import Detail, Filter
from sync import outbox
from sync.wire.answers import Profile
from ui.routes import BusinessRoute, CasesRoute, SlipRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.business_shown import BusinessShown, BusinessState, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BusinessModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"operations", "outcomes", "slips", "cases", "marks"})
    state: BusinessState
    shown: BusinessShown

    changed = Signal()
    listing = prop(bool, "listing", changed)
    nothing = prop(str, "nothing", changed)
    words = prop(str, "words", changed)
    kind = prop(str, "kind", changed)
    mark = prop(str, "mark", changed)
    reason = prop(str, "reason", changed)
    fen = prop(float, "fen", changed)
    case = prop(str, "case", changed)
    notice = prop(str, "notice", changed)
    filters = listed("filters")
    entries = listed("entries")
    pairs = listed("pairs")
    slips = listed("slips")
    related = listed("related")

    def __init__(self, frame: Frame, route: BusinessRoute) -> None:
        hidden = frame.place.profile is Profile.PUBLIC and frame.session is None
        super().__init__(frame, BusinessState(route.op_id, hidden=hidden))

    def derive(self) -> BusinessShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        op_id, wanted, data = self.state.op_id, self.state.wanted, self.ports.data
        if op_id is not None:
            detail = await data.read(lambda conn: business.detail(conn, op_id))
            self.update(detail=detail, paper=await self._paper(detail))
        elif self.state.hidden:
            self.update(entries=())
        else:
            self.update(entries=await data.read(lambda conn: business.entries(conn, wanted)))

    # --- what the person does -------------------------------------------------------------------------
    @Slot(str)
    def choose(self, wanted: str) -> None:
        self.update(wanted=Filter(wanted))
        self.refresh()

    @Slot(str)
    def open(self, op_id: str) -> None:
        self._go(op_id, (*self.state.trail, self.state.op_id))

    @Slot(str)
    def openSlip(self, number: str) -> None:
        self.frame.go(SlipRoute(number=number))

    @Slot()
    def openCase(self) -> None:
        detail = self.state.detail
        assert detail is not None
        self.frame.go(CasesRoute(detail.entry.case_id))

    def forward(self) -> None:
        self.work("print", self._print)

    def step_back(self) -> bool:
        if not self.state.trail:
            return False
        *before, last = self.state.trail
        self._go(last, tuple(before))
        return True

    # --- inside ---------------------------------------------------------------------------------------
    def _go(self, op_id: str | None, trail: tuple[str | None, ...]) -> None:
        self.update(op_id=op_id, trail=trail, detail=None, paper=None, printed="")
        self.refresh()

    async def _paper(self, detail: Detail) -> SlipKind | None:
        """The kind of slip that is true of it now; none where nothing was ever on paper."""
        if not detail.slips:
            return None
        op_id, newest = detail.entry.op_id, detail.slips[-1].kind
        view = await self.ports.data.read(lambda conn: outbox.find(conn, op_id))
        return slips.kind_for(view, newest) if view else None

    async def _print(self) -> None:
        op_id, desk = self.state.op_id, self.frame.desk()
        assert op_id is not None
        slip = await self.ports.data.run(lambda conn: slips.for_state(conn, desk, op_id))
        await self.print_slip(slip.number)
        self.update(printed=slip.number)
