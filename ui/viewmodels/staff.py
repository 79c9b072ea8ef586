"""The branch desk: a case of any point found by its number, and those that wait."""

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
from ui.routes import CasesRoute, CourierRoute, DevicesRoute, GalleryRoute, LineRoute, StaffRoute
from ui.viewmodels.base import Head, PageModel, listed, prop
from ui.viewmodels.cases_shown import case_row
from ui.viewmodels.entries_shown import EntryRow

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

TITLE = Text("查待办", "Find a case")
SUBTITLE = Text("顾客拿着凭条来，按待办编号查", "By the case number on the customer's slip")
FIND = Text("查找", "Find")
LONGEST = 20


@dataclass(frozen=True)
class StaffState:
    number: str = ""
    cases: tuple[OpenCase, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StaffShown(Head):
    number: str
    cases: tuple[EntryRow, ...]


def show(state: StaffState, lang: Lang) -> StaffShown:
    return StaffShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="case",
        primary=FIND.of(lang),
        primary_icon="search",
        primary_ready=bool(state.number.strip()),
        number=state.number,
        cases=tuple(case_row(one, lang) for one in state.cases),
    )


@QmlElement
class StaffModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"cases", "operations", "outcomes", "marks"})
    state: StaffState
    shown: StaffShown

    changed = Signal()
    number = prop(str, "number", changed)
    cases = listed("cases")

    def __init__(self, frame: Frame, route: StaffRoute) -> None:  # noqa: ARG002
        super().__init__(frame, StaffState())

    def derive(self) -> StaffShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        desk = self.frame.desk()
        desk.require(Permission.FIND_CASE)
        self.update(cases=await self.ports.data.read(lambda conn: cases.open_cases(conn, desk)))

    @Slot(str)
    def enter(self, number: str) -> None:
        self.update(number=number.upper()[:LONGEST])

    @Slot(str)
    def open(self, case_id: str) -> None:
        self.frame.go(CasesRoute(case_id))

    @Slot()
    def goCourier(self) -> None:
        self.frame.go(CourierRoute())

    @Slot()
    def goLine(self) -> None:
        self.frame.go(LineRoute())

    @Slot()
    def goGallery(self) -> None:
        self.frame.go(GalleryRoute())

    @Slot()
    def goDevices(self) -> None:
        self.frame.go(DevicesRoute())

    def scanned(self, scan: Scan) -> None:
        """A case's number as a bar code; a longer text is something else."""
        if len(scan.text) > LONGEST:
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
