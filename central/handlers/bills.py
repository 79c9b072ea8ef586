"""`bill.pay`: a bill of the biller's file, or an amount the payer states for an account the biller knows."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, model_validator
from sqlalchemy import Connection, Update, bindparam, exists, insert, select, update

from central import ledger
from central.business_tables import accounts, billers, bills, payments
from central.handlers.base import Accepted, Incoming, Posting, Rejected, Verdict
from central.handlers.model import CashIn, Id, PriceFen, Strict, Words
from central.outcomes import OperationRow
from sync.wire.case import Reason
from sync.wire.encoding import instant

UNPAID, PAID, PAID_ELSEWHERE = "unpaid", "paid", "paid-elsewhere"
POSTED, SETTLED, REVERSED = "posted", "settled", "reversed"

# Made once: putting such a statement together costs more than running it.
_PAYMENT = insert(payments)
_PAY = (
    update(bills)
    .where(
        bills.c.id == bindparam("of_bill"),
        bills.c.biller == bindparam("of_biller"),
        bills.c.account == bindparam("of_account"),
        bills.c.state == UNPAID,
    )
    .values(state=PAID, paid_op=bindparam("by_op"), paid_at=bindparam("at_time"))
)
_TAKES = exists().where(
    billers.c.id == bindparam("of_biller"),
    billers.c.is_open,
    billers.c.min_fen <= bindparam("fen"),
    billers.c.max_fen >= bindparam("fen"),
)
# The common way, in one statement: the whole of an unpaid bill of an open biller.
_PAY_EXACTLY = _PAY.where(bills.c.amount_fen == bindparam("fen"), _TAKES)


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
        payment = {
            "op": op.header.op,
            "biller": payload.biller,
            "account": payload.account,
            "bill": payload.bill.id if payload.bill else None,
            "amount_fen": payload.amount_fen,
            "state": POSTED,
            "at": instant(op.received_at),
        }
        conn.execute(_PAYMENT, payment)
        return Accepted(settle=(Posting(ledger.partner(payload.biller), -payload.amount_fen),))

    def legs(self, conn: Connection, target: OperationRow) -> tuple[Posting, ...] | None:
        row = conn.execute(select(payments).where(payments.c.op == target.op)).one()
        return (Posting(ledger.partner(row.biller), row.amount_fen),) if row.state == POSTED else None

    def undo(self, conn: Connection, target: OperationRow, _at: str, /) -> None:
        here = (payments.c.op == target.op) & (payments.c.state == POSTED)
        done = conn.execute(update(payments).where(here).values(state=REVERSED).returning(payments.c.bill))
        paid = (bills.c.id == done.scalar_one()) & (bills.c.paid_op == target.op) & (bills.c.state == PAID)
        conn.execute(update(bills).where(paid).values(state=UNPAID, paid_op=None, paid_at=None))


def _refusal(conn: Connection, op: Incoming, payload: BillPay) -> Reason | None:
    if payload.cash.fen != payload.amount_fen:
        return Reason.AMOUNT_MISMATCH
    if payload.bill is None:
        return _stated(conn, payload)
    return None if _mark(conn, op, payload, _PAY_EXACTLY) else _pay_or_say_why_not(conn, op, payload)


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
    return None if _mark(conn, op, payload, _PAY) else Reason.BILL_PAID_ELSEWHERE


def _mark(conn: Connection, op: Incoming, payload: BillPay, statement: Update) -> bool:
    assert payload.bill is not None
    values: dict[str, str | int] = {
        "of_bill": payload.bill.id,
        "of_biller": payload.biller,
        "of_account": payload.account,
        "by_op": op.header.op,
        "at_time": instant(op.received_at),
    }
    if statement is _PAY_EXACTLY:
        values["fen"] = payload.amount_fen
    return conn.execute(statement, values).rowcount == 1


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
