"""A terminal with a real key that lies: it harms nobody else, and blocks not even itself."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from central import ledger, reviews
from central.handlers.base import MOST_CASH_FEN
from sync.wire import canon
from sync.wire.answers import Outcome
from sync.wire.encoding import b64
from sync.wire.operation import new_op_id, seal_bytes
from sync.wire.problems import Problem
from sync.wire.rights import coupon_right, float_right
from tests.central.conftest import POINT, START, Central
from tests.central.driver import AT, Driver, problem_of
from tests.central.world import KIND, World
from tests.support.handlers import HANDLERS

VERIFIER = "$argon2id$v=19$m={},t={},p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo"


def test_resting_on_another_terminals_refused_order_changes_nothing_there(world: World) -> None:
    a, b = world.a, world.b
    refused = a.push("order.place", a.order(("rice", 3, 2500)))
    owed = world.case(refused.case)["owes"]
    lease = b.driver.lease(coupon_right(KIND))
    lie = b.push("right.redeem", b.redeem(refused.op, b.serial), dep=refused.op, lease=lease)
    assert (lie.outcome, lie.reason) == (Outcome.REJECTED, "target-unknown")
    assert world.case(refused.case)["owes"] == owed
    assert world.case(lie.case)["owes"] == [{"to": "central", "what": "cash", "fen": 1000}]
    world.check()


def test_another_terminals_operation_cannot_be_superseded(world: World) -> None:
    refused = world.a.push("bill.pay", world.a.stated("A1", 1))
    assert world.b.push("bill.pay", world.b.stated("A1", 500), sup=refused.op).reason == "target-unknown"


@pytest.mark.parametrize("fen", [2**53 - 1, -(2**53 - 1), MOST_CASH_FEN + 1])
def test_cash_that_no_drawer_holds_is_not_booked(world: World, fen: int) -> None:
    a = world.a
    told = a.bill(1, fen)
    refused = a.push("bill.pay", told)
    unread = a.push("bill.pay", told, sv=2)
    twin = a.push("bill.pay", told, op=refused.op)
    for one in (refused, unread, twin):
        case = world.case(one.case)
        assert (case["state"], case["owes"], case["facts"]["unbooked_fen"]) == ("open", [], fen)
    assert (refused.outcome, refused.reason) == (Outcome.REJECTED, "payload-invalid")
    assert world.books() == {}
    assert world.lease(a.float).spent == 0
    for one in (refused, unread, twin):
        assert a.push("case.close", a.close(str(one.case), 0)).outcome is Outcome.ACCEPTED
    assert world.books() == {}
    world.check()


def test_the_most_a_drawer_holds_is_booked(world: World) -> None:
    refused = world.a.push("bill.pay", world.a.bill(1, MOST_CASH_FEN))
    assert world.case(refused.case)["owes"] == [{"to": "customer", "what": "cash", "fen": MOST_CASH_FEN}]
    world.check()


def looked_at_again(world: World, case: str | None) -> None:
    world.do(lambda conn: reviews.retry(conn, HANDLERS, str(case), START))


def test_an_id_used_twice_is_never_judged_anew(world: World) -> None:
    a = world.a
    order = a.push("order.place", a.order(("rice", 3, 3000)))
    first = a.redeemed(order.op, a.serial)
    lease = a.driver.lease(coupon_right(KIND))
    twin = a.push("right.redeem", a.redeem(order.op, a.serial), dep=order.op, lease=lease, op=first.op)
    paid = a.push("bill.pay", a.bill(1))
    other = a.push("bill.pay", a.bill(2), op=paid.op)
    for one in (twin, other):
        assert (one.outcome, one.reason) == (Outcome.REVIEW, "central-failure")
        looked_at_again(world, one.case)
        assert world.case(one.case)["state"] == "open"
    assert world.balance(ledger.campaign(KIND)) == 1000
    assert world.lease(lease).spent == 1
    world.check()


def test_closing_the_case_of_a_twin_leaves_the_coupon_of_the_first(world: World) -> None:
    a = world.a
    order = a.push("order.place", a.order(("rice", 3, 2500)))
    lease = a.driver.lease(coupon_right(KIND))
    held = a.push("right.redeem", a.redeem(order.op, a.serial), dep=order.op, lease=lease)
    twin = a.push("bill.pay", a.bill(1), op=held.op)
    assert a.push("case.close", a.close(str(twin.case), -5001)).outcome is Outcome.ACCEPTED
    owes = world.case(order.case)["owes"]
    assert {"to": "customer", "what": "coupon", "id": f"{KIND}/{a.serial}"} in owes
    closed = a.push("case.close", a.close(str(order.case), -6500, (f"{KIND}/{a.serial}",)))
    assert closed.outcome is Outcome.ACCEPTED
    world.check()


def test_an_ended_life_gets_no_lease(central: Central, world: World) -> None:
    old = world.a.driver
    Driver.enrol(central.calls, central.code(terminal=old.id), POINT)
    old.record("lease.request", {"right": float_right(POINT), "amount": 100_000})
    ack = old.push()
    assert (ack.results[-1].reason, ack.grants) == ("not-permitted", ())
    world.check()


@pytest.mark.parametrize("change", [{"sv": None}, {"seq": None}, {"dep": None}, {"tq": 1}, {"more": 1}])
def test_a_header_that_cannot_be_read_does_not_stop_the_chain(
    central: Central, change: dict[str, Any]
) -> None:
    driver = central.terminal()
    header = {"op": new_op_id(), "seq": 1, "kind": "test.note", "at": AT, "tq": "anchored"} | change
    driver.record_bytes(json.dumps(header).encode(), canon.encode({"text": "a"}))
    driver.record("test.note", {"text": "b"})
    outcomes = [result.outcome for result in driver.push().results]
    assert outcomes == [Outcome.REVIEW, Outcome.ACCEPTED]


@pytest.mark.parametrize(("memory", "times"), [(4_294_967_295, 2), (19_456, 4_294_967_295)])
def test_a_verifier_that_would_exhaust_other_terminals_is_refused(
    world: World, memory: int, times: int
) -> None:
    payload = {"operator": "op-liu", "verifier": VERIFIER.format(memory, times)}
    assert world.a.push("operator.pin", payload, by="op-liu").reason == "payload-invalid"


@pytest.mark.parametrize("first", [0, -5])
def test_a_chain_that_begins_before_its_beginning(central: Central, first: int) -> None:
    driver = central.terminal()
    driver.record("test.note", {"text": "a"})
    seal = driver.key.sign(seal_bytes(driver.id, 1, first, driver.link(1)))
    assert problem_of(driver.send(driver.batch(first_seq=first, seal=seal))) is Problem.MALFORMED


@pytest.mark.parametrize("kid", ["\ud800", "\0", "", "K" * 9000])
def test_a_key_that_no_terminal_can_have(central: Central, kid: str) -> None:
    head = json.dumps({"alg": "Ed25519", "kid": kid, "typ": "yz-request"}).encode()
    proof = f"YZ-JWS {b64(head)}.{b64(b'{}')}.{b64(bytes(64))}"
    path = f"{central.terminal().base}/changes"
    assert problem_of(central.calls("GET", path, b"", {"Authorization": proof})) is Problem.UNSIGNED


def test_a_heartbeat_that_is_not_unicode(central: Central) -> None:
    driver = central.terminal()
    report = b'{"storage":"\\ud800"}'
    assert problem_of(driver.ask("POST", f"{driver.base}/heartbeat", report)) is Problem.MALFORMED


def test_an_empty_attachment_is_one_too(central: Central) -> None:
    name, op, driver = hashlib.sha256(b"").hexdigest(), new_op_id(), central.terminal()
    driver.push_one("application.later", {"attachments": [name]}, op=op)
    assert driver.ask("PUT", f"/v1/assets/{name}?op={op}").status_code == 201
