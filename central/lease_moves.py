"""What happens to a lease: spent with no network, undone, given back; cash that moves its float."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from central import pools, serials
from central.bulk import Rows, insert_rows, write
from central.handlers.base import Incoming
from central.pools import Back
from central.rights_tables import LeaseEvent, LeaseState, lease_events, leases
from central.serials import Run
from sync.wire.encoding import instant
from sync.wire.operation import new_op_id
from sync.wire.rights import float_right


@dataclass(frozen=True)
class FloatMove:
    """Cash moves the till and, the other way round, how much more cash may be taken."""

    lease: str
    terminal: str
    incarnation: int
    op: str
    fen: int
    at: str

    @classmethod
    def of(cls, op: Incoming) -> FloatMove | None:
        cash = op.payload.get("cash")
        lease = cash.get("lease") if isinstance(cash, dict) else None
        if not isinstance(lease, str) or op.cash_fen == 0:
            return None
        here = op.terminal
        return cls(lease, here.id, here.incarnation, op.header.op, op.cash_fen, instant(op.received_at))


@dataclass(frozen=True)
class Spend:
    """So much out of a lease, or these serials of it, by an operation at its place in a chain."""

    lease: str
    right: str
    amount: int
    terminal: str
    incarnation: int
    seq: int
    op: str
    at: str
    serials: tuple[int, ...] = ()

    @classmethod
    def of(cls, op: Incoming, right: str, amount: int, serials: tuple[int, ...] = ()) -> Spend:
        assert op.header.lease is not None
        at, here = instant(op.received_at), op.terminal
        place = here.id, here.incarnation, op.header.seq
        return cls(op.header.lease, right, amount, *place, op.header.op, at, serials)


class Drawn(Enum):
    """What became of it at central."""

    WITHIN = "within"
    LATE = "late"  # taken out, though the lease is revoked: it was there, but should not have been used
    BREACH = "breach"  # nothing taken out: it was not there

    @property
    def counted(self) -> bool:
        return self is not Drawn.BREACH


def move_floats(conn: Connection, moves: Sequence[FloatMove]) -> None:
    """The cash is in the drawer, so the counter follows it even beyond the limit and after a revocation."""
    write(conn, floats_moved(conn, moves))


def floats_moved(conn: Connection, moves: Sequence[FloatMove]) -> Rows:
    """As `move_floats`; what is to be noted of it goes with other rows."""
    sums: Counter[tuple[str, str, int]] = Counter()
    for move in moves:
        sums[(move.lease, move.terminal, move.incarnation)] += move.fen
    unknown = {key for key, fen in sums.items() if not _move_float(conn, *key, fen)}

    def what(move: FloatMove) -> LeaseEvent:
        known = (move.lease, move.terminal, move.incarnation) not in unknown
        return LeaseEvent.SPEND if known else LeaseEvent.BREACH

    return Rows(lease_events, [event(one.lease, what(one), one.fen, one.op, one.at) for one in moves])


_MOVED = (  # built once: every batch with cash asks for it
    update(leases)
    .where(leases.c.id == bindparam("lease"), leases.c.right.startswith(float_right("")))
    .where(leases.c.terminal == bindparam("of"), leases.c.incarnation == bindparam("life"))
    .values(spent=leases.c.spent + bindparam("fen"))
)


def _move_float(conn: Connection, lease: str, terminal: str, incarnation: int, fen: int) -> bool:
    mine = {"lease": lease, "of": terminal, "life": incarnation}
    return conn.execute(_MOVED, mine | {"fen": fen}).rowcount == 1


def spend(conn: Connection, wanted: Spend) -> Drawn:
    """Only out of a lease of this very life, granted before, of this right, and only what is left in it."""
    drawn = _spend(conn, wanted)
    what = LeaseEvent.SPEND if drawn.counted else LeaseEvent.BREACH
    note(conn, [event(wanted.lease, what, wanted.amount, wanted.op, wanted.at)])
    return drawn


def _spend(conn: Connection, wanted: Spend) -> Drawn:
    if wanted.serials:
        lease = find(conn, wanted.lease)
        block = lease is not None and serials.is_block(lease.detail)
        if lease is None or not block or not serials.can_spend(conn, lease, wanted.serials):
            return Drawn.BREACH
    here = (
        (leases.c.id == wanted.lease)
        & (leases.c.terminal == wanted.terminal)
        & (leases.c.incarnation == wanted.incarnation)
        & (leases.c.right == wanted.right)
        & (leases.c.start_seq <= wanted.seq)
        & (leases.c.state != LeaseState.CLOSED)
        & (leases.c.spent + wanted.amount <= leases.c.amount - leases.c.returned - leases.c.written_off)
    )
    taken = update(leases).where(here).values(spent=leases.c.spent + wanted.amount)
    state = conn.execute(taken.returning(leases.c.state)).scalar_one_or_none()
    if state is None:
        return Drawn.BREACH
    serials.spend(conn, wanted.lease, wanted.serials, wanted.op)
    return Drawn.LATE if state == LeaseState.REVOKED else Drawn.WITHIN


def unspend(conn: Connection, lease: str, amount: int, op: str, at: str) -> None:
    """What `op` had taken is in the lease again; in the pool when the lease was closed meanwhile."""
    here = update(leases).where(leases.c.id == lease, leases.c.spent >= amount)
    row = conn.execute(
        here.values(spent=leases.c.spent - amount).returning(leases.c.state, leases.c.right)
    ).one_or_none()
    assert row is not None, f"{lease} never gave what {op} took"
    note(conn, [event(lease, LeaseEvent.SPEND, -amount, op, at)])
    again = serials.unspend(conn, lease, op)
    if row.state == LeaseState.CLOSED:
        conn.execute(update(leases).where(leases.c.id == lease).values(returned=leases.c.returned + amount))
        pools.put_back(conn, row.right, Back(grantable=amount))
        serials.free(conn, lease, again)
        note(conn, [event(lease, LeaseEvent.RETURN, amount, op, at)])


def find(conn: Connection, lease: str, *, hold: bool = False) -> Row[Any] | None:
    query = select(leases).where(leases.c.id == lease)
    return conn.execute(query.with_for_update() if hold else query).one_or_none()


def left_in(row: Row[Any]) -> int:
    return int(row.amount - row.spent - row.returned - row.written_off)


def give_back(conn: Connection, op: Incoming, lease: Row[Any], amount: int, back: Sequence[Run]) -> bool:
    """From the lease to the pool, `back` naming single things; False when it does not hold as much."""
    here = (leases.c.id == lease.id) & (
        leases.c.amount - leases.c.spent - leases.c.returned - leases.c.written_off >= amount
    )
    if conn.execute(update(leases).where(here).values(returned=leases.c.returned + amount)).rowcount != 1:
        return False
    given = serials.give_back(conn, lease, back, op.header.op) if back else Back(grantable=amount)
    pools.put_back(conn, lease.right, given)
    note(conn, [event(lease.id, LeaseEvent.RETURN, amount, op.header.op, instant(op.received_at))])
    return True


def event(lease: str, what: str, amount: int, op: str | None, at: str) -> dict[str, Any]:
    return {"id": new_op_id(), "lease": lease, "what": what, "amount": amount, "op": op, "at": at}


def note(conn: Connection, events: list[dict[str, Any]]) -> None:
    insert_rows(conn, lease_events, events)
