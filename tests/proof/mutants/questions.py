"""Questions to the product's functions on a real ledger and a real central; a wrong answer raises."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection

from central import pools
from central.tables import operations
from sync import attachments, changes, leases, outbox, results, transfer
from sync.client import SignedAck
from sync.errors import NotSuperseding, OperationExists
from sync.journal import Journal, records, segments
from sync.outbox import State
from sync.spool import Attachment
from sync.wire import token
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.batch import Batch
from sync.wire.encoding import instant
from sync.wire.operation import new_op_id
from sync.wire.request import new_nonce
from sync.wire.token import Typ
from tests.proof.leases.machine import Machine
from tests.proof.leases.week import Week, county

CALL = "callback.request"


@contextmanager
def _a_week(seed: int, machines: int = 1) -> Iterator[Week]:
    with tempfile.TemporaryDirectory() as folder, county(Path(folder), seed) as week:
        week.populate(machines)
        yield week


def _call(text: str) -> dict[str, Any]:
    return {"service": "s1", "phone": "13900000000", "note": text, "wish": "any"}


def the_same_id_with_other_bytes(seed: int) -> None:
    with _a_week(seed) as week:
        machine = week.machines[0]
        op_id = machine.record(CALL, _call("请回电"))
        machine.record(CALL, _call("请回电"), op_id=op_id)
        try:
            machine.record(CALL, _call("请别回电"), op_id=op_id)
        except OperationExists:
            return
        raise AssertionError("9: another request was taken for the one recorded before")


def one_id_at_two_machines(seed: int) -> None:
    with _a_week(seed, 2) as week:
        op_id = new_op_id()
        for amount, machine in enumerate(week.machines, 1):
            right = f"float:{machine.point}"
            machine.record("lease.request", {"right": right, "amount": amount}, op_id=op_id)
            machine.push(machine.lives[-1])
        rows = week.ask(lambda conn: conn.execute(operations.select().where(operations.c.op == op_id)).all())
        outcomes = sorted(row.outcome for row in rows)
        assert outcomes[-1] == Outcome.REVIEW.value, f"9: one id, two operations: {outcomes}"


def a_correction_of_what_is_open(seed: int) -> None:
    with _a_week(seed) as week:
        machine = week.machines[0]
        first = machine.record(CALL, _call("请回电"))
        try:
            machine.record(CALL, _call("请明天回电"), supersedes=first)
        except NotSuperseding:
            return
        raise AssertionError("4: corrected while central may still accept it")


def a_correction_of_what_was_accepted(seed: int) -> None:
    """The terminal has a disk on which it was rejected; central's chain says what it was."""
    with _a_week(seed) as week:
        machine = week.machines[0]
        first = machine.record(CALL, _call("请回电"))
        machine.do(lambda conn: results.apply_results(conn, [_result(first, Outcome.REJECTED, 1)], "now"))
        second = machine.record(CALL, _call("请明天回电"), supersedes=first)
        machine.do(lambda conn: conn.exec_driver_sql("UPDATE operations SET transfer = 'recorded'"))
        machine.do(lambda conn: conn.exec_driver_sql("DELETE FROM outcomes"))
        machine.push(machine.lives[-1])
        found = machine.do(lambda conn: [outbox.find(conn, one) for one in (first, second)])
        states = [one.state for one in found if one is not None]
        assert states == [State.ACCEPTED, State.REJECTED], f"4: the first and its correction are {states}"


def _result(op_id: str, outcome: Outcome, rev: int) -> Result:
    return Result(1, op_id, outcome, rev, None if outcome is Outcome.ACCEPTED else "central-failure", None)


def results_in_any_order(seed: int) -> None:
    """Also one that contradicts a final one, which central never says."""
    with _a_week(seed) as week:
        machine, rng = week.machines[0], Random(seed)
        op_id = machine.record(CALL, _call("请回电"))
        outcomes = (Outcome.REVIEW, Outcome.REVIEW, Outcome.ACCEPTED, Outcome.REJECTED)
        said = [_result(op_id, outcome, rev) for rev, outcome in enumerate(outcomes, 1)]
        before: tuple[str, int] | None = None
        for one in rng.choices(said, k=12):
            machine.do(lambda conn, one=one: results.apply_results(conn, [one], "2025-06-03T12:00:00Z"))
            row = machine.do(_outcome)
            assert before is None or row[1] >= before[1], f"2: revision {before[1]} became {row[1]}"
            is_final = before is not None and before[0] != Outcome.REVIEW.value
            assert not is_final or row == before, f"2: {before} was final and became {row}"
            before = row


def _outcome(conn: Connection) -> tuple[str, int]:
    outcome, rev = conn.exec_driver_sql("SELECT outcome, rev FROM outcomes").one()
    return outcome, rev


def acks_by_courier_in_any_order(seed: int) -> None:
    with _a_week(seed) as week:
        machine, rng = week.machines[0], Random(seed)
        life, at = machine.lives[-1], instant(machine.now)
        for n in range(5):
            machine.record(CALL, _call(f"请回电 {n}"))
        acks = [_asked(machine, seq) for seq in range(1, 6)]
        for one in rng.sample(acks, 5) + rng.choices(acks, k=3):
            before = machine.do(lambda conn: transfer.high_water(conn, life.chain))
            taken = machine.do(lambda conn, one=one: changes.merge_ack(conn, life.member, one, at))
            assert not taken.conflicts
            after = machine.do(lambda conn: transfer.high_water(conn, life.chain))
            assert after >= max(before, one.ack.high_water), f"8: the water fell from {before} to {after}"
        left = machine.do(lambda conn: transfer.first_unanswered(conn, life.chain))
        assert left is None, f"2: {left} has no outcome, and its ack was brought"


def _asked(machine: Machine, seq: int) -> SignedAck:
    life = machine.lives[-1]
    out = machine.do(lambda conn: transfer.next_batch(conn, life.chain, 1, 2**21, seq))
    head = (life.chain.terminal, life.chain.incarnation, seq, out.prev, out.seal, None, new_nonce())
    text = machine._post(Batch(*head, out.operations))
    return SignedAck(Ack.parse(token.verify(text, life.member.keys, Typ.ACK)), text, 0)


def a_rejected_spend(seed: int) -> None:
    """What it took lies in the lease again, and what it would have handed back."""
    with _a_week(seed) as week:
        machine = week.machines[0]
        lease = next(one for one in machine.held() if one.right.startswith("stock:"))
        machine.record("goods.sell", {"service": "m1"}, lease=lease.id, spend=1)
        op_id = new_op_id()

        def hand_back(conn: Connection) -> None:
            leases.give_back(conn, lease.id, 1, op_id)
            machine.note(conn, "lease.return", {"lease": lease.id, "amount": 1}, op_id=op_id)

        machine.do(hand_back)
        found = machine.do(lambda conn: outbox.recent(conn, limit=2))
        said = [Result(one.seq, one.op_id, Outcome.REJECTED, 1, "amount-mismatch", None) for one in found]
        machine.do(lambda conn: results.apply_results(conn, said, "2025-06-03T12:00:00Z"))
        after = next(one for one in machine.held() if one.id == lease.id)
        assert (after.left, after.spent) == (lease.left, lease.spent), f"5: {after.left} of {lease.left} left"


def a_request_for_more_than_there_is(seed: int) -> None:
    """Once the pool is what bounds it, once what the point may hold."""
    for there in (70, 10**9):
        with _a_week(seed) as week:
            machine = week.machines[0]
            right = f"float:{machine.point}"
            week.write(lambda conn, there=there, right=right: pools.recount(conn, right, there))
            before = sum(one.amount for one in machine.held() if one.right == right)
            machine.record("lease.request", {"right": right, "amount": 10**9})
            machine.push(machine.lives[-1])
            held = sum(one.amount for one in machine.held() if one.right == right)
            allotted = week.ask(lambda conn, r=right, p=machine.point: pools.allotment(conn, r, p))
            most = min(before + there, max(before, int(allotted.ceiling)))
            assert held <= most, f"5: {held} held of {right}, and there is room for {most}"


def a_journal_torn_at_any_byte(seed: int) -> None:
    """The last line comes through a power cut in part; it is written again, and all can be read."""
    key, rng = bytes(range(32)), Random(seed)
    with tempfile.TemporaryDirectory() as home, _a_week(seed) as week:
        machine, folder = week.machines[0], Path(home)
        for n in range(4):
            machine.record(CALL, _call(f"请回电 {n}"))
            journal = Journal(folder, key)
            journal.cut_torn()
            machine.do(journal.catch_up)
            sure = journal._place.offset
            machine.record(CALL, _call("又一次"))
            machine.do(journal.catch_up)
            journal.close()
            os.truncate(segments(folder)[-1], rng.randrange(sure + 1, journal._place.offset))
        journal = Journal(folder, key)
        journal.cut_torn()
        machine.do(journal.catch_up)
        journal.close()
        newest = machine.do(lambda conn: conn.exec_driver_sql("SELECT max(n) FROM journal_lines").scalar())
        read = [n for n, _ in records(folder, key)]
        assert read == list(range(1, newest + 1)), f"1: of {newest} lines {len(read)} can be read"


def an_attachment_until_it_is_free(seed: int) -> None:
    """It goes when central has it whole, its operation is final, and central's mark is above it."""
    orders = list(permutations(("answered", "whole", "marked")))
    with _a_week(seed, len(orders)) as week:
        for machine, order in zip(week.machines, orders, strict=True):
            _in_order(machine, order)


def _in_order(machine: Machine, order: tuple[str, ...]) -> None:
    life, photo = machine.lives[-1], Attachment("ab" * 32, 4000)

    def record(conn: Connection) -> None:
        attachments.attach(conn, machine.note(conn, CALL, _call("附照片")), photo)

    machine.do(record)
    for n, deed in enumerate(order, 1):
        if deed == "answered":
            machine.push(life)
        elif deed == "whole":
            machine.do(lambda conn: attachments.held(conn, photo.sha256))
        else:
            machine.do(lambda conn: _mark_above(conn, life.chain))
        is_free = bool(machine.do(attachments.over))
        assert is_free == (n == len(order)), f"6: the file {'goes' if is_free else 'stays'} after {order[:n]}"


def _mark_above(conn: Connection, chain: transfer.Chain) -> None:
    conn.exec_driver_sql(
        "INSERT INTO acks (terminal, incarnation, epoch, high_water, chain, prune, server_time, received_at,"
        " token) VALUES (?, ?, 1, 0, x'', 1, '', '', '')",
        (chain.terminal, chain.incarnation),
    )
