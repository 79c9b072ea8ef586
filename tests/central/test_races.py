"""Two terminals at once: one waits for what both would change, and then sees what the other did."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, delete, select

from central import push, readmission
from central.config import Parts
from central.readmission import Shown
from central.recovery_tables import displaced_lives
from central.tables import incarnations
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.keys import PublicKey
from sync.wire.rights import coupon_right
from tests.central.conftest import PG_URL, Central
from tests.central.driver import Driver
from tests.central.world import KIND, Desk, World

T = TypeVar("T")
pytestmark = pytest.mark.skipif(PG_URL is None, reason="SQLite lets one transaction write at a time")


def taken(parts: Parts, driver: Driver) -> Callable[[Connection], Ack]:
    """What central does with everything the terminal has recorded."""
    batch, desk = driver.batch(first=1), push.Desk(parts.keys, parts.handlers, parts.clock())

    def work(conn: Connection) -> Ack:
        ack = push.take(conn, desk, batch)
        assert isinstance(ack, Ack)
        return ack

    return work


def at_once(central: Central, first: Driver, second: Driver) -> tuple[Result, Result]:
    """The second batch begins while the first is applied and not yet committed."""
    early, late = overlapping(central.parts, taken(central.parts, first), taken(central.parts, second))
    return early.results[-1], late.results[-1]


def overlapping(
    parts: Parts, first: Callable[[Connection], T], second: Callable[[Connection], T]
) -> tuple[T, T]:
    begun = Event()

    def overtaking(conn: Connection) -> T:
        begun.set()
        return second(conn)

    with ThreadPoolExecutor(1) as pool:
        with parts.database.writing() as conn:
            early = first(conn)
            waiting = pool.submit(parts.database.write, overtaking)
            assert begun.wait(10)
            held_up(parts, waiting)
        return early, waiting.result(30)


def held_up(parts: Parts, waiting: Any) -> None:
    """Until the second one waits for a lock of the first, or is through."""
    query = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with parts.database.reading() as conn:
        while not waiting.done() and not conn.exec_driver_sql(query).scalar_one():
            conn.rollback()


def record(desk: Desk, kind: str, payload: dict[str, Any], **more: Any) -> None:
    desk.driver.record(kind, payload, **more)


def test_a_case_is_paid_back_once_at_two_counters(central: Central, world: World) -> None:
    refused = world.a.push("bill.pay", world.a.stated("A1", 1))
    case = str(refused.case)
    record(world.a, "case.close", world.a.close(case, -1))
    record(world.staff, "case.close", world.staff.close(case, -1))
    first, second = at_once(central, world.a.driver, world.staff.driver)
    assert first.outcome is Outcome.ACCEPTED
    assert (second.outcome, second.reason) == (Outcome.REJECTED, "case-closed")
    assert world.case(second.case)["owes"] == [{"to": "central", "what": "cash", "fen": 1}]
    world.check()


def test_cash_does_not_join_a_case_that_is_being_closed(central: Central, world: World) -> None:
    refused = world.a.push("bill.pay", world.a.stated("A1", 1))
    record(world.staff, "case.close", world.staff.close(str(refused.case), -1))
    record(world.a, "operation.reverse", world.a.reversal(refused.op, -1))
    first, second = at_once(central, world.staff.driver, world.a.driver)
    assert (first.outcome, second.outcome) == (Outcome.ACCEPTED, Outcome.REJECTED)
    assert second.case != refused.case
    assert world.case(second.case)["owes"] == [{"to": "central", "what": "cash", "fen": 1}]
    world.check()


def test_two_terminals_of_a_point_never_get_the_same_serials(central: Central, world: World) -> None:
    for desk in (world.b, world.staff):
        record(desk, "lease.request", {"right": coupon_right(KIND), "amount": 2})
    at_once(central, world.b.driver, world.staff.driver)
    blocks = world.ask(
        lambda conn: conn.exec_driver_sql(
            "SELECT detail->>'first', detail->>'last' FROM leases WHERE \"right\" = %s", (coupon_right(KIND),)
        ).all()
    )
    serials = [n for first, last in blocks for n in range(int(first), int(last) + 1)]
    assert len(serials) == len(set(serials))
    world.check()


def test_an_order_is_not_undone_whole_while_a_coupon_goes_into_it(central: Central, world: World) -> None:
    order = world.a.push("order.place", world.a.order(("rice", 2, 3000)))
    lease = world.a.driver.lease(coupon_right(KIND))
    coupon = world.a.redeem(order.op, world.a.serial)
    record(world.a, "right.redeem", coupon, dep=order.op, lease=lease)
    record(world.staff, "operation.reverse", world.staff.reversal(order.op, -6000))
    first, second = at_once(central, world.a.driver, world.staff.driver)
    assert first.outcome is Outcome.ACCEPTED
    assert (second.outcome, second.reason) == (Outcome.REJECTED, "amount-mismatch")
    world.check()


def test_one_machine_that_knocks_twice_is_not_taken_for_two(central: Central) -> None:
    """Enrolled anew after the backup that central was restored from: only its terminal is known."""
    terminal = central.terminal()
    shown = Shown(terminal.enrolment, PublicKey.from_jwk(terminal.key.public.jwk()))
    parts = central.parts
    parts.database.write(lambda conn: conn.execute(delete(incarnations)))

    def knock(conn: Connection) -> bool:
        return readmission.readmit(conn, parts.keys, shown, parts.clock())

    assert overlapping(parts, knock, knock) == (True, False)
    with parts.database.reading() as conn:
        assert conn.execute(select(displaced_lives)).all() == []
