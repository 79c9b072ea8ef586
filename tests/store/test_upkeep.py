"""What a machine need not keep is erased, by profile and age."""

from datetime import timedelta

import pytest

from kiosk.store import upkeep
from sync import outbox, transfer
from sync.outbox import NewOperation
from sync.wire.answers import Ack, Outcome, Profile, Result
from sync.wire.operation import new_op_id
from tests.support.ledger import START, TERMINAL, open_ledger


@pytest.mark.parametrize(
    ("profile", "days", "erased"),
    [(Profile.PUBLIC, 1, 1), (Profile.ASSISTED, 1, 0), (Profile.ASSISTED, 91, 1)],
)
def test_payloads_go_at_once_from_a_public_terminal_and_later_elsewhere(tmp_path, profile, days, erased):
    ledger = open_ledger(tmp_path / "data", profile)
    made = []
    for _ in range(2):
        new, stamp = NewOperation(new_op_id(), "callback.request", {"phone": "139"}), ledger.stamp()
        made.append(ledger.db.run_sync(lambda conn, n=new, s=stamp: outbox.record(conn, n, s)))
    results = tuple(Result(one.seq, one.op_id, Outcome.ACCEPTED, 1) for one in made)
    at = "2026-03-02T02:00:00Z"
    ack = Ack(TERMINAL, 1, 1, "n", 2, made[1].link, results, 1, (), at)
    ledger.db.run_sync(lambda conn: transfer.apply_ack(conn, ack, "token", at))
    later = START + timedelta(days=days)
    assert ledger.db.run_sync(lambda conn: upkeep.tidy(conn, later)) == erased
    views = ledger.db.read_sync(outbox.recent)
    assert [not view.payload for view in reversed(views)] == [bool(erased), False]
    ledger.db.close()
