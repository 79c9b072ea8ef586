"""Reads the records of the active pack."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

Record = dict[str, Any]


def record(cache: Connection, table: Table, record_id: str) -> Record | None:
    body = cache.execute(select(table.c.body).where(table.c.id == record_id)).scalar_one_or_none()
    return None if body is None else json.loads(body)


def records(cache: Connection, table: Table, **where: str) -> Iterator[Record]:
    """In the order of the pack."""
    query = select(table.c.body).where(*(table.c[name] == value for name, value in where.items()))
    return map(json.loads, cache.execute(query.order_by(table.c.n)).scalars())


def by_ids(cache: Connection, table: Table, ids: tuple[str, ...]) -> dict[str, Record]:
    found = cache.execute(select(table.c.id, table.c.body).where(table.c.id.in_(ids)))
    return {row.id: json.loads(row.body) for row in found}
