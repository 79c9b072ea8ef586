"""Central's own check of its books: money, rights, and that a person sees whatever waits for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from central import ledger, rights_audit
from central.business_tables import cases, ledger_entries
from central.recovery_tables import forked_operations
from central.rights_audit import Finding
from central.tables import operations
from sync.wire.answers import Outcome
from sync.wire.case import CaseState

_RIGHTS = {
    "right-not-constant": "总数对不上 · the right is not all accounted for",
    "overdrawn": "用的比给的多 · more is used than was granted",
    "grant-unexplained": "给出的与记录不符 · what was granted is not what happened",
    "spend-unexplained": "用掉的与记录不符 · what is spent is not what happened",
    "return-unexplained": "退回的与记录不符 · what came back is not what happened",
    "write-off-unexplained": "核销的与记录不符 · what is written off is not what happened",
}


@dataclass(frozen=True)
class Audit:
    entries: int
    rights: int
    reviews: int
    faults: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"账目 {self.entries} 笔、权益 {self.rights} 种、待审 {self.reviews} 笔，都对 · "
            f"{self.entries} entries, {self.rights} rights, {self.reviews} reviews: all as they must be"
        )


def of(conn: Connection) -> Audit:
    """`conn` must see one state of the database throughout."""
    entries = conn.scalar(select(func.count()).select_from(ledger_entries)) or 0
    waiting = [
        conn.scalar(select(func.count()).where(table.c.outcome == Outcome.REVIEW.value)) or 0
        for table in (operations, forked_operations)
    ]
    faults = (*_money(conn), *map(_said, rights_audit.audit_rights(conn)), *_unseen(conn))
    return Audit(entries, len(rights_audit.count(conn)), sum(waiting), faults)


def _money(conn: Connection) -> Iterator[str]:
    for key, fen in ledger.uneven(conn).items():
        yield f"分录 {key}：合计 {fen} 分，应为零 · the entry sums to {fen} fen, not to zero"
    for key in ledger.empty(conn):
        yield f"分录 {key}：没有借贷 · the entry has no postings"


def _said(finding: Finding) -> str:
    which = f"{finding.right} {finding.lease}" if finding.lease else finding.right
    return f"{which}：{_RIGHTS[finding.what]}: {finding.found}, {finding.expected}"


def _unseen(conn: Connection) -> Iterator[str]:
    for table in (operations, forked_operations):
        open_case = select(cases.c.id).where(cases.c.id == table.c.case_id, cases.c.state == CaseState.OPEN)
        unseen = select(table).where(table.c.outcome == Outcome.REVIEW.value, ~open_case.exists())
        order = (table.c.terminal, table.c.incarnation, table.c.seq)
        for row in conn.execute(unseen.order_by(*order)):
            where = f"{row.terminal}/{row.incarnation}/{row.seq}"
            yield f"{where} {row.kind} {row.op}：待审而无未结待办 · under review, and no case of it is open"
