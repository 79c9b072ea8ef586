"""The line under the title of a service's page: how it is done now, how old the data are, what is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from sqlalchemy import Connection

from kiosk.bilingual import Text, same
from kiosk.services import board, catalogue
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused
from sync.database import Unsubscribe
from ui.ports import Ports
from ui.routes import BoardRoute, Route
from ui.spawn import Tasks

NOTHING = same("")
WATCHED = frozenset({"leases", "lease_spends", "till_moves", "active_pack"})


class ServiceLine(QObject):
    changed = Signal()

    def __init__(self, ports: Ports, tasks: Tasks, desk: Callable[[], Desk], parent: QObject) -> None:
        super().__init__(parent)
        self._ports = ports
        self._tasks = tasks
        self._desk = desk
        self._service = ""
        self.text = NOTHING

    def follow(self) -> tuple[Unsubscribe, ...]:
        return (self._ports.data.subscribe(self._on_tables), self._ports.line.on_change(self._read))

    def at(self, route: Route) -> None:
        """The board itself says all of it already."""
        service = "" if isinstance(route, BoardRoute) else str(getattr(route, "service", ""))
        if service != self._service:
            self._service, self.text = service, NOTHING
            self._read()

    def _on_tables(self, tables: frozenset[str]) -> None:
        if tables & WATCHED:
            self._read()

    def _read(self) -> None:
        if self._service:
            self._tasks.spawn("ServiceLine.read", self._look(self._service), lambda _: None)

    async def _look(self, service: str) -> None:
        desk, data = self._desk(), self._ports.data
        on = await data.read(lambda conn: catalogue.board(conn, desk))

        def find(cache: Connection) -> Text:
            try:
                return board.head(catalogue.tile(cache, desk, on, service), desk.now)
            except Refused:
                return NOTHING

        found = await data.read_cache(find)
        if service == self._service and found != self.text:
            self.text = found
            self.changed.emit()
