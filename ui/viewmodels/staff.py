"""Where whoever works here begins: a case found by its number at the branch, and every page they may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang, Text
from kiosk.devices.scanner import Scan
from kiosk.services import cases
from kiosk.services.cases import OpenCase
from kiosk.services.permissions import Permission
from ui.routes import CasesRoute, StaffRoute
from ui.viewmodels import upkeep_shown
from ui.viewmodels.base import Head, PageModel, listed, prop
from ui.viewmodels.cases_shown import case_row
from ui.viewmodels.entries_shown import EntryRow
from ui.viewmodels.upkeep_shown import UpkeepRow, Way

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

TITLE = Text("工作人员", "Staff")
SUBTITLE = Text("办业务、照看本机", "The business, and this machine")
FIND = Text("查找", "Find")
LONGEST = 20


@dataclass(frozen=True)
class StaffState:
    number: str = ""
    cases: tuple[OpenCase, ...] = ()
    may: frozenset[Permission] = frozenset()

    @property
    def finds(self) -> bool:
        return Permission.FIND_CASE in self.may


@dataclass(frozen=True, kw_only=True)
class StaffShown(Head):
    number: str
    finds: bool
    cases: tuple[EntryRow, ...]
    business: tuple[UpkeepRow, ...]
    machine: tuple[UpkeepRow, ...]


def show(state: StaffState, lang: Lang) -> StaffShown:
    return StaffShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="operator",
        primary=FIND.of(lang) if state.finds else "",
        primary_icon="search",
        primary_ready=bool(state.number.strip()),
        number=state.number,
        finds=state.finds,
        cases=tuple(case_row(one, lang) for one in state.cases),
        business=upkeep_shown.business(state.may, lang),
        machine=upkeep_shown.machine(state.may, lang),
    )


@QmlElement
class StaffModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"cases", "operations", "outcomes", "marks"})
    state: StaffState
    shown: StaffShown

    changed = Signal()
    number = prop(str, "number", changed)
    finds = prop(bool, "finds", changed)
    cases = listed("cases")
    business = listed("business")
    machine = listed("machine")

    def __init__(self, frame: Frame, route: StaffRoute) -> None:  # noqa: ARG002
        super().__init__(frame, StaffState())

    def derive(self) -> StaffShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        desk = self.frame.desk()
        may = desk.require(Permission.SEE_QUEUE).permissions
        found: tuple[OpenCase, ...] = ()
        if Permission.FIND_CASE in may:
            found = await self.ports.data.read(lambda conn: cases.open_cases(conn, desk))
        self.update(cases=found, may=may)

    @Slot(str)
    def enter(self, number: str) -> None:
        self.update(number=number.upper()[:LONGEST])

    @Slot(str)
    def open(self, case_id: str) -> None:
        self.frame.go(CasesRoute(case_id))

    @Slot(str)
    def goUpkeep(self, way: str) -> None:
        self.frame.go(upkeep_shown.ROUTES[Way(way)])

    def scanned(self, scan: Scan) -> None:
        """A case's number as a bar code; a longer text is something else."""
        if len(scan.text) > LONGEST or not self.state.finds:
            super().scanned(scan)
            return
        self.enter(scan.text)
        self.work("find", self._find)

    def forward(self) -> None:
        self.work("find", self._find)

    async def _find(self) -> None:
        number, desk = self.state.number, self.frame.desk()
        case = await self.ports.data.read(lambda conn: cases.by_number(conn, desk, number))
        self.frame.go(CasesRoute(case.id))
