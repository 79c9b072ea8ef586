"""Home: what can be done here, whether it can be done now, and what became of what was done before."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement
from sqlalchemy import Connection

from kiosk.devices.scanner import Scan
from kiosk.services import board, business, cases, catalogue, receipts
from kiosk.services.board import Answer
from kiosk.services.business import Entry
from kiosk.services.desk import Desk
from kiosk.services.presence import Person
from sync.wire.answers import Profile
from ui.routes import (
    BoardRoute,
    BusinessRoute,
    CasesRoute,
    HomeRoute,
    QueueRoute,
    Route,
    SignInRoute,
    StaffRoute,
    TillRoute,
)
from ui.viewmodels import board as board_page
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.home_shown import HomeShown, HomeState, show
from ui.viewmodels.pictures import urls

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


RECENT = 3
RIGHTS = frozenset({"leases", "lease_spends", "till_moves", "active_pack", "documents"})
WATCHED = RIGHTS | {"operations", "outcomes", "cases", "marks"}


@QmlElement
class HomeModel(PageModel):
    tables: ClassVar[frozenset[str]] = WATCHED
    follows_link: ClassVar[bool] = True
    state: HomeState
    shown: HomeShown

    changed = Signal()
    chapters = listed("chapters")
    parts = listed("parts")
    tiles = listed("tiles")
    recent = listed("recent")
    cases = prop(str, "cases", changed)
    empty = prop(str, "empty", changed)
    chosen = prop(str, "chosen", changed)
    strip = prop("QVariant", "strip", changed)

    def __init__(self, frame: Frame, route: HomeRoute) -> None:  # noqa: ARG002
        super().__init__(frame, HomeState())

    def derive(self) -> HomeShown:
        return show(self.state, self.frame.place.name, self.frame.clock, self.lang)

    async def read(self) -> None:
        desk = self.frame.desk()
        line = board_page.line_now(self.frame)
        on = await self.ports.data.read(lambda conn: catalogue.board(conn, desk))
        groups, seen = await self.ports.data.read_cache(lambda cache: board.read(cache, desk, on, line))
        recent = await self.ports.data.read(lambda conn: self._recent(conn, desk))
        to_do = await self.ports.data.read(lambda conn: cases.to_do(conn, desk))
        named = ((one.tile.service, one.tile.picture) for group in groups for one in group.answers)
        self.update(
            groups=groups,
            pictures=urls(self.ports.pictures, named),
            seen=seen,
            recent=recent,
            cases=to_do,
            loaded=True,
        )

    @Slot(str)
    def chooseChapter(self, chapter: str) -> None:
        self.update(chosen=chapter)

    @Slot(str)
    def open(self, service: str) -> None:
        """By way of sign-in, call-back, or why not and what instead."""
        self.frame.go(board_page.way(self._answer(service)))

    @Slot(str)
    def explain(self, service: str) -> None:
        self.frame.go(BoardRoute(service))

    @Slot()
    def openBoard(self) -> None:
        self.frame.go(BoardRoute(chapter=self.state.chosen))

    def step_back(self) -> bool:
        if not self.state.chosen:
            return False
        self.update(chosen="")
        return True

    def identified(self, person: Person) -> None:
        super().identified(person)
        self.refresh()

    def scanned(self, scan: Scan) -> None:
        if receipts.is_code(scan.text):
            self.frame.go(BusinessRoute(slip=scan.text))
        else:
            super().scanned(scan)

    @Slot(str)
    def openBusiness(self, op_id: str) -> None:
        """One of them, or the whole list where none is named."""
        self.frame.go(BusinessRoute(op_id or None))

    @Slot()
    def openCases(self) -> None:
        self._operated(StaffRoute() if self.frame.place.profile is Profile.STAFF else CasesRoute())

    @Slot()
    def openQueue(self) -> None:
        self._operated(QueueRoute())

    @Slot()
    def openTill(self) -> None:
        self._operated(TillRoute())

    def _recent(self, conn: Connection, desk: Desk) -> tuple[Entry, ...]:
        """Of the villager who is known to be there; else of the place, where somebody answers for it."""
        if desk.person is not None:
            return business.of_person(conn, desk, limit=RECENT)
        return business.entries(conn, limit=RECENT) if self.frame.operated_here else ()

    def _operated(self, route: Route) -> None:
        self.frame.go(route if self.frame.session else SignInRoute(then=route))

    def _answer(self, service: str) -> Answer:
        return next(a for one in self.state.groups for a in one.answers if a.tile.service == service)
