"""Batches go on from the high water; an ack counts only when it fits what was sent."""

import pytest
from sqlalchemy import Connection

from sync import leases, outbox, transfer
from sync.errors import ChainFork, Restored
from sync.outbox import NewOperation, Recorded, State
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.operation import chain_start, new_op_id
from tests.support.ledger import TERMINAL, Ledger, new_grant


def fill(ledger: Ledger, count: int) -> list[Recorded]:
    made = []
    for n in range(count):
        new, stamp = NewOperation(new_op_id(), "bill.pay", {"n": n, "pad": "x" * 80}), ledger.stamp()
        made.append(ledger.db.run_sync(lambda conn, new=new, stamp=stamp: outbox.record(conn, new, stamp)))
    return made


def result(made: Recorded, outcome: Outcome, rev: int = 1, **more) -> Result:
    return Result(made.seq, made.op_id, outcome, rev, **more)


def acknowledge(ledger: Ledger, made: list[Recorded], results: list[Result], prune: int = 0, **more):
    values = {"high_water": made[-1].seq, "chain": made[-1].link, "epoch": 1} | more
    ack = Ack(
        terminal=TERMINAL,
        incarnation=1,
        nonce="n",
        results=tuple(results),
        prune=prune,
        grants=(),
        server_time="2026-03-02T02:00:00Z",
        **values,
    )
    return ledger.db.run_sync(lambda conn: transfer.apply_ack(conn, ack, "token", "2026-03-02T02:00:00Z"))


def state(ledger: Ledger, made: Recorded) -> State:
    view = ledger.db.read_sync(lambda conn: outbox.find(conn, made.op_id))
    assert view is not None
    return view.state


def next_batch(ledger: Ledger, limit=100, max_bytes=10**6):
    return ledger.db.read_sync(lambda conn: transfer.next_batch(conn, ledger.chain, limit, max_bytes))


def test_batches_go_on_from_the_acknowledged_high_water(ledger):
    made = fill(ledger, 5)
    first = next_batch(ledger, limit=2)
    assert (first.first_seq, first.last_seq, first.prev) == (1, 2, chain_start(TERMINAL, 1))
    acknowledge(ledger, made[:2], [result(made[0], Outcome.ACCEPTED), result(made[1], Outcome.ACCEPTED)])
    second = next_batch(ledger, limit=2)
    assert (second.first_seq, second.last_seq, second.prev) == (3, 4, made[1].link)
    acknowledge(ledger, made, [])
    empty = next_batch(ledger)
    assert (empty.first_seq, empty.operations, empty.seal) == (6, (), None)


def test_a_batch_stops_at_its_bytes_but_carries_at_least_one(ledger):
    fill(ledger, 3)
    assert len(next_batch(ledger, max_bytes=1).operations) == 1
    size = sum(len(op.header_bytes) + len(op.payload_bytes) + 2 for op in next_batch(ledger).operations[:2])
    assert len(next_batch(ledger, max_bytes=size).operations) == 2


def test_an_ack_with_another_link_changes_nothing(ledger):
    made = fill(ledger, 2)
    with pytest.raises(ChainFork):
        acknowledge(ledger, made, [result(made[0], Outcome.ACCEPTED)], chain=b"\1" * 32)
    with pytest.raises(Restored):
        acknowledge(ledger, made, [], high_water=9)
    assert state(ledger, made[0]) is State.RECORDED
    assert ledger.db.read_sync(lambda conn: transfer.high_water(conn, ledger.chain)) == 0


def test_a_lower_revision_is_ignored_and_a_higher_one_wins(ledger):
    made = fill(ledger, 1)
    acknowledge(ledger, made, [result(made[0], Outcome.REVIEW, rev=2, reason="parent-review")])
    acknowledge(ledger, made, [result(made[0], Outcome.ACCEPTED, rev=1)])
    assert state(ledger, made[0]) is State.REVIEW
    acknowledge(ledger, made, [result(made[0], Outcome.REJECTED, rev=3, reason="sold-out", case="C1")])
    view = ledger.db.read_sync(lambda conn: outbox.find(conn, made[0].op_id))
    assert (view.state, view.reason, view.case_id) == (State.REJECTED, "sold-out", "C1")


@pytest.mark.parametrize("rev", [1, 2])
def test_a_final_outcome_never_changes(ledger, rev):
    made = fill(ledger, 1)
    acknowledge(ledger, made, [result(made[0], Outcome.ACCEPTED, rev=1)])
    later = result(made[0], Outcome.REJECTED, rev=rev)
    assert acknowledge(ledger, made, [later]).conflicts == (later,)
    assert state(ledger, made[0]) is State.ACCEPTED


def test_a_repeated_result_is_no_news(ledger):
    made = fill(ledger, 1)
    good = result(made[0], Outcome.ACCEPTED)
    assert acknowledge(ledger, made, [good]).changed == (made[0].op_id,)
    again = acknowledge(ledger, made, [good])
    assert (again.changed, again.conflicts) == ((), ())


def test_a_result_for_another_operation_of_that_number_is_a_conflict(ledger):
    made = fill(ledger, 2)
    crossed = Result(1, made[1].op_id, Outcome.ACCEPTED, 1)
    unknown = Result(1, new_op_id(), Outcome.ACCEPTED, 1)
    applied = acknowledge(ledger, made, [crossed, unknown])
    assert (applied.changed, applied.conflicts) == ((), (crossed, unknown))


def test_what_was_under_way_at_a_crash_is_unknown_until_the_status(ledger):
    made = fill(ledger, 3)
    ledger.db.run_sync(lambda conn: transfer.mark_sent(conn, ledger.chain, 1, 2))
    ledger.reopen()
    assert ledger.db.run_sync(lambda conn: transfer.mark_lost(conn, ledger.chain)) == 2
    assert [state(ledger, item) for item in made] == [State.UNKNOWN, State.UNKNOWN, State.RECORDED]
    ledger.db.run_sync(lambda conn: transfer.settle(conn, ledger.chain, 1, made[0].link))
    assert [state(ledger, item) for item in made] == [State.SENT, State.RECORDED, State.RECORDED]
    assert next_batch(ledger).first_seq == 2


def test_payloads_are_erased_only_when_final_acked_and_under_the_mark(ledger):
    made = fill(ledger, 4)
    results = [result(item, Outcome.ACCEPTED) for item in made[:2]] + [result(made[2], Outcome.REVIEW)]
    acknowledge(ledger, made, results, prune=3)
    late = "2099-01-01T00:00:00Z"
    assert ledger.db.run_sync(lambda conn: transfer.prune(conn, ledger.chain, "2026-01-01T00:00:00Z")) == 0
    assert ledger.db.run_sync(lambda conn: transfer.prune(conn, ledger.chain, late)) == 2
    views = ledger.db.read_sync(outbox.recent)
    assert [bool(view.payload) for view in views] == [True, True, False, False]
    link = ledger.db.read_sync(lambda conn: transfer.chain_at(conn, ledger.chain, 1))
    assert link == made[0].link


def test_the_last_ack_is_the_highest(ledger):
    made = fill(ledger, 2)
    acknowledge(ledger, made, [])
    acknowledge(ledger, made[:1], [])  # an older one, come by another way
    assert ledger.db.read_sync(lambda conn: transfer.high_water(conn, ledger.chain)) == 2


def test_a_rejected_operation_gives_back_its_own_lease_but_not_the_cash(ledger):
    run = ledger.db.run_sync
    run(lambda conn: leases.apply_grant(conn, new_grant("coupon:K", 10), "token"))
    run(lambda conn: leases.apply_grant(conn, new_grant("float:P1", 1000, "fen"), "token"))
    made = []
    for serial in ("K/7", "K/8"):
        stamp = ledger.stamp()
        new = NewOperation(new_op_id(), "right.redeem", {}, lease="L-coupon:K", spend=1, token=serial)

        def redeem(conn, new=new, stamp=stamp):
            leases.spend(conn, "L-float:P1", -500, op_id=new.op_id)
            return outbox.record(conn, new, stamp)

        made.append(run(redeem))
    refused = result(made[0], Outcome.REJECTED, reason="parent-rejected", rev=2)
    acknowledge(ledger, made, [result(made[0], Outcome.REVIEW), result(made[1], Outcome.ACCEPTED)])
    assert left(ledger) == {"coupon:K": 8, "float:P1": 2000}
    for _ in range(2):
        acknowledge(ledger, made, [refused])
        assert left(ledger) == {"coupon:K": 9, "float:P1": 2000}
        ledger.reopen()
    spent = ledger.db.read_sync(lambda conn: leases.spent_tokens(conn, "L-coupon:K"))
    assert spent == {"K/8"}


def left(ledger: Ledger) -> dict[str, int]:
    return {lease.right: lease.left for lease in ledger.db.read_sync(leases.all_leases)}


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (transfer._HELD, "operations_waiting"),
        (transfer._UNANSWERED, "operations_waiting"),
        (transfer._LAST_ACK, "acks_newest"),
        (transfer._MARK, "acks_newest"),
    ],
)
def test_what_every_exchange_asks_is_found_by_an_index(ledger, statement: str, index: str) -> None:
    """The ledger of a year has 100,000 operations, and an ack for each of the last 90 days' exchanges."""
    values = (TERMINAL, 1, 5)[: statement.count("?")]

    def plan(conn: Connection) -> str:
        rows = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return "; ".join(row.detail for row in rows)

    found = ledger.db.read_sync(plan)
    assert index in found, found
    assert "SCAN" not in found, found
    assert "TEMP B-TREE" not in found, found
