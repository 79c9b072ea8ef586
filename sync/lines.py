"""Journal lines: written beside the rows, in their transaction, so that a lost ledger can be rebuilt."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import Insert, insert

from sync.database import touch
from sync.wire.line import decode, encode

Row = Mapping[str, Any]

_APPEND = "INSERT INTO journal_lines (line) VALUES (?)"
KEPT = 1000  # lines that stay in the ledger to compare the journal's tail with


def append(conn: Connection, kind: str, body: Mapping[str, Any]) -> None:
    """`kind` says how the line is replayed: `op`, `rows` or `gone`."""
    conn.exec_driver_sql(_APPEND, (encode(kind, body),))


def read(line: bytes) -> dict[str, Any]:
    """Raises Malformed."""
    return decode(line)


def put(conn: Connection, table: Table, *rows: Row) -> None:
    """Writes rows (replacing those of the same primary key), journals them and names the table changed."""
    if not rows:
        return
    conn.execute(upsert(table, tuple(rows[0])), list(rows))
    append(conn, "rows", {"table": table.name, "rows": rows})
    touch(conn, table.name)


def remove(conn: Connection, table: Table, **key: Any) -> None:
    """Deletes the row of this key, journals that and names the table changed."""
    conn.execute(table.delete().where(*(table.c[name] == value for name, value in key.items())))
    append(conn, "gone", {"table": table.name, "key": key})
    touch(conn, table.name)


@lru_cache
def upsert(table: Table, names: tuple[str, ...]) -> Insert:
    keys = [column.name for column in table.primary_key]
    statement = insert(table)
    values = {name: statement.excluded[name] for name in names if name not in keys}
    if not all(key in names for key in keys):
        return statement
    if not values:
        return statement.on_conflict_do_nothing()
    return statement.on_conflict_do_update(index_elements=keys, set_=values)


_TRIM = """
DELETE FROM journal_lines WHERE n IN
(SELECT n FROM journal_lines WHERE n <= (SELECT max(n) FROM journal_lines) - ? ORDER BY n LIMIT ?)
"""


def trim(conn: Connection, most: int = 200) -> int:
    """Drops up to `most` lines long in the journal, not all: overwriting their pages holds up what waits.

    Sound because a transaction starts only when all lines before it are in the journal.
    """
    return conn.exec_driver_sql(_TRIM, (KEPT, most)).rowcount


def tail(conn: Connection, after: int) -> Sequence[tuple[int, bytes]]:
    """Lines above `after`, read beside any transaction."""
    cursor = conn.connection.cursor()
    try:
        cursor.execute("SELECT n, line FROM journal_lines WHERE n > ? ORDER BY n", (after,))
        return [(n, line) for n, line in cursor.fetchall()]
    finally:
        cursor.close()
