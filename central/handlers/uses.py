"""`right.use`: points, a campaign's budget, a card of a deck or a number, spent and final at the point."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field
from sqlalchemy import Connection, insert, select, update

from central import decks, lease_moves
from central.handlers.base import Accepted, Incoming, Posting, Rejected, Review, Verdict
from central.handlers.model import Attended, Id, PriceFen
from central.lease_moves import Drawn, Spend
from central.outcomes import OperationRow
from central.rights_tables import UseState, uses
from central.serials import in_order
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.kinds import Kind
from sync.wire.rights import GENERIC, ONCE, SINGLE, Sort, sort_of

Token = Annotated[str, Field(min_length=1, max_length=200)]
_LONGEST = 9  # digits of a serial


class RightUse(Attended):
    service: Id
    right: Id
    amount: PriceFen
    tokens: list[Token] = Field(default_factory=list, max_length=50)
    holder: Id | None = None


class RightUses:
    kind: ClassVar[str] = Kind.RIGHT_USE
    payload_model: ClassVar[type[BaseModel]] = RightUse
    alone: ClassVar[bool] = False

    def apply(self, conn: Connection, op: Incoming, payload: RightUse) -> Verdict:
        sort = sort_of(payload.right)
        single = sort in SINGLE
        named = len(payload.tokens) == (payload.amount if single else 0)
        if sort not in GENERIC or op.header.lease is None or not named:
            return Rejected(Reason.PAYLOAD_INVALID, facts={"right": payload.right})
        found = _serials(conn, payload, sort) if single else ()
        breach = "no-such-thing" if found is None else None
        if found and not _next(conn, op, found):
            breach = "out-of-order"
        drawn = Drawn.BREACH
        if found is not None:
            drawn = lease_moves.spend(conn, Spend.of(op, payload.right, payload.amount, found))
        within = drawn is Drawn.WITHIN and breach is None
        _write(conn, op, payload, drawn, UseState.USED if within else UseState.BREACH)
        if within:
            return Accepted()
        facts = {"right": payload.right, "amount": payload.amount, "breach": breach or drawn.value}
        return Review(Reason.LEASE_BREACH, facts=facts | {"lease": op.header.lease})

    def legs(self, conn: Connection, target: OperationRow) -> tuple[Posting, ...] | None:
        row = conn.execute(select(uses).where(uses.c.op == target.op)).one()
        return None if row.state == UseState.REVERSED or sort_of(row.right) in ONCE else ()

    def undo(self, conn: Connection, target: OperationRow, at: str, /) -> None:
        row = conn.execute(select(uses).where(uses.c.op == target.op)).one()
        if row.lease is not None:
            lease_moves.unspend(conn, row.lease, row.amount, target.op, at)
        conn.execute(update(uses).where(uses.c.op == target.op).values(state=UseState.REVERSED))


def _serials(conn: Connection, payload: RightUse, sort: Sort | None) -> tuple[int, ...] | None:
    """None where one of them is nothing of this right: an unreadable number, a card of another deck."""
    found: list[int] = []
    for token in payload.tokens:
        if sort is Sort.DECK:
            card = decks.genuine(conn, payload.right, token)
            if card is None:
                return None
            found.append(card.position)
        elif token.isascii() and token.isdigit() and len(token) <= _LONGEST:
            found.append(int(token))
        else:
            return None
    return tuple(found)


def _next(conn: Connection, op: Incoming, wanted: tuple[int, ...]) -> bool:
    """Cards and numbers go out in their order, so that nobody can pass over what they do not like."""
    lease = lease_moves.find(conn, op.header.lease or "")
    return lease is None or "first" not in lease.detail or in_order(conn, lease, wanted)


def _write(conn: Connection, op: Incoming, payload: RightUse, drawn: Drawn, state: UseState) -> None:
    row: dict[str, Any] = payload.own() | {
        "op": op.header.op,
        "lease": op.header.lease if drawn.counted else None,
        "state": state,
        "at": instant(op.received_at),
    }
    conn.execute(insert(uses).values(**row))
