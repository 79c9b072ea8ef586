"""Pools: what central has of each scarce thing, how it goes out and comes back, what a point may hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, Row, insert, select, update

from central.rights_tables import allotments, pools


class Unit(Enum):
    FEN = "fen"
    PIECE = "piece"
    POINT = "point"


@dataclass(frozen=True)
class Limits:
    """What every lease of this pool is granted with; the soft limit as a share of the amount."""

    soft_percent: int = 100
    max_age_days: int = 30
    low_percent: int = 0  # of what should lie there: below it the terminal asks by itself; 0: never
    most: int | None = None  # in one operation
    most_uses: int | None = None  # operations between two grants


@dataclass(frozen=True)
class Back:
    """What comes out of a lease: to be granted again; given back, but used up elsewhere; given up."""

    grantable: int = 0
    spoilt: int = 0
    written_off: int = 0


@dataclass(frozen=True)
class Allotment:
    """How much of a right may lie at a point; coupons also say which serials are homed there."""

    right: str
    point: str
    first: int
    ceiling: int
    next_serial: int | None = None
    last_serial: int | None = None


def create(conn: Connection, right: str, unit: Unit, total: int, limits: Limits | None = None) -> None:
    rule = limits or Limits()
    conn.execute(
        insert(pools).values(
            right=right,
            unit=unit.value,
            total=total,
            available=total,
            sold=0,
            returned=0,
            written_off=0,
            **vars(rule),
        )
    )


def allot(conn: Connection, allotment: Allotment) -> None:
    conn.execute(insert(allotments).values(**vars(allotment)))


def find(conn: Connection, right: str) -> Row[tuple[object, ...]] | None:
    return conn.execute(select(pools).where(pools.c.right == right)).one_or_none()


def allotment(conn: Connection, right: str, point: str) -> Row[tuple[object, ...]] | None:
    """Held until the transaction ends: two terminals of a point must not get the same room or serials."""
    here = (allotments.c.right == right) & (allotments.c.point == point)
    return conn.execute(select(allotments).where(here).with_for_update()).one_or_none()


def take_up_to(conn: Connection, right: str, wanted: int) -> int:
    """For a lease: as much of `wanted` as there is."""
    pool = conn.execute(select(pools.c.available).where(pools.c.right == right).with_for_update()).scalar()
    taken = max(0, min(wanted, pool or 0))
    if taken:
        here = update(pools).where(pools.c.right == right)
        conn.execute(here.values(available=pools.c.available - taken))
    return taken


def put_back(conn: Connection, right: str, back: Back) -> None:
    """From leases."""
    here = update(pools).where(pools.c.right == right)
    values = {
        pools.c.available: pools.c.available + back.grantable,
        pools.c.returned: pools.c.returned + back.spoilt,
        pools.c.written_off: pools.c.written_off + back.written_off,
    }
    conn.execute(here.values(values))


def add_missing(conn: Connection, right: str, amount: int) -> None:
    """Central had given out what this database never had: the thing exists, so it is counted from now on."""
    conn.execute(update(pools).where(pools.c.right == right).values(total=pools.c.total + amount))


def sell(conn: Connection, right: str, amount: int) -> bool:
    """Straight from the pool, all or nothing."""
    enough = update(pools).where(pools.c.right == right, pools.c.available >= amount)
    values = {"available": pools.c.available - amount, "sold": pools.c.sold + amount}
    return conn.execute(enough.values(**values)).rowcount == 1


def unsell(conn: Connection, right: str, amount: int) -> None:
    here = update(pools).where(pools.c.right == right)
    done = conn.execute(here.values(available=pools.c.available + amount, sold=pools.c.sold - amount))
    assert done.rowcount == 1, right


def recount(conn: Connection, right: str, available: int) -> None:
    """After a stock-taking: what is missing is written off, what was found or delivered is new."""
    had = conn.execute(select(pools.c.available).where(pools.c.right == right).with_for_update()).scalar_one()
    change = available - had
    column = pools.c.total if change > 0 else pools.c.written_off
    here = update(pools).where(pools.c.right == right)
    conn.execute(here.values({pools.c.available: available, column: column + abs(change)}))
