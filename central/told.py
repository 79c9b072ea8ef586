"""What central said before it lost its past, as terminals showed it: results that stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from central.outcomes import OperationRow
from central.recovery_tables import told_results
from central.upsert import put_higher
from sync.wire.answers import Outcome, Result
from sync.wire.encoding import instant

Key = tuple[str, int]
"""Operation and sequence number: two lives of an honest machine never use one id at the same place."""


@dataclass(frozen=True)
class Word:
    """A result as it was shown. `life` is None on a page of the stream: it names none; `in_chain` is not said
    of what may have been taken in beside its chain."""

    result: Result
    life: int | None
    in_chain: bool

    def meant(self, rows: Sequence[OperationRow]) -> OperationRow | None:
        """Of those with its id at its place, the one it surely speaks of."""
        here = self._of_life(rows)
        if self.in_chain:
            return here[0] if here else None
        same = [row for row in here if row.case_id == self.result.case]
        return same[0] if len(same) == 1 and (self.result.case is not None or len(here) == 1) else None

    def only(self, rows: Sequence[OperationRow]) -> OperationRow | None:
        """Where central decided twice, cases tell nothing: the one that there is."""
        here = self._of_life(rows)
        return here[0] if len(here) == 1 and self.life is None else None

    def _of_life(self, rows: Sequence[OperationRow]) -> list[OperationRow]:
        key = (self.result.op, self.result.seq)
        return [row for row in rows if (row.op, row.seq) == key and self.life in (None, row.incarnation)]


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
