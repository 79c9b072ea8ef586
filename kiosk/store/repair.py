"""Mends what is on the disk at start: journal behind, journal lost, ledger lost, cache lost."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, text

from kiosk.store.engine import Source, open_engine
from kiosk.store.faults import translated
from kiosk.store.tables import ledger_metadata, refused_packs
from sync import identity, leases, lines, outbox
from sync.errors import Damaged, StoreError
from sync.identity import IdentityState
from sync.journal import Journal, Remains
from sync.tables import journal_lines, line_use
from sync.tables import metadata as sync_metadata
from sync.wire.files import sync_folder

REBUILDABLE = (refused_packs, line_use)
"""Counters and hints that do no harm when they begin anew: never journaled."""
TABLES: dict[str, Table] = {**sync_metadata.tables, **ledger_metadata.tables}


def aside_of(path: Path) -> Path:
    """A name nothing has."""
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
    return path.with_name(f"{path.name}.aside-{stamp}-{time.time_ns() % 10**6:06d}")


def set_aside(path: Path, aside: Path | None = None) -> None:
    """Renames a damaged file or folder with SQLite's companions; nothing is ever deleted here."""
    aside = aside or aside_of(path)
    with translated(path):
        for suffix in ("-wal", "-shm", ""):  # SQLite would delete a log without its file
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
        if path.parent.exists():
            sync_folder(path.parent)


class Leftovers:
    """Lines that a ledger put aside still shows; `to_the_end` is known when they were read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.to_the_end = False

    def after(self, n: int) -> list[tuple[int, bytes]]:
        if not self._source.path.exists():
            return []
        found: list[tuple[int, bytes]] = []
        engine = open_engine(self._source)
        try:
            with engine.connect() as conn, conn.begin():
                if not conn.exec_driver_sql(_HAS_LINES).scalar():
                    return []  # the power went while this file was being made
                found.extend((row.n, row.line) for row in conn.exec_driver_sql(_LEFT, (n,)))
                self.to_the_end = bool(conn.exec_driver_sql("SELECT max(n) FROM journal_lines").scalar())
        except StoreError:
            return found
        finally:
            engine.dispose()
        return found


_HAS_LINES = "SELECT count(*) FROM sqlite_master WHERE name = 'journal_lines'"
_LEFT = "SELECT n, line FROM journal_lines WHERE n > ? ORDER BY n"


@dataclass(frozen=True)
class Rebuilt:
    """`whole`: all lines there ever were are in it again; else its life may not go on."""

    last_n: int
    whole: bool
    journal_whole: bool


def replay_journal(engine: Engine, remains: Remains, left: Leftovers) -> Rebuilt:
    """Fills an empty ledger from the journal, and beyond its break from what the old ledger still shows."""
    last: tuple[int, bytes] | None = None
    begun = False  # within a snapshot: what it leaves out is not known
    with engine.connect() as conn, conn.begin():
        for last in _lines(remains, left):
            for line in lines.read(last[1]):
                begun = line["t"] == "begun" or (begun and line["t"] != "whole")
                replay(conn, line)
        leases.recount(conn)
        _recount_identity(conn)
        if last is not None:
            conn.execute(journal_lines.insert(), {"n": last[0], "line": last[1]})
        last_n = 0 if last is None else last[0]
        whole = remains.whole or (left.to_the_end and last_n >= remains.told)
        whole = whole and not begun and (last is not None or remains.told == 0)
        if not whole and identity.current(conn) is not None:
            identity.set_state(conn, IdentityState.LOCKED)  # a sequence number used twice would be a fork
    return Rebuilt(last_n, whole, remains.whole and whole)


def _lines(remains: Remains, left: Leftovers) -> Iterator[tuple[int, bytes]]:
    yield from remains
    n = remains.last_n
    for found, line in left.after(n):
        if found != n + 1:
            left.to_the_end = False
            return
        n = found
        yield found, line


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
        case "begun" | "whole":
            pass
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
    """For a journal that starts anew: everything the ledger knows, as lines between `begun` and `whole`."""
    lines.append(conn, "begun", {})
    for table in TABLES.values():
        if table is journal_lines or table in REBUILDABLE:
            continue
        batch: list[dict[str, Any]] = []
        for row in conn.execute(table.select().order_by(text("rowid"))).mappings():
            batch.append(dict(row))
            if len(batch) == 200:
                lines.append(conn, "rows", {"table": table.name, "rows": batch})
                batch = []
        if batch:
            lines.append(conn, "rows", {"table": table.name, "rows": batch})
    lines.append(conn, "whole", {})
