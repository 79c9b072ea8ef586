"""Brings a ledger up to this program's version: ordered functions, one transaction, the file copied first."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection

from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.faults import translated
from kiosk.store.tables import ledger_metadata
from sync.errors import NewerFile
from sync.tables import metadata as sync_metadata

Migration = Callable[[Connection], None]


def first(conn: Connection) -> None:
    sync_metadata.create_all(conn)
    ledger_metadata.create_all(conn)


LEDGER: tuple[Migration, ...] = (first,)


def migrate(source: Source, migrations: Sequence[Migration] = LEDGER) -> int:
    """The version the file had. Raises NewerFile, Damaged …; then the file is as it was before."""
    assert source.mode is Mode.WRITE
    engine = open_engine(source)
    try:
        with engine.connect() as conn:
            version = _version(conn)
            if version > len(migrations):
                raise NewerFile(str(source.path), f"version {version}, this program knows {len(migrations)}")
            if version < len(migrations):
                if version:
                    _copy(conn, source.path, version)
                _bring_up(conn, migrations[version:], len(migrations))
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
    with translated(path):
        conn.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        shutil.copy2(path, path.with_name(f"{path.name}.v{version}"))
