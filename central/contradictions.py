"""Two words of central's own for one operation: what its terminal was told first holds, a person is told.

It comes about when a backup was restored, and central decided anew before it knew that it had decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from central import cases, changes, forked, ledger, outcomes, reviews
from central.handlers.base import Handler, Incoming
from central.outcomes import OperationRow
from central.redemptions import held as held_coupons
from central.rights_tables import redemptions
from central.tables import operations
from sync.wire.answers import Outcome, Result
from sync.wire.case import CaseState, Reason
from sync.wire.operation import new_op_id

CONTRADICTED = "contradicted"
REPLACED = "replaced_case"


def resolve(
    conn: Connection, handlers: Mapping[str, Handler], row: OperationRow, told: Result, at: datetime
) -> bool:
    """`row` is what the books have at the very place that `told` speaks of. False: the same again."""
    is_new = told.outcome.final and not row.outcome.final
    is_other = told.outcome.final and told.outcome is not row.outcome and CONTRADICTED not in row.facts
    is_elsewhere = told.case is not None and told.case not in (row.case_id, row.facts.get(REPLACED))
    is_before = row.outcome.final and not told.outcome.final and told.rev >= row.rev
    if not (is_new or is_other or is_elsewhere or is_before):
        return False
    op = reviews.incoming(conn, row, at)
    if is_new:
        reviews.as_told(conn, handlers, row, told, at)
    elif is_other:
        _overrule(conn, handlers, row, told, op)
    if is_elsewhere:
        _join(conn, row, told, op)
    if is_before or is_elsewhere:
        _raise(conn, row, max(row.rev, told.rev) + 1, at)
    return True


def _raise(conn: Connection, row: OperationRow, rev: int, at: datetime) -> None:
    """Under review there with this revision, or told with two cases: only a higher one tells what holds."""
    _set(conn, row, rev=rev)
    now = outcomes.at(conn, row.terminal, row.incarnation, row.seq)
    reason = now.reason.value if now.reason else None
    said = Result(now.seq, now.op, now.outcome, rev, reason, now.case_id)
    changes.publish(conn, [row.terminal], [{"t": "outcome", **said.payload()}], at)


def _overrule(
    conn: Connection, handlers: Mapping[str, Handler], row: OperationRow, told: Result, op: Incoming
) -> None:
    """No effect is taken back: what it costs to hold to both is central's loss."""
    loss = 0
    if told.outcome is Outcome.REJECTED and told.case is not None and not cases.due(conn, told.case):
        loss = op.cash_fen
        _move(conn, op, ledger.LOSS, ledger.customer_due(told.case))
    elif told.outcome is Outcome.ACCEPTED and row.case_id is not None and _is_open(conn, row.case_id):
        reviews.effect(conn, handlers, row, op, row.case_id)
        _tidy(conn, row.case_id, op.received_at)
    elif told.outcome is Outcome.ACCEPTED:
        loss = op.cash_fen  # given back under the other word already
    said = {"outcome": row.outcome.value, "reason": row.reason.value if row.reason else None, "rev": row.rev}
    _set(
        conn,
        row,
        outcome=told.outcome.value,
        reason=told.reason,
        rev=max(told.rev, row.rev),
        facts={**row.facts, CONTRADICTED: said},
    )
    facts = {"told": told.outcome.value, "books_say": row.outcome.value, "loss_fen": loss}
    cases.open_notice(conn, op, Reason.CENTRAL_RESTORED, facts)


def _join(conn: Connection, row: OperationRow, told: Result, op: Incoming) -> None:
    """The customer's paper names the case that was told; the other owes nothing of this any more."""
    assert told.case is not None
    if cases.find(conn, told.case, hold=True) is None:
        reason = Reason(told.reason) if told.reason else Reason.CENTRAL_RESTORED
        cases.insert_as(conn, op, told.case, reason, {"told": True})
    _set(conn, row, case_id=told.case, facts={**_facts(conn, row), REPLACED: row.case_id})
    held = (redemptions.c.op == row.op) & (redemptions.c.case_id == row.case_id)
    conn.execute(update(redemptions).where(held).values(case_id=told.case))
    if row.case_id is not None and _is_open(conn, row.case_id):
        given = Outcome.ACCEPTED in (row.outcome, told.outcome)
        if not given and cases.due(conn, row.case_id):
            _move(conn, op, ledger.customer_due(row.case_id), ledger.customer_due(told.case))
        _tidy(conn, row.case_id, op.received_at)
    if not _is_open(conn, told.case):
        return
    if told.outcome is Outcome.ACCEPTED:
        _tidy(conn, told.case, op.received_at)
    else:
        cases.revise(conn, told.case, op.received_at)


def _facts(conn: Connection, row: OperationRow) -> Mapping[str, Any]:
    """As they are by now."""
    return outcomes.at(conn, row.terminal, row.incarnation, row.seq).facts


def _tidy(conn: Connection, case: str, at: datetime) -> None:
    """Closed where nothing waits for it any more."""
    waiting = outcomes.reviews_of(conn, case) or forked.waiting(conn, case, at)
    if cases.due(conn, case) or waiting or held_coupons(conn, case):
        cases.revise(conn, case, at)
    else:
        cases.close(conn, case, at, by=None, facts={CONTRADICTED: True})


def _is_open(conn: Connection, case: str) -> bool:
    row = cases.find(conn, case, hold=True)
    return row is not None and row.state == CaseState.OPEN


def _move(conn: Connection, op: Incoming, debit: str, credit: str) -> None:
    legs = ledger.transfer(debit, credit, op.cash_fen)
    ledger.book(conn, op, f"contradicted:{new_op_id()}", legs, "told otherwise")


def _set(conn: Connection, row: OperationRow, **values: Any) -> None:
    here = outcomes.placed(row.terminal, row.incarnation, row.seq)
    conn.execute(update(operations).where(here).values(**values))
