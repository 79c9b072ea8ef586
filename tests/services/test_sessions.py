"""PINs: the right one signs in, wrong ones lock longer and longer, a new one holds at once."""

from datetime import timedelta

import pytest

from central.demo import day
from kiosk.services import sessions
from kiosk.services.errors import Refused, Why
from kiosk.services.permissions import Permission
from kiosk.services.recording import Written
from kiosk.services.sessions import Denied, Session
from sync import documents
from tests.services.point import HASHER, PIN, Point, new_op_id, put_operator


def attempt(point: Point, pin: str, operator: str = day.OPERATOR) -> Session | Denied:
    return point.write(lambda conn: sessions.sign_in(conn, point.now, operator, pin))


def denied(point: Point, pin: str = "000000", operator: str = day.OPERATOR) -> Denied:
    found = attempt(point, pin, operator)
    assert isinstance(found, Denied)
    return found


def test_the_right_pin_brings_the_roles_permissions(point: Point) -> None:
    session = point.sign_in()
    assert Permission.TAKE_CASH in session.permissions
    assert Permission.FIND_CASE not in session.permissions
    assert Permission.FIND_CASE in point.sign_in(day.STAFF).permissions


def test_every_role_of_the_demo_may_do_something(point: Point) -> None:
    from central.demo.people import Role
    from kiosk.services.permissions import granted

    assert all(granted((role.value,)) for role in Role)
    assert granted(("emperor",)) == frozenset()


def test_wrong_pins_count_down_and_then_lock_for_longer_and_longer(point: Point) -> None:
    assert [denied(point).left_tries for _ in range(2)] == [2, 1]
    waits = []
    for _ in range(4):
        found = denied(point)
        assert found.locked_until is not None
        waits.append(found.locked_until - point.now)
        point.now = found.locked_until
    assert waits == [timedelta(seconds=s) for s in (30, 60, 120, 240)]


def test_while_locked_even_the_right_pin_is_refused(point: Point) -> None:
    for _ in range(3):
        denied(point)
    locked = denied(point, PIN)
    assert locked.refused.reason is Why.PIN_LOCKED
    point.later(seconds=31)
    assert isinstance(attempt(point, PIN), Session)


def test_the_lock_survives_a_restart_and_success_clears_it(point: Point) -> None:
    for _ in range(3):
        denied(point)
    point.restart()
    assert denied(point, PIN).refused.reason is Why.PIN_LOCKED
    point.later(minutes=1)
    attempt(point, PIN)
    assert denied(point).left_tries == 2


def test_the_wait_never_exceeds_an_hour() -> None:
    assert sessions.lock_after(60) == timedelta(hours=1)


def test_unknown_inactive_and_pinless_operators_are_refused(point: Point) -> None:
    assert denied(point, operator="op-nobody").refused.reason is Why.OPERATOR_UNKNOWN
    point.write(lambda conn: put_operator(conn, day.OPERATOR, "operator", active=False, rev=2))
    assert denied(point, PIN).refused.reason is Why.OPERATOR_CLOSED
    raw = {
        "id": "op-x",
        "name": "x",
        "roles": [],
        "verifier": None,
        "must_change": True,
        "active": True,
        "rev": 1,
    }
    point.write(lambda conn: documents.put_operator(conn, raw))
    assert denied(point, "", "op-x").refused.reason is Why.PIN_NONE


def test_a_damaged_verifier_is_a_wrong_pin_not_a_crash(point: Point) -> None:
    point.write(lambda conn: documents.set_local_verifier(conn, day.OPERATOR, "$argon2id$nonsense"))
    assert denied(point, PIN).refused.reason is Why.PIN_WRONG


def test_operators_are_listed_by_name(point: Point) -> None:
    listed = point.read(sessions.operators)
    assert {one.id for one in listed} == {day.OPERATOR, day.STAFF, "op-new"}


def test_a_first_pin_must_be_changed_before_anything_else(point: Point) -> None:
    session = point.sign_in("op-new")
    assert session.must_change
    with pytest.raises(Refused) as caught:
        point.desk.require(Permission.TAKE_CASH)
    assert caught.value.reason is Why.PIN_MUST_CHANGE


def test_a_new_pin_is_an_operation_and_holds_at_once(point: Point) -> None:
    point.sign_in("op-new")
    op_id = new_op_id()
    done = point.write(lambda conn: sessions.set_pin(conn, point.desk, op_id, PIN, "902817"))
    assert isinstance(done, Written)
    payload = point.find(op_id).payload
    assert payload["operator"] == point.find(op_id).by == "op-new"
    assert HASHER.verify(payload["verifier"], "902817")
    assert isinstance(attempt(point, "902817", "op-new"), Session)
    assert denied(point, PIN, "op-new").refused.reason is Why.PIN_WRONG
    assert point.session is not None
    assert not sessions.with_own_pin(point.session).must_change


def test_a_double_tap_on_the_new_pin_sets_it_once(point: Point) -> None:
    point.sign_in("op-new")
    op_id = new_op_id()
    point.write(lambda conn: sessions.set_pin(conn, point.desk, op_id, PIN, "902817"))
    again = point.write(lambda conn: sessions.set_pin(conn, point.desk, op_id, PIN, "902817"))
    assert isinstance(again, Written)
    assert again.again
    assert len(point.operations()) == 1


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("12345", Why.PIN_FORM),
        ("12345a", Why.PIN_FORM),
        ("１２３４５６", Why.PIN_FORM),
        (PIN, Why.PIN_SAME),
        ("111111", Why.PIN_TOO_SIMPLE),
        ("121212", Why.PIN_TOO_SIMPLE),
        ("234567", Why.PIN_TOO_SIMPLE),
        ("987654", Why.PIN_TOO_SIMPLE),
        ("902902", Why.PIN_TOO_SIMPLE),
        ("902209", Why.PIN_TOO_SIMPLE),
    ],
)
def test_weak_pins_are_refused(point: Point, pin: str, reason: Why) -> None:
    point.sign_in("op-new")
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: sessions.set_pin(conn, point.desk, new_op_id(), PIN, pin))
    assert caught.value.reason is reason
    assert point.operations() == []


def test_the_old_pin_is_asked_and_counted(point: Point) -> None:
    point.sign_in("op-new")
    found = point.write(lambda conn: sessions.set_pin(conn, point.desk, new_op_id(), "000000", "902817"))
    assert isinstance(found, Denied)
    assert found.left_tries == 2
    assert point.operations() == []


def test_a_clock_that_was_put_right_locks_nobody_out_for_years(point: Point) -> None:
    point.later(days=4000)
    for _ in range(3):
        denied(point)
    point.later(days=-4000)
    held = denied(point, PIN)
    assert held.locked_until == point.now + timedelta(seconds=30)
    assert held.refused.reason is Why.PIN_LOCKED
    point.later(seconds=31)
    assert isinstance(attempt(point, PIN), Session)


def renewed(point: Point, session: Session) -> Session | None:
    return point.read(lambda conn: sessions.renewed(conn, session))


def test_what_central_decides_holds_for_who_is_signed_in(point: Point) -> None:
    session = point.sign_in()
    assert renewed(point, session) == session
    point.write(lambda conn: put_operator(conn, day.OPERATOR, "agent", rev=2))
    fresh = renewed(point, session)
    assert fresh is not None
    assert Permission.REVERSE not in fresh.permissions
    point.write(lambda conn: put_operator(conn, day.OPERATOR, "operator", must_change=True, rev=3))
    assert renewed(point, session) is None
    point.write(lambda conn: put_operator(conn, day.OPERATOR, "operator", active=False, rev=4))
    assert renewed(point, session) is None


def test_who_sets_a_first_pin_stays_signed_in(point: Point) -> None:
    session = point.sign_in("op-new")
    assert renewed(point, session) == session
    point.write(lambda conn: sessions.set_pin(conn, point.desk, new_op_id(), PIN, "902817"))
    own = sessions.with_own_pin(session)
    assert renewed(point, own) == own
