"""Mends what is on the disk at start: journal behind, journal lost, ledger lost, cache lost."""

import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table

from kiosk.store.faults import translated
from kiosk.store.tables import active_pack, last_good_pack, ledger_metadata, refused_packs
from sync import leases, lines, outbox
from sync.errors import Damaged
from sync.journal import Journal, records
from sync.tables import journal_lines
from sync.tables import metadata as sync_metadata

REBUILDABLE = (active_pack, last_good_pack, refused_packs)
"""What they say is of files beside the ledger: never journaled."""
TABLES: dict[str, Table] = {**sync_metadata.tables, **ledger_metadata.tables}


def set_aside(path: Path) -> None:
    """Renames a damaged file or folder (with SQLite's companions); nothing is ever deleted here."""
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
    with translated(path):
        for suffix in ("", "-wal", "-shm"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(path.with_name(f"{path.name}.aside-{stamp}-{time.time_ns() % 10**6}{suffix}"))


def replay_journal(engine: Engine, folder: Path, key: bytes) -> int:
    """Fills an empty ledger; the number of lines. Raises Damaged where the journal is broken."""
    last: tuple[int, bytes] | None = None
    with engine.connect() as conn, conn.begin():
        for n, line in records(folder, key):
            replay(conn, lines.read(line))
            last = (n, line)
        leases.recount(conn)
        _recount_identity(conn)
        if last is None:
            return 0
        conn.execute(journal_lines.insert(), {"n": last[0], "line": last[1]})
    return last[0]


def replay(conn: Connection, line: dict[str, Any]) -> None:
    match line["t"]:
        case "op":
            outbox.replay(conn, line)
        case "rows":
            table = TABLES[line["table"]]
            rows = line["rows"]
            conn.execute(lines.upsert(table, tuple(rows[0])), rows)
        case "gone":
            table = TABLES[line["table"]]
            where = [table.c[name] == value for name, value in line["key"].items()]
            conn.execute(table.delete().where(*where))
        case other:
            raise Damaged("journal", f"unknown line {other!r}")


def _recount_identity(conn: Connection) -> None:
    """High water is what the signed acks say; operations with an outcome are answered. Of those above the
    water nobody knows any more whether they were sent: central is asked."""
    water = "SELECT coalesce(max(high_water), 0) FROM acks a WHERE a.terminal = i.terminal"
    conn.exec_driver_sql(
        f"UPDATE identity AS i SET high_water = ({water} AND a.incarnation = i.incarnation)"  # noqa: S608
    )
    conn.exec_driver_sql(
        "UPDATE operations SET transfer = 'answered' WHERE op_id IN (SELECT op_id FROM outcomes)"
    )
    conn.exec_driver_sql(
        "UPDATE operations AS o SET transfer = CASE WHEN seq <= (SELECT high_water FROM identity i"
        " WHERE i.terminal = o.terminal AND i.incarnation = o.incarnation) THEN 'sent' ELSE 'unknown' END"
        " WHERE transfer <> 'answered'"
    )


# Two questions: asked together, SQLite would read the whole table.
_ENDS = "SELECT (SELECT min(n) FROM journal_lines), (SELECT max(n) FROM journal_lines)"


def agree(conn: Connection, journal: Journal) -> bool:
    """Whether the ledger can carry this journal on; raises Damaged when the ledger is the older one."""
    oldest, newest = conn.exec_driver_sql(_ENDS).one()
    if journal.last_n > (newest or 0):
        raise Damaged("ledger", f"ends at line {newest or 0}, the journal at {journal.last_n}")
    if journal.last_line is not None:
        found = conn.exec_driver_sql("SELECT line FROM journal_lines WHERE n = ?", (journal.last_n,))
        ours = found.scalar_one_or_none()
        if ours is not None and ours != journal.last_line:
            raise Damaged("ledger", f"line {journal.last_n} differs from the journal's")
    return newest is None or journal.last_n + 1 >= oldest


def write_snapshot(conn: Connection) -> None:
    """For a journal that starts anew: everything the ledger knows, as lines."""
    for table in TABLES.values():
        if table is journal_lines or table in REBUILDABLE:
            continue
        batch: list[dict[str, Any]] = []
        for row in conn.execute(table.select().order_by(*table.primary_key)).mappings():
            batch.append(dict(row))
            if len(batch) == 200:
                lines.append(conn, "rows", {"table": table.name, "rows": batch})
                batch = []
        if batch:
            lines.append(conn, "rows", {"table": table.name, "rows": batch})
