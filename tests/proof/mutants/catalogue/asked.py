"""Bugs on paths that no schedule walks: each is asked for by a question of its own."""

from __future__ import annotations

from typing import Any

from sync.outbox import Recorded, _slip_code
from sync.wire.errors import WrongAnswer
from sync.wire.operation import Header
from tests.proof.mutants import questions
from tests.proof.mutants.catalogue.chain import _text
from tests.proof.mutants.model import Mutant, around, instead
from tests.proof.mutants.provers import Asks


def _by_id_alone(conn: Any, new: Any, _payload: bytes) -> Recorded:
    from sqlalchemy import select

    from sync.tables import operations

    row = conn.execute(select(operations).where(operations.c.op_id == new.op_id)).one()
    assert Header.decode(row.header).op == new.op_id
    return Recorded(new.op_id, row.seq, row.kind, row.at, row.link, _slip_code(row), again=True)


def _older_refused(real: Any, conn: Any, member: Any, signed: Any, at: str) -> Any:
    from sync import transfer

    chain = transfer.Chain(member.terminal, member.incarnation)
    if signed.ack.high_water < transfer.high_water(conn, chain):
        raise WrongAnswer("older than what is known")
    return real(conn, member, signed, at)


def _older_lowers(real: Any, conn: Any, member: Any, signed: Any, at: str) -> Any:
    from sync import transfer

    taken = real(conn, member, signed, at)
    chain = transfer.Chain(member.terminal, member.incarnation)
    conn.exec_driver_sql(
        "UPDATE identity SET high_water = ? WHERE terminal = ? AND incarnation = ?",
        (signed.ack.high_water, chain.terminal, chain.incarnation),
    )
    return taken


def _last_one_counts(real: Any, conn: Any, results: Any, at: str) -> Any:
    for one in results:
        below = (one.rev - 1, one.op)
        conn.exec_driver_sql("UPDATE outcomes SET rev = ? WHERE op_id = ? AND outcome = 'review'", below)
    return real(conn, results, at)


def _final_is_open(real: Any, conn: Any, results: Any, at: str) -> Any:
    for one in results:
        conn.exec_driver_sql(
            "UPDATE outcomes SET outcome = 'review' WHERE op_id = ? AND rev < ?", (one.op, one.rev)
        )
    return real(conn, results, at)


MUTANTS = (
    Mutant(
        "known by its id alone",
        "The same id with other bytes is answered as if it were the operation recorded before.",
        (9,),
        Asks(questions.the_same_id_with_other_bytes),
        (instead("sync.outbox:_recorded_before", _by_id_alone),),
    ),
    Mutant(
        "known by its id alone at central",
        "Central does not look whether another operation has the id of a new one.",
        (9,),
        Asks(questions.one_id_at_two_machines),
        (instead("central.apply:_twins", lambda *_: frozenset()),),
    ),
    Mutant(
        "corrected before it is decided",
        "A correction is recorded while central may still accept the first.",
        (4,),
        Asks(questions.a_correction_of_what_is_open),
        (instead("sync.outbox:_check_superseded", lambda *_: None),),
    ),
    Mutant(
        "corrected before it is decided at central",
        "Central accepts a correction whose first it has accepted.",
        (4,),
        Asks(questions.a_correction_of_what_was_accepted),
        (
            around(
                "central.judge:_bound",
                lambda real, conn, op: None if op.header.sup is not None else real(conn, op),
            ),
        ),
    ),
    Mutant(
        "lower revision applied",
        "Of an operation's results the one that came last counts.",
        (2,),
        Asks(questions.results_in_any_order),
        (around("sync.results:apply_results", _last_one_counts),),
    ),
    Mutant(
        "final outcome overwritten",
        "A higher revision replaces an outcome that was final.",
        (2,),
        Asks(questions.results_in_any_order),
        (around("sync.results:apply_results", _final_is_open),),
    ),
    Mutant(
        "courier's older ack refused",
        "An ack that says less than another one did is thrown away, with its results.",
        (2, 8),
        Asks(questions.acks_by_courier_in_any_order),
        (around("sync.changes:merge_ack", _older_refused),),
    ),
    Mutant(
        "courier's older ack lowers the water",
        "An ack that a courier brings late takes back what a newer one said.",
        (2, 8),
        Asks(questions.acks_by_courier_in_any_order),
        (around("sync.changes:merge_ack", _older_lowers),),
    ),
    Mutant(
        "attachment deleted before the ack",
        "The file goes when central has its bytes, though its operation may still be needed.",
        (6,),
        Asks(questions.an_attachment_until_it_is_free),
        (_text("sync.attachments:_OVER", "AND o.seq <=", "AND 0 <="),),
    ),
    Mutant(
        "attachment deleted before it is whole",
        "The file goes at the prune mark, whether central has its bytes or not.",
        (6,),
        Asks(questions.an_attachment_until_it_is_free),
        (_text("sync.attachments:_OVER", "(a.held IS NOT NULL OR", "(1 OR"),),
    ),
)
