"""`bill.pay`: a bill of the biller's file, or an amount the payer states for an account the biller knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, model_validator
from sqlalchemy import Connection, Row, bindparam, select, update

from central import ledger, postings
from central.bulk import Rows, write
from central.business_tables import BillState, PaymentState, accounts, billers, bills, payments
from central.errors import SetupError
from central.handlers.base import Accepted, Incoming, Posting, Rejected, Verdict
from central.handlers.model import Attended, CashIn, Id, PriceFen, Strict, Words
from central.handlers.undoing import NotKnown
from central.outcomes import OperationRow
from central.posted import PostedFiles
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.kinds import Kind

# Made once: putting such a statement together costs more than running it.
_BILLS = (
    select(bills.c.id, bills.c.biller, bills.c.account, bills.c.amount_fen, bills.c.state)
    .where(bills.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(bills.c.id)  # one order everywhere: two writers never lock crosswise
    .with_for_update()
)
_BILLERS = select(billers).where(billers.c.id.in_(bindparam("ids", expanding=True)))
_ACCOUNTS = select(accounts.c.account).where(
    accounts.c.biller == bindparam("of_biller"),
    accounts.c.account.in_(bindparam("names", expanding=True)),
)


class BillShown(Strict):
    id: Id
    file: Id
    period: Id
    amount_fen: PriceFen
    as_of: Id


class BillPay(Attended):
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


@dataclass(frozen=True)
class Bills:
    files: PostedFiles  # what billers were told

    kind: ClassVar[str] = Kind.BILL_PAY
    payload_model: ClassVar[type[BaseModel]] = BillPay
    alone: ClassVar[bool] = False

    def apply(self, conn: Connection, op: Incoming, payload: BillPay) -> Verdict:
        return self.apply_together(conn, [(op, payload)])[0]

    def apply_together(self, conn: Connection, batch: Sequence[tuple[Incoming, BillPay]]) -> list[Verdict]:
        books = _Books.read(conn, [payload for _, payload in batch])
        verdicts: list[Verdict] = []
        for op, payload in batch:
            refusal = books.refusal(payload)
            if refusal is None:
                books.pay(op, payload)
                verdicts.append(
                    Accepted(settle=(Posting(ledger.partner(payload.biller), -payload.amount_fen),))
                )
            else:
                verdicts.append(Rejected(refusal, facts=_facts(payload)))
        books.write(conn)
        return verdicts

    def legs(self, conn: Connection, target: OperationRow) -> tuple[Posting, ...] | None:
        row = conn.execute(select(payments).where(payments.c.op == target.op)).one()
        if row.state != PaymentState.POSTED:
            return None
        try:
            postings.catch_up(conn, self.files, row.biller)
        except SetupError as error:
            raise NotKnown(str(error)) from error
        open_ = (payments.c.op == target.op) & (payments.c.state == PaymentState.POSTED)
        is_open = conn.execute(select(payments.c.op).where(open_)).first() is not None
        too_late = not is_open or postings.is_told(conn, target.op)
        return None if too_late else (Posting(ledger.partner(row.biller), row.amount_fen),)

    def undo(self, conn: Connection, target: OperationRow, _at: str, /) -> None:
        here = (payments.c.op == target.op) & (payments.c.state == PaymentState.POSTED)
        done = conn.execute(
            update(payments).where(here).values(state=PaymentState.REVERSED).returning(payments.c.bill)
        )
        paid = (
            (bills.c.id == done.scalar_one())
            & (bills.c.paid_op == target.op)
            & (bills.c.state == BillState.PAID)
        )
        conn.execute(update(bills).where(paid).values(state=BillState.UNPAID, paid_op=None, paid_at=None))


@dataclass
class _Books:
    """What these payments need of the books, held until the transaction ends, and what they write."""

    billers: Mapping[str, Row[Any]]
    bills: Mapping[str, Any]  # rows of the columns that are asked
    accounts: frozenset[tuple[str, str]]
    paid: dict[str, dict[str, str]] = field(default_factory=dict)
    payments: list[dict[str, object]] = field(default_factory=list)

    @classmethod
    def read(cls, conn: Connection, wanted: Sequence[BillPay]) -> _Books:
        named = sorted({payload.bill.id for payload in wanted if payload.bill})
        found = {row.id: row for row in conn.execute(_BILLS, {"ids": named})} if named else {}
        houses = sorted({payload.biller for payload in wanted})
        known = {row.id: row for row in conn.execute(_BILLERS, {"ids": houses})} if houses else {}
        stated: dict[str, set[str]] = {}
        for payload in wanted:
            if payload.bill is None:
                stated.setdefault(payload.biller, set()).add(payload.account)
        held = {
            (biller, account)
            for biller, names in sorted(stated.items())
            for account in conn.execute(_ACCOUNTS, {"of_biller": biller, "names": sorted(names)}).scalars()
        }
        return cls(known, found, frozenset(held))

    def refusal(self, payload: BillPay) -> Reason | None:
        if payload.cash.fen != payload.amount_fen:
            return Reason.AMOUNT_MISMATCH
        biller = self.billers.get(payload.biller)
        if biller is None or not biller.is_open:
            return Reason.BILLER_CLOSED
        if payload.bill is None:
            return self._stated(payload, biller)
        return self._billed(payload, payload.bill.id, biller)

    def _billed(self, payload: BillPay, bill_id: str, biller: Row[Any]) -> Reason | None:
        bill, amount = self.bills.get(bill_id), payload.amount_fen
        if bill is None or (bill.biller, bill.account) != (payload.biller, payload.account):
            return Reason.BILL_UNKNOWN
        if bill.state != BillState.UNPAID or bill_id in self.paid:
            return Reason.BILL_PAID_ELSEWHERE
        fits = {"exact": amount == bill.amount_fen, "at_least": amount >= bill.amount_fen, "any": True}
        within = biller.min_fen <= amount <= biller.max_fen
        return None if fits[biller.exactness] and within else Reason.AMOUNT_MISMATCH

    def _stated(self, payload: BillPay, biller: Row[Any]) -> Reason | None:
        if not biller.stated:
            return Reason.NOT_PERMITTED
        if (payload.biller, payload.account) not in self.accounts:
            return Reason.ACCOUNT_UNKNOWN
        within = biller.min_fen <= payload.amount_fen <= biller.max_fen
        on_step = biller.step_fen <= 1 or payload.amount_fen % biller.step_fen == 0
        return None if within and on_step else Reason.AMOUNT_MISMATCH

    def pay(self, op: Incoming, payload: BillPay) -> None:
        at, bill = instant(op.received_at), payload.bill.id if payload.bill else None
        if bill is not None:
            self.paid[bill] = {"id": bill, "state": BillState.PAID, "paid_op": op.header.op, "paid_at": at}
        payment: dict[str, object] = {
            "op": op.header.op,
            "biller": payload.biller,
            "account": payload.account,
            "bill": bill,
            "amount_fen": payload.amount_fen,
            "state": PaymentState.POSTED,
            "at": at,
        }
        self.payments.append(payment)

    def write(self, conn: Connection) -> None:
        write(conn, Rows(bills, list(self.paid.values()), key="id"), Rows(payments, self.payments))


def _facts(payload: BillPay) -> dict[str, Any]:
    facts: dict[str, Any] = {"biller": payload.biller, "account": payload.account}
    return facts | ({"bill": payload.bill.id, "period": payload.bill.period} if payload.bill else {})
