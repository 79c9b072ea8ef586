"""What an operation says of the person who was there, and who finds it again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.devices.paper import Pair, Slip
from kiosk.services import attending, callbacks, sessions, slips
from kiosk.services.desk import Desk
from kiosk.services.presence import How, Person
from kiosk.services.recording import Written
from kiosk.store.tables import marks
from sync.tables import operations
from sync.wire import personal
from sync.wire.answers import Profile
from sync.wire.sealing import openers
from tests.services.point import Point, new_op_id
from tests.services.test_callbacks import wanted
from tests.services.test_sealing import OPENER, point_of
from tests.support.handlers import HANDLERS

BY_CARD = Person(How.CARD, "单小㳇", "51160219490307123X")
BY_PHONE = Person(How.VOUCHED, "单小㳇", "13912345678", vouched_by="op-chen")
MEMBER = Person(How.MEMBER, "单**", "M511602-123456789", secret=bytes(range(32)))


@pytest.fixture
def public(tmp_path: Path, cache_file: Path) -> Iterator[Point]:
    made = point_of(tmp_path, cache_file, Profile.PUBLIC)
    yield made
    made.close()


def with_person(point: Point, person: Person | None) -> Desk:
    return replace(point.desk, person=person)


def ask(point: Point, person: Person | None, op_id: str | None = None) -> Written:
    desk, wish = with_person(point, person), wanted(point)
    return point.write(lambda conn: callbacks.request(conn, desk, op_id or new_op_id(), wish))


def first_slip(point: Point, op_id: str) -> Slip | None:
    return point.read(lambda conn: slips.first(conn, op_id))


def found(point: Point, person: Person | None) -> tuple[str, ...]:
    return point.read(lambda conn: attending.operations_of(conn, with_person(point, person)))


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (BY_CARD, {"how": "card", "name": "单**", "number": "511602********123X"}),
        (BY_PHONE, {"how": "vouched", "name": "单**", "number": "139****5678", "by": "op-chen"}),
        (MEMBER, {"how": "member", "name": "单**", "number": "M511602-123456789"}),
        (replace(BY_CARD, name=""), {"how": "card", "number": "511602********123X"}),
    ],
)
def test_it_is_told_masked_and_central_takes_it(point: Point, person: Person, said: dict[str, str]) -> None:
    done = ask(point, person)
    payload = point.find(done.op_id).payload
    assert payload["person"] == said
    HANDLERS["callback.request"].payload_model.model_validate(payload)
    assert any(isinstance(line, Pair) and line.label == attending.FOR for line in done.slip.lines)
    kept = json.dumps(
        point.read(lambda conn: [tuple(row) for row in conn.execute(select(marks))]), default=str
    )
    assert person.number not in kept
    assert "㳇" not in kept


def test_without_a_person_nothing_is_said(point: Point) -> None:
    done = ask(point, None)
    assert "person" not in point.find(done.op_id).payload
    assert not any(isinstance(line, Pair) and line.label == attending.FOR for line in done.slip.lines)
    assert found(point, None) == ()


def test_a_second_tap_is_the_same_operation_whoever_has_left_meanwhile(point: Point) -> None:
    op_id = new_op_id()
    ask(point, BY_CARD, op_id)
    assert ask(point, None, op_id).again
    assert len(point.operations()) == 1


def test_each_finds_their_own_newest_first(point: Point) -> None:
    first, other, last = (ask(point, one).op_id for one in (BY_CARD, BY_PHONE, BY_CARD))
    assert found(point, BY_CARD) == (last, first)
    assert found(point, BY_PHONE) == (other,)
    assert found(point, replace(BY_CARD, number="511602194903071239")) == ()


def test_what_an_operator_does_for_the_point_names_nobody(point: Point) -> None:
    point.sign_in("op-new")
    desk = with_person(point, BY_CARD)
    done = point.write(lambda conn: sessions.set_pin(conn, desk, new_op_id(), "246810", "902817"))
    assert isinstance(done, Written)
    assert "person" not in point.find(done.op_id).payload
    assert found(point, BY_CARD) == ()


def test_on_a_public_terminal_it_takes_the_very_card(public: Point) -> None:
    point = public
    by_card, by_member = ask(point, BY_CARD), ask(point, MEMBER)
    for done in (by_card, by_member):
        assert "person" not in point.find(done.op_id).payload
        assert any(isinstance(line, Pair) and line.label == attending.FOR for line in done.slip.lines)
        kept = first_slip(point, done.op_id)
        assert kept is not None
        assert not any(isinstance(line, Pair) and line.label == attending.FOR for line in kept.lines)
    assert found(point, MEMBER) == (by_member.op_id,)
    assert found(point, BY_CARD) == ()
    assert found(point, replace(MEMBER, secret=bytes(32))) == ()
    assert point.desk.place.profile is Profile.PUBLIC
    told = personal.opened(point.find(by_card.op_id).payload, openers(OPENER))
    assert told["person"] == {"how": "card", "name": "单**", "number": "511602********123X"}
    HANDLERS["callback.request"].payload_model.model_validate(told)
    raw = point.read(lambda conn: conn.execute(select(operations.c.payload)).scalars().all())
    assert all(set(json.loads(one)) == {"sealed", "service", "wish"} for one in raw)
