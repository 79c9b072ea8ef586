"""Every page, seen by somebody who does not see it: names, roles and states of all that can be touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

import pytest

from kiosk.services.permissions import Session
from sync.wire.answers import Profile
from tests.support.crank import START
from tests.support.everywhere import Past, at_rest, counter, make_past, visited, visits, walk
from tests.support.stage import Scene, Stage
from ui.routes import FormRoute, Route
from ui.seen import TOUCHED, Part, Seen, look
from ui.viewmodels.form import FormModel

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


def questions(page: Seen) -> int:
    """What a person has to answer on it: fields, and groups of choices as one."""
    fields = [each for each in page.all() if each.part is Part.FIELD]
    groups = [each for each in page.all() if any(one.part is Part.RADIO for one in each.inside)]
    ticks = [each for each in page.all() if each.part is Part.CHECK]
    return len(fields) + len(groups) + len(ticks)


def test_a_villager_answers_one_question_at_a_time(perform: Perform) -> None:
    asked: dict[str, int] = {}

    async def act(stage: Stage) -> None:
        async for name in walk(stage, counter(await make_past(stage))):
            asked[name] = questions(look(stage.screen.window))

    perform(act, Scene())
    assert {name: many for name, many in asked.items() if many > 1} == {}


@pytest.mark.parametrize(("profile", "most"), [(Profile.PUBLIC, 1), (Profile.FIELD, 3)])
def test_a_form_asks_one_by_one_where_people_touch_the_screen(
    perform: Perform, profile: Profile, most: int
) -> None:
    """The hospital's form puts three questions about the patient together: on a laptop they stay so."""
    asked: list[int] = []

    async def act(stage: Stage) -> None:
        stage.frame.go(FormRoute("y1-hospital"))
        await at_rest(stage)
        model = stage.frame.current
        assert isinstance(model, FormModel)
        assert model.state.form is not None
        asked.extend(len(step.fields) for step in model.state.form.steps)

    perform(act, Scene(profile=profile))
    assert max(asked) == most
