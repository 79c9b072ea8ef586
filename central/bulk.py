"""Many rows of one table at once, past SQLAlchemy's work on every single parameter.

PostgreSQL takes them as one JSON parameter of one statement: a parameter a value, or a statement a row,
costs its client more than the rows do. SQLite runs the same prepared statement row by row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Connection, Table
from sqlalchemy.dialects import postgresql

from central.database import to_json

Row = Mapping[str, Any]


def insert_rows(conn: Connection, table: Table, rows: Sequence[Row]) -> None:
    """All of the same columns, in the order of the first; None is NULL in a column of any type."""
    _send(conn, table, rows, "")


def update_rows(conn: Connection, table: Table, rows: Sequence[Row], *, key: str) -> None:
    """As `insert_rows`, for rows that are there under this column."""
    _send(conn, table, rows, key)


def _send(conn: Connection, table: Table, rows: Sequence[Row], key: str) -> None:
    if not rows:
        return
    names = tuple(rows[0])
    if conn.dialect.name == "postgresql":
        assert all(row.keys() == rows[0].keys() for row in rows), f"{table.name}: rows of different columns"
        conn.exec_driver_sql(_together(table, names, key), (_document(rows),))
    else:
        text, values = _each(table, names, key)
        conn.exec_driver_sql(text, [values(row) for row in rows])


def _hex(value: Any) -> str:
    assert isinstance(value, bytes)
    return f"\\x{value.hex()}"  # as PostgreSQL reads bytes from text


_document = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_hex).encode


@lru_cache
def _together(table: Table, names: tuple[str, ...], key: str) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    columns = ", ".join(f'"{name}"' for name in names)
    typed = ", ".join(f'"{name}" {table.c[name].type.compile(dialect)}' for name in names)
    fresh = f"json_to_recordset(%s) AS fresh ({typed})"
    if not key:
        return f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM {fresh}'  # noqa: S608
    changed = ", ".join(f'"{name}" = fresh."{name}"' for name in names if name != key)
    return f'UPDATE "{table.name}" AS here SET {changed} FROM {fresh} WHERE here."{key}" = fresh."{key}"'  # noqa: S608


@lru_cache
def _each(table: Table, names: tuple[str, ...], key: str) -> tuple[str, Callable[[Row], tuple[Any, ...]]]:
    if key:
        written = (*(name for name in names if name != key), key)
        changed = ", ".join(f'"{name}" = ?' for name in written[:-1])
        return f'UPDATE "{table.name}" SET {changed} WHERE "{key}" = ?', _values(table, written)  # noqa: S608
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _ in names)
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', _values(table, names)  # noqa: S608


def _values(table: Table, names: tuple[str, ...]) -> Callable[[Row], tuple[Any, ...]]:
    documents = frozenset(name for name in names if isinstance(table.c[name].type, JSON))
    if not documents and len(names) > 1:
        return itemgetter(*names)

    def values(row: Row) -> tuple[Any, ...]:
        return tuple(
            to_json(row[name]) if name in documents and row[name] is not None else row[name] for name in names
        )

    return values
