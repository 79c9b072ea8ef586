"""Operators of a county: their roles and PIN verifiers, which travel to the terminals in `changes`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from central import changes
from central.handlers.base import TerminalRow
from central.tables import operators
from sync.wire.encoding import instant

VERIFIER_PREFIX = "$argon2id$"
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True)
class Held:
    """What an operator was allowed, until then (exclusive; empty: still)."""

    until: str
    roles: tuple[str, ...]
    active: bool
    point: str | None


@dataclass(frozen=True)
class Operator:
    id: str
    name: str
    roles: tuple[str, ...]
    verifier: str
    must_change: bool = True
    active: bool = True
    point: str | None = None  # works only there; None: everywhere in the county
    rev: int = 0
    earlier: tuple[Held, ...] = ()  # oldest first

    @property
    def states(self) -> tuple[Held, ...]:
        return (*self.earlier, Held("", self.roles, self.active, self.point))

    def held_at(self, at: str) -> Held:
        return next((one for one in self.earlier if at < one.until), self.states[-1])


def make_verifier(pin: str) -> str:
    return _hasher.hash(pin)


def put(
    conn: Connection, county: str, operator: Operator, at: datetime, *, rev: int | None = None
) -> Operator:
    """Creates or replaces, with the next revision if none is given, and tells the terminals."""
    known = find(conn, county, operator.id)
    earlier = _earlier(known, operator, at)
    stored = _with_rev(operator, (known.rev if known else 0) + 1 if rev is None else rev)
    values = {
        "point": stored.point,
        "name": stored.name,
        "roles": list(stored.roles),
        "verifier": stored.verifier,
        "must_change": stored.must_change,
        "active": stored.active,
        "rev": stored.rev,
        "earlier": [vars(one) | {"roles": list(one.roles)} for one in earlier],
    }
    if known is None:
        conn.execute(insert(operators).values(county=county, id=stored.id, **values))
    else:
        here = (operators.c.county == county) & (operators.c.id == stored.id)
        conn.execute(update(operators).where(here).values(**values))
    if stored.point is None:
        changes.publish_to_county(conn, county, [item(stored)], at)
    else:
        changes.publish_to_point(conn, stored.point, [item(stored)], at)
    return stored


def set_verifier(conn: Connection, county: str, operator_id: str, verifier: str, at: datetime) -> bool:
    """A PIN set at a point; False when there is no such operator."""
    known = find(conn, county, operator_id)
    if known is None:
        return False
    fresh = Operator(known.id, known.name, known.roles, verifier, False, known.active, known.point)
    put(conn, county, fresh, at)
    return True


def take_told(conn: Connection, terminal: TerminalRow, told: Mapping[str, Any], at: datetime) -> None:
    """The `operator` item that central signed and forgot; one it does not know works at this point."""
    known = find(conn, terminal.county, str(told["id"]))
    if known is not None and known.rev >= told["rev"]:
        return
    fields = ("id", "name", "verifier", "must_change", "active")
    values = {name: told[name] for name in fields} | {"roles": tuple(told["roles"])}
    point = known.point if known else terminal.point
    put(conn, terminal.county, Operator(**values, point=point, rev=told["rev"]), at, rev=told["rev"])


_ONE = select(operators).where(operators.c.county == bindparam("of"), operators.c.id == bindparam("named"))


def find(conn: Connection, county: str, operator_id: str) -> Operator | None:
    row = conn.execute(_ONE, {"of": county, "named": operator_id}).one_or_none()
    return None if row is None else _operator(row)


def every(conn: Connection, county: str) -> list[Operator]:
    rows = conn.execute(select(operators).where(operators.c.county == county).order_by(operators.c.id))
    return [_operator(row) for row in rows]


def at_point(conn: Connection, county: str, point: str) -> list[Operator]:
    """Who may work at the point."""
    here = (operators.c.county == county) & or_(operators.c.point.is_(None), operators.c.point == point)
    return [_operator(row) for row in conn.execute(select(operators).where(here).order_by(operators.c.id))]


def item(operator: Operator) -> Mapping[str, Any]:
    return {
        "t": "operator",
        "id": operator.id,
        "name": operator.name,
        "roles": list(operator.roles),
        "verifier": operator.verifier,
        "must_change": operator.must_change,
        "active": operator.active,
        "rev": operator.rev,
    }


def _earlier(known: Operator | None, fresh: Operator, at: datetime) -> tuple[Held, ...]:
    """What was recorded before a change is judged by what held then."""
    if known is None:
        return ()
    same = (known.roles, known.active, known.point) == (tuple(fresh.roles), fresh.active, fresh.point)
    return known.earlier if same else (*known.earlier, replace(known.states[-1], until=instant(at)))


def _with_rev(operator: Operator, rev: int) -> Operator:
    return Operator(**{**vars(operator), "rev": rev})


def _operator(row: Row[Any]) -> Operator:
    return Operator(
        id=row.id,
        name=row.name,
        roles=tuple(row.roles),
        verifier=row.verifier,
        must_change=row.must_change,
        active=row.active,
        point=row.point,
        rev=row.rev,
        earlier=tuple(
            Held(one["until"], tuple(one["roles"]), one["active"], one["point"]) for one in row.earlier or ()
        ),
    )
