"""Reads the things on disk without changing them, for the doctor and the auditor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from kiosk.store import catalogue
from kiosk.store.catalogue import ActivePack
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.faults import translated
from kiosk.store.migrations import VERSION
from kiosk.store.opening import Folders
from sync import identity, outbox
from sync.errors import KeyUnavailable, NewerFile, StoreError
from sync.journal import records, segments
from sync.keystore import JOURNAL, LEDGER, KeyStore

OF_JOURNAL = "journal"
"""How a fault of the journal begins."""


@dataclass(frozen=True)
class LedgerState:
    operations: int
    waiting: int
    newest: str | None  # when the last operation was recorded
    pack: ActivePack | None
    central_url: str | None
    faults: tuple[str, ...]


def look(folders: Folders, keys: KeyStore) -> LedgerState | None:
    """None where there is no ledger yet. Raises StoreError."""
    if not folders.ledger.exists():
        return None
    with reading(folders, keys) as conn:
        faults = (*_ledger_faults(conn), *_journal_faults(folders, keys))
        who = identity.current(conn)
        count, newest = conn.exec_driver_sql("SELECT count(*), max(at) FROM operations").one()
        return LedgerState(
            operations=count,
            waiting=outbox.depth(conn).waiting,
            newest=newest,
            pack=catalogue.active(conn),
            central_url=None if who is None else who.central_url,
            faults=faults,
        )


@contextmanager
def reading(folders: Folders, keys: KeyStore) -> Iterator[Connection]:
    """One snapshot of a ledger that is there, beside a terminal at work or not. Raises StoreError."""
    key = keys.get(LEDGER)
    if key is None:
        raise KeyUnavailable(str(folders.ledger), "the key ledger is missing")
    engine = open_engine(Source(folders.ledger, key, Mode.READ))
    try:
        with engine.connect() as conn, conn.begin():
            version: int = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version > VERSION:
                raise NewerFile(str(folders.ledger), f"version {version}, this program knows {VERSION}")
            yield conn
    finally:
        engine.dispose()


def copies(folders: Folders) -> tuple[Path, ...]:
    """From before upgrades; `migrations` makes them."""
    return tuple(sorted(folders.ledger.parent.glob(f"{folders.ledger.name}.v*")))


def put_aside(folders: Folders) -> tuple[Path, ...]:
    """What was found damaged; `repair` renames it."""
    places = dict.fromkeys((folders.data, folders.journal.parent))
    return tuple(sorted(path for place in places for path in place.glob("*.aside-*")))


def _ledger_faults(conn: Connection) -> tuple[str, ...]:
    found = [row[0] for row in conn.exec_driver_sql("PRAGMA cipher_integrity_check")]
    found += [row[0] for row in conn.exec_driver_sql("PRAGMA quick_check(5)") if row[0] != "ok"]
    return tuple(found)


def _journal_faults(folders: Folders, keys: KeyStore) -> tuple[str, ...]:
    key = keys.get(JOURNAL)
    if key is None or not segments(folders.journal):
        return (f"{OF_JOURNAL}: missing",)
    try:
        with translated(folders.journal):
            for _ in records(folders.journal, key):
                pass
    except StoreError as error:
        return (f"{OF_JOURNAL}: {error}",)
    return ()
