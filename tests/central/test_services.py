"""Forms, call-backs and PINs: received, checked, withdrawn."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from central.business_tables import applications, callbacks
from central.handlers.model import Attended
from sync.wire.answers import Outcome
from tests.central.conftest import COUNTY
from tests.central.world import VERIFIER, World
from tests.support.handlers import HANDLERS


def _application(**changed: Any) -> dict[str, Any]:
    fixed = {"service": "n2", "form": "f-fault", "form_version": 2, "attachments": []}
    return fixed | {"data": {"what": "lamp"}} | changed


def test_a_filled_form_is_received_and_can_be_withdrawn(world: World) -> None:
    result = world.a.push("application.submit", _application())
    assert (result.outcome, result.case) == (Outcome.ACCEPTED, None)
    state = select(applications.c.state, applications.c.data).where(applications.c.op == result.op)
    assert world.ask(lambda conn: conn.execute(state).one()) == ("received", {"what": "lamp"})
    undo = {"target": result.op, "reason": "重复"}
    assert world.a.push("operation.reverse", undo).outcome is Outcome.ACCEPTED
    assert world.ask(lambda conn: conn.execute(state).one()).state == "withdrawn"


@pytest.mark.parametrize(
    "change",
    [
        {"form": "f-none"},
        {"data": {"what": "river"}},
        {"data": {}},
        {"data": {"what": "lamp", "more": 1}},
        {"attachments": ["not-a-hash"]},
        {"form_version": 0},
    ],
)
def test_a_form_that_does_not_fit_its_schema_is_invalid(world: World, change: dict[str, Any]) -> None:
    result = world.a.push("application.submit", _application(**change))
    assert (result.outcome, result.reason, result.case) == (Outcome.REJECTED, "payload-invalid", None)


def test_an_older_version_of_a_form_is_taken_as_it_was_checked_there(world: World) -> None:
    older = _application(form_version=1, data={"old_field": "x"})
    assert world.a.push("application.submit", older).outcome is Outcome.ACCEPTED


def test_a_call_back_is_put_on_the_list(world: World) -> None:
    payload = {"service": "n3", "phone": "13908260002", "note": "门禁", "wish": "morning"}
    result = world.a.push("callback.request", payload)
    assert result.outcome is Outcome.ACCEPTED
    query = select(callbacks.c.phone, callbacks.c.wish, callbacks.c.state)
    assert world.ask(lambda conn: conn.execute(query).one()) == ("13908260002", "morning", "waiting")
    assert world.a.push("callback.request", payload | {"phone": "call me"}).reason == "payload-invalid"
    assert world.a.push("callback.request", payload | {"wish": "night"}).reason == "payload-invalid"


def test_who_was_there_stands_in_the_operation_alone(world: World) -> None:
    person = {"person": {"how": "card", "name": "张*", "number": "511602********1234"}}
    call = {"service": "n3", "phone": "13908260002", "note": "门禁", "wish": "morning"}
    assert world.a.push("application.submit", _application() | person).outcome is Outcome.ACCEPTED
    assert world.a.push("callback.request", call | person).outcome is Outcome.ACCEPTED


def test_every_kind_of_business_may_say_who_was_there() -> None:
    named = {kind for kind, one in HANDLERS.items() if issubclass(one.payload_model, Attended)}
    assert named == {kind for kind in HANDLERS if not kind.startswith(("lease.", "operator."))}


def test_a_pin_set_at_a_point_travels_to_the_terminals(world: World) -> None:
    payload = {"operator": "op-zhao", "verifier": VERIFIER}
    assert world.a.push("operator.pin", payload, by="op-zhao").outcome is Outcome.ACCEPTED
    for desk in world.desks:
        told = [
            item for item in desk.driver.all_changes() if item["t"] == "operator" and item["id"] == "op-zhao"
        ]
        assert (told[-1]["verifier"], told[-1]["must_change"], told[-1]["rev"]) == (VERIFIER, False, 2)


@pytest.mark.parametrize(
    ("operator", "by", "terminal", "reason"),
    [
        ("op-zhao", "op-liu", "a", "not-permitted"),
        ("op-zhao", None, "a", "not-permitted"),
        ("op-none", "op-none", "a", "operator-unknown"),
        ("op-liu", "op-liu", "b", "not-permitted"),
    ],
)
def test_everybody_sets_their_own_pin_where_they_work(
    world: World, operator: str, by: str | None, terminal: str, reason: str
) -> None:
    desk = {"a": world.a, "b": world.b}[terminal]
    result = desk.push("operator.pin", {"operator": operator, "verifier": VERIFIER}, by=by)
    assert (result.outcome, result.reason) == (Outcome.REJECTED, reason)


def test_a_pin_is_never_sent_as_it_is(world: World) -> None:
    for text in ("246810", "$argon2i$v=19$m=1,t=1,p=1$YQ$YQ"):
        payload = {"operator": "op-zhao", "verifier": text}
        assert world.a.push("operator.pin", payload, by="op-zhao").reason == "payload-invalid"
    assert world.a.driver.enrolment.county == COUNTY


@pytest.mark.parametrize(
    "cost", ["m=999999,t=2,p=1", "m=131073,t=2,p=1", "m=8,t=9,p=1", "m=8,t=1,p=9", "m=\u0663,t=1,p=1"]
)
def test_no_verifier_is_too_dear_for_the_terminals_that_reckon_with_it(world: World, cost: str) -> None:
    """One stolen terminal could else stop all the county's at the next sign-in."""
    payload = {"operator": "op-zhao", "verifier": VERIFIER.replace("m=19456,t=2,p=1", cost)}
    assert world.a.push("operator.pin", payload, by="op-zhao").reason == "payload-invalid"
    allowed = VERIFIER.replace("m=19456,t=2,p=1", "m=131072,t=3,p=4")
    payload = {"operator": "op-zhao", "verifier": allowed}
    assert world.a.push("operator.pin", payload, by="op-zhao").outcome is Outcome.ACCEPTED
