"""How a lease ends: revoked, closed by its terminal's statement or by a person; never because time passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from central import changes, pools, serials
from central.errors import SetupError
from central.lease_moves import event, find, left_in, note
from central.pools import Back
from central.rights_tables import LeaseEvent, LeaseState, lease_events
from central.rights_tables import leases as leases_table
from sync.wire.encoding import instant


class Remainder(Enum):
    """What becomes of what is left."""

    POOL = "pool"
    WRITE_OFF = "write-off"


@dataclass(frozen=True)
class Statement:
    """What a terminal says was spent and returned of a lease, all its operations counted."""

    spent: int
    returned: int


def agrees(conn: Connection, lease: Row[Any], said: Statement) -> bool:
    """What central itself put back since, the terminal may not have heard of yet."""
    mine = (
        (lease_events.c.lease == lease.id)
        & (lease_events.c.what == LeaseEvent.SPEND)
        & (lease_events.c.amount < 0)
    )
    undone = -int(conn.scalar(select(func.coalesce(func.sum(lease_events.c.amount), 0)).where(mine)) or 0)
    within = lease.spent <= said.spent <= lease.spent + undone
    return bool(within and said.returned == lease.returned)


def close(conn: Connection, lease: Row[Any], remainder: Remainder, op: str | None, at: datetime) -> None:
    """An overdrawn float has nothing left to give back, and stays overdrawn."""
    left = max(0, left_in(lease))
    back = _taken_out(conn, lease, left, remainder, op) if left else Back()
    gone = back.written_off + back.spoilt
    values = {
        "state": LeaseState.CLOSED,
        "returned": lease.returned + left - gone,
        "written_off": lease.written_off + gone,
    }
    here = update(leases_table).where(
        leases_table.c.id == lease.id, leases_table.c.state != LeaseState.CLOSED
    )
    assert conn.execute(here.values(**values)).rowcount == 1, f"{lease.id} was closed by someone else"
    pools.put_back(conn, lease.right, Back(back.grantable, written_off=gone))
    moved = {LeaseEvent.RETURN: left - gone, LeaseEvent.WRITE_OFF: gone}
    note(conn, [event(lease.id, what, n, op, instant(at)) for what, n in moved.items() if n])
    changes.publish(
        conn, [lease.terminal], [{"t": "lease", "lease": lease.id, "state": LeaseState.CLOSED}], at
    )


def _taken_out(conn: Connection, lease: Row[Any], left: int, remainder: Remainder, op: str | None) -> Back:
    if remainder is Remainder.WRITE_OFF:
        if serials.is_block(lease.detail):
            serials.write_off(conn, lease)
        return Back(written_off=left)
    if serials.is_block(lease.detail):
        return serials.give_back(conn, lease, serials.remainder(conn, lease), op)
    return Back(grantable=left)


def close_by_hand(conn: Connection, lease_id: str, remainder: Remainder, by: str, at: datetime) -> None:
    """For a machine that will never state anything: a person decides, and answers for it."""
    lease = _known(conn, lease_id)
    if lease.state == LeaseState.CLOSED:
        raise SetupError(f"这份份额已经了结：{lease_id} · this lease is closed already")
    if lease.state == LeaseState.LIVE:
        revoke(conn, lease_id, by, at)
    close(conn, _known(conn, lease_id), remainder, None, at)
    note(conn, [event(lease_id, f"closed by {by}", 0, None, instant(at))])


def revoke(conn: Connection, lease_id: str, reason: str, at: datetime) -> None:
    """The terminal stops when it hears of it; what is left is frozen until it comes back or is closed."""
    lease = _known(conn, lease_id)
    if lease.state in (LeaseState.REVOKED, LeaseState.CLOSED):
        raise SetupError(f"这份份额已经停用：{lease_id} · this lease is not in use any more")
    conn.execute(update(leases_table).where(leases_table.c.id == lease_id).values(state=LeaseState.REVOKED))
    item = {"t": "revocation", "what": "lease", "id": lease_id, "reason": reason}
    changes.publish(conn, [lease.terminal], [item], at)


def _known(conn: Connection, lease_id: str) -> Row[Any]:
    lease = find(conn, lease_id, hold=True)
    if lease is None:
        raise SetupError(f"没有这份份额：{lease_id} · no such lease")
    return lease
