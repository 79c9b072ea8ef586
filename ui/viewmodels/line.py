"""The line and the clock, for whoever looks after the terminal: how they are, what they cost, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement
from sqlalchemy import Connection

from kiosk.services.permissions import Permission
from sync import anchors, identity, transfer
from sync.transfer import Chain
from ui.routes import CourierRoute, LineRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.line_shown import Clock, Kept, LineShown, LineState, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1
MARKS = 5


@QmlElement
class LineModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"identity", "acks", "clock_marks", "operations"})
    follows_link: ClassVar[bool] = True
    state: LineState
    shown: LineShown

    changed = Signal()
    line = prop(str, "line", changed)
    lineKind = prop(str, "line_kind", changed)
    lineIcon = prop(str, "line_icon", changed)
    data = prop(str, "data", changed)
    dataKind = prop(str, "data_kind", changed)
    used = prop(float, "used", changed)
    forecast = prop(float, "forecast", changed)
    limit = prop(float, "limit", changed)
    limited = prop(bool, "limited", changed)
    linePairs = listed("line_pairs")
    lanes = listed("lanes")
    dataPairs = listed("data_pairs")
    clockPairs = listed("clock_pairs")
    keptPairs = listed("kept_pairs")

    def __init__(self, frame: Frame, route: LineRoute) -> None:  # noqa: ARG002
        super().__init__(frame, LineState())

    def derive(self) -> LineShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        desk, line, local = self.frame.desk(), self.ports.line, self.ports.local
        desk.require(Permission.SEE_QUEUE)
        kept = await self.ports.data.read(_kept)
        marks = await self.ports.data.read(lambda conn: anchors.marks(conn, MARKS))
        self.update(
            link=line.link,
            trouble=line.trouble,
            last_at=line.last_ack_at,
            next_at=line.next_try_at,
            report=line.report(),
            clock=Clock(desk.reading, local.drift(), marks),
            kept=kept,
            room=local.room(),
        )

    @Slot()
    def goCourier(self) -> None:
        self.frame.go(CourierRoute())

    def forward(self) -> None:
        self.ports.line.wake()
        self.refresh()


def _kept(conn: Connection) -> Kept:
    here = identity.require(conn)
    chain = Chain(here.terminal, here.incarnation)
    return Kept(
        identity=here,
        last_seq=transfer.last_seq(conn, chain),
        high_water=transfer.high_water(conn, chain),
        prune_mark=transfer.prune_mark(conn, chain),
    )
