"""What becomes final when a case closes: everything that was under review with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, update

from central import forked, ledger, outcomes, redemptions
from central.business_tables import SaleState, sales
from central.handlers.base import cash_of
from central.ledger import Entry
from central.outcomes import OperationRow
from central.rights_tables import RedemptionState, UseState, uses
from sync.wire.answers import Outcome
from sync.wire.case import Reason
from sync.wire.encoding import instant

_BORNE = frozenset({Reason.LEASE_BREACH, Reason.CENTRAL_RESTORED})
"""The customer has what was agreed: the loss is central's."""
UNDECIDED = frozenset({Reason.UNKNOWN_SCHEMA, Reason.SCHEMA_TOO_OLD, Reason.CENTRAL_FAILURE})
"""Nobody has judged it: cash it handed out is still in suspense."""


def settle_reviews(conn: Connection, case: str, at: datetime, *, given_back: bool) -> None:
    """`given_back`: customers have their money and coupons again; else they keep what they were given."""
    forked.settle(conn, case, at)
    for row in outcomes.reviews_of(conn, case):
        if row.reason in _BORNE:
            _accept_breach(conn, row, at)
            continue
        redemption = None if row.is_twin else redemptions.find(conn, row.op)
        held = redemption is not None and redemption.state == RedemptionState.HELD
        if redemption is not None and held and not given_back:
            redemptions.keep_spent(conn, redemption)
            outcomes.decide_row(conn, row, Outcome.ACCEPTED, at=at)
            continue
        if redemption is not None and held:
            redemptions.release(conn, redemption, instant(at))
        _book_stray_cash(conn, row, at)
        outcomes.decide_row(conn, row, Outcome.REJECTED, _final_reason(row), at=at)


def write_off(conn: Connection, case: str, fen: int, at: datetime) -> None:
    """What was handed out too much and will not come back."""
    legs = ledger.transfer(ledger.LOSS, ledger.customer_due(case), fen)
    ledger.post(conn, [Entry(f"case.{case}:written-off", instant(at), "case written off", None, legs)])


def _accept_breach(conn: Connection, row: OperationRow, at: datetime) -> None:
    bear(conn, row)
    outcomes.decide_row(conn, row, Outcome.ACCEPTED, at=at)


def bear(conn: Connection, row: OperationRow) -> None:
    """What was sold or used outside a lease is sold or used all the same."""
    sold = update(sales).where(sales.c.op == row.op, sales.c.state == SaleState.BREACH)
    conn.execute(sold.values(state=SaleState.SOLD))
    used = update(uses).where(uses.c.op == row.op, uses.c.state == UseState.BREACH)
    conn.execute(used.values(state=UseState.USED))


def _final_reason(row: OperationRow) -> Reason | None:
    return Reason.PARENT_REJECTED if row.reason is Reason.PARENT_REVIEW else row.reason


def _book_stray_cash(conn: Connection, row: OperationRow, at: datetime) -> None:
    """Cash handed out by an operation nobody could read was left in suspense; it does not come back."""
    fen = cash_of(row.payload)
    if row.reason not in UNDECIDED or fen >= 0:
        return
    legs = ledger.transfer(ledger.LOSS, ledger.suspense(row.terminal), -fen)
    key = f"{row.terminal}.{row.incarnation}.{row.seq}:stray"
    ledger.post(conn, [Entry(key, instant(at), f"{row.kind} never understood", row.op, legs)])
