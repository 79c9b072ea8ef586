"""Bugs between an operation and the two files that must have it before anything is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.proof.cuts.durability import Durability, Ledger
from tests.proof.mutants import questions
from tests.proof.mutants.model import Mutant, around, instead
from tests.proof.mutants.provers import Asks, Cuts, Schedules

CUTS_OF_POWER = Schedules(blows=("power cut between two steps", "ledger lost"))


def _unsynced(journal: Any, blob: bytes) -> None:
    journal._file.seek(journal._place.offset)
    written = 0
    while written < len(blob):
        written += journal._file.write(blob[written:])


def _told_at_once(database: Any, conn: Any, fn: Any) -> Any:
    """The journal gets it with the next write."""
    database._catch_up(conn)
    result, conn = database._commit(conn, fn)
    from sync.database import take_touched

    database._publish(take_touched(conn))
    return result


def _tail_skipped(real: Any, journal: Any, conn: Any) -> None:
    if not getattr(journal, "_begun", False):
        journal._begun = True
        (newest,) = conn.exec_driver_sql("SELECT coalesce(max(n), 0) FROM journal_lines").one()
        conn.rollback()
        if journal._place.last_n and newest:
            journal._place = replace(journal._place, last_n=newest)
    real(journal, conn)


def _torn_kept(journal: Any) -> None:
    if journal.torn:
        path = Path(journal._file.name)
        journal._place = replace(journal._place, offset=path.stat().st_size)
        journal.torn = 0


def _not_ops(real: Any, conn: Any, kind: str, body: Any) -> None:
    if kind != "op":
        real(conn, kind, body)


MUTANTS = (
    Mutant(
        "durable commit skipped",
        "The ledger's commit is not synced: synchronous is one lower.",
        (1,),
        Cuts(Durability(Ledger.WAL_NORMAL)),
        (),
    ),
    Mutant(
        "journal sync skipped",
        "The journal's bytes are handed to the system and not synced.",
        (1,),
        Cuts(Durability(Ledger.SHIPPED, journal_synced=False)),
        (),
    ),
    Mutant(
        "journal sync forgotten in the class",
        "The journal counts a line as written before it is synced.",
        (1,),
        CUTS_OF_POWER,
        (instead("sync.journal:Journal._write", _unsynced),),
    ),
    Mutant(
        "shown before the journal",
        "A write is answered after the commit; its journal line comes with the next write.",
        (1,),
        CUTS_OF_POWER,
        (instead("kiosk.store.database:KioskDatabase._write", _told_at_once),),
    ),
    Mutant(
        "recovered tail not copied",
        "At start, lines that only the ledger has are not copied to the journal.",
        (1,),
        Schedules(blows=("power cut between two steps", "power cut at any moment")),
        (around("sync.journal:Journal.catch_up", _tail_skipped),),
    ),
    Mutant(
        "torn tail not cut",
        "What a power cut left of a half-written record stays, and new records follow it.",
        (1,),
        Asks(questions.a_journal_torn_at_any_byte),
        (instead("sync.journal:Journal.cut_torn", _torn_kept),),
    ),
    Mutant(
        "operation not journaled",
        "The operation itself has no line in the journal, only the rows beside it.",
        (1,),
        Schedules(),
        (around("sync.lines:append", _not_ops),),
    ),
)
