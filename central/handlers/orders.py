"""`order.place`: goods out of central's own stock, all lines or none, at the price the person saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field
from sqlalchemy import Connection, insert, select, update

from central import ledger, pools, prices, redemptions
from central.business_tables import OrderState, goods, order_lines, orders
from central.handlers.base import Accepted, Incoming, Posting, Rejected, Verdict
from central.handlers.model import Attended, CashIn, Id, Pieces, PriceFen, Strict, Words
from central.outcomes import OperationRow
from central.prices import Good
from central.rights_tables import RedemptionState
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.kinds import Kind
from sync.wire.rights import stock_right


class Line(Strict):
    good: Id
    title: Words
    spec: Annotated[str, Field(max_length=200)]
    qty: Pieces
    price_fen: PriceFen


class Buyer(Strict):
    name: Annotated[str, Field(max_length=400)]
    phone: Annotated[str, Field(max_length=32)]


class OrderPlace(Attended):
    service: Id
    lines: Annotated[list[Line], Field(min_length=1, max_length=50)]
    total_fen: PriceFen
    pickup: Id
    buyer: Buyer | None = None
    cash: CashIn


class Orders:
    kind: ClassVar[str] = Kind.ORDER_PLACE
    payload_model: ClassVar[type[BaseModel]] = OrderPlace
    alone: ClassVar[bool] = False

    def apply(self, conn: Connection, op: Incoming, payload: OrderPlace) -> Verdict:
        total = sum(line.qty * line.price_fen for line in payload.lines)
        if not total == payload.total_fen == payload.cash.fen:
            return Rejected(Reason.AMOUNT_MISMATCH, facts={"total_fen": total})
        known = prices.goods_of(conn, (line.good for line in payload.lines))
        refused = _priced(conn, op, payload, known)
        if refused is not None:
            return refused
        reserved, short = _reserve(conn, payload)
        if short is not None:
            return Rejected(Reason.SOLD_OUT, facts=_line_facts(short))
        _write(conn, op, payload, reserved)
        owed: Counter[str] = Counter()
        for line in payload.lines:
            owed[ledger.partner(known[line.good].supplier)] += line.qty * line.price_fen
        return Accepted(settle=tuple(Posting(account, -fen) for account, fen in sorted(owed.items())))

    def legs(self, conn: Connection, target: OperationRow) -> tuple[Posting, ...] | None:
        """The suppliers give back their part; the value of coupons used goes back to who paid for it."""
        state = select(orders.c.state).where(orders.c.op == target.op).with_for_update()
        if conn.execute(state).scalar_one() != OrderState.PLACED:  # no coupon joins it meanwhile
            return None
        back: Counter[str] = Counter()
        query = select(order_lines, goods.c.supplier).join(goods).where(order_lines.c.op == target.op)
        for line in conn.execute(query):
            back[ledger.partner(line.supplier)] += line.qty * line.price_fen
        for row in redemptions.of_order(conn, target.op):
            account = ledger.campaign(row.kind) if row.state == RedemptionState.SPENT else ledger.LOSS
            back[account] -= row.value_fen
        return tuple(Posting(account, fen) for account, fen in sorted(back.items()))

    def undo(self, conn: Connection, target: OperationRow, at: str, /) -> None:
        placed = (orders.c.op == target.op) & (orders.c.state == OrderState.PLACED)
        done = conn.execute(update(orders).where(placed).values(state=OrderState.REVERSED))
        assert done.rowcount == 1, target.op
        lines = select(order_lines).where(order_lines.c.op == target.op, order_lines.c.reserved)
        for line in list(conn.execute(lines)):
            pools.unsell(conn, stock_right(line.good), line.qty)
        for row in redemptions.of_order(conn, target.op):
            redemptions.release(conn, row, at)


def _priced(
    conn: Connection, op: Incoming, payload: OrderPlace, known: Mapping[str, Good]
) -> Rejected | None:
    seen = prices.pack_seen(conn, op)
    for line in payload.lines:
        good = known.get(line.good)
        if good is None:
            return Rejected(Reason.GOOD_UNKNOWN, facts=_line_facts(line))
        if not prices.honoured(good, line.price_fen, seen, op.header.at):
            facts = {**_line_facts(line), "price_fen": good.prices[-1].fen}
            return Rejected(Reason.PRICE_CHANGED, facts=facts)
    return None


def _reserve(conn: Connection, payload: OrderPlace) -> tuple[frozenset[int], Line | None]:
    """The lines taken from stock; or the first line that ran short, and then nothing stays taken."""
    taken: list[int] = []
    for n, line in enumerate(payload.lines):
        right = stock_right(line.good)
        if pools.sell(conn, right, line.qty):
            taken.append(n)
        elif pools.find(conn, right) is not None:  # a good without a pool is made to order
            for back in taken:
                pools.unsell(conn, stock_right(payload.lines[back].good), payload.lines[back].qty)
            return frozenset(), line
    return frozenset(taken), None


def _write(conn: Connection, op: Incoming, payload: OrderPlace, reserved: frozenset[int]) -> None:
    conn.execute(
        insert(orders).values(
            op=op.header.op,
            terminal=op.terminal.id,
            pickup=payload.pickup,
            buyer=payload.buyer.model_dump() if payload.buyer else None,
            total_fen=payload.total_fen,
            cash_fen=payload.cash.fen,
            state=OrderState.PLACED,
            at=instant(op.received_at),
        )
    )
    rows = [
        {"op": op.header.op, "n": n, "reserved": n in reserved, **line.model_dump(exclude={"title", "spec"})}
        for n, line in enumerate(payload.lines)
    ]
    conn.execute(insert(order_lines), rows)


def _line_facts(line: Line) -> dict[str, Any]:
    return {"good": line.good, "title": line.title, "spec": line.spec, "qty": line.qty}
