"""An operation is recorded once, chained and sealed, or leaves no trace."""

import json
from dataclasses import replace

import pytest

from sync import identity, leases, outbox, transfer
from sync.errors import LeaseExhausted, NotEnrolled, NotSuperseding, OperationExists, PayloadTooLarge
from sync.identity import IdentityState
from sync.outbox import NewOperation, State
from sync.results import Applied, apply_results
from sync.wire.answers import Outcome, Result
from sync.wire.operation import Operation, chain_link, chain_start, new_op_id
from sync.wire.slipcode import SlipCode
from tests.support.ledger import TERMINAL, Ledger, new_grant


def a_payment(**changes) -> NewOperation:
    payload = {"service": "bill-power", "account": "0900123456", "payer": "㳇𡓐", "amount_fen": 12_350}
    return replace(NewOperation(new_op_id(), "bill.pay", payload, by="OP-1"), **changes)


def record(ledger: Ledger, new: NewOperation) -> outbox.Recorded:
    stamp = ledger.stamp()
    return ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp))


def conclude(ledger: Ledger, *results: Result) -> Applied:
    return ledger.db.run_sync(lambda conn: apply_results(conn, results, ledger.stamp().at))


def test_a_recorded_operation_is_chained_sealed_and_found(ledger):
    first, second = record(ledger, a_payment()), record(ledger, a_payment())
    assert (first.seq, second.seq) == (1, 2)
    link = chain_start(TERMINAL, 1)
    for operation in ledger.db.read_sync(
        lambda conn: transfer.next_batch(conn, ledger.chain, 10, 10**6)
    ).operations:
        link = chain_link(link, operation.header_bytes, operation.payload_bytes)
    assert link == second.link
    SlipCode.parse(second.slip_code).verify(ledger.signer.public)
    view = ledger.db.read_sync(lambda conn: outbox.find(conn, first.op_id))
    assert view is not None
    assert (view.state, view.payload["payer"]) == (State.RECORDED, "㳇𡓐")


def test_the_same_operation_twice_is_recorded_once(ledger):
    new = a_payment()
    first, again = record(ledger, new), record(ledger, new)
    assert again == replace(first, again=True)
    assert ledger.db.read_sync(outbox.depth).waiting == 1


@pytest.mark.parametrize(
    "change", [{"payload": {"amount_fen": 1}}, {"by": "OP-2"}, {"kind": "order.place"}, {"depends_on": "x"}]
)
def test_the_same_id_with_other_bytes_is_a_bug(ledger, change):
    new = a_payment()
    record(ledger, new)
    with pytest.raises(OperationExists):
        record(ledger, replace(new, **change))


def test_a_repeated_operation_does_not_spend_again(ledger):
    ledger.db.run_sync(lambda conn: leases.apply_grant(conn, new_grant("stock:egg", 3), "token"))
    new = a_payment(kind="goods.sell", lease="L-stock:egg", spend=2)
    record(ledger, new)
    record(ledger, new)
    assert ledger.db.read_sync(leases.all_leases)[0].left == 1


def test_a_refused_lease_leaves_no_trace(ledger):
    ledger.db.run_sync(lambda conn: leases.apply_grant(conn, new_grant("stock:egg", 1), "token"))
    with pytest.raises(LeaseExhausted):
        record(ledger, a_payment(lease="L-stock:egg", spend=2))
    assert ledger.db.read_sync(outbox.recent) == []
    assert record(ledger, a_payment()).seq == 1


def test_a_payload_over_the_limit_is_refused(ledger):
    with pytest.raises(PayloadTooLarge):
        record(ledger, a_payment(payload={"note": "字" * 1400}))
    assert record(ledger, a_payment(payload={"note": "字" * 1300})).seq == 1


def test_nothing_is_recorded_under_a_locked_identity(ledger):
    ledger.db.run_sync(lambda conn: identity.set_state(conn, IdentityState.LOCKED))
    with pytest.raises(NotEnrolled):
        record(ledger, a_payment())


def test_only_a_finally_rejected_operation_is_superseded(ledger):
    first = record(ledger, a_payment())
    with pytest.raises(NotSuperseding):
        record(ledger, a_payment(supersedes=first.op_id))
    conclude(ledger, Result(1, first.op_id, Outcome.REJECTED, 1, "bill-unknown"))
    assert record(ledger, a_payment(supersedes=first.op_id)).seq == 2


def test_states_and_queue_depth_follow_the_operation(ledger):
    first, second, third = (record(ledger, a_payment()) for _ in range(3))
    ledger.db.run_sync(lambda conn: transfer.mark_sent(conn, ledger.chain, 1, 2))
    ledger.db.run_sync(lambda conn: transfer.mark_unknown(conn, ledger.chain, 2, 2))
    states = [view.state for view in ledger.db.read_sync(outbox.recent)]
    assert states == [State.RECORDED, State.UNKNOWN, State.SENT]
    found = ledger.db.read_sync(lambda conn: outbox.recent(conn, states=[State.UNKNOWN]))
    assert [view.op_id for view in found] == [second.op_id]
    ledger.db.run_sync(lambda conn: transfer.settle(conn, ledger.chain, 2, second.link))
    conclude(ledger, Result(1, first.op_id, Outcome.REVIEW, 1, "unknown-schema"))
    depth = ledger.db.read_sync(outbox.depth)
    assert (depth.waiting, depth.unknown, depth.undecided, depth.review) == (1, 0, 1, 1)
    assert depth.open == 3
    assert third.seq == 3


def test_dependents_are_found_from_their_parent(ledger):
    order = record(ledger, a_payment(kind="order.place"))
    coupon = record(ledger, a_payment(kind="right.redeem", depends_on=order.op_id))
    found = ledger.db.read_sync(lambda conn: outbox.dependents(conn, order.op_id))
    assert [view.op_id for view in found] == [coupon.op_id]


def test_the_payload_is_kept_as_the_bytes_that_were_hashed(ledger):
    record(ledger, a_payment(payload={"b": 1, "a": "é", "name": "\uf92c"}))
    batch = ledger.db.read_sync(lambda conn: transfer.next_batch(conn, ledger.chain, 1, 10))
    operation: Operation = batch.operations[0]
    assert operation.payload_bytes == '{"a":"é","b":1,"name":"\uf92c"}'.encode()
    assert json.loads(operation.payload_bytes)["name"] == "\uf92c"
