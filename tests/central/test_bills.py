"""`bill.pay`: paid once, and whatever is refused is owed back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from central import ledger, partner
from central.business_tables import bills
from sync.wire.answers import Outcome
from sync.wire.rights import float_right
from tests.central.conftest import POINT, Clock
from tests.central.world import World

TILL, GRID = ledger.till(POINT), ledger.partner("grid")


def test_a_bill_of_the_file_is_paid_and_the_money_is_the_billers(world: World) -> None:
    result = world.a.push("bill.pay", world.a.bill(1))
    assert (result.outcome, result.reason, result.case) == (Outcome.ACCEPTED, None, None)
    assert world.books() == {TILL: 5001, GRID: -5001}
    lease = world.lease(world.a.float)
    assert (lease.amount, lease.spent) == (200_000, 5001)
    world.check()


def test_paid_elsewhere_is_refused_and_the_cash_owed_back(world: World, clock: Clock) -> None:
    world.do(lambda conn: partner.pay_bill(conn, "bill-2", clock()))
    result = world.a.push("bill.pay", world.a.bill(2))
    assert (result.outcome, result.reason) == (Outcome.REJECTED, "bill-paid-elsewhere")
    case = world.case(result.case)
    assert case["owes"] == [{"to": "customer", "what": "cash", "fen": 5002}]
    assert (case["state"], case["kind"], case["reason"]) == ("open", "bill.pay", "bill-paid-elsewhere")
    assert world.books() == {TILL: 5002, ledger.customer_due(case["case"]): -5002}
    assert world.lease(world.a.float).spent == 5002  # the cash is in the drawer all the same
    world.check()


def test_the_second_terminal_to_pay_a_bill_is_refused(world: World) -> None:
    assert world.a.push("bill.pay", world.a.bill(3)).outcome is Outcome.ACCEPTED
    assert world.b.push("bill.pay", world.b.bill(3)).reason == "bill-paid-elsewhere"
    assert world.balance(GRID) == -5003


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"amount_fen": 4999, "cash": 4999}, "amount-mismatch"),
        ({"cash": 5000}, "amount-mismatch"),
        ({"account": "A5"}, "bill-unknown"),
        ({"biller": "meter"}, "bill-unknown"),
        ({"biller": "nobody"}, "biller-closed"),
    ],
)
def test_what_does_not_fit_is_refused(world: World, change: dict[str, Any], reason: str) -> None:
    payload = world.a.bill(4) | change
    if "cash" in change:
        payload["cash"] = world.a.cash(change["cash"])
    result = world.a.push("bill.pay", payload)
    assert (result.outcome, result.reason) == (Outcome.REJECTED, reason)
    assert world.case(result.case)["owes"][0]["fen"] == payload["cash"]["fen"]
    assert world.balance(GRID) == 0
    world.check()


def test_a_closed_biller_takes_nothing(world: World) -> None:
    world.do(lambda conn: partner.close_biller(conn, "grid"))
    assert world.a.push("bill.pay", world.a.bill(5)).reason == "biller-closed"
    assert world.a.push("bill.pay", world.a.stated("A1", 2000)).reason == "biller-closed"


def test_a_stated_amount_goes_to_an_account_the_biller_knows(world: World) -> None:
    assert world.a.push("bill.pay", world.a.stated("A1", 2345)).outcome is Outcome.ACCEPTED
    assert world.balance(GRID) == -2345


@pytest.mark.parametrize(
    ("biller", "account", "fen", "reason"),
    [
        ("grid", "A99", 2000, "account-unknown"),
        ("grid", "A1", 99, "amount-mismatch"),
        ("grid", "A1", 50_001, "amount-mismatch"),
        ("meter", "A1", 1500, "amount-mismatch"),
    ],
)
def test_a_stated_amount_is_refused(world: World, biller: str, account: str, fen: int, reason: str) -> None:
    result = world.a.push("bill.pay", world.a.stated(account, fen, biller))
    assert (result.outcome, result.reason) == (Outcome.REJECTED, reason)
    assert world.case(result.case)["owes"] == [{"to": "customer", "what": "cash", "fen": fen}]


@pytest.mark.parametrize(
    "change",
    [
        {"amount_fen": -1},
        {"amount_fen": 0},
        {"amount_fen": True},
        {"amount_fen": "5006"},
        {"basis": "stated"},
        {"bill": None},
        {"tip": 1},
        {"cash": {"fen": -5006, "lease": "x"}},
    ],
)
def test_a_payload_of_another_shape_is_invalid(world: World, change: dict[str, Any]) -> None:
    result = world.a.push("bill.pay", world.a.bill(6) | change)
    assert (result.outcome, result.reason) == (Outcome.REJECTED, "payload-invalid")
    assert result.case is not None  # whatever it was, cash moved
    world.check()


def test_fifty_in_one_batch_are_each_paid_once(world: World) -> None:
    for n in [*range(25), *range(25)]:
        world.a.driver.record("bill.pay", world.a.bill(n))
    results = world.a.driver.push().results
    assert [r.outcome for r in results] == [Outcome.ACCEPTED] * 25 + [Outcome.REJECTED] * 25
    assert world.balance(GRID) == -sum(range(5000, 5025))
    assert len(world.open_cases()) == 25
    assert world.right(float_right(POINT)).spent == 2 * sum(range(5000, 5025))
    world.check()


payments = st.lists(
    st.one_of(
        st.tuples(st.just("bill"), st.integers(0, 4), st.sampled_from([0, 0, 0, -1, 300_000])),
        st.tuples(st.sampled_from(["grid", "meter", "nobody"]), st.integers(7, 10), st.integers(1900, 3000)),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=payments)
def test_together_they_are_judged_as_one_after_the_other(
    world: World, wanted: list[tuple[str, int, int]]
) -> None:
    """The same payments in one batch and each in its own; the bills are unpaid again before each."""

    def made() -> list[dict[str, Any]]:
        return [
            world.a.bill(n, 5000 + n + more) if what == "bill" else world.a.stated(f"A{n}", more, what)
            for what, n, more in wanted
        ]

    unpaid = update(bills).values(state="unpaid", paid_op=None, paid_at=None)
    world.do(lambda conn: conn.execute(unpaid))
    singly = [world.a.push("bill.pay", payload) for payload in made()]
    world.do(lambda conn: conn.execute(unpaid))
    for payload in made():
        world.a.driver.record("bill.pay", payload)
    together = world.a.driver.push().results
    assert [(r.outcome, r.reason) for r in together] == [(r.outcome, r.reason) for r in singly]
