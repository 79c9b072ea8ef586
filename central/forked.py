"""Operations of chains that left ours, as they are kept: which wait, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from central import changes, outcomes
from central.handlers.base import Incoming, TerminalRow
from central.intake import UNREADABLE
from central.outcomes import OperationRow
from central.recovery_tables import forked_operations as table
from central.tables import terminals as terminals_table
from sync.wire.answers import Outcome, Profile, Result
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.operation import Header, Operation, TimeQuality


@dataclass(frozen=True)
class Waiting:
    """A forked operation that nobody has decided yet."""

    row: Row[Any]
    op: Incoming


def settle(conn: Connection, case: str, at: datetime) -> None:
    """The case closes: what a lease was overdrawn by is borne, all else came to nothing."""
    for one in waiting(conn, case, at):
        if one.row.reason == Reason.LEASE_BREACH:
            decide(conn, one.row, Outcome.ACCEPTED, None, at)
        else:
            decide(conn, one.row, Outcome.REJECTED, Reason.CHAIN_FORK, at)


def find(conn: Connection, op_id: str) -> OperationRow | None:
    """What may follow it waits with it: the first that came with this id."""
    here = select(table).where(table.c.op == op_id).order_by(table.c.received_at).limit(1)
    row = conn.execute(here).one_or_none()
    return None if row is None else outcomes.read_row(row)


def waiting(conn: Connection, case: str, at: datetime) -> list[Waiting]:
    here = (table.c.case_id == case) & (table.c.outcome == Outcome.REVIEW.value)
    rows = conn.execute(select(table).where(here).order_by(table.c.seq)).all()
    return [Waiting(row, incoming(conn, row, at)) for row in rows]


def incoming(conn: Connection, row: Row[Any], at: datetime) -> Incoming:
    place = conn.execute(select(terminals_table).where(terminals_table.c.id == row.terminal)).one()
    who = TerminalRow(row.terminal, row.incarnation, place.point, place.county, Profile(place.profile))
    raw = Operation(bytes(row.header), bytes(row.payload))
    if row.kind == UNREADABLE:
        header = Header(row.op, row.seq, UNREADABLE, row.received_at, TimeQuality.UNKNOWN.value)
        return Incoming(who, header, {}, at, fork=mark(bytes(row.link)))
    return Incoming(who, raw.header, raw.payload, at, fork=mark(bytes(row.link)))


def decide(
    conn: Connection,
    row: Row[Any],
    outcome: Outcome,
    reason: Reason | None,
    at: datetime,
    rev: int | None = None,
) -> None:
    """`rev` where it was told before."""
    higher = row.rev + 1 if rev is None else rev
    here = (
        (table.c.terminal == row.terminal)
        & (table.c.incarnation == row.incarnation)
        & (table.c.seq == row.seq)
        & (table.c.link == row.link)
    )
    settled = instant(at) if outcome.final else None
    values = {"outcome": outcome.value, "reason": reason.value if reason else None, "rev": higher}
    done = conn.execute(
        update(table).where(here, table.c.rev == row.rev).values(**values, settled_at=settled)
    )
    assert done.rowcount == 1, f"{row.op} was decided by someone else"
    result = Result(row.seq, row.op, outcome, higher, reason.value if reason else None, row.case_id)
    changes.publish(conn, [row.terminal], [{"t": "outcome", **result.payload()}], at)


def mark(link: bytes) -> str:
    return link.hex()[:16]
