"""Brings a ledger up to this program's version: ordered functions, one transaction, the file copied first.

A new file gets the tables as they are today; an upgrade is for files that are older. So a change of a table
is made twice, in its definition and in `kiosk.store.upgrades`, and a test holds both against each other.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection

from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.faults import translated
from kiosk.store.tables import ledger_metadata
from kiosk.store.upgrades import UPGRADES
from sync.errors import NewerFile
from sync.tables import metadata as sync_metadata
from sync.wire.files import sync_folder

Migration = Callable[[Connection], None]


def create(conn: Connection) -> None:
    sync_metadata.create_all(conn)
    ledger_metadata.create_all(conn)


VERSION = 1 + len(UPGRADES)


def migrate(source: Source, create: Migration = create, upgrades: Sequence[Migration] = UPGRADES) -> int:
    """The version the file had, 0 for a new one. Raises NewerFile, Damaged …; then it is as it was before."""
    assert source.mode is Mode.WRITE
    known = 1 + len(upgrades)
    engine = open_engine(source)
    try:
        with engine.connect() as conn:
            version = _version(conn)
            if version > known:
                raise NewerFile(str(source.path), f"version {version}, this program knows {known}")
            if version == 0:
                _bring_up(conn, (create,), known)
            elif version < known:
                _copy(conn, source.path, version)
                _bring_up(conn, upgrades[version - 1 :], known)
            return version
    finally:
        engine.dispose()


def _version(conn: Connection) -> int:
    with conn.begin():
        found: int = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
    return found


def _bring_up(conn: Connection, pending: Sequence[Migration], version: int) -> None:
    with conn.begin():
        for migration in pending:
            migration(conn)
        conn.exec_driver_sql(f"PRAGMA user_version = {version:d}")


def _copy(conn: Connection, path: Path, version: int) -> None:
    """Whole or not there; one of an upgrade that was cut off is of the same file, and is replaced."""
    kept = path.with_name(f"{path.name}.v{version}")
    fresh = kept.with_name(f"{kept.name}.new")
    with translated(path):
        conn.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        shutil.copy2(path, fresh)
        with fresh.open("r+b") as file:
            os.fsync(file.fileno())
        fresh.replace(kept)
        sync_folder(path.parent)
