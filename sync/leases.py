"""Leases: spending and giving back scarce things that central reserved for this terminal."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from sync import lines
from sync.database import touch
from sync.errors import LeaseExhausted, LeaseUnknown, TokenSpent
from sync.tables import lease_spends, leases
from sync.wire.encoding import parse_instant
from sync.wire.grant import Grant


class LeaseState(Enum):
    OPEN = "open"
    FROZEN = "frozen"  # of a closed incarnation, until a closing statement
    REVOKED = "revoked"


@dataclass(frozen=True)
class Lease:
    id: str
    right: str
    unit: str
    amount: int
    spent: int
    returned: int
    rev: int
    soft: int
    hard: int
    max_age_days: int
    detail: dict[str, Any]
    issued: str
    state: LeaseState

    @property
    def left(self) -> int:
        return self.amount - self.spent - self.returned


class Advice(Enum):
    FREE = "free"
    PREFER_ONLINE = "prefer-online"
    STOP = "stop"


class Limit(Enum):
    """What a lease came up against."""

    SOFT = "soft"
    HARD = "hard"
    EXHAUSTED = "exhausted"
    AGE = "age"
    CLOSED = "closed"


@dataclass(frozen=True)
class Standing:
    advice: Advice
    limit: Limit | None
    left: int


def standing(lease: Lease, now: datetime) -> Standing:
    if lease.state is not LeaseState.OPEN:
        return Standing(Advice.STOP, Limit.CLOSED, lease.left)
    if lease.left <= 0:
        return Standing(Advice.STOP, Limit.EXHAUSTED, lease.left)
    if (now - parse_instant(lease.issued)).days >= lease.max_age_days:
        return Standing(Advice.STOP, Limit.AGE, lease.left)
    if lease.spent >= lease.hard:
        return Standing(Advice.STOP, Limit.HARD, lease.left)
    if lease.spent >= lease.soft:
        return Standing(Advice.PREFER_ONLINE, Limit.SOFT, lease.left)
    return Standing(Advice.FREE, None, lease.left)


_ALL = select(leases).order_by(leases.c.right, leases.c.issued, leases.c.id)
_OPEN = leases.c.state == LeaseState.OPEN.value
_FOR_RIGHT = _ALL.where(leases.c.right == bindparam("right_name"), _OPEN)


def all_leases(conn: Connection) -> list[Lease]:
    return [_lease(row) for row in conn.execute(_ALL)]


def for_right(conn: Connection, right: str) -> list[Lease]:
    """The open leases of one right, oldest first."""
    return [_lease(row) for row in conn.execute(_FOR_RIGHT, {"right_name": right})]


def by_id(conn: Connection, lease_id: str) -> Lease | None:
    row = conn.execute(select(leases).where(leases.c.id == lease_id)).one_or_none()
    return None if row is None else _lease(row)


def spent_tokens(conn: Connection, lease_id: str) -> frozenset[str]:
    found = conn.execute(
        select(lease_spends.c.token).where(
            lease_spends.c.lease == lease_id, lease_spends.c.token.is_not(None)
        )
    )
    return frozenset(found.scalars())


_SPEND = (
    "UPDATE leases SET spent = spent + ?1"
    " WHERE id = ?2 AND state = 'open' AND (?1 <= 0 OR amount - spent - returned >= ?1)"
)
_SPENT = "INSERT INTO lease_spends (lease, amount, token, op_id) VALUES (?, ?, ?, ?)"
_SPENT_BEFORE = "SELECT 1 FROM lease_spends WHERE lease = ? AND token = ?"


def spend(
    conn: Connection, lease_id: str, amount: int, token: str | None = None, op_id: str | None = None
) -> None:
    """A negative amount gives back. Raises LeaseUnknown, LeaseExhausted, TokenSpent."""
    if token is not None and conn.exec_driver_sql(_SPENT_BEFORE, (lease_id, token)).first() is not None:
        raise TokenSpent(lease_id, token)
    if conn.exec_driver_sql(_SPEND, (amount, lease_id)).rowcount != 1:
        lease = by_id(conn, lease_id)
        if lease is None:
            raise LeaseUnknown(lease_id)
        raise LeaseExhausted(lease_id, amount, lease.left if lease.state is LeaseState.OPEN else 0)
    conn.exec_driver_sql(_SPENT, (lease_id, amount, token, op_id))
    row = {"lease": lease_id, "amount": amount, "token": token, "op_id": op_id}
    lines.append(conn, "rows", {"table": lease_spends.name, "rows": [row]})
    touch(conn, leases.name)


def release_spends(conn: Connection, lease_id: str, op_id: str) -> None:
    """What this operation took of the lease lies there again: it was finally rejected."""
    mine = lease_spends.c.lease == lease_id, lease_spends.c.op_id == op_id
    amounts = conn.execute(select(lease_spends.c.amount).where(*mine)).scalars().all()
    if not amounts:
        return
    lines.remove(conn, lease_spends, lease=lease_id, op_id=op_id)
    back = sum(amounts)
    conn.exec_driver_sql("UPDATE leases SET spent = spent - ? WHERE id = ?", (back, lease_id))
    touch(conn, leases.name)


def give_back(conn: Connection, lease_id: str, amount: int) -> None:
    """What a `lease.return` operation hands to central. Raises LeaseUnknown, LeaseExhausted."""
    lease = by_id(conn, lease_id)
    if lease is None:
        raise LeaseUnknown(lease_id)
    if not 0 < amount <= lease.left:
        raise LeaseExhausted(lease_id, amount, lease.left)
    lines.put(conn, leases, _row(conn, lease_id) | {"returned": lease.returned + amount})


def apply_grant(conn: Connection, grant: Grant, token: str) -> bool:
    """Whether it changed anything: a higher revision replaces a lower one, spending is kept."""
    known = by_id(conn, grant.lease)
    if known is not None and known.rev >= grant.rev:
        return False
    row = {
        "id": grant.lease,
        "right": grant.right,
        "unit": grant.unit,
        "amount": grant.amount,
        "rev": grant.rev,
        "soft": grant.soft,
        "hard": grant.hard,
        "max_age_days": grant.max_age_days,
        "detail": json.dumps(grant.detail, ensure_ascii=False, sort_keys=True),
        "issued": grant.issued,
        "terminal": grant.terminal,
        "incarnation": grant.incarnation,
        "start_seq": grant.start_seq,
        "token": token,
    }
    lines.put(conn, leases, row)
    return True


def set_state(conn: Connection, lease_id: str, state: LeaseState) -> None:
    lines.put(conn, leases, _row(conn, lease_id) | {"state": state.value})


def freeze_others(conn: Connection, terminal: str, incarnation: int) -> None:
    """What was granted to an earlier life is not this one's to spend, until central closes it."""
    others = or_(leases.c.terminal != terminal, leases.c.incarnation != incarnation)
    for lease_id in conn.execute(select(leases.c.id).where(others, _OPEN)).scalars().all():
        set_state(conn, lease_id, LeaseState.FROZEN)


def recount(conn: Connection) -> None:
    """After a rebuild: spent is what the spends add up to."""
    total = "SELECT coalesce(sum(amount), 0) FROM lease_spends WHERE lease = leases.id"
    conn.exec_driver_sql(f"UPDATE leases SET spent = ({total})")  # noqa: S608 - no outside text


def _row(conn: Connection, lease_id: str) -> dict[str, Any]:
    found = conn.execute(select(leases).where(leases.c.id == lease_id)).mappings().one_or_none()
    if found is None:
        raise LeaseUnknown(lease_id)
    return dict(found)


def _lease(row: Row[Any]) -> Lease:
    return Lease(
        id=row.id,
        right=row.right,
        unit=row.unit,
        amount=row.amount,
        spent=row.spent,
        returned=row.returned,
        rev=row.rev,
        soft=row.soft,
        hard=row.hard,
        max_age_days=row.max_age_days,
        detail=json.loads(row.detail),
        issued=row.issued,
        state=LeaseState(row.state),
    )
