"""Results as they are kept: finding operations and making a reviewed one final."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select, update

from central import changes
from central.errors import FinalOutcome
from central.tables import operations
from sync.wire.answers import Outcome, Result
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.errors import Malformed
from sync.wire.operation import Header, Operation

SAME_ID = "same_id"
Place = tuple[str, int, int]
"""Terminal, incarnation, sequence number: what no two operations share."""


@dataclass(frozen=True)
class OperationRow:
    terminal: str
    incarnation: int
    seq: int
    op: str
    kind: str
    raw: Operation
    outcome: Outcome
    reason: Reason | None
    case_id: str | None
    rev: int
    facts: Mapping[str, Any]
    opened: bytes | None = None  # JSON, where parts of the payload were sealed

    @property
    def header(self) -> Header:
        return self.raw.header

    @property
    def payload(self) -> dict[str, Any]:
        """With what was sealed in it; empty for what could not be read."""
        try:
            return self.raw.payload if self.opened is None else json.loads(self.opened)
        except Malformed:
            return {}

    @property
    def place(self) -> Place:
        return self.terminal, self.incarnation, self.seq

    @property
    def is_twin(self) -> bool:
        """It came with the id of another: what is known by that id is the other's."""
        return SAME_ID in self.facts

    @property
    def result(self) -> Result:
        reason = self.reason.value if self.reason else None
        return Result(self.seq, self.op, self.outcome, self.rev, reason, self.case_id)


def find(conn: Connection, op_id: str) -> OperationRow | None:
    """The first that came with this id."""
    by_id = select(operations).where(operations.c.op == op_id).order_by(operations.c.received_at).limit(1)
    row = conn.execute(by_id).one_or_none()
    return None if row is None else read_row(row)


def dependents(conn: Connection, op_id: str) -> list[OperationRow]:
    query = select(operations).where(operations.c.dep == op_id).order_by(operations.c.seq)
    return [read_row(row) for row in conn.execute(query)]


def is_superseded(conn: Connection, first: OperationRow, place: Place) -> bool:
    """Whether an operation other than the one at `place` stands for this one already, or may come to."""
    columns = (operations.c.terminal, operations.c.incarnation, operations.c.seq)
    standing = (operations.c.sup == first.op) & (operations.c.outcome != Outcome.REJECTED.value)
    return any(tuple(row) != place for row in conn.execute(select(*columns).where(standing)))


_KNOWN = select(operations.c.op).where(operations.c.op.in_(bindparam("ids", expanding=True)))  # of every push


def known_ids(conn: Connection, op_ids: Iterable[str]) -> frozenset[str]:
    return frozenset(conn.execute(_KNOWN, {"ids": list(op_ids)}).scalars())


def between(conn: Connection, terminal: str, incarnation: int, first: int, last: int) -> list[OperationRow]:
    query = (
        select(operations)
        .where(operations.c.terminal == terminal, operations.c.incarnation == incarnation)
        .where(operations.c.seq.between(first, last))
        .order_by(operations.c.seq)
    )
    return [read_row(row) for row in conn.execute(query)]


def by_ids(conn: Connection, terminal: str, op_ids: Iterable[str]) -> list[OperationRow]:
    """All that came with them: who has the keys of two lives can use one id at the same place of both."""
    wanted, found = sorted(op_ids), []
    for start in range(0, len(wanted), 500):
        some = operations.c.op.in_(wanted[start : start + 500])
        rows = conn.execute(select(operations).where(operations.c.terminal == terminal, some))
        found += [read_row(row) for row in rows]
    return found


def at(conn: Connection, terminal: str, incarnation: int, seq: int) -> OperationRow:
    (row,) = between(conn, terminal, incarnation, seq, seq)
    return row


def links_between(
    conn: Connection, terminal: str, incarnation: int, first: int, last: int
) -> dict[int, bytes]:
    query = (
        select(operations.c.seq, operations.c.link)
        .where(operations.c.terminal == terminal, operations.c.incarnation == incarnation)
        .where(operations.c.seq.between(first, last))
    )
    return {row.seq: bytes(row.link) for row in conn.execute(query)}


def link_at(conn: Connection, terminal: str, incarnation: int, seq: int) -> bytes:
    query = select(operations.c.link).where(placed(terminal, incarnation, seq))
    return bytes(conn.execute(query).scalar_one())


def placed(terminal: str, incarnation: int, seq: int) -> ColumnElement[bool]:
    """The one operation at this place of a chain."""
    life = (operations.c.terminal == terminal) & (operations.c.incarnation == incarnation)
    return life & (operations.c.seq == seq)


def reviews_of(conn: Connection, case: str) -> list[OperationRow]:
    """What waits for this case, in the order it was recorded."""
    here = (operations.c.case_id == case) & (operations.c.outcome == Outcome.REVIEW.value)
    order = (operations.c.terminal, operations.c.incarnation, operations.c.seq)
    return [read_row(row) for row in conn.execute(select(operations).where(here).order_by(*order))]


def decide(
    conn: Connection, op_id: str, outcome: Outcome, reason: Reason | None = None, *, at: datetime
) -> None:
    """Moves a reviewed operation on (usually to its final outcome) and tells its terminal."""
    row = find(conn, op_id)
    if row is None:
        raise FinalOutcome(f"{op_id} is unknown")
    decide_row(conn, row, outcome, reason, at=at)


def decide_row(
    conn: Connection,
    row: OperationRow,
    outcome: Outcome,
    reason: Reason | None = None,
    *,
    at: datetime,
    rev: int | None = None,
) -> None:
    """As `decide`, for the operation at this place of its chain; `rev` where it was told before."""
    if row.outcome.final:
        raise FinalOutcome(f"{row.op} is not under review")
    here = placed(row.terminal, row.incarnation, row.seq)
    code = reason.value if reason else None
    settled = instant(at) if outcome.final else None
    change = update(operations).where(here, operations.c.rev == row.rev)
    higher = row.rev + 1 if rev is None else rev
    done = conn.execute(change.values(outcome=outcome.value, reason=code, rev=higher, settled_at=settled))
    if done.rowcount != 1:
        raise FinalOutcome(f"{row.op} was decided by someone else")
    result = Result(row.seq, row.op, outcome, higher, code, row.case_id)
    changes.publish(conn, [row.terminal], [{"t": "outcome", **result.payload()}], at)


def read_row(row: Row[Any]) -> OperationRow:
    return OperationRow(
        terminal=row.terminal,
        incarnation=row.incarnation,
        seq=row.seq,
        op=row.op,
        kind=row.kind,
        raw=Operation(bytes(row.header), bytes(row.payload)),
        outcome=Outcome(row.outcome),
        reason=Reason(row.reason) if row.reason else None,
        case_id=row.case_id,
        rev=row.rev,
        facts=row.facts,
        opened=getattr(row, "opened", None),  # a forked one is never opened
    )
