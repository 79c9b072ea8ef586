"""Home: what can be done here, whether it can be done now, and what became of what was done before."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import catalogue
from kiosk.services.catalogue import Tile
from kiosk.services.offline import Can
from ui.routes import CallbackRoute, HomeRoute, SignInRoute
from ui.shapes import SHAPES
from ui.viewmodels.base import PageModel, listed
from ui.viewmodels.home_shown import HomeShown, HomeState, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HomeModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            "operations",
            "outcomes",
            "leases",
            "lease_spends",
            "till_moves",
            "active_pack",
            "documents",
            "cases",
        }
    )
    follows_link: ClassVar[bool] = True
    state: HomeState
    shown: HomeShown

    changed = Signal()
    chapters = listed("chapters")
    tiles = listed("tiles")

    def __init__(self, frame: Frame, route: HomeRoute) -> None:  # noqa: ARG002
        super().__init__(frame, HomeState())

    def derive(self) -> HomeShown:
        return show(self.state, self.frame.place.name, self.frame.clock, self.lang)

    async def read(self) -> None:
        desk = self.frame.desk()
        board = await self.ports.data.read(lambda conn: catalogue.board(conn, desk))
        chapters = await self.ports.data.read_cache(lambda cache: catalogue.home(cache, desk, board))
        self.update(chapters=chapters)

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

    def _go(self, tile: Tile) -> None:
        route = SHAPES[tile.shape](tile.service)
        alone = tile.availability.needs_operator and self.frame.session is None
        self.frame.go(SignInRoute(then=route) if alone else route)
