"""Reads the records of the active pack, and says how old they are."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from kiosk.services import moments
from kiosk.store.tables import active_pack
from sync.clock import Reading
from sync.windows import Sure, passed

Record = dict[str, Any]


@dataclass(frozen=True)
class Freshness:
    as_of: datetime
    expires_at: datetime
    expired: bool  # for sure


def version(conn: Connection) -> str | None:
    """Of the active pack."""
    found: str | None = conn.execute(select(active_pack.c.version).where(active_pack.c.id == 1)).scalar()
    return found


def freshness(conn: Connection, reading: Reading) -> Freshness | None:
    """Of the active pack, from the ledger; None while there is none."""
    query = select(active_pack.c.as_of, active_pack.c.expires_at).where(active_pack.c.id == 1)
    row = conn.execute(query).one_or_none()
    if row is None:
        return None
    expires_at = moments.parse(row.expires_at)
    return Freshness(moments.parse(row.as_of), expires_at, passed(expires_at, reading) is Sure.YES)


def record(cache: Connection, table: Table, record_id: str) -> Record | None:
    body = cache.execute(select(table.c.body).where(table.c.id == record_id)).scalar_one_or_none()
    return None if body is None else json.loads(body)


def records(cache: Connection, table: Table, **where: str) -> Iterator[Record]:
    """In the order of the pack."""
    return map(json.loads, cache.execute(_bodies(table, where)).scalars())


def page(cache: Connection, table: Table, offset: int, limit: int, **where: str) -> list[Record]:
    query = _bodies(table, where).offset(offset).limit(limit)
    return [json.loads(body) for body in cache.execute(query).scalars()]


def count(cache: Connection, table: Table, **where: str) -> int:
    query = select(func.count()).select_from(table)
    return int(cache.execute(query.where(*_matching(table, where))).scalar_one())


def by_ids(cache: Connection, table: Table, ids: tuple[str, ...]) -> dict[str, Record]:
    found = cache.execute(select(table.c.id, table.c.body).where(table.c.id.in_(ids)))
    return {row.id: json.loads(row.body) for row in found}


def _bodies(table: Table, where: dict[str, str]) -> Select[Any]:
    return select(table.c.body).where(*_matching(table, where)).order_by(table.c.n)


def _matching(table: Table, where: dict[str, str]) -> list[Any]:
    return [table.c[name] == value for name, value in where.items()]


def text(raw: Any) -> str | None:
    """What a record may leave out; of another type it is left out too."""
    return raw if isinstance(raw, str) and raw else None


def texts(raw: Any) -> tuple[str, ...]:
    return tuple(one for one in raw if isinstance(one, str)) if isinstance(raw, list) else ()
