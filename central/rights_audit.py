"""Counts every right twice, from the pools and leases as they stand and from the events that led there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from central.rights_tables import LeaseEvent, lease_events, leases, pools
from sync.wire.rights import Sort, sort_of


@dataclass(frozen=True)
class Count:
    """One right: all that there ever was is in exactly one of these places."""

    right: str
    total: int
    pool: int
    leased: int
    spent: int
    returned: int
    written_off: int

    @property
    def missing(self) -> int:
        return self.total - (self.pool + self.leased + self.spent + self.returned + self.written_off)


@dataclass(frozen=True)
class Finding:
    what: str
    right: str
    lease: str | None
    expected: int
    found: int


def count(conn: Connection) -> list[Count]:
    held = (
        select(
            leases.c.right,
            func.sum(leases.c.amount - leases.c.spent - leases.c.returned - leases.c.written_off).label(
                "left"
            ),
            func.sum(leases.c.spent).label("spent"),
        )
        .group_by(leases.c.right)
        .subquery()
    )
    query = select(pools, held.c.left, held.c.spent).outerjoin(held, held.c.right == pools.c.right)
    return [
        Count(
            right=row.right,
            total=row.total,
            pool=row.available,
            leased=int(row.left or 0),
            spent=int(row.spent or 0) + row.sold,
            returned=row.returned,
            written_off=row.written_off,
        )
        for row in conn.execute(query.order_by(pools.c.right))
    ]


def audit_rights(conn: Connection) -> list[Finding]:
    """Empty when every right is all accounted for and each lease is what happened to it."""
    findings = [
        Finding("right-not-constant", one.right, None, one.total, one.total - one.missing)
        for one in count(conn)
        if one.missing
    ]
    told: defaultdict[tuple[str, str], int] = defaultdict(int)
    events = select(lease_events.c.lease, lease_events.c.what, func.sum(lease_events.c.amount))
    for lease, what, amount in conn.execute(events.group_by(lease_events.c.lease, lease_events.c.what)):
        told[(lease, what)] = int(amount)
    for row in conn.execute(select(leases)):
        booked = (
            (LeaseEvent.GRANT, row.amount),
            (LeaseEvent.SPEND, row.spent),
            (LeaseEvent.RETURN, row.returned),
            (LeaseEvent.WRITE_OFF, row.written_off),
        )
        for what, column in booked:
            expected = told[(row.id, what)]
            if column != expected:
                findings.append(Finding(f"{what}-unexplained", row.right, row.id, expected, column))
        used = row.spent + row.returned + row.written_off
        if used > row.amount and sort_of(row.right) is not Sort.FLOAT:
            findings.append(Finding("overdrawn", row.right, row.id, row.amount, used))
    return findings
