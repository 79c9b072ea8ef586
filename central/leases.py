"""Leases: slices of a pool that one terminal may spend with no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from central import pools
from central.handlers.base import Incoming, TerminalRow
from central.pools import Unit
from central.rights_tables import allotments, lease_events, leases
from central.rights_tables import pools as pools_table
from sync.wire.answers import Profile
from sync.wire.encoding import instant
from sync.wire.grant import Grant
from sync.wire.operation import new_op_id

LIVE, FROZEN = "live", "frozen"


@dataclass(frozen=True)
class FloatMove:
    """Cash moves the till and, the other way round, how much more cash may be taken."""

    lease: str
    terminal: str
    op: str
    fen: int
    at: str

    @classmethod
    def of(cls, op: Incoming) -> FloatMove | None:
        cash = op.payload.get("cash")
        lease = cash.get("lease") if isinstance(cash, dict) else None
        if not isinstance(lease, str) or op.cash_fen == 0:
            return None
        return cls(lease, op.terminal.id, op.header.op, op.cash_fen, instant(op.received_at))


@dataclass(frozen=True)
class Spend:
    """A piece out of a lease (below zero: back into it)."""

    lease: str
    right: str
    terminal: str
    amount: int
    op: str
    at: str


def move_floats(conn: Connection, moves: Sequence[FloatMove]) -> None:
    """The cash is in the drawer, so the counter follows it even beyond the limit."""
    sums: Counter[tuple[str, str]] = Counter()
    for move in moves:
        sums[(move.lease, move.terminal)] += move.fen
    unknown = {key for key, fen in sums.items() if not _move_float(conn, *key, fen)}
    _note(conn, [
        _event(m.lease, "breach" if (m.lease, m.terminal) in unknown else "spend", m.fen, m.op, m.at)
        for m in moves
    ])  # fmt: skip


def _move_float(conn: Connection, lease: str, terminal: str, fen: int) -> bool:
    mine = update(leases).where(leases.c.id == lease, leases.c.terminal == terminal)
    moved = mine.where(leases.c.right.startswith("float:")).values(spent=leases.c.spent + fen)
    return conn.execute(moved).rowcount == 1


def spend(conn: Connection, wanted: Spend) -> bool:
    """False, and nothing moved, when it is not this terminal's, of another right, or holds less."""
    here = (
        (leases.c.id == wanted.lease)
        & (leases.c.terminal == wanted.terminal)
        & (leases.c.right == wanted.right)
        & (leases.c.spent + wanted.amount <= leases.c.amount - leases.c.returned)
        & (leases.c.spent + wanted.amount >= 0)
    )
    moved = (
        conn.execute(update(leases).where(here).values(spent=leases.c.spent + wanted.amount)).rowcount == 1
    )
    what = "spend" if moved else "breach"
    _note(conn, [_event(wanted.lease, what, wanted.amount, wanted.op, wanted.at)])
    return moved


def find(conn: Connection, lease: str) -> Row[Any] | None:
    return conn.execute(select(leases).where(leases.c.id == lease)).one_or_none()


def first_grants(conn: Connection, terminal: TerminalRow, at: datetime) -> list[Grant]:
    """At enrolment: what lies at the point; the leases of the terminal's earlier lives are frozen."""
    old = (leases.c.terminal == terminal.id) & (leases.c.incarnation < terminal.incarnation)
    conn.execute(update(leases).where(old, leases.c.state == LIVE).values(state=FROZEN))
    if terminal.profile is Profile.PUBLIC:  # no drawer, nobody who answers for it
        return []
    here = select(allotments).where(allotments.c.point == terminal.point, allotments.c.first > 0)
    wanted = [(row.right, row.first) for row in conn.execute(here.order_by(allotments.c.right))]
    grants = (grant(conn, terminal, right, amount, 1, at) for right, amount in wanted)
    return [one for one in grants if one is not None]


def grant(
    conn: Connection, terminal: TerminalRow, right: str, wanted: int, start_seq: int, at: datetime
) -> Grant | None:
    """A new lease or a higher revision of the one there is: as much as pool and point allow; or None."""
    allotted = pools.allotment(conn, right, terminal.point)
    room = 0 if allotted is None else int(allotted.ceiling) - _outstanding(conn, right, terminal.point)
    if allotted is not None and allotted.next_serial is not None:
        room = min(room, int(allotted.last_serial) - int(allotted.next_serial) + 1)
    taken = pools.take_up_to(conn, right, min(wanted, room))
    if not taken:
        return None
    detail = _serials(conn, allotted, taken)
    live = _live(conn, terminal, right) if not detail else None
    if live is None:
        lease = _new(conn, terminal, right, taken, detail, (start_seq, at))
    else:
        lease = live.id
        _raise(conn, live, taken, at)
    _note(conn, [_event(lease, "grant", taken, None, instant(at))])
    return grant_of(conn, lease)


def held_by(conn: Connection, terminal: TerminalRow, right: str) -> int:
    """All that was ever granted to this terminal, less what it returned."""
    here = (leases.c.terminal == terminal.id) & (leases.c.right == right)
    held = select(func.coalesce(func.sum(leases.c.amount - leases.c.returned), 0)).where(here)
    return int(conn.scalar(held) or 0)


def give_back(conn: Connection, op: Incoming, lease: str, amount: int) -> bool:
    """From the lease to the pool; False when the lease does not hold as much."""
    here = (
        (leases.c.id == lease)
        & (leases.c.terminal == op.terminal.id)
        & (leases.c.amount - leases.c.spent - leases.c.returned >= amount)
    )
    lowered = update(leases).where(here).values(returned=leases.c.returned + amount)
    right = conn.execute(lowered.returning(leases.c.right)).scalar_one_or_none()
    if right is None:
        return False
    pools.put_back(conn, right, amount, grantable=not right.startswith("coupon:"))
    _note(conn, [_event(lease, "return", amount, op.header.op, instant(op.received_at))])
    return True


def grant_of(conn: Connection, lease: str) -> Grant:
    row = conn.execute(select(leases).where(leases.c.id == lease)).one()
    return Grant(
        lease=row.id,
        right=row.right,
        unit=row.unit,
        amount=row.amount,
        rev=row.rev,
        terminal=row.terminal,
        incarnation=row.incarnation,
        start_seq=row.start_seq,
        soft=row.soft,
        hard=row.hard,
        max_age_days=row.max_age_days,
        detail=row.detail,
        issued=row.issued,
    )


def _outstanding(conn: Connection, right: str, point: str) -> int:
    held = select(func.coalesce(func.sum(leases.c.amount - leases.c.returned), 0))
    return int(conn.scalar(held.where(leases.c.right == right, leases.c.point == point)) or 0)


def _live(conn: Connection, terminal: TerminalRow, right: str) -> Row[Any] | None:
    here = (
        (leases.c.terminal == terminal.id)
        & (leases.c.incarnation == terminal.incarnation)
        & (leases.c.right == right)
        & (leases.c.point == terminal.point)
        & (leases.c.state == LIVE)
    )
    return conn.execute(select(leases).where(here).order_by(leases.c.issued.desc()).limit(1)).one_or_none()


def _serials(conn: Connection, allotted: Any, taken: int) -> dict[str, int]:
    """The next serials homed at this point, for a lease of coupons."""
    if allotted.next_serial is None:
        return {}
    first = int(allotted.next_serial)
    here = (allotments.c.right == allotted.right) & (allotments.c.point == allotted.point)
    conn.execute(update(allotments).where(here).values(next_serial=first + taken))
    return {"first": first, "last": first + taken - 1}


def _soft(conn: Connection, right: str, amount: int) -> tuple[int, Row[Any]]:
    pool = conn.execute(select(pools_table).where(pools_table.c.right == right)).one()
    return amount * int(pool.soft_percent) // 100, pool


def _new(
    conn: Connection,
    terminal: TerminalRow,
    right: str,
    amount: int,
    detail: dict[str, int],
    begin: tuple[int, datetime],
) -> str:
    soft, pool = _soft(conn, right, amount)
    start_seq, at = begin
    lease = new_op_id()
    conn.execute(
        insert(leases).values(
            id=lease,
            right=right,
            point=terminal.point,
            terminal=terminal.id,
            incarnation=terminal.incarnation,
            start_seq=start_seq,
            unit=pool.unit,
            amount=amount,
            spent=0,
            returned=0,
            rev=1,
            soft=soft,
            hard=amount,
            max_age_days=pool.max_age_days,
            detail=detail,
            issued=instant(at),
            state=LIVE,
        )
    )
    return lease


def _raise(conn: Connection, live: Row[Any], taken: int, at: datetime) -> None:
    amount = live.amount + taken
    soft, _ = _soft(conn, live.right, amount)
    higher = update(leases).where(leases.c.id == live.id, leases.c.rev == live.rev)
    raised = higher.values(amount=amount, soft=soft, hard=amount, rev=live.rev + 1, issued=instant(at))
    assert conn.execute(raised).rowcount == 1, "the terminal is locked while its batch is applied"


def _event(lease: str, what: str, amount: int, op: str | None, at: str) -> dict[str, Any]:
    return {"id": new_op_id(), "lease": lease, "what": what, "amount": amount, "op": op, "at": at}


def _note(conn: Connection, events: list[dict[str, Any]]) -> None:
    if events:
        conn.execute(insert(lease_events), events)


__all__ = [
    "FROZEN",
    "LIVE",
    "FloatMove",
    "Spend",
    "Unit",
    "find",
    "first_grants",
    "give_back",
    "grant",
    "spend",
]
