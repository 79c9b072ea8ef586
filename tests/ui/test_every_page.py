"""Every page, seen by somebody who does not see it: names, roles and states of all that can be touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from kiosk.services.permissions import Session
from tests.support.crank import START
from tests.support.everywhere import Past, make_past, visited, visits, walk
from tests.support.stage import Scene, Stage
from ui.routes import Route
from ui.seen import TOUCHED, Part, Seen, look

Perform = Callable[..., None]


def unnamed(page: Seen) -> Iterator[str]:
    """What can be touched or is told apart by a state, and says nothing of itself."""
    for each in page.all():
        if each.part in TOUCHED | {Part.NUMBER, Part.PROGRESS, Part.DIALOG} and not each.name:
            yield f"no name: {each.part.name} {each.key}"
        if each.part is Part.OTHER and each.name:
            yield f"no role: {each.name} {each.key}"


def test_every_route_is_visited() -> None:
    nobody = Session("op", "", (), frozenset(), False, START)
    assert set(visited(Past("paid", "ordered", nobody))) == set(get_args(Route))


def test_what_can_be_touched_has_name_and_role(perform: Perform) -> None:
    wrong: list[str] = []

    async def act(stage: Stage) -> None:
        async for name in walk(stage, visits(await make_past(stage))):
            page = look(stage.screen.window)
            wrong.extend(f"{name}: {found}" for found in unnamed(page))

    perform(act, Scene())
    assert wrong == []
