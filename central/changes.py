"""Each terminal's own numbered stream of what changed for it at central."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from central.tables import change_items, terminals
from sync.wire.answers import Profile
from sync.wire.encoding import instant
from sync.wire.grant import Grant

PAGE = 200

Item = Mapping[str, Any]  # `t` and its fields, as in the protocol; a grant is signed when it is read


@dataclass(frozen=True)
class Page:
    items: tuple[dict[str, Any], ...]
    cursor: int
    more: bool
    mark: str | None  # of the item at `cursor`, where the page has any


def publish(conn: Connection, terminal_ids: Iterable[str], items: Sequence[Item], at: datetime) -> None:
    for terminal in sorted(set(terminal_ids)):  # one order everywhere: two writers never lock crosswise
        _append(conn, terminal, items, instant(at))


def publish_to_county(conn: Connection, county: str, items: Sequence[Item], at: datetime) -> None:
    publish(conn, _of_county(conn, county, None), items, at)


def publish_to_point(conn: Connection, point: str, items: Sequence[Item], at: datetime) -> None:
    found = conn.execute(select(terminals.c.id).where(terminals.c.point == point)).scalars()
    publish(conn, list(found), items, at)


def publish_case(conn: Connection, terminal: str, county: str, case: Mapping[str, Any], at: datetime) -> None:
    """To the terminal it came from and to every staff terminal of the county; after each change of a case."""
    staff = _of_county(conn, county, Profile.STAFF)
    publish(conn, [terminal, *staff], [{"t": "case", **case}], at)


def publish_grant(conn: Connection, grant: Grant, at: datetime) -> None:
    publish(conn, [grant.terminal], [grant_item(grant)], at)


def grant_item(grant: Grant) -> Item:
    return {"t": "grant", "grant": grant.payload()}


_NEWEST = select(terminals.c.last_change).where(terminals.c.id == bindparam("of"))
_FOLLOWING = (
    select(change_items.c.n, change_items.c.body, change_items.c.at)
    .where(change_items.c.terminal == bindparam("of"), change_items.c.n > bindparam("above"))
    .order_by(change_items.c.n)
)
_AT = select(change_items.c.n, change_items.c.body, change_items.c.at).where(
    change_items.c.terminal == bindparam("of"), change_items.c.n == bindparam("here")
)


def page(
    conn: Connection, terminal: str, cursor: int, mark: str | None = None, limit: int = PAGE
) -> Page | None:
    """What follows `cursor`; None when this stream never reached it, or not with the item that `mark` is of
    (central lost it, or it is not ours)."""
    newest = conn.execute(_NEWEST, {"of": terminal}).scalar_one()
    if not 0 <= cursor <= newest or is_other(conn, terminal, cursor, mark):
        return None
    found = conn.execute(_FOLLOWING.limit(limit), {"of": terminal, "above": cursor}).all()
    items = tuple({**row.body, "n": row.n} for row in found)
    reached = items[-1]["n"] if items else cursor
    return Page(items, reached, reached < newest, _mark(found[-1]) if found else None)


def is_other(conn: Connection, terminal: str, n: int, mark: str | None) -> bool:
    """Whether something else has this number now: a restored central gives the lost ones out again."""
    if mark is None:
        return False
    row = conn.execute(_AT, {"of": terminal, "here": n}).one_or_none()
    return row is not None and _mark(row) != mark


def _mark(row: Row[Any, Any, Any]) -> str:
    text = json.dumps([row.n, row.body, row.at], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _of_county(conn: Connection, county: str, profile: Profile | None) -> list[str]:
    query = select(terminals.c.id).where(terminals.c.county == county)
    if profile is not None:
        query = query.where(terminals.c.profile == profile.value)
    return list(conn.execute(query).scalars())


_COUNT = (
    update(terminals)
    .where(terminals.c.id == bindparam("of"))
    .values(last_change=terminals.c.last_change + bindparam("more"))
    .returning(terminals.c.last_change)
)
_INSERT = insert(change_items)


def _append(conn: Connection, terminal: str, items: Sequence[Item], at: str) -> None:
    if not items:
        return
    first = conn.execute(_COUNT, {"of": terminal, "more": len(items)}).scalar_one() - len(items) + 1
    rows = [
        {"terminal": terminal, "n": first + i, "t": item["t"], "body": dict(item), "at": at}
        for i, item in enumerate(items)
    ]
    conn.execute(_INSERT, rows)
