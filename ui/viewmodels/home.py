"""Home: what can be done here, whether it can be done now, and what became of what was done before."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import business, cases, catalogue
from kiosk.services.catalogue import Tile
from kiosk.services.offline import Can
from sync.policy import Link
from sync.wire.answers import Profile
from ui.routes import (
    BusinessRoute,
    CallbackRoute,
    CasesRoute,
    HomeRoute,
    QueueRoute,
    Route,
    SignInRoute,
    StaffRoute,
    TillRoute,
)
from ui.shapes import SHAPES
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.home_shown import HomeShown, HomeState, show

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
    tiles = listed("tiles")
    recent = listed("recent")
    cases = prop(str, "cases", changed)
    empty = prop(str, "empty", changed)

    def __init__(self, frame: Frame, route: HomeRoute) -> None:  # noqa: ARG002
        super().__init__(frame, HomeState())

    def derive(self) -> HomeShown:
        return show(self.state, self.frame.place.name, self.frame.clock, self.lang)

    async def read(self) -> None:
        desk = self.frame.desk()
        board = await self.ports.data.read(lambda conn: catalogue.board(conn, desk))
        chapters = await self.ports.data.read_cache(lambda cache: catalogue.home(cache, desk, board))
        recent = await self.ports.data.read(lambda conn: business.entries(conn, limit=RECENT))
        to_do = await self.ports.data.read(lambda conn: cases.to_do(conn, desk))
        self.update(
            chapters=chapters,
            recent=recent if self.frame.operated_here else (),
            cases=to_do,
            loaded=True,
            offline=self.ports.line.link is Link.OFFLINE,
        )

    @Slot(str)
    def chooseChapter(self, chapter: str) -> None:
        self.update(chosen=chapter)

    @Slot(str)
    def open(self, service: str) -> None:
        """Goes to the page of the service's shape, by way of sign-in or call-back where needed."""
        tile = next(t for c in self.state.chapters for t in c.tiles if t.service == service)
        now = tile.availability
        if now.can is not Can.NOT_NOW:
            self._go(tile)
        elif now.callback:
            self.frame.go(CallbackRoute(service))
        elif now.reason is not None:
            self.refuse(now.reason)

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

    def _operated(self, route: Route) -> None:
        self.frame.go(route if self.frame.session else SignInRoute(then=route))

    def _go(self, tile: Tile) -> None:
        route = SHAPES[tile.shape](tile.service)
        alone = tile.availability.needs_operator and self.frame.session is None
        self.frame.go(SignInRoute(then=route) if alone else route)
