"""What can be done right now: all services with their state, or one with the reason and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import board, catalogue
from kiosk.services.board import Answer, Line, Tap
from kiosk.services.instead import Way
from ui.routes import BoardRoute, CallbackRoute, Route, SignInRoute
from ui.shapes import SHAPES
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.board_shown import BoardShown, BoardState, Filter, show
from ui.viewmodels.pictures import urls

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


def line_now(frame: Frame) -> Line:
    line = frame.ports.line
    return Line(line.link, line.last_ack_at, line.next_try_at)


def way(answer: Answer) -> Route:
    """Where a tap on the service leads."""
    service = answer.tile.service
    match answer.tap:
        case Tap.OPEN:
            return SHAPES[answer.tile.shape](service)
        case Tap.SIGN_IN:
            return SignInRoute(then=SHAPES[answer.tile.shape](service))
        case Tap.CALL_BACK:
            return CallbackRoute(service)
        case Tap.WHY:
            return BoardRoute(service)


@QmlElement
class BoardModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"leases", "lease_spends", "till_moves", "active_pack"})
    follows_link: ClassVar[bool] = True
    state: BoardState
    shown: BoardShown

    changed = Signal()
    listing = prop(bool, "listing", changed)
    filters = listed("filters")
    groups = listed("groups")
    strip = prop("QVariant", "strip", changed)
    picture = prop(str, "picture", changed)
    badge = prop(str, "badge", changed)
    kind = prop(str, "kind", changed)
    mark = prop(str, "mark", changed)
    how = prop(str, "how", changed)
    why = prop(str, "why", changed)
    facts = listed("facts")
    ways = listed("ways")

    def __init__(self, frame: Frame, route: BoardRoute) -> None:
        super().__init__(frame, BoardState(route.service, route.chapter))

    def derive(self) -> BoardShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        desk, line = self.frame.desk(), line_now(self.frame)
        on = await self.ports.data.read(lambda conn: catalogue.board(conn, desk))
        groups, seen = await self.ports.data.read_cache(lambda cache: board.read(cache, desk, on, line))
        named = ((one.tile.service, one.tile.picture) for group in groups for one in group.answers)
        self.update(groups=groups, seen=seen, pictures=urls(self.ports.pictures, named))

    @Slot(str)
    def choose(self, wanted: str) -> None:
        self.update(wanted=Filter(wanted))

    @Slot(str)
    def open(self, service: str) -> None:
        self.frame.go(BoardRoute(service))

    @Slot(str)
    def take(self, wanted: str) -> None:
        """One of the ways on."""
        if wanted == Way.CALL_BACK.value:
            self.frame.go(CallbackRoute(self.state.service))

    def forward(self) -> None:
        answer = self.state.answer
        assert answer is not None
        self.frame.go(way(answer))
