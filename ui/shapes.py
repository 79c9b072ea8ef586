"""Which page does a service of which shape: a new shape is one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.routes import BillsRoute, CallbackRoute, FormRoute, GuideRoute, MallRoute, RightsRoute, Route

SHAPES: Mapping[str, Callable[[str], Route]] = {
    "guide": GuideRoute,
    "application": FormRoute,
    "bill": BillsRoute,
    "order": MallRoute,
    "redemption": RightsRoute,
    "callback": CallbackRoute,
}
