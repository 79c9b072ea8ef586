"""Bugs in central's books: money that belongs to nobody, and debts that nobody sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from central.handlers.base import Rejected
from sync.wire.case import CaseState
from tests.proof.mutants.model import Mutant, around, instead
from tests.proof.mutants.provers import Schedules

OWED = Schedules(wishes=("bad bill", "close case", "stated"))


def _one_leg_lost(real: Any, conn: Any, entries: Any, *beside: Any) -> None:
    real(conn, entries, *beside)
    for entry in entries:
        if len(entry.postings) > 1 and entry.what == "bill.pay":
            last = len(entry.postings) - 1
            conn.exec_driver_sql("DELETE FROM ledger_postings WHERE entry = ? AND leg = ?", (entry.key, last))


def _one_fen_off(real: Any, conn: Any, entries: Any, *beside: Any) -> None:
    real(conn, entries, *beside)
    for entry in entries:
        conn.exec_driver_sql(
            "UPDATE ledger_postings SET fen = fen + 1 WHERE entry = ? AND leg = 0 AND fen > 50000",
            (entry.key,),
        )


def _no_case(real: Any, conn: Any, op: Any, verdict: Any, parent: Any) -> Any:
    return None if isinstance(verdict, Rejected) else real(conn, op, verdict, parent)


def _unpaid(real: Any, handler: Any, conn: Any, op: Any, payload: Any) -> Any:
    """Closed on the word of whoever closes it: no cash goes out."""
    found = real(handler, conn, op, payload)
    return replace(found, settle=()) if getattr(found, "settle", ()) else found


def _closed_though_owing(conn: Any, case: str, at: Any, *, by: Any, facts: Any, settles: int = 0) -> None:
    from central import cases
    from sync.wire.encoding import instant

    row = cases._row(conn, case)
    closed = {"state": CaseState.CLOSED, "closed": instant(at), "closed_by": by}
    cases._change(conn, row, at, owes=[], facts={**row.facts, **facts}, **closed)


def _retry_closes(real: Any, conn: Any, handlers: Any, case: str, at: Any) -> None:
    from central import cases

    real(conn, handlers, case, at)
    row = cases.find(conn, case)
    if row is not None and row.state == CaseState.OPEN:
        cases.close(conn, case, at, by=None, facts={})


def _unchecked(op: Any, verdict: Any) -> Any:
    """As it is, without the assertion that an operation settles its own cash."""
    from central import ledger
    from central.handlers.base import Accepted, Posting
    from sync.wire.encoding import instant

    fen, settle = op.cash_fen, verdict.settle if isinstance(verdict, Accepted) else ()
    suspense, name, at = ledger.suspense(op.terminal.id), ledger.reference(op), instant(op.received_at)
    entries = []
    if fen:
        legs = (Posting(ledger.till(op.terminal.point), fen), Posting(suspense, -fen))
        entries.append(ledger.Entry(f"{name}:taken", at, op.header.kind, op.header.op, legs))
    if settle:
        legs = (*((Posting(suspense, fen),) if fen else ()), *settle)
        entries.append(ledger.Entry(f"{name}:settled", at, op.header.kind, op.header.op, legs))
    return tuple(entries)


MUTANTS = (
    Mutant(
        "a leg of an entry lost",
        "Of a payment's entry in the ledger the last leg is not written.",
        (7,),
        Schedules(wishes=("bill", "stated")),
        (around("central.ledger:post", _one_leg_lost),),
    ),
    Mutant(
        "an entry that does not sum to zero",
        "Of great sums one leg is a fen too high.",
        (7,),
        Schedules(wishes=("stated",)),
        (around("central.ledger:post", _one_fen_off),),
    ),
    Mutant(
        "cash left in suspense",
        "The cash of an accepted operation is taken and not booked to whom it belongs.",
        (7,),
        Schedules(wishes=("bill", "stated", "order")),
        (around("central.books:cash_entries", lambda real, op, verdict: real(op, verdict)[:1]),),
    ),
    Mutant(
        "no case for a rejected payment",
        "A payment is rejected, and nobody is told that the cash is owed back.",
        (10,),
        OWED,
        (around("central.books:case_for", _no_case),),
    ),
    Mutant(
        "case closed without giving back",
        "Looking again at a case closes it, whatever is still owed.",
        (10,),
        Schedules(wishes=("choke", "unknown kind", "bad bill", "dependent", "redeem")),
        (
            instead("central.cases:close", _closed_though_owing),
            around("central.reviews:retry", _retry_closes),
        ),
    ),
    Mutant(
        "case closed and nothing booked",
        "The cash that closes a case is not taken off what the case owes.",
        (7, 10),
        OWED,
        (
            instead("central.cases:close", _closed_though_owing),
            around("central.handlers.case_close:CaseCloses.apply", _unpaid),
            instead("central.books:cash_entries", _unchecked),
        ),
    ),
)
