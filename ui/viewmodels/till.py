"""The till: what should lie in the drawer, how much more may be taken, and each day's totals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import moments, till
from kiosk.services.permissions import Permission
from ui.routes import LeasesRoute, TillRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.till_shown import TillShown, TillState, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1
ONE_DAY = timedelta(days=1)


@QmlElement
class TillModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"till_moves", "leases", "lease_spends"})
    follows_link: ClassVar[bool] = True
    state: TillState
    shown: TillShown

    changed = Signal()
    drawer = prop(float, "drawer", changed)
    left = prop(float, "left", changed)
    whole = prop(str, "whole", changed)
    share = prop(float, "share", changed)
    advice = prop(str, "advice", changed)
    kind = prop(str, "kind", changed)
    day = prop(str, "day", changed)
    later = prop(bool, "later", changed)
    taken = prop(float, "taken", changed)
    given = prop(float, "given", changed)
    nothing = prop(str, "nothing", changed)
    allots = prop(bool, "allots", changed)
    totals = listed("rows")

    def __init__(self, frame: Frame, route: TillRoute) -> None:  # noqa: ARG002
        today = moments.day(frame.ports.local.now())
        super().__init__(frame, TillState(today, today))

    def derive(self) -> TillShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        desk, day = self.frame.desk(), self.state.day
        session = desk.require(Permission.SEE_QUEUE)
        stands = await self.ports.data.read(lambda conn: till.standing(conn, desk))
        totals = await self.ports.data.read(lambda conn: till.day(conn, day))
        self.update(today=moments.day(desk.now), stands=stands, totals=totals, session=session)

    @Slot()
    def earlier(self) -> None:
        self._show(self.state.day - ONE_DAY)

    @Slot()
    def goLater(self) -> None:
        self._show(min(self.state.today, self.state.day + ONE_DAY))

    @Slot()
    def openLeases(self) -> None:
        self.frame.go(LeasesRoute())

    def _show(self, day: date) -> None:
        self.update(day=day)
        self.refresh()
