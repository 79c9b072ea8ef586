"""Insert unless there, and count up: alike in SQLite and PostgreSQL, but not in SQLAlchemy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from central.business_tables import counters


def insert_unless_there(conn: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """False when a row with this key was already there."""
    fresh = _insert(conn, table).values(**values).on_conflict_do_nothing()
    return _was_written(conn, table, fresh)


def put_higher(conn: Connection, table: Table, values: Mapping[str, Any], by: str) -> bool:
    """Insert, or replace a row whose `by` is lower; whether anything was written."""
    fresh = _insert(conn, table).values(**values)
    keys = [column.name for column in table.primary_key]
    rest = {name: fresh.excluded[name] for name in values if name not in keys}
    higher = fresh.on_conflict_do_update(
        index_elements=keys, set_=rest, where=table.c[by] < fresh.excluded[by]
    )
    return _was_written(conn, table, higher)


def _was_written(conn: Connection, table: Table, statement: Any) -> bool:
    """By what comes back: of an INSERT SQLAlchemy counts no rows on PostgreSQL."""
    return conn.execute(statement.returning(*table.primary_key)).first() is not None


def next_number(conn: Connection, name: str) -> int:
    """1, 2, 3 ... per name."""
    first = _insert(conn, counters).values(name=name, value=1)
    up = first.on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + 1})
    return int(conn.execute(up.returning(counters.c.value)).scalar_one())


def _insert(conn: Connection, table: Table) -> Any:
    return postgresql.insert(table) if conn.dialect.name == "postgresql" else sqlite.insert(table)
