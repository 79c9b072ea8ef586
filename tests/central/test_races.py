"""Two terminals at once: one waits for what both would change, and then sees what the other did."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection

from central import push
from central.config import Parts
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.rights import coupon_right
from tests.central.conftest import PG_URL, Central
from tests.central.driver import Driver
from tests.central.world import KIND, Desk, World

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
    parts = central.parts
    begun = Event()
    later = taken(parts, second)

    def overtaking(conn: Connection) -> Ack:
        begun.set()
        return later(conn)

    with ThreadPoolExecutor(1) as pool:
        with parts.database.writing() as conn:
            early = taken(parts, first)(conn)
            waiting = pool.submit(parts.database.write, overtaking)
            assert begun.wait(10)
            held_up(parts, waiting)
        late = waiting.result(30)
    return early.results[-1], late.results[-1]


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
