"""A second word of central's for what it had answered is seen, whatever else comes with it."""

from __future__ import annotations

import pytest

from sync import changes, contradicted, outbox
from sync.client import SignedAck
from sync.membership import Membership
from sync.outbox import NewOperation, Recorded
from sync.tls import Authority
from sync.wire import token
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.keys import SigningKey, keyring
from sync.wire.operation import new_op_id
from sync.wire.token import Typ
from tests.support.ledger import TERMINAL, Ledger, new_grant

AT = "2026-03-02T01:00:00Z"
CENTRAL = SigningKey(bytes([1]) * 32)


@pytest.fixture
def member(ledger: Ledger) -> Membership:
    ring = keyring(CENTRAL.public)
    return Membership("https://central", Authority(""), ledger.signer, TERMINAL, 1, ring)


def record(ledger: Ledger, kind: str) -> Recorded:
    new = NewOperation(new_op_id(), kind, {})
    return ledger.db.run_sync(lambda conn: outbox.record(conn, new, ledger.stamp()))


def ack(ledger: Ledger, member: Membership, *done: Recorded, asked: Recorded | None = None) -> None:
    """Accepts all of them and, where one is `asked`, grants it a lease of its own."""
    grant = None if asked is None else new_grant("stock:rice", 3, lease=new_op_id(), start_seq=asked.seq + 1)
    grants = () if grant is None else (token.sign(CENTRAL, Typ.GRANT, grant.payload()),)
    results = tuple(Result(one.seq, one.op_id, Outcome.ACCEPTED, 1) for one in done)
    said = Ack(TERMINAL, 1, 1, new_op_id(), done[-1].seq, done[-1].link, results, 0, grants, AT)
    signed = SignedAck(said, f"token {said.nonce}", 0)
    ledger.db.run_sync(lambda conn: changes.take_ack(conn, member, signed, AT))


def test_a_request_granted_otherwise_beside_something_new(ledger: Ledger, member: Membership) -> None:
    request = record(ledger, "lease.request")
    ack(ledger, member, request, asked=request)
    assert not ledger.db.read_sync(contradicted.is_owed)
    ack(ledger, member, request, record(ledger, "test.note"), asked=request)
    assert ledger.db.read_sync(contradicted.is_owed)


def test_a_new_grant_beside_an_old_answer_is_none(ledger: Ledger, member: Membership) -> None:
    first = record(ledger, "lease.request")
    ack(ledger, member, first, asked=first)
    second = record(ledger, "lease.request")
    ack(ledger, member, first, second, asked=second)
    assert not ledger.db.read_sync(contradicted.is_owed)
