"""Cases, operators and settings follow their revisions and keep their bytes."""

import pytest

from sync import cases, documents, lines
from sync.documents import Revoked
from sync.wire.case import CaseState, Owed, Party, What
from sync.wire.errors import Malformed

CASE = {
    "case": "C1",
    "number": "20260302-0001",
    "op": "o1",
    "terminal": "T-0001",
    "point": "P1",
    "kind": "order.place",
    "reason": "sold-out",
    "opened": "2026-03-02T02:00:00Z",
    "state": "open",
    "rev": 1,
    "owes": [
        {"to": "customer", "what": "cash", "fen": 1250},
        {"to": "customer", "what": "coupon", "id": "K/7"},
    ],
    "facts": {"title": "豆腐"},
}
OPERATOR = {
    "id": "OP-1",
    "name": "㳇秀英",
    "roles": ["operator"],
    "verifier": "$argon2id$…",
    "must_change": True,
    "active": True,
    "rev": 3,
}


def test_a_case_is_open_until_a_higher_revision_closes_it(ledger):
    run = ledger.db.run_sync
    assert run(lambda conn: cases.apply_case(conn, CASE))
    opened = ledger.db.read_sync(cases.open_cases)
    assert opened[0].owes == (
        Owed(Party.CUSTOMER, What.CASH, 1250, None),
        Owed(Party.CUSTOMER, What.COUPON, None, "K/7"),
    )
    assert run(lambda conn: cases.apply_case(conn, CASE | {"state": "closed", "owes": [], "rev": 2}))
    assert not run(lambda conn: cases.apply_case(conn, CASE))
    assert ledger.db.read_sync(cases.open_cases) == []
    found = ledger.db.read_sync(lambda conn: cases.by_number(conn, "20260302-0001"))
    assert found.state is CaseState.CLOSED


@pytest.mark.parametrize(
    "change", [{"state": "lost"}, {"owes": [{"to": "nobody", "what": "cash"}]}, {"owes": ["x"]}, {"rev": "1"}]
)
def test_a_malformed_case_is_refused(ledger, change):
    with pytest.raises(Malformed):
        ledger.db.run_sync(lambda conn: cases.apply_case(conn, CASE | change))


def test_operators_follow_their_revisions(ledger):
    run = ledger.db.run_sync
    assert run(lambda conn: documents.put_operator(conn, OPERATOR))
    assert not run(lambda conn: documents.put_operator(conn, OPERATOR | {"name": "older", "rev": 2}))
    run(lambda conn: documents.set_local_verifier(conn, "OP-1", "$argon2id$new"))
    mine = ledger.db.read_sync(documents.operators)[0]
    assert (mine.name, mine.verifier, mine.must_change, mine.rev) == ("㳇秀英", "$argon2id$new", False, 3)
    assert run(lambda conn: documents.put_operator(conn, OPERATOR | {"active": False, "rev": 4}))
    assert ledger.db.read_sync(documents.operators) == []
    assert ledger.db.read_sync(lambda conn: documents.operator(conn, "OP-1")).active is False


def test_a_revocation_stays(ledger):
    raw = {"what": "coupon", "id": "K/7", "reason": "reported stolen"}
    assert ledger.db.run_sync(lambda conn: documents.put_revocation(conn, raw))
    found = ledger.db.read_sync(lambda conn: documents.revocation(conn, Revoked.COUPON, "K/7"))
    assert found == "reported stolen"
    assert ledger.db.read_sync(lambda conn: documents.revocation(conn, Revoked.KEY, "K/7")) is None


def test_settings_are_replaced_whole(ledger):
    ledger.db.run_sync(lambda conn: documents.put_settings(conn, {"idle_s": 60, "gone": 1}, 1))
    ledger.db.run_sync(lambda conn: documents.put_settings(conn, {"idle_s": 90}, 2))
    assert ledger.db.read_sync(documents.settings) == {"idle_s": 90}


def test_a_line_keeps_bytes_and_rare_characters(ledger):
    body = {"table": "acks", "rows": [{"chain": b"\0\xff", "token": "𡓐\uf92c"}]}
    ledger.db.run_sync(lambda conn: lines.append(conn, "rows", body))
    n, line = ledger.db.run_sync(lambda conn: lines.tail(conn, 0))[-1]
    assert n > 1
    assert lines.read(line) == ({"t": "rows", **body},)
