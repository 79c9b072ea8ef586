"""Which page is opened when the terminal starts."""

from __future__ import annotations

from datetime import timedelta

from kiosk.services import business
from kiosk.services.profiles import rule_of
from ui.ports import Ports
from ui.routes import BusinessRoute, HomeRoute, Route, SignInRoute

RECENT = timedelta(days=1)


async def first_path(ports: Ports) -> tuple[Route, ...]:
    """What was recorded last might have been recorded unseen: the operator looks at it first."""
    last, place = await ports.data.read(business.last), ports.local.place()
    operated = place is not None and rule_of(place.profile).operated
    if last is not None and operated and (not last.state.final or ports.local.now() - last.at <= RECENT):
        return HomeRoute(), SignInRoute(then=BusinessRoute(last.op_id))
    return (HomeRoute(),)
