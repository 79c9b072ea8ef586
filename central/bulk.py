"""Many rows of one table at once, past SQLAlchemy's work on every single parameter.

PostgreSQL takes them as one JSON parameter of one statement: a parameter a value, or a statement a row,
costs its client more than the rows do. SQLite runs the same prepared statement row by row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Connection, Table
from sqlalchemy.dialects import postgresql

from central.database import to_json

Row = Mapping[str, Any]
_Shape = tuple[Table, tuple[str, ...], str]


@dataclass(frozen=True)
class Rows:
    """All of the same columns, in the order of the first; None is NULL in a column of any type."""

    table: Table
    rows: Sequence[Row]
    key: str = ""  # set: the rows are there under this column, and are changed

    @property
    def shape(self) -> _Shape:
        names = tuple(self.rows[0])
        assert all(row.keys() == self.rows[0].keys() for row in self.rows), f"{self.table.name}: mixed rows"
        return self.table, names, self.key


def insert_rows(conn: Connection, table: Table, rows: Sequence[Row]) -> None:
    write(conn, Rows(table, rows))


def write(conn: Connection, *parts: Rows) -> None:
    """None of them changes a row that another one writes: on PostgreSQL all are one statement."""
    filled = [part for part in parts if part.rows]
    if not filled:
        return
    if conn.dialect.name == "postgresql":
        text = _together(tuple(part.shape for part in filled))
        conn.exec_driver_sql(text, tuple(_document(part.rows) for part in filled))
        return
    for part in filled:
        text, values = _each(*part.shape)
        conn.exec_driver_sql(text, [values(row) for row in part.rows])


def _hex(value: Any) -> str:
    assert isinstance(value, bytes)
    return f"\\x{value.hex()}"  # as PostgreSQL reads bytes from text


_document = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_hex).encode


@lru_cache
def _together(shapes: tuple[_Shape, ...]) -> str:
    """The first ones as parts of the last one's statement; keys to one another are checked at its end."""
    *before, last = (_statement(*shape) for shape in shapes)
    named = ", ".join(f"part_{n} AS ({text})" for n, text in enumerate(before))
    return f"WITH {named} {last}" if named else last


def _statement(table: Table, names: tuple[str, ...], key: str) -> str:
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
