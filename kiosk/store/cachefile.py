"""Cache files: a fresh one to fill, the active one to read, the last good one; all others go."""

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, select

from kiosk.store.engine import Mode, Source, memory_engine, open_engine
from kiosk.store.faults import translated
from kiosk.store.search import label
from kiosk.store.tables import FULL_TEXT_DDL, RECORDS, active_pack, cache_metadata, last_good_pack
from sync import lines
from sync.errors import Damaged, StoreError

VERSION = 4
"""Of the cache's tables; a file of another version is fetched and built again."""


class Found(Enum):
    """What there is to read from."""

    ACTIVE = "active"
    WENT_BACK = "went-back"  # the active file could not be read: the last good one
    DROPPED = "dropped"  # neither could
    NONE = "none"  # no pack yet


def open_active(ledger: Engine, folder: Path, key: bytes) -> tuple[Engine, Found]:
    """The engine to read from, on empty tables where there is no pack."""
    with ledger.connect() as conn, conn.begin():
        engine, found = _choose(conn, folder, key)
        keep = kept(conn)
    discard(folder, keep)
    return engine or empty(), found


def _choose(conn: Connection, folder: Path, key: bytes) -> tuple[Engine | None, Found]:
    name = file_of(conn, active_pack)
    if name is None:
        return None, Found.NONE
    engine = readable(folder / name, key)
    if engine is not None:
        return engine, Found.ACTIVE
    engine = go_back(conn, folder, key)
    return engine, Found.DROPPED if engine is None else Found.WENT_BACK


def go_back(conn: Connection, folder: Path, key: bytes) -> Engine | None:
    """The last good pack becomes the active one; none where its file cannot be read either."""
    before = conn.execute(select(last_good_pack)).mappings().one_or_none()
    lines.remove(conn, active_pack, id=1)
    lines.remove(conn, last_good_pack, id=1)
    engine = None if before is None else readable(folder / before["file"], key)
    if before is not None and engine is not None:
        lines.put(conn, active_pack, dict(before))
    return engine


def going_back(folder: Path, key: bytes) -> Callable[[Connection], Engine]:
    """For whoever meets damage while reading."""
    return lambda conn: go_back(conn, folder, key) or empty()


def readable(path: Path, key: bytes) -> Engine | None:
    """None when the file is missing, damaged or of another version of these tables."""
    engine = open_engine(Source(path, key, Mode.READ))
    try:
        prove(engine, path)
    except StoreError:
        engine.dispose()
        return None
    return engine


def prove(engine: Engine, path: Path) -> None:
    """Opens the file, reads from each table and asks each word index. Raises StoreError."""
    with engine.connect() as conn, conn.begin():
        version = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version != VERSION:
            raise Damaged(str(path), f"tables of version {version}, not {VERSION}")
        for table in RECORDS.values():
            conn.exec_driver_sql(f"SELECT body FROM {table.name} ORDER BY n DESC LIMIT 1").all()  # noqa: S608
        for index, table in ((index, RECORDS[kind]) for kind, index in _INDEXES):
            one = conn.exec_driver_sql(f"SELECT department FROM {table.name} LIMIT 1").scalar()  # noqa: S608
            asked = f"SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT 1"  # noqa: S608
            wanted = None if one is None else f"department : {label(one)}"
            if wanted is not None and conn.exec_driver_sql(asked, (wanted,)).first() is None:
                raise Damaged(str(path), f"nothing is found in {index}")


_INDEXES = tuple((kind, f"{kind}_{part}") for kind in ("item", "good") for part in ("titles", "words"))


def create_tables(conn: Connection) -> None:
    cache_metadata.create_all(conn)
    for statement in FULL_TEXT_DDL:
        conn.exec_driver_sql(statement)
    conn.exec_driver_sql(f"PRAGMA user_version = {VERSION:d}")


def empty() -> Engine:
    """Tables with nothing in them, for a terminal that has no pack yet."""
    return memory_engine(create_tables)


def file_of(conn: Connection, of: Table) -> str | None:
    found: str | None = conn.execute(select(of.c.file)).scalar_one_or_none()
    return found


def kept(conn: Connection) -> frozenset[str]:
    """The files that are read, or may be."""
    names = (file_of(conn, active_pack), file_of(conn, last_good_pack))
    return frozenset(name for name in names if name is not None)


def discard(folder: Path, keep: frozenset[str]) -> None:
    """Removes cache files that nobody reads any more."""
    with translated(folder):
        for path in folder.glob("cache-*"):
            if not any(path.name.startswith(name) for name in keep):
                path.unlink(missing_ok=True)
