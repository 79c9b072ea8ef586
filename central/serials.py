"""Single things (coupons, numbers, cards of a deck): which serials are out, spent, back, free to be granted.

A lease holds one run of serials. What is spent of it or gone from it has a row; what is left has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from central.pools import Back
from central.rights_tables import (
    CouponState,
    SerialState,
    allotments,
    coupons,
    free_serials,
    lease_serials,
    leases,
)
from sync.wire.rights import Sort, sort_of, what_of

Run = tuple[int, int]


def is_block(detail: Any) -> bool:
    return "first" in detail and "last" in detail


def next_run(conn: Connection, allotted: Row[Any]) -> Run | None:
    """The serials that are granted next: first those that came back, then those never out."""
    here = (free_serials.c.right == allotted.right) & (free_serials.c.point == allotted.point)
    back = conn.execute(
        select(free_serials).where(here).order_by(free_serials.c.first).limit(1)
    ).one_or_none()
    if back is not None:
        return int(back.first), int(back.last)
    fresh = int(allotted.next_serial), int(allotted.last_serial)
    return fresh if fresh[0] <= fresh[1] else None


def take(conn: Connection, right: str, point: str, first: int, last: int) -> None:
    """These are out, wherever they lay."""
    here = (free_serials.c.right == right) & (free_serials.c.point == point)
    over = here & (free_serials.c.first <= last) & (free_serials.c.last >= first)
    for row in list(conn.execute(select(free_serials).where(over))):
        conn.execute(delete(free_serials).where(here, free_serials.c.first == row.first))
        _free(conn, right, point, [(row.first, first - 1), (last + 1, row.last)])
    mine = (allotments.c.right == right) & (allotments.c.point == point)
    ahead = update(allotments).where(mine, allotments.c.next_serial <= last)
    conn.execute(ahead.values(next_serial=last + 1))


def given_twice(conn: Connection, right: str, terminal: str, detail: Any) -> list[Run]:
    """What of this block another terminal was granted as well."""
    others = select(leases.c.detail).where(leases.c.right == right, leases.c.terminal != terminal)
    blocks = [one for one in conn.execute(others).scalars() if is_block(one)]
    over = [(max(detail["first"], one["first"]), min(detail["last"], one["last"])) for one in blocks]
    return runs(sorted({n for first, last in over for n in range(first, last + 1)}))


def can_spend(conn: Connection, lease: Row[Any], wanted: Sequence[int]) -> bool:
    """Whether all of them are left in this lease, each named once."""
    if len(set(wanted)) != len(wanted):
        return False
    inside = all(lease.detail["first"] <= one <= lease.detail["last"] for one in wanted)
    return inside and not _touched(conn, lease.id, wanted)


def in_order(conn: Connection, lease: Row[Any], wanted: Sequence[int]) -> bool:
    """Whether they are the lowest that are left: nothing was passed over."""
    left = (n for first, last in remainder(conn, lease) for n in range(first, last + 1))
    return all(one == next(left, None) for one in wanted)


def spend(conn: Connection, lease: str, wanted: Iterable[int], op: str) -> None:
    rows = [{"lease": lease, "serial": one, "what": SerialState.SPENT, "op": op} for one in wanted]
    if rows:
        conn.execute(insert(lease_serials), rows)


def unspend(conn: Connection, lease: str, op: str) -> list[int]:
    """What the operation took; it is left again."""
    mine = (
        (lease_serials.c.lease == lease)
        & (lease_serials.c.op == op)
        & (lease_serials.c.what == SerialState.SPENT)
    )
    return sorted(conn.execute(delete(lease_serials).where(mine).returning(lease_serials.c.serial)).scalars())


def remainder(conn: Connection, lease: Row[Any]) -> list[Run]:
    """The runs that are left, lowest first."""
    query = select(lease_serials.c.serial).where(lease_serials.c.lease == lease.id)
    touched = set(conn.execute(query).scalars())
    return runs(n for n in range(lease.detail["first"], lease.detail["last"] + 1) if n not in touched)


def give_back(conn: Connection, lease: Row[Any], back: Sequence[Run], op: str | None) -> Back:
    """Out of the lease; grantable again is what nobody has used elsewhere meanwhile."""
    wanted = [n for first, last in back for n in range(first, last + 1)]
    rows = [{"lease": lease.id, "serial": n, "what": SerialState.GONE, "op": op} for n in wanted]
    if rows:
        conn.execute(insert(lease_serials), rows)
    spoilt = _used_elsewhere(conn, lease.right, wanted)
    _free(conn, lease.right, lease.point, runs(n for n in wanted if n not in spoilt))
    return Back(grantable=len(wanted) - len(spoilt), spoilt=len(spoilt))


def write_off(conn: Connection, lease: Row[Any]) -> None:
    """What is left of it is never granted again."""
    left = [n for first, last in remainder(conn, lease) for n in range(first, last + 1)]
    rows = [{"lease": lease.id, "serial": n, "what": SerialState.GONE, "op": None} for n in left]
    if rows:
        conn.execute(insert(lease_serials), rows)


def free(conn: Connection, lease: str, serials: Iterable[int]) -> None:
    """Undone after the lease was closed: what it had taken may be granted to anyone here."""
    row = conn.execute(select(leases).where(leases.c.id == lease)).one()
    back = list(serials)
    if not back:
        return
    conn.execute(insert(lease_serials), [
        {"lease": lease, "serial": one, "what": SerialState.GONE, "op": None} for one in back
    ])  # fmt: skip
    _free(conn, row.right, row.point, runs(back))


def runs(serials: Iterable[int]) -> list[Run]:
    """Of ascending serials."""
    found: list[Run] = []
    for one in serials:
        if found and found[-1][1] == one - 1:
            found[-1] = found[-1][0], one
        else:
            found.append((one, one))
    return found


def _free(conn: Connection, right: str, point: str, back: Iterable[Run]) -> None:
    rows = [{"right": right, "point": point, "first": a, "last": b} for a, b in back if a <= b]
    if rows:
        conn.execute(insert(free_serials), rows)


def _touched(conn: Connection, lease: str, wanted: Sequence[int]) -> bool:
    here = (lease_serials.c.lease == lease) & lease_serials.c.serial.in_(wanted)
    return conn.execute(select(lease_serials.c.serial).where(here).limit(1)).first() is not None


def _used_elsewhere(conn: Connection, right: str, wanted: Sequence[int]) -> frozenset[int]:
    if sort_of(right) is not Sort.COUPON or not wanted:
        return frozenset()
    kind = what_of(right)
    here = (coupons.c.kind == kind) & coupons.c.serial.between(min(wanted), max(wanted))
    used = conn.execute(select(coupons.c.serial).where(here, coupons.c.state != CouponState.FREE)).scalars()
    return frozenset(used) & frozenset(wanted)
