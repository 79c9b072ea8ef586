"""Many rows into one table at once, past SQLAlchemy's work on every single parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Connection, Table

from central.database import to_json

Row = Mapping[str, Any]


def insert_rows(conn: Connection, table: Table, rows: Sequence[Row]) -> None:
    """All of the same columns, in the order of the first; None is NULL in a column of any type."""
    if rows:
        text, values = _prepared(table, tuple(rows[0]), conn.dialect.paramstyle)
        conn.exec_driver_sql(text, [values(row) for row in rows])


@lru_cache
def _prepared(
    table: Table, names: tuple[str, ...], paramstyle: str
) -> tuple[str, Callable[[Row], tuple[Any, ...]]]:
    mark = "?" if paramstyle == "qmark" else "%s"
    columns = ", ".join(f'"{name}"' for name in names)
    text = f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join(mark for _ in names)})'  # noqa: S608
    documents = frozenset(name for name in names if isinstance(table.c[name].type, JSON))
    if not documents and len(names) > 1:
        return text, itemgetter(*names)

    def values(row: Row) -> tuple[Any, ...]:
        return tuple(
            to_json(row[name]) if name in documents and row[name] is not None else row[name] for name in names
        )

    return text, values
