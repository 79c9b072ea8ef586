"""What every operation's verdict means for cash and cases, whatever its kind."""

from __future__ import annotations

from sqlalchemy import Connection

from central import cases, ledger, old_cases
from central.handlers.base import Accepted, Incoming, Posting, Rejected, Verdict
from central.ledger import Entry
from central.outcomes import OperationRow
from sync.wire.case import Owed, Party, What
from sync.wire.encoding import instant


def cash_entries(op: Incoming, verdict: Verdict) -> tuple[Entry, ...]:
    """The cash is in the drawer whatever the verdict; an accepted operation says whose it is."""
    fen = op.cash_fen
    settle = verdict.settle if isinstance(verdict, Accepted) else ()
    if isinstance(verdict, Accepted):
        assert sum(leg.fen for leg in settle) == -fen, f"{op.header.kind} settles another sum than its cash"
    entries = []
    at, name = instant(op.received_at), ledger.reference(op)
    suspense = ledger.suspense(op.terminal.id)
    if fen:
        legs = (Posting(ledger.till(op.terminal.point), fen), Posting(suspense, -fen))
        entries.append(_entry(op, at, f"{name}:taken", legs))
    if settle:
        legs = (*((Posting(suspense, fen),) if fen else ()), *settle)
        entries.append(_entry(op, at, f"{name}:settled", legs))
    return tuple(entries)


def case_for(conn: Connection, op: Incoming, verdict: Verdict, parent: OperationRow | None) -> str | None:
    """The open case that this verdict leaves behind, if any."""
    if isinstance(verdict, Accepted):
        return None
    if parent is not None:
        return cases.join_parent(conn, op, parent, verdict.reason)
    owes = verdict.owes
    if isinstance(verdict, Rejected):
        owes = owes or _own_cash(op)
        if not owes and not op.unbooked_fen:
            return None
    told = old_cases.awaiting(conn, op)
    if told is not None:
        old_cases.rejoin(conn, op, told, verdict.reason)
        return told
    return cases.open_case(conn, op, verdict.reason, owes, verdict.facts)


def _own_cash(op: Incoming) -> tuple[Owed, ...]:
    fen = op.cash_fen
    if fen > 0:
        return (Owed(Party.CUSTOMER, What.CASH, fen),)
    return (Owed(Party.CENTRAL, What.CASH, -fen),) if fen < 0 else ()


def _entry(op: Incoming, at: str, key: str, legs: tuple[Posting, ...]) -> Entry:
    return Entry(key=key, at=at, what=op.header.kind, op=op.header.op, postings=legs)
