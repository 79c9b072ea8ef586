"""What a passer-by sees: nothing of anybody's, and an invitation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Text
from kiosk.services.presence import Person
from ui.routes import AttractRoute
from ui.viewmodels.base import Head, PageModel, prop

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

WELCOME = Text("办事、缴费、买东西、用优惠券", "Services, bills, shopping, coupons")


@dataclass(frozen=True, kw_only=True)
class AttractShown(Head):
    welcome: str


@QmlElement
class AttractModel(PageModel):
    shown: AttractShown

    changed = Signal()
    welcome = prop(str, "welcome", changed)

    def __init__(self, frame: Frame, route: AttractRoute) -> None:
        super().__init__(frame, route)

    def derive(self) -> AttractShown:
        return AttractShown(title=self.say(self.frame.place.name), welcome=self.say(WELCOME))

    def identified(self, person: Person) -> None:
        """A card is a touch."""
        super().identified(person)
        self.frame.home()

    @Slot()
    def begin(self) -> None:
        self.frame.home()
