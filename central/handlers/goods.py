"""`goods.sell`: a good lying at the point, out of its stock lease, and final there."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field
from sqlalchemy import Connection, insert, select, update

from central import lease_moves, ledger, prices
from central.business_tables import SaleState, sales
from central.handlers.base import Accepted, Incoming, Posting, Rejected, Review, Verdict
from central.handlers.model import Attended, CashIn, Id, Pieces, PriceFen, Words
from central.lease_moves import Drawn, Spend
from central.outcomes import OperationRow
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.kinds import Kind
from sync.wire.rights import stock_right

UNKNOWN_SUPPLIER = "unknown"


class GoodsSell(Attended):
    service: Id
    good: Id
    title: Words
    spec: Annotated[str, Field(max_length=200)]
    qty: Pieces
    price_fen: PriceFen
    total_fen: PriceFen
    cash: CashIn


class Goods:
    kind: ClassVar[str] = Kind.GOODS_SELL
    payload_model: ClassVar[type[BaseModel]] = GoodsSell
    alone: ClassVar[bool] = False

    def apply(self, conn: Connection, op: Incoming, payload: GoodsSell) -> Verdict:
        if not payload.qty * payload.price_fen == payload.total_fen == payload.cash.fen:
            return Rejected(Reason.AMOUNT_MISMATCH, facts=_facts(payload))
        known = prices.goods_of(conn, [payload.good]).get(payload.good)
        supplier = known.supplier if known else UNKNOWN_SUPPLIER
        drawn = Drawn.BREACH
        if op.header.lease is not None:
            drawn = lease_moves.spend(conn, Spend.of(op, stock_right(payload.good), payload.qty))
        _write(conn, op, payload, supplier, drawn)
        legs = (Posting(ledger.partner(supplier), -payload.total_fen),)
        if drawn is Drawn.WITHIN:
            return Accepted(settle=legs)
        suspense = Posting(ledger.suspense(op.terminal.id), payload.total_fen)
        ledger.book(conn, op, "breach", (suspense, *legs), "in breach")
        return Review(Reason.LEASE_BREACH, facts=_facts(payload) | {"lease": op.header.lease or ""})

    def legs(self, conn: Connection, target: OperationRow) -> tuple[Posting, ...] | None:
        row = conn.execute(select(sales).where(sales.c.op == target.op)).one()
        if row.state == SaleState.REVERSED:
            return None
        return (Posting(ledger.partner(row.supplier), row.total_fen),)

    def undo(self, conn: Connection, target: OperationRow, at: str, /) -> None:
        """The good lies at the point again, in the lease it came from."""
        row = conn.execute(select(sales).where(sales.c.op == target.op)).one()
        if row.lease is not None:
            lease_moves.unspend(conn, row.lease, row.qty, target.op, at)
        conn.execute(update(sales).where(sales.c.op == target.op).values(state=SaleState.REVERSED))


def _write(conn: Connection, op: Incoming, payload: GoodsSell, supplier: str, drawn: Drawn) -> None:
    conn.execute(
        insert(sales).values(
            op=op.header.op,
            good=payload.good,
            supplier=supplier,
            qty=payload.qty,
            total_fen=payload.total_fen,
            lease=op.header.lease if drawn.counted else None,
            state=SaleState.SOLD if drawn is Drawn.WITHIN else SaleState.BREACH,
            at=instant(op.received_at),
        )
    )


def _facts(payload: GoodsSell) -> dict[str, Any]:
    return {"good": payload.good, "title": payload.title, "spec": payload.spec, "qty": payload.qty}
