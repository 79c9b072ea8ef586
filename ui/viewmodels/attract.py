"""What a passer-by sees: the point, its hours, what the county tells; nothing of anybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import notices, points
from kiosk.services.presence import Person
from ui.routes import AttractRoute, BoardRoute
from ui.viewmodels.attract_shown import AttractShown, AttractState, show
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.pictures import urls

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AttractModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"active_pack"})
    follows_link: ClassVar[bool] = True  # every minute: hours and days go by
    state: AttractState
    shown: AttractShown

    changed = Signal()
    welcome = prop(str, "welcome", changed)
    hours = prop(str, "hours", changed)
    standing = prop(str, "standing", changed)
    standingKind = prop(str, "standing_kind", changed)
    cards = listed("cards")

    def __init__(self, frame: Frame, route: AttractRoute) -> None:  # noqa: ARG002
        super().__init__(frame, AttractState())

    def derive(self) -> AttractShown:
        return show(self.state, self.frame.place.name, self.ports.local.now(), self.lang)

    async def read(self) -> None:
        desk, data = self.frame.desk(), self.ports.data
        here = await data.read_cache(lambda cache: points.find(cache, desk.place.point))
        told = await data.read_cache(lambda cache: notices.current(cache, desk))
        named = [(one.id, one.picture) for one in told]
        self.update(hours=here.hours if here else (), told=told, pictures=urls(self.ports.pictures, named))
        self.render()

    def identified(self, person: Person) -> None:
        """A card is a touch."""
        super().identified(person)
        self.frame.home()

    @Slot()
    def begin(self) -> None:
        self.frame.home()

    @Slot(str)
    def take(self, service: str) -> None:
        """What a campaign is about."""
        self.frame.home()
        self.frame.go(BoardRoute(service))
