"""Leases: spending and giving back scarce things that central reserved for this terminal.

Of single things each that is spent or handed back leaves its token in `lease_spends`; what has none is left.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from sync import lines
from sync.database import touch
from sync.errors import LeaseExhausted, LeaseUnknown, TokenSpent
from sync.limits import Advice, Lease, LeaseState, Limit, Standing, standing
from sync.tables import lease_spends, leases
from sync.wire.grant import OPTIONAL, Grant
from sync.wire.rights import serial_of, token_of

__all__ = ["Advice", "Lease", "LeaseState", "Limit", "Standing", "standing"]

_LEASE = select(*(leases.c[field.name] for field in fields(Lease)))
_ALL = _LEASE.order_by(leases.c.right, leases.c.issued, leases.c.id)
_OPEN = leases.c.state == LeaseState.OPEN.value
_FOR_RIGHT = _ALL.where(leases.c.right == bindparam("right_name"), _OPEN)
_BY_ID = _LEASE.where(leases.c.id == bindparam("wanted"))


def all_leases(conn: Connection) -> list[Lease]:
    return [_lease(row) for row in conn.execute(_ALL)]


def for_right(conn: Connection, right: str) -> list[Lease]:
    """The open leases of one right, oldest first."""
    return [_lease(row) for row in conn.execute(_FOR_RIGHT, {"right_name": right})]


def by_id(conn: Connection, lease_id: str) -> Lease | None:
    row = conn.execute(_BY_ID, {"wanted": lease_id}).one_or_none()
    return None if row is None else _lease(row)


def spent_tokens(conn: Connection, lease_id: str) -> frozenset[str]:
    found = conn.execute(
        select(lease_spends.c.token).where(
            lease_spends.c.lease == lease_id, lease_spends.c.token.is_not(None)
        )
    )
    return frozenset(found.scalars())


def left_of(conn: Connection, lease: Lease) -> list[int]:
    """The serials that are neither spent nor handed back, lowest first."""
    gone = {serial_of(token) for token in spent_tokens(conn, lease.id)}
    return [serial for serial in lease.block or () if serial not in gone]


@dataclass(frozen=True)
class Draw:
    """What one operation takes of a lease; a negative amount gives back."""

    lease: str
    amount: int
    tokens: tuple[str, ...] = ()  # of single things, one each
    op_id: str | None = None
    blind: bool = False


_SPEND = (
    "UPDATE leases SET spent = spent + ?1, uses = uses + (?1 > 0), blind = blind + (?1 > 0 AND ?3)"
    " WHERE id = ?2 AND (?1 <= 0 OR (state = 'open' AND amount - spent - returned >= ?1)) RETURNING rev"
)
_SPENT = "INSERT INTO lease_spends (lease, amount, token, op_id, blind) VALUES (?, ?, ?, ?, ?)"
_SPENT_BEFORE = "SELECT 1 FROM lease_spends WHERE lease = ? AND token = ?"
_TOOK = """
(SELECT s.lease, s.op_id, sum(s.amount) AS spent, max(s.amount > 0) AS uses, max(s.blind = l.rev) AS blind
FROM lease_spends s JOIN leases l ON l.id = s.lease
WHERE {which} GROUP BY s.lease, s.op_id, iif(s.op_id IS NULL, s.n, 0)) AS took
"""  # what each operation that drew on a lease counts: the counters are the sums of these
_RELEASE = (
    "UPDATE leases SET spent = leases.spent - took.spent, uses = leases.uses - took.uses,"  # noqa: S608
    f" blind = leases.blind - took.blind FROM {_TOOK.format(which='s.lease = ?1 AND s.op_id = ?2')}"
    " WHERE leases.id = ?1"
)
_RECOUNT = (
    "UPDATE leases SET (spent, uses, blind) = (SELECT coalesce(sum(took.spent), 0),"  # noqa: S608
    f" coalesce(sum(took.uses), 0), coalesce(sum(took.blind), 0) FROM {_TOOK.format(which='TRUE')}"
    " WHERE took.lease = leases.id)"
)


def spend(
    conn: Connection, lease_id: str, amount: int, token: str | None = None, op_id: str | None = None
) -> None:
    """As `draw`."""
    draw(conn, Draw(lease_id, amount, () if token is None else (token,), op_id))


def draw(conn: Connection, wanted: Draw) -> None:
    """Raises LeaseUnknown, LeaseExhausted, TokenSpent."""
    for token in wanted.tokens:
        if conn.exec_driver_sql(_SPENT_BEFORE, (wanted.lease, token)).first() is not None:
            raise TokenSpent(wanted.lease, token)
    rev = conn.exec_driver_sql(_SPEND, (wanted.amount, wanted.lease, wanted.blind)).scalar()
    if rev is None:
        lease = by_id(conn, wanted.lease)
        if lease is None:
            raise LeaseUnknown(wanted.lease)
        left = lease.left if lease.state is LeaseState.OPEN else 0
        raise LeaseExhausted(wanted.lease, wanted.amount, left)
    single = wanted.tokens or (None,)
    assert len(single) in (1, wanted.amount), "single things are spent one each"
    blind = rev if wanted.blind and wanted.amount > 0 else 0
    _keep(conn, wanted, wanted.amount // len(single), single, blind)


def _keep(conn: Connection, wanted: Draw, each: int, tokens: Sequence[str | None], blind: int = 0) -> None:
    head = {"lease": wanted.lease, "amount": each}
    rows = [head | {"token": token, "op_id": wanted.op_id, "blind": blind} for token in tokens]
    conn.exec_driver_sql(_SPENT, [tuple(row.values()) for row in rows])
    lines.append(conn, "rows", {"table": lease_spends.name, "rows": rows})
    touch(conn, leases.name)


def release_spends(conn: Connection, lease_id: str, op_id: str) -> None:
    """What this operation took of the lease lies there again: it was finally rejected."""
    if conn.exec_driver_sql(_RELEASE, (lease_id, op_id)).rowcount == 0:
        return
    lines.remove(conn, lease_spends, lease=lease_id, op_id=op_id)
    touch(conn, leases.name)


def give_back(conn: Connection, lease_id: str, amount: int, op_id: str | None = None) -> list[list[int]]:
    """What a `lease.return` operation hands to central, of single things the highest serials as runs.

    Raises LeaseUnknown, LeaseExhausted.
    """
    lease = by_id(conn, lease_id)
    if lease is None:
        raise LeaseUnknown(lease_id)
    if not 0 < amount <= lease.left:
        raise LeaseExhausted(lease_id, amount, lease.left)
    serials = left_of(conn, lease)[-amount:] if lease.block is not None else []
    lines.put(conn, leases, _row(conn, lease_id) | {"returned": lease.returned + amount})
    if serials:
        tokens = [token_of(lease.right, serial) for serial in serials]
        _keep(conn, Draw(lease_id, 0, op_id=op_id), 0, tokens)
    return _runs(serials)


def take_again(conn: Connection, lease_id: str, amount: int, op_id: str) -> None:
    """Central did not take it back: it lies here as before."""
    lease = by_id(conn, lease_id)
    if lease is None:
        return
    lines.put(conn, leases, _row(conn, lease_id) | {"returned": lease.returned - amount})
    release_spends(conn, lease_id, op_id)


def _runs(serials: list[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for one in serials:
        if found and found[-1][1] == one - 1:
            found[-1][1] = one
        else:
            found.append([one, one])
    return found


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
        "blind": 0,
        **{name: getattr(grant, name) for name in OPTIONAL},
    }
    lines.put(conn, leases, row)
    return True


def is_granted_otherwise(conn: Connection, grant: Grant) -> bool:
    known = by_id(conn, grant.lease)
    return known is not None and known.rev == grant.rev and known.amount != grant.amount


def end(conn: Connection, lease_id: str, state: LeaseState) -> None:
    """Central revoked or closed it; one that is closed stays so, one that is not here passes by."""
    lease = by_id(conn, lease_id)
    if lease is not None and lease.state is not LeaseState.CLOSED:
        set_state(conn, lease_id, state)


def set_state(conn: Connection, lease_id: str, state: LeaseState) -> None:
    lines.put(conn, leases, _row(conn, lease_id) | {"state": state.value})


def freeze_others(conn: Connection, terminal: str, incarnation: int) -> None:
    """What was granted to an earlier life is not this one's to spend, until central closes it."""
    others = or_(leases.c.terminal != terminal, leases.c.incarnation != incarnation)
    for lease_id in conn.execute(select(leases.c.id).where(others, _OPEN)).scalars().all():
        set_state(conn, lease_id, LeaseState.FROZEN)


def recount(conn: Connection) -> None:
    """After a rebuild: the counters are what the spends add up to."""
    conn.exec_driver_sql(_RECOUNT)


def _row(conn: Connection, lease_id: str) -> dict[str, Any]:
    found = conn.execute(select(leases).where(leases.c.id == lease_id)).mappings().one_or_none()
    if found is None:
        raise LeaseUnknown(lease_id)
    return dict(found)


def _lease(row: Row[Any]) -> Lease:
    return Lease(**row._asdict() | {"detail": json.loads(row.detail), "state": LeaseState(row.state)})
