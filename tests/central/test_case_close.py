"""`case.close`: exactly what is owed, once, by whoever may."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from central import case_number, cases, ledger, old_cases, partner
from sync.wire.answers import Outcome, Result
from tests.central.conftest import COUNTY, POINT, Clock
from tests.central.world import World


@pytest.fixture
def refused(world: World, clock: Clock) -> Result:
    world.do(lambda conn: partner.pay_bill(conn, "bill-1", clock()))
    result: Result = world.a.push("bill.pay", world.a.bill(1))
    assert result.case is not None
    return result


def test_the_point_pays_back_and_the_case_is_closed(world: World, refused: Result) -> None:
    case = str(refused.case)
    result = world.a.push("case.close", world.a.close(case, -5001))
    assert (result.outcome, result.case) == (Outcome.ACCEPTED, None)
    closed = world.case(case)
    assert (closed["state"], closed["owes"], closed["rev"]) == ("closed", [], 2)
    assert closed["facts"]["receiver"] == "𡓐小满"
    assert world.books() == {}
    assert world.lease(world.a.float).spent == 0
    world.check()


def test_staff_of_the_county_sees_the_case_and_pays_it_back(world: World, refused: Result) -> None:
    seen = [item for item in world.staff.driver.all_changes() if item["t"] == "case"]
    assert [item["case"] for item in seen] == [refused.case]
    assert case_number.is_well_formed(seen[0]["number"])
    result = world.staff.push("case.close", world.staff.close(str(refused.case), -5001))
    assert result.outcome is Outcome.ACCEPTED
    assert world.balance(ledger.till(POINT)) == 5001
    assert world.balance(ledger.till("P-9")) == -5001
    told = [item for item in world.a.driver.all_changes() if item["t"] == "case"]
    assert told[-1]["state"] == "closed"


def test_a_terminal_that_is_not_staff_leaves_other_cases_alone(world: World, refused: Result) -> None:
    result = world.b.push("case.close", world.b.close(str(refused.case), -5001))
    assert (result.outcome, result.reason) == (Outcome.REJECTED, "not-permitted")
    assert world.case(refused.case)["state"] == "open"
    assert world.case(result.case)["owes"] == [{"to": "central", "what": "cash", "fen": 5001}]
    world.check()


def test_a_wrong_amount_counts_and_the_rest_stays_owed(world: World, refused: Result) -> None:
    case = str(refused.case)
    short = world.a.push("case.close", world.a.close(case, -3000))
    assert (short.outcome, short.reason, short.case) == (Outcome.REJECTED, "amount-mismatch", case)
    assert world.case(case)["owes"] == [{"to": "customer", "what": "cash", "fen": 2001}]
    assert world.a.push("case.close", world.a.close(case, -2001)).outcome is Outcome.ACCEPTED
    assert world.books() == {}
    world.check()


def test_too_much_paid_back_is_to_come_back(world: World, refused: Result) -> None:
    case = str(refused.case)
    world.a.push("case.close", world.a.close(case, -6000))
    assert world.case(case)["owes"] == [{"to": "central", "what": "cash", "fen": 999}]
    assert world.a.push("case.close", world.a.close(case, 999)).outcome is Outcome.ACCEPTED
    assert world.books() == {}


def test_a_case_is_closed_once(world: World, refused: Result) -> None:
    """Point and branch both pay: the second is too much, and that is a case of its own."""
    case = str(refused.case)
    assert world.staff.push("case.close", world.staff.close(case, -5001)).outcome is Outcome.ACCEPTED
    twice = world.a.push("case.close", world.a.close(case, -5001))
    assert (twice.outcome, twice.reason) == (Outcome.REJECTED, "case-closed")
    assert twice.case != case
    assert world.case(twice.case)["owes"] == [{"to": "central", "what": "cash", "fen": 5001}]
    assert world.staff.push("case.close", world.staff.close(str(twice.case), 0)).outcome is Outcome.ACCEPTED
    assert world.balance(ledger.LOSS) == 5001
    assert [one["state"] for one in world.open_cases()] == []
    world.check()


def test_an_unknown_case_and_one_that_owes_no_coupon(world: World, refused: Result) -> None:
    unknown = world.a.push("case.close", world.a.close("nothing", -1))
    assert unknown.reason == "case-unknown"
    extra = world.a.close(str(refused.case), -5001, ("cp-rice/1",))
    assert world.a.push("case.close", extra).reason == "amount-mismatch"
    world.check()


def test_a_point_cannot_write_off_what_it_handed_out_too_much(world: World, refused: Result) -> None:
    case = str(refused.case)
    world.a.push("case.close", world.a.close(case, -6000))
    assert world.a.push("case.close", world.a.close(case, 0)).reason == "amount-mismatch"
    assert world.case(case)["state"] == "open"


def test_what_nobody_could_read_is_paid_back_and_final(world: World) -> None:
    future = world.a.push("bill.pay", world.a.bill(7), sv=2)
    assert (future.outcome, future.reason) == (Outcome.REVIEW, "unknown-schema")
    assert world.case(future.case)["owes"] == [{"to": "customer", "what": "cash", "fen": 5007}]
    assert world.a.push("case.close", world.a.close(str(future.case), -5007)).outcome is Outcome.ACCEPTED
    assert world.outcome(future.op) == ("rejected", "unknown-schema", 2)
    assert world.books() == {}


def test_numbers_count_up_through_the_day_and_check_themselves(
    world: World, refused: Result, clock: Clock
) -> None:
    first = world.case(refused.case)["number"]
    second = world.case(world.a.push("bill.pay", world.a.bill(1)).case)["number"]
    clock.pass_(days=1)
    next_day = world.case(world.a.push("bill.pay", world.a.bill(1)).case)["number"]
    assert [number[:-1] for number in (first, second, next_day)] == [
        f"{COUNTY}-250603-001",
        f"{COUNTY}-250603-002",
        f"{COUNTY}-250604-001",
    ]
    for number in (first, second, next_day):
        assert case_number.is_well_formed(number)
        wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
        assert not case_number.is_well_formed(wrong)


def test_a_check_digit_catches_one_wrong_digit_and_two_swapped() -> None:
    number = case_number.number("GA", datetime(2026, 11, 22, tzinfo=UTC), 7)
    assert number.startswith("GA-261122-007")
    for place, digit in enumerate(number):
        if digit.isdigit():
            for other in "0123456789".replace(digit, ""):
                assert not case_number.is_well_formed(number[:place] + other + number[place + 1 :])


def test_a_case_that_was_told_closed_owes_nothing_though_its_closing_is_still_to_come_again(
    world: World, refused: Result, clock: Clock
) -> None:
    before = world.case(refused.case)
    told = before | {"state": "closed", "rev": 2, "owes": [], "facts": before["facts"] | {"copy": "S-1"}}
    for _ in range(2):  # shown by two terminals
        world.do(lambda conn: old_cases.take(conn, COUNTY, told, clock()))
        assert world.case(refused.case) == told
    heard = [item["state"] for item in world.staff.driver.all_changes() if item["t"] == "case"]
    assert heard == ["open", "closed"]
    world.do(lambda conn: cases.revise(conn, before["case"], clock()))
    assert (world.case(refused.case)["state"], world.case(refused.case)["owes"]) == ("closed", [])
