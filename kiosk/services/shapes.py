"""The shapes this version can do: one module each, found by the name the catalogue gives."""

from collections.abc import Mapping
from typing import Protocol

from kiosk.services import bills, callbacks, forms, guide, mall, rights
from kiosk.services.offer import Availability, Here, Service


class Shape(Protocol):
    def availability(self, here: Here, of: Service) -> Availability:
        """What can be done now with a service of this shape."""


SHAPES: Mapping[str, Shape] = {
    "guide": guide,
    "application": forms,
    "bill": bills,
    "order": mall,
    "redemption": rights,
    "callback": callbacks,
}
