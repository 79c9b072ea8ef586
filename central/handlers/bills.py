"""`bill.pay`: a bill of the biller's file, or an amount the payer states for an account the biller knows."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, model_validator
from sqlalchemy import Connection, exists, insert, select, update

from central import ledger
from central.business_tables import accounts, billers, bills, payments
from central.handlers.base import Accepted, Incoming, Posting, Reason, Rejected, Verdict
from central.handlers.model import CashIn, Id, PriceFen, Strict, Words
from central.outcomes import OperationRow
from sync.wire.encoding import instant

UNPAID, PAID, ELSEWHERE = "unpaid", "paid", "paid-elsewhere"
POSTED, SETTLED, REVERSED = "posted", "settled", "reversed"


class BillShown(Strict):
    id: Id
    file: Id
    period: Id
    amount_fen: PriceFen
    as_of: Id


class BillPay(Strict):
    service: Id
    biller: Id
    account: Id
    params: dict[str, Words]
    amount_fen: PriceFen
    basis: Literal["file", "stated"]
    bill: BillShown | None = None
    cash: CashIn

    @model_validator(mode="after")
    def _rests_on_a_bill(self) -> Self:
        if (self.basis == "file") != (self.bill is not None):
            raise ValueError("a bill goes with basis file, and only with it")
        return self


class Bills:
    kind: ClassVar[str] = "bill.pay"
    payload_model: ClassVar[type[BaseModel]] = BillPay
    alone: ClassVar[bool] = False

    def apply(self, conn: Connection, op: Incoming, payload: BillPay) -> Verdict:
        refusal = _refusal(conn, op, payload)
        if refusal is not None:
            return Rejected(refusal, facts=_facts(payload))
        conn.execute(
            insert(payments).values(
                op=op.header.op,
                biller=payload.biller,
                account=payload.account,
                bill=payload.bill.id if payload.bill else None,
                amount_fen=payload.amount_fen,
                state=POSTED,
                at=instant(op.received_at),
            )
        )
        return Accepted(settle=(Posting(ledger.partner(payload.biller), -payload.amount_fen),))

    def legs(self, conn: Connection, target: OperationRow) -> tuple[Posting, ...] | None:
        row = conn.execute(select(payments).where(payments.c.op == target.op)).one()
        return (Posting(ledger.partner(row.biller), row.amount_fen),) if row.state == POSTED else None

    def undo(self, conn: Connection, target: OperationRow, _at: str, /) -> None:
        here = (payments.c.op == target.op) & (payments.c.state == POSTED)
        done = conn.execute(update(payments).where(here).values(state=REVERSED))
        assert done.rowcount == 1, target.op
        paid = (bills.c.paid_op == target.op) & (bills.c.state == PAID)
        conn.execute(update(bills).where(paid).values(state=UNPAID, paid_op=None, paid_at=None))


def _refusal(conn: Connection, op: Incoming, payload: BillPay) -> Reason | None:
    if payload.cash.fen != payload.amount_fen:
        return Reason.AMOUNT_MISMATCH
    if payload.bill is None:
        return _stated(conn, payload)
    return None if _pay_exactly(conn, op, payload) else _pay_or_say_why_not(conn, op, payload)


def _pay_exactly(conn: Connection, op: Incoming, payload: BillPay) -> bool:
    """The common way, in one statement: the whole of an unpaid bill of an open biller."""
    amount = payload.amount_fen
    takes = exists().where(
        billers.c.id == payload.biller,
        billers.c.is_open,
        billers.c.min_fen <= amount,
        billers.c.max_fen >= amount,
    )
    return _mark(conn, op, payload, bills.c.amount_fen == amount, takes)


def _pay_or_say_why_not(conn: Connection, op: Incoming, payload: BillPay) -> Reason | None:
    assert payload.bill is not None
    amount = payload.amount_fen
    biller = conn.execute(select(billers).where(billers.c.id == payload.biller)).one_or_none()
    if biller is None or not biller.is_open:
        return Reason.BILLER_CLOSED
    bill = conn.execute(select(bills).where(bills.c.id == payload.bill.id)).one_or_none()
    if bill is None or (bill.biller, bill.account) != (payload.biller, payload.account):
        return Reason.BILL_UNKNOWN
    if bill.state != UNPAID:
        return Reason.BILL_PAID_ELSEWHERE
    fits = {"exact": amount == bill.amount_fen, "at_least": amount >= bill.amount_fen, "any": True}
    if not fits[biller.exactness] or not biller.min_fen <= amount <= biller.max_fen:
        return Reason.AMOUNT_MISMATCH
    return None if _mark(conn, op, payload) else Reason.BILL_PAID_ELSEWHERE


def _mark(conn: Connection, op: Incoming, payload: BillPay, *further: Any) -> bool:
    assert payload.bill is not None
    here = (
        (bills.c.id == payload.bill.id)
        & (bills.c.biller == payload.biller)
        & (bills.c.account == payload.account)
        & (bills.c.state == UNPAID)
    )
    paid = update(bills).where(here, *further)
    values = {"state": PAID, "paid_op": op.header.op, "paid_at": instant(op.received_at)}
    return conn.execute(paid.values(**values)).rowcount == 1


def _stated(conn: Connection, payload: BillPay) -> Reason | None:
    known = (accounts.c.biller == billers.c.id) & (accounts.c.account == payload.account)
    query = (
        select(billers, accounts.c.account).outerjoin(accounts, known).where(billers.c.id == payload.biller)
    )
    row = conn.execute(query).one_or_none()
    if row is None or not row.is_open:
        return Reason.BILLER_CLOSED
    if not row.stated:
        return Reason.NOT_PERMITTED
    if row.account is None:
        return Reason.ACCOUNT_UNKNOWN
    within = row.min_fen <= payload.amount_fen <= row.max_fen
    on_step = row.step_fen <= 1 or payload.amount_fen % row.step_fen == 0
    return None if within and on_step else Reason.AMOUNT_MISMATCH


def _facts(payload: BillPay) -> dict[str, Any]:
    facts: dict[str, Any] = {"biller": payload.biller, "account": payload.account}
    return facts | ({"bill": payload.bill.id, "period": payload.bill.period} if payload.bill else {})
