"""Opens the three things on disk in order, mends what can be mended, and says what was."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sqlalchemy import Engine

from kiosk.store import cachefile, repair
from kiosk.store.cachefile import Found
from kiosk.store.database import DAMAGED_FLAG, Engines, KioskDatabase
from kiosk.store.durable import lock_folder
from kiosk.store.engine import Mode, Source, check_library, open_engine
from kiosk.store.faults import translated
from kiosk.store.keystore import key
from kiosk.store.migrations import migrate
from sync.disk import THIS_DISK, Disk
from sync.errors import Damaged
from sync.journal import Journal, segments
from sync.keystore import CACHE, JOURNAL, LEDGER, KeyStore
from sync.points import Probe, unobserved

LEDGER_FILE = "ledger.db"
JOURNAL_FOLDER = "journal"


class Mended(Enum):
    """What opening had to repair; shown to the operator and by the doctor."""

    JOURNAL_TAIL = "journal-tail"  # lines copied from the ledger
    JOURNAL_REWRITTEN = "journal-rewritten"  # set aside, begun anew from the ledger
    LEDGER_REBUILT = "ledger-rebuilt"  # set aside, rebuilt from the journal
    CACHE_DROPPED = "cache-dropped"  # to be fetched again
    CACHE_WENT_BACK = "cache-went-back"  # to the last good pack


_OF_CACHE = {
    Found.WENT_BACK: (Mended.CACHE_WENT_BACK,),
    Found.DROPPED: (Mended.CACHE_DROPPED,),
}


@dataclass(frozen=True)
class Opened:
    database: KioskDatabase
    cache_key: bytes
    mended: tuple[Mended, ...]


@dataclass(frozen=True)
class Folders:
    data: Path
    journal: Path
    disk: Disk = THIS_DISK  # that the journal lies on

    @classmethod
    def of(cls, data: Path, journal: Path | None = None) -> "Folders":
        """The journal belongs on a second disk if there is one."""
        return cls(data, journal or data / JOURNAL_FOLDER)

    @property
    def ledger(self) -> Path:
        return self.data / LEDGER_FILE


@dataclass(frozen=True)
class Keys:
    ledger: bytes
    journal: bytes
    cache: bytes


def open_store(folders: Folders, keystore: KeyStore, probe: Probe = unobserved) -> Opened:
    """Raises UnsafeLibrary, AlreadyRunning, ReadOnly, DiskFull, NewerFile, KeyUnavailable, Damaged."""
    check_library(folders.ledger)
    with ExitStack() as undo:
        unlock = lock_folder(folders.data)
        undo.callback(unlock)
        keys = _keys(folders, keystore)
        mended: list[Mended] = []
        journal, write = _open_ledger(folders, keys, mended)
        undo.callback(journal.close)
        read = open_engine(Source(folders.ledger, keys.ledger, Mode.READ))
        cache, found = cachefile.open_active(write, folders.data, keys.cache)
        mended += _OF_CACHE.get(found, ())
        before = cachefile.going_back(folders.data, keys.cache)
        database = KioskDatabase(Engines(write, read, cache, before), journal, folders.data, probe)
        database.at_close(unlock)
        undo.pop_all()
    return Opened(database, keys.cache, tuple(mended))


def _keys(folders: Folders, keystore: KeyStore) -> Keys:
    first_segment = next(iter(segments(folders.journal)), None)
    return Keys(
        ledger=key(keystore, LEDGER, needed_by=folders.ledger),
        journal=key(keystore, JOURNAL, needed_by=first_segment),
        cache=key(keystore, CACHE),
    )


def _open_ledger(folders: Folders, keys: Keys, mended: list[Mended]) -> tuple[Journal, Engine]:
    source = Source(folders.ledger, keys.ledger, Mode.WRITE)
    flag = folders.data / DAMAGED_FLAG
    if flag.exists():
        return _rebuilt(folders, keys, mended)
    for is_last in (False, True):  # a page that could not be read just then looks like a damaged one
        try:
            migrate(source)
            return _with_journal(folders, keys, open_engine(source), mended)
        except Damaged:
            if is_last and not segments(folders.journal):
                raise
    return _rebuilt(folders, keys, mended)


def _rebuilt(folders: Folders, keys: Keys, mended: list[Mended]) -> tuple[Journal, Engine]:
    repair.set_aside(folders.ledger)
    source = Source(folders.ledger, keys.ledger, Mode.WRITE)
    migrate(source)
    engine = open_engine(source)
    repair.replay_journal(engine, folders.journal, keys.journal)
    journal = _with_journal(folders, keys, engine, mended)
    (folders.data / DAMAGED_FLAG).unlink(missing_ok=True)
    mended.append(Mended.LEDGER_REBUILT)
    return journal


def _with_journal(
    folders: Folders, keys: Keys, engine: Engine, mended: list[Mended]
) -> tuple[Journal, Engine]:
    """Compares the two and copies the missing tail; a journal that cannot be carried on is begun anew."""
    journal = _opened(lambda: Journal(folders.journal, keys.journal, disk=folders.disk), folders.journal)
    with ExitStack() as undo, engine.connect() as conn:
        if journal is not None:
            undo.callback(journal.close)
        with conn.begin():
            fits = journal is not None and repair.agree(conn, journal)
        if journal is None or not fits:
            journal = _begun_anew(folders, keys, engine, journal)
            undo.callback(journal.close)
            mended.append(Mended.JOURNAL_REWRITTEN)
        with translated(folders.journal):
            before = journal.last_n
            journal.cut_torn()
            journal.catch_up(conn)
        if journal.last_n > before and Mended.JOURNAL_REWRITTEN not in mended:
            mended.append(Mended.JOURNAL_TAIL)
        undo.pop_all()
    return journal, engine


def _opened(opening: Callable[[], Journal], folder: Path) -> Journal | None:
    try:
        with translated(folder):
            return opening()
    except Damaged:
        return None


def _begun_anew(folders: Folders, keys: Keys, engine: Engine, old: Journal | None) -> Journal:
    if old is not None:
        old.close()
    repair.set_aside(folders.journal)
    with engine.connect() as conn, conn.begin():
        newest = conn.exec_driver_sql("SELECT coalesce(max(n), 0) FROM journal_lines").scalar_one()
        repair.write_snapshot(conn)
    with translated(folders.journal):
        journal = Journal(folders.journal, keys.journal, disk=folders.disk)
        journal.begin_after(newest)
    return journal
