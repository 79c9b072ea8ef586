"""Leases tended by themselves: asked for at low water, once; renewed when old; closed after their life."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sync import identity, leases, outbox, results, tending, transfer
from sync.identity import IdentityState
from sync.leases import LeaseState
from sync.outbox import NewOperation
from sync.wire.answers import Outcome, Result
from sync.wire.encoding import instant
from sync.wire.keys import SigningKey
from sync.wire.operation import TimeQuality, new_op_id
from tests.support.ledger import START, Ledger, new_grant, new_identity

POINTS = "points:summer"
LEASE = f"L-{POINTS}"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def give(ledger: Ledger, amount: int = 100, **changes: object) -> None:
    grant = new_grant(POINTS, amount, "point", **{"slice": 100, "low": 30} | changes)
    ledger.db.run_sync(lambda conn: leases.apply_grant(conn, grant, "token"))


def spend(ledger: Ledger, amount: int) -> None:
    ledger.db.run_sync(lambda conn: leases.spend(conn, LEASE, amount))


def tend(
    ledger: Ledger, after: timedelta = timedelta(0), quality: str = "anchored"
) -> list[dict[str, object]]:
    """The payloads that are new."""
    ledger.now = max(ledger.now, START + after)
    before = {view.op_id for view in ledger.db.read_sync(outbox.recent)}
    stamp = replace(ledger.stamp(), quality=quality)
    now = ledger.now
    ledger.db.run_sync(lambda conn: tending.tend(conn, stamp, now))
    found = ledger.db.read_sync(outbox.recent)
    return [view.payload for view in reversed(found) if view.op_id not in before]


def answer(ledger: Ledger, outcome: Outcome, reason: str | None = None) -> None:
    """Of everything that waits."""
    waiting = [view for view in ledger.db.read_sync(outbox.recent) if not view.state.final]
    told = [Result(one.seq, one.op_id, outcome, 1, reason, None) for one in waiting]
    ledger.db.run_sync(lambda conn: results.apply_results(conn, told, instant(ledger.now)))


def test_below_low_water_the_rest_of_the_slice_is_asked_for_once(ledger: Ledger) -> None:
    give(ledger)
    spend(ledger, 70)
    assert tend(ledger) == []
    spend(ledger, 1)
    assert tend(ledger) == [{"right": POINTS, "amount": 71}]
    spend(ledger, 10)
    assert tend(ledger, 30 * DAY) == []  # it was asked, however long the answer takes
    ledger.reopen()
    assert tend(ledger) == []
    (view,) = ledger.db.read_sync(outbox.recent)
    assert view.by is None
    answer(ledger, Outcome.ACCEPTED)
    give(ledger, 181, rev=2, issued=instant(ledger.now))
    assert tend(ledger) == []


def test_what_was_refused_is_asked_later_and_later(ledger: Ledger) -> None:
    give(ledger)
    spend(ledger, 80)
    assert tend(ledger) == [{"right": POINTS, "amount": 80}]
    for wait in (1, 2, 4, 8, 16, 24, 24):
        answer(ledger, Outcome.REJECTED, "pool-empty")
        asked = ledger.now - START
        assert tend(ledger, asked + wait * HOUR - timedelta(minutes=1)) == []
        assert len(tend(ledger, asked + wait * HOUR)) == 1


def test_a_partial_grant_is_not_asked_about_at_once(ledger: Ledger) -> None:
    give(ledger)
    spend(ledger, 80)
    tend(ledger)
    answer(ledger, Outcome.ACCEPTED)
    give(ledger, 101, rev=2)
    asked = ledger.now - START
    assert tend(ledger, asked + timedelta(minutes=9)) == []
    assert tend(ledger, asked + timedelta(minutes=11)) == [{"right": POINTS, "amount": 79}]


def test_an_old_lease_is_renewed_without_more_of_it(ledger: Ledger) -> None:
    give(ledger)
    assert tend(ledger, 14 * DAY) == []
    assert tend(ledger, 15 * DAY, quality="unknown") == []  # nobody knows how old it is
    assert tend(ledger) == [{"right": POINTS, "amount": 0}]


def test_a_lease_that_was_used_often_is_renewed(ledger: Ledger) -> None:
    give(ledger, soft_count=2, hard_count=3)
    for _ in range(2):
        spend(ledger, 1)
    assert tend(ledger) == [{"right": POINTS, "amount": 0}]


@pytest.mark.parametrize("changes", [{"low": 0}, {"low": None, "slice": None}])
def test_what_central_does_not_want_tended_is_left_alone(ledger: Ledger, changes: dict[str, object]) -> None:
    give(ledger, **changes)
    spend(ledger, 100)
    assert tend(ledger, 20 * DAY) == []


def test_a_locked_terminal_records_nothing(ledger: Ledger) -> None:
    give(ledger)
    spend(ledger, 100)
    ledger.db.run_sync(lambda conn: identity.set_state(conn, IdentityState.LOCKED))
    assert tend(ledger) == []


def test_a_time_that_ran_ahead_is_not_waited_for(ledger: Ledger) -> None:
    give(ledger)
    spend(ledger, 80)
    assert len(tend(ledger, 3000 * DAY, quality="unknown")) == 1
    answer(ledger, Outcome.REJECTED, "pool-empty")
    ledger.now = START
    assert len(tend(ledger)) == 1


def second_life(ledger: Ledger) -> None:
    """On the same disk."""
    signer = SigningKey.generate()
    again = replace(new_identity(signer), incarnation=2)
    ledger.keys.put(again.secret_name, signer.seed)
    ledger.db.run_sync(lambda conn: identity.enrol(conn, again))
    ledger.db.run_sync(lambda conn: leases.freeze_others(conn, again.terminal, 2))
    ledger.signer, ledger.chain = signer, transfer.Chain(again.terminal, 2)


def use(ledger: Ledger, amount: int) -> str:
    op_id = new_op_id()
    new = NewOperation(op_id, "right.use", {"amount": amount}, lease=LEASE, spend=amount)
    stamp = ledger.stamp()
    ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp))
    return op_id


def test_the_leases_of_an_ended_life_are_closed_once_its_chain_is_up(ledger: Ledger) -> None:
    give(ledger)
    use(ledger, 7)
    use(ledger, 5)
    second_life(ledger)
    assert tend(ledger) == []
    answer(ledger, Outcome.ACCEPTED)
    statement = {"lease": LEASE, "incarnation": 1, "spent": 12, "returned": 0, "last_seq": 2}
    assert tend(ledger) == [statement]
    assert tend(ledger) == []
    answer(ledger, Outcome.REJECTED, "target-unknown")  # central does not have that chain: said again later
    asked = ledger.now - START
    assert tend(ledger, asked + 2 * HOUR) == [statement]
    answer(ledger, Outcome.ACCEPTED)
    (lease,) = ledger.db.read_sync(leases.all_leases)
    assert lease.state is LeaseState.CLOSED
    assert tend(ledger, 100 * DAY) == []


def test_what_a_person_decides_is_not_said_again(ledger: Ledger) -> None:
    give(ledger)
    second_life(ledger)
    assert len(tend(ledger)) == 1
    answer(ledger, Outcome.REJECTED, "amount-mismatch")
    assert tend(ledger, 300 * DAY) == []


def test_a_revoked_lease_is_closed_with_the_seq_before_the_statement(ledger: Ledger) -> None:
    give(ledger)
    use(ledger, 7)
    ledger.db.run_sync(lambda conn: leases.end(conn, LEASE, LeaseState.REVOKED))
    assert tend(ledger) == [{"lease": LEASE, "incarnation": 1, "spent": 7, "returned": 0, "last_seq": 1}]


def test_a_lease_of_another_terminal_is_for_a_person_to_close(ledger: Ledger) -> None:
    give(ledger, terminal="T-other")
    ledger.db.run_sync(lambda conn: leases.freeze_others(conn, ledger.chain.terminal, 1))
    assert tend(ledger) == []


def test_the_clock_unknown_slows_a_lease_and_stops_it_in_the_end(ledger: Ledger) -> None:
    give(ledger)
    far = START + 4000 * DAY

    def stands() -> tuple[str, str | None]:
        (lease,) = ledger.db.read_sync(leases.all_leases)
        found = leases.standing(lease, far, TimeQuality.UNKNOWN)
        return found.advice.value, found.limit.value if found.limit else None

    assert stands() == ("prefer-online", "clock")
    for n in range(30):
        assert stands()[0] == "prefer-online", n
        stamp = replace(ledger.stamp(), quality="unknown")
        new = NewOperation(new_op_id(), "right.use", {}, lease=LEASE, spend=1)
        ledger.db.run_sync(lambda conn, new=new, stamp=stamp: outbox.record(conn, new, stamp))
    assert stands() == ("stop", "clock")
    (lease,) = ledger.db.read_sync(leases.all_leases)
    assert leases.standing(lease, START).advice.value == "free"  # a signed time came
    give(ledger, 200, rev=2)
    assert stands() == ("prefer-online", "clock")
