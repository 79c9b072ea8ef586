"""The shapes this version can do: one module each, found by the name the catalogue gives."""

from collections.abc import Mapping
from typing import Protocol

from sqlalchemy import Connection

from kiosk.services import bills
from kiosk.services.desk import Desk
from kiosk.services.offer import Availability, Board, Service


class Shape(Protocol):
    def availability(self, cache: Connection, desk: Desk, on: Board, of: Service) -> Availability:
        """What can be done now with a service of this shape."""


SHAPES: Mapping[str, Shape] = {
    "bill": bills,
}
