"""Journal lines: written beside the rows, in their transaction, so that a lost ledger can be rebuilt."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import Insert, insert

from sync.database import touch
from sync.wire.line import decode, encode, together

Row = Mapping[str, Any]

_APPEND = "INSERT INTO journal_lines (line) VALUES (?)"
MOST_JOINED = 8 * 1024 * 1024  # bytes: half of what a record may be
KEPT = 1000  # lines that stay in the ledger to compare the journal's tail with


def append(conn: Connection, kind: str, body: Mapping[str, Any]) -> None:
    """`kind` says how the line is replayed: `op`, `rows` or `gone`."""
    conn.exec_driver_sql(_APPEND, (encode(kind, body),))


def read(line: bytes) -> tuple[dict[str, Any], ...]:
    """All that one transaction wrote. Raises Malformed."""
    return decode(line)


def join(conn: Connection, after: int) -> None:
    """At a transaction's end: its lines, those above `after`, become one. What a power cut tears of a journal
    is then all of a transaction, and a ledger rebuilt from the rest has no half of one."""
    found = tail(conn, after)
    if len(found) < 2 or sum(len(line) for _, line in found) > MOST_JOINED:
        return
    first = found[0][0]
    conn.exec_driver_sql("DELETE FROM journal_lines WHERE n > ?", (first,))
    whole = together([line for _, line in found])
    conn.exec_driver_sql("UPDATE journal_lines SET line = ? WHERE n = ?", (whole, first))


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
    """Lines above `after`; begins no transaction."""
    cursor = conn.connection.cursor()
    try:
        cursor.execute("SELECT n, line FROM journal_lines WHERE n > ? ORDER BY n", (after,))
        return [(n, line) for n, line in cursor.fetchall()]
    finally:
        cursor.close()
