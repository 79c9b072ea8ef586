"""Cache files: a fresh one to fill, the active one to read, and getting rid of the others."""

from pathlib import Path

from sqlalchemy import Connection, Engine, select

from kiosk.store.engine import Mode, Source, memory_engine, open_engine
from kiosk.store.faults import translated
from kiosk.store.tables import FULL_TEXT_DDL, active_pack, cache_metadata
from sync.database import touch
from sync.errors import StoreError

VERSION = 2
"""Of the cache's tables; a file of another version is fetched and built again."""


def open_active(ledger: Engine, folder: Path, key: bytes) -> tuple[Engine, bool]:
    """The engine of the active pack, or of empty tables; and whether a pack had to be given up."""
    with ledger.connect() as conn, conn.begin():
        name = conn.execute(select(active_pack.c.file)).scalar_one_or_none()
        engine = None if name is None else readable(folder / name, key)
        dropped = name is not None and engine is None
        if dropped:
            conn.execute(active_pack.delete())
    discard(folder, keep=name if engine is not None else None)
    return engine or empty(), dropped


def readable(path: Path, key: bytes) -> Engine | None:
    """None when the file is missing, damaged or of another version of these tables."""
    engine = open_engine(Source(path, key, Mode.READ))
    try:
        with engine.connect() as conn, conn.begin():
            version = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
    except StoreError:
        return None
    return engine if version == VERSION else None


def forget(conn: Connection) -> None:
    """No pack is active any more."""
    conn.execute(active_pack.delete())
    touch(conn, active_pack.name)


def create_tables(conn: Connection) -> None:
    cache_metadata.create_all(conn)
    for statement in FULL_TEXT_DDL:
        conn.exec_driver_sql(statement)
    conn.exec_driver_sql(f"PRAGMA user_version = {VERSION:d}")


def empty() -> Engine:
    """Tables with nothing in them, for a terminal that has no pack yet."""
    return memory_engine(create_tables)


def discard(folder: Path, keep: str | None) -> None:
    """Removes cache files that nobody reads any more."""
    with translated(folder):
        for path in folder.glob("cache-*"):
            if keep is None or not path.name.startswith(keep):
                path.unlink(missing_ok=True)
