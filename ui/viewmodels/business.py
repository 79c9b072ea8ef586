"""My business: of the person who is there or of this terminal, found by slip too; one in detail, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.devices.paper import SlipKind
from kiosk.devices.scanner import Scan
from kiosk.services import attending, business, points, receipts, slips
from kiosk.services.business import Detail, Filter
from kiosk.services.presence import Person
from kiosk.services.receipts import Found, MadeElsewhere, OfCase, OfNobody, OfOperation
from sync import outbox
from ui.routes import BusinessRoute, CasesRoute, IdentifyRoute, SignInRoute, SlipRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.business_shown import BusinessShown, BusinessState, Whose, show

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
    query = prop(str, "query", changed)
    anonymous = prop(bool, "anonymous", changed)
    whose = listed("whose")
    elsewhere = prop(str, "elsewhere", changed)
    elsewhere_text = prop(str, "elsewhere_text", changed)
    elsewhere_pairs = listed("elsewhere_pairs")
    filters = listed("filters")
    entries = listed("entries")
    pairs = listed("pairs")
    slips = listed("slips")
    related = listed("related")

    def __init__(self, frame: Frame, route: BusinessRoute) -> None:
        super().__init__(frame, BusinessState(route.op_id, slip=route.slip, whose=_whose(frame)))

    def derive(self) -> BusinessShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        if self.state.slip:
            slip = self.state.slip
            self.update(slip="")
            await self._find(slip)
        await self._read()

    async def _read(self) -> None:
        op_id, wanted, data, desk = self.state.op_id, self.state.wanted, self.ports.data, self.frame.desk()
        if op_id is not None:
            detail = await data.read(lambda conn: business.detail(conn, op_id))
            self.update(detail=detail, paper=await self._paper(detail))
            return
        match self.state.whose:
            case Whose.PERSON:
                entries = await data.read(lambda conn: business.of_person(conn, desk, wanted))
            case Whose.PLACE:
                entries = await data.read(lambda conn: business.entries(conn, wanted))
            case Whose.NOBODY:
                entries = ()
        person = attending.shown_name(desk.person) if desk.person else ""
        self.update(entries=entries, person=person, operator_there=desk.session is not None)

    # --- what the person does -------------------------------------------------------------------------
    @Slot(str)
    def choose(self, wanted: str) -> None:
        self.update(wanted=Filter(wanted))
        self.refresh()

    @Slot(str)
    def chooseWhose(self, whose: str) -> None:
        self.update(whose=Whose(whose))
        self.refresh()

    @Slot()
    def identify(self) -> None:
        self.frame.go(IdentifyRoute(then=BusinessRoute()))

    @Slot(str)
    def ask(self, text: str) -> None:
        """As it is typed."""
        self.update(query=text, elsewhere=None)

    @Slot()
    def find(self) -> None:
        if self.state.query.strip():
            self.work("find", lambda: self._find(self.state.query))

    def identified(self, person: Person) -> None:
        super().identified(person)
        self.update(whose=_whose(self.frame))
        self.refresh()

    def scanned(self, scan: Scan) -> None:
        if receipts.is_code(scan.text):
            self.work("find", lambda: self._find(scan.text))
        else:
            super().scanned(scan)

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
        if self.state.elsewhere is not None:
            self.update(elsewhere=None, query="")
            return True
        if not self.state.trail:
            return False
        *before, last = self.state.trail
        self._go(last, tuple(before))
        return True

    # --- inside ---------------------------------------------------------------------------------------
    async def _find(self, text: str) -> None:
        desk = self.frame.desk()
        found = await self.ports.data.read(lambda conn: receipts.find(conn, desk, text))
        match found:
            case OfOperation(op_id):
                self.update(query="", elsewhere=None)
                self._go(op_id, (*self.state.trail, self.state.op_id))
            case OfNobody(number):
                self.frame.go(SlipRoute(number=number))
            case OfCase(case) if self.frame.operated_here:
                route = CasesRoute(case.id)
                self.frame.go(route if self.frame.session else SignInRoute(then=route))
            case OfCase() | MadeElsewhere():
                await self._elsewhere(found)

    async def _elsewhere(self, found: Found) -> None:
        named = found.case.point if isinstance(found, OfCase) else None
        named = found.point if isinstance(found, MadeElsewhere) else named
        point = await self.ports.data.read_cache(lambda cache: points.find(cache, named)) if named else None
        self.update(elsewhere=found, point=point, op_id=None, trail=(), detail=None)

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


def _whose(frame: Frame) -> Whose:
    """Of the villager who is there; else of the place, where somebody answers for it."""
    if frame.desk().person is not None:
        return Whose.PERSON
    hidden = not frame.operated_here and frame.session is None
    return Whose.NOBODY if hidden else Whose.PLACE
