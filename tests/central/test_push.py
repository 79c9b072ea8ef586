"""Operations come in once each, in sequence, whatever is lost or sent again."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from central import epoch, ledger, outcomes
from central.errors import FinalOutcome
from central.tables import operators
from sync.wire import token
from sync.wire.answers import Ack, Outcome, Profile
from sync.wire.operation import new_op_id
from sync.wire.problems import Problem
from sync.wire.token import Typ
from tests.central.conftest import BRANCH, POINT, Central
from tests.central.driver import Driver, problem_of

NOTE = "test.note"


def effects(central: Central) -> Counter[str]:
    """How often each test operation took effect: the revision counts every time it was written."""
    with central.parts.database.reading() as conn:
        marks = select(operators.c.id, operators.c.rev).where(operators.c.verifier == "-")
        return Counter({row.id: row.rev for row in conn.execute(marks)})


def test_one_operation_is_taken_in_and_acknowledged(central: Central) -> None:
    driver = central.terminal()
    header = driver.record(NOTE, {"text": "交电费"})
    ack = driver.push()
    assert [(r.seq, r.op, r.outcome, r.rev) for r in ack.results] == [(1, header.op, Outcome.ACCEPTED, 1)]
    assert (ack.high_water, ack.epoch, ack.prune) == (1, 1, 0)
    assert effects(central) == {header.op: 1}
    assert driver.status().high_water == 1
    with central.parts.database.reading() as conn:
        row = outcomes.find(conn, header.op)
    assert row is not None
    assert row.raw == driver.recorded[0]  # the bytes as recorded


def test_lost_ack_is_answered_from_the_kept_results(central: Central) -> None:
    driver = central.terminal()
    ops = [driver.record(NOTE, {"text": str(n)}).op for n in range(5)]
    first = driver.push()
    again = driver.push(first=1)
    assert again.results == first.results
    assert effects(central) == dict.fromkeys(ops, 1)


def test_batch_of_known_and_new_operations(central: Central) -> None:
    driver = central.terminal()
    for n in range(4):
        driver.record(NOTE, {"text": str(n)})
    driver.push(last=2)
    ack = driver.push(first=2)
    assert [r.seq for r in ack.results] == [2, 3, 4]
    assert set(effects(central).values()) == {1}
    assert [r.seq for r in driver.push(first=1, last=2).results] == [1, 2]


def test_empty_batch_asks_for_an_ack(central: Central) -> None:
    driver = central.terminal()
    driver.record(NOTE, {"text": "1"})
    driver.push()
    ack = driver.push()
    assert (ack.results, ack.high_water, ack.prune) == ((), 1, 1)


def test_gap_names_what_is_expected_and_takes_nothing(central: Central) -> None:
    driver = central.terminal()
    for n in range(3):
        driver.record(NOTE, {"text": str(n)})
    batch = driver.batch(first=3)
    response = driver.send(batch)
    assert problem_of(response) is Problem.SEQUENCE_GAP
    assert driver.signed_problem(response, batch.nonce)["expected"] == 1
    assert response.json()["expected"] == 1
    assert not effects(central)
    assert driver.push(first=1).high_water == 3


def fork_of(driver: Driver) -> Driver:
    """The same terminal, gone back to before its last operation: a restored disk, or a clone."""
    return Driver(driver.calls, driver.key, driver.enrolment, driver.recorded[:-1], driver.links[:-1])


@pytest.mark.parametrize("more", [0, 1])
def test_fork_is_refused_and_quarantined(central: Central, more: int) -> None:
    driver = central.terminal()
    driver.record(NOTE, {"text": "one"})
    driver.record(NOTE, {"text": "two"})
    twin = fork_of(driver)
    driver.push()
    for n in range(1 + more):
        twin.record(NOTE, {"text": f"another two {n}"})
    batch = twin.batch(first=2)
    response = twin.send(batch)
    assert problem_of(response) is Problem.CHAIN_FORK
    assert twin.signed_problem(response, batch.nonce)["high_water"] == 2
    driver.record(NOTE, {"text": "three"})
    assert problem_of(driver.send(driver.batch())) is Problem.CHAIN_FORK  # nobody knows which is the real one
    assert len(effects(central)) == 2


def test_fork_after_the_end_is_seen_by_the_link_before(central: Central) -> None:
    driver = central.terminal()
    driver.record(NOTE, {"text": "one"})
    twin = fork_of(driver)
    driver.push()
    twin.record(NOTE, {"text": "another one"})
    twin.record(NOTE, {"text": "two"})
    assert problem_of(twin.send(twin.batch(first=2))) is Problem.CHAIN_FORK


def test_prune_waits_for_the_ack_to_be_shown_and_for_reviews(central: Central) -> None:
    driver = central.terminal()
    driver.record(NOTE, {"text": "a"})
    review = driver.record("test.decide", {"text": "review"})
    driver.record(NOTE, {"text": "b"})
    assert driver.push().prune == 0
    assert driver.push().prune == 1
    with central.parts.database.writing() as conn:
        outcomes.decide(conn, review.op, Outcome.ACCEPTED, at=central.clock())
    assert driver.push().prune == 3


def test_forged_ack_proves_nothing(central: Central) -> None:
    driver = central.terminal()
    driver.record(NOTE, {"text": "a"})
    ack = driver.push()
    forged = token.sign(driver.key, Typ.ACK, {**ack.payload(), "high_water": 99})
    response = driver.send(driver.batch(last_ack=forged))
    answer = Ack.parse(token.verify(response.text, central.parts.keys.ring, Typ.ACK))
    assert (answer.prune, answer.epoch) == (0, 1)


def test_ack_of_a_lost_past_begins_a_new_epoch(central: Central) -> None:
    driver = central.terminal()
    driver.record(NOTE, {"text": "a"})
    ack = driver.push()
    driver.record(NOTE, {"text": "b"})
    lost = {**ack.payload(), "high_water": 7, "nonce": "earlier"}
    real = token.sign(central.parts.keys.answers, Typ.ACK, lost)  # signed before the backup was restored
    batch = driver.batch(last_ack=real)
    response = driver.send(batch)
    assert problem_of(response) is Problem.EVIDENCE_MISSING
    said = driver.signed_problem(response, batch.nonce)
    assert (said["epoch"], said["from_seq"]) == (2, 2)
    assert driver.testify(real).epoch == 2
    response = driver.send(driver.batch(last_ack=real))
    answer = Ack.parse(token.verify(response.text, central.parts.keys.ring, Typ.ACK))
    assert (answer.epoch, answer.high_water) == (2, 2)
    assert driver.status().epoch == 2
    driver.send(driver.batch(last_ack=real))
    assert driver.status().epoch == 2  # one loss, one new life


def test_dependent_of_a_rejected_or_reviewed_parent_goes_to_review(central: Central) -> None:
    driver = central.terminal()
    for word, reason in (("reject", "parent-rejected"), ("review", "parent-review")):
        parent = driver.record("test.decide", {"text": word})
        child = driver.record(NOTE, {"text": "child"}, dep=parent.op)
        grandchild = driver.record(NOTE, {"text": "grandchild"}, dep=child.op)
        ack = driver.push()
        assert [r.reason for r in ack.results[1:]] == [reason, "parent-review"]
        assert all(r.outcome is Outcome.REVIEW and r.case for r in ack.results[1:])
        assert not effects(central).keys() & {child.op, grandchild.op}
    good = driver.record(NOTE, {"text": "parent"})
    driver.record(NOTE, {"text": "child"}, dep=good.op)
    assert {r.outcome for r in driver.push().results} == {Outcome.ACCEPTED}


def test_what_rests_on_something_lost_waits_while_central_looks_for_its_past(central: Central) -> None:
    central.parts.database.write(lambda conn: epoch.raise_above(conn, 1, central.clock()))
    driver = central.terminal()
    for binding in ("dep", "sup"):
        found = driver.push_one(NOTE, {"text": "before its parent"}, **{binding: new_op_id()})
        assert (found.outcome, found.reason) == (Outcome.REVIEW, "central-restored")
    central.parts.database.write(epoch.end_reconciling)
    late = driver.push_one(NOTE, {"text": "nothing to wait for"}, dep=new_op_id())
    assert (late.outcome, late.reason) == (Outcome.REJECTED, "target-unknown")


def test_superseding_needs_a_final_rejection(central: Central) -> None:
    driver = central.terminal()
    rejected = driver.push_one("test.decide", {"text": "reject"})
    accepted = driver.push_one(NOTE, {"text": "fine"})
    assert driver.push_one(NOTE, {"text": "again"}, sup=rejected.op).outcome is Outcome.ACCEPTED
    assert driver.push_one(NOTE, {"text": "again"}, sup=accepted.op).reason == "target-settled"
    assert driver.push_one(NOTE, {"text": "again"}, sup=new_op_id()).reason == "target-unknown"


def test_one_rejection_is_superseded_once(central: Central) -> None:
    driver = central.terminal()
    first = driver.push_one("test.decide", {"text": "reject"})
    refused = driver.push_one("test.decide", {"text": "reject"}, sup=first.op)
    parent = driver.push_one("test.decide", {"text": "review"})
    driver.record(NOTE, {"text": "mine"}, sup=first.op)  # the one before it came to nothing
    driver.record(NOTE, {"text": "again"}, sup=first.op)
    driver.record(NOTE, {"text": "again, resting on another"}, sup=first.op, dep=parent.op)
    assert [r.reason for r in driver.push().results] == [None, "target-settled", "target-settled"]
    assert driver.push_one("test.decide", {"text": "review"}, sup=refused.op).outcome is Outcome.REVIEW
    assert driver.push_one(NOTE, {"text": "again"}, sup=refused.op).reason == "target-settled"


def test_unknown_kind_and_schema_go_to_review(central: Central) -> None:
    driver = central.terminal()
    assert driver.push_one("moon.land", {"text": "a"}).reason == "unknown-schema"
    result = driver.push_one(NOTE, {"text": "a"}, sv=2)
    assert (result.outcome, result.reason) == (Outcome.REVIEW, "unknown-schema")


def test_invalid_payload_is_rejected(central: Central) -> None:
    driver = central.terminal()
    for payload in ({}, {"text": 7}, {"text": "a", "more": 1}, {"text": None}):
        result = driver.push_one(NOTE, payload)
        assert (result.outcome, result.reason, result.case) == (Outcome.REJECTED, "payload-invalid", None)


def test_same_id_with_other_bytes_is_never_resolved_silently(central: Central) -> None:
    driver = central.terminal()
    first = driver.record(NOTE, {"text": "pay 5"})
    driver.push()
    result = driver.push_one(NOTE, {"text": "pay 6"}, op=first.op)
    assert (result.outcome, result.rev) == (Outcome.REVIEW, 1)
    driver.record(NOTE, {"text": "x"}, op="01976000-0000-7000-8000-000000000001")
    driver.record(NOTE, {"text": "y"}, op="01976000-0000-7000-8000-000000000001")
    assert [r.outcome for r in driver.push().results] == [Outcome.REVIEW, Outcome.REVIEW]
    assert effects(central) == {first.op: 1}


def test_same_id_with_cash_counts_both_and_pays_one(central: Central) -> None:
    driver = central.terminal()
    paid = {"text": "pay", "cash": {"fen": 500, "lease": "l"}}
    first = driver.push_one(NOTE, paid)
    second = driver.push_one(NOTE, paid | {"text": "pay again"}, op=first.op)
    assert (second.outcome, second.reason) == (Outcome.REVIEW, "central-failure")
    with central.parts.database.reading() as conn:
        balances = ledger.trial_balance(conn)
    assert balances[ledger.till(POINT)] == 1000
    assert balances["partner:test"] == -500


@pytest.mark.parametrize("word", ["python", "sql"])
def test_broken_operation_blocks_no_other(central: Central, word: str) -> None:
    driver = central.terminal()
    before = driver.record(NOTE, {"text": "before"})
    broken = driver.record("test.broken", {"text": word})
    after = driver.record(NOTE, {"text": "after"})
    ack = driver.push()
    assert [r.reason for r in ack.results] == [None, "central-failure", None]
    assert ack.results[1].outcome is Outcome.REVIEW
    assert effects(central) == {before.op: 1, after.op: 1}  # nothing of the broken one stayed
    assert driver.push(first=1).results == ack.results
    assert broken.op == ack.results[1].op


def test_cash_is_in_the_till_whatever_the_outcome(central: Central) -> None:
    driver = central.terminal()
    lease = "lease-of-another-day"
    for kind, word, fen in (
        (NOTE, "in", 500),
        (NOTE, "out", -200),
        ("test.decide", "reject", 70),
        ("test.uneven", "never even", 11),
    ):
        driver.push_one(kind, {"text": word, "cash": {"fen": fen, "lease": lease}})
    with central.parts.database.reading() as conn:
        balances = ledger.trial_balance(conn)
    assert balances[ledger.till(POINT)] == 500 - 200 + 70 + 11
    assert balances["partner:test"] == -300
    assert sum(balances.values()) == 0


def test_rejected_cash_is_owed_back_in_a_case_that_staff_see(central: Central) -> None:
    branch = central.terminal(Profile.STAFF, BRANCH)
    driver = central.terminal()
    result = driver.push_one("test.decide", {"text": "reject", "cash": {"fen": 70, "lease": "l"}})
    assert (result.outcome, result.reason) == (Outcome.REJECTED, "sold-out")
    for terminal in (driver, branch):
        case = next(item for item in terminal.all_changes() if item["t"] == "case")
        assert (case["case"], case["op"], case["terminal"]) == (result.case, result.op, driver.id)
        assert case["owes"] == [{"to": "customer", "what": "cash", "fen": 70}]
        assert case["state"] == "open"


def test_decided_review_reaches_the_terminal_with_a_higher_revision(central: Central) -> None:
    driver = central.terminal()
    result = driver.push_one("test.decide", {"text": "review"})
    with central.parts.database.writing() as conn:
        outcomes.decide(conn, result.op, Outcome.ACCEPTED, at=central.clock())
    item = next(item for item in driver.all_changes() if item["t"] == "outcome")
    assert (item["seq"], item["outcome"], item["rev"]) == (1, "accepted", 2)
    assert driver.push(first=1).results[0].rev == 2
    with central.parts.database.writing() as conn, pytest.raises(FinalOutcome):
        outcomes.decide(conn, result.op, Outcome.REJECTED, at=central.clock())
