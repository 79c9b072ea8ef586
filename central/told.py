"""What central said before it lost its past, as terminals showed it: results that stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from central.recovery_tables import told_results
from central.upsert import put_higher
from sync.wire.answers import Outcome, Result
from sync.wire.encoding import instant

Key = tuple[str, int]
"""Operation and sequence number: two lives never use one id at the same place."""


def keep(conn: Connection, terminal: str, results: Sequence[Result], at: datetime) -> None:
    """Of one operation the highest revision counts."""
    for one in results:
        row = {
            "terminal": terminal,
            "op": one.op,
            "seq": one.seq,
            "outcome": one.outcome.value,
            "reason": one.reason,
            "case_id": one.case,
            "rev": one.rev,
            "shown_at": instant(at),
        }
        put_higher(conn, told_results, row, by="rev")


def among(conn: Connection, terminal: str, first: int, last: int) -> Mapping[Key, Result]:
    here = (told_results.c.terminal == terminal) & told_results.c.seq.between(first, last)
    return {(row.op, row.seq): _read(row) for row in conn.execute(select(told_results).where(here))}


def of(conn: Connection, terminal: str, op: str, seq: int) -> Result | None:
    here = (told_results.c.terminal == terminal) & (told_results.c.op == op) & (told_results.c.seq == seq)
    row = conn.execute(select(told_results).where(here)).one_or_none()
    return None if row is None else _read(row)


def highest(conn: Connection, terminal: str) -> int:
    top = select(func.max(told_results.c.seq)).where(told_results.c.terminal == terminal)
    return int(conn.scalar(top) or 0)


def _read(row: Row[Any]) -> Result:
    return Result(row.seq, row.op, Outcome(row.outcome), row.rev, row.reason, row.case_id)
