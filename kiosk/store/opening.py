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
from kiosk.store.durable import lock_folder, write_file
from kiosk.store.engine import Mode, Source, check_library, open_engine
from kiosk.store.faults import translated
from kiosk.store.keystore import key
from kiosk.store.migrations import migrate
from sync.disk import THIS_DISK, Disk
from sync.errors import Damaged, JournalMissing
from sync.journal import Journal, Remains, segments
from sync.keystore import CACHE, JOURNAL, LEDGER, KeyStore
from sync.points import Probe, unobserved

LEDGER_FILE = "ledger.db"
JOURNAL_FOLDER = "journal"


class Mended(Enum):
    """What opening had to repair; shown to the operator and by the doctor."""

    JOURNAL_TAIL = "journal-tail"  # lines copied from the ledger
    JOURNAL_REWRITTEN = "journal-rewritten"  # set aside, begun anew from the ledger
    LEDGER_REBUILT = "ledger-rebuilt"  # set aside, rebuilt from the journal
    LEDGER_IN_PART = "ledger-in-part"  # both were damaged: what could be read, and locked
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
    """Raises UnsafeLibrary, AlreadyRunning, ReadOnly, DiskFull, NewerFile, JournalMissing, KeyUnavailable,
    Damaged."""
    check_library(folders.ledger)
    with ExitStack() as undo:
        unlock = lock_folder(folders.data)
        undo.callback(unlock)
        _check_second_disk(folders, keystore)
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


def begin_journal_anew(folders: Folders, keystore: KeyStore) -> None:
    """The journal as it is (or is not) is put aside; one with all that the ledger knows takes its place.
    Raises as `open_store` does."""
    check_library(folders.ledger)
    unlock = lock_folder(folders.data)
    try:
        keys = _keys(folders, keystore)
        source = Source(folders.ledger, keys.ledger, Mode.WRITE)
        migrate(source)
        engine = open_engine(source)
        journal = _begun_anew(folders, keys, engine, None)
        with engine.connect() as conn, translated(folders.journal):
            journal.catch_up(conn)
        journal.close()
        engine.dispose()
    finally:
        unlock()


def _check_second_disk(folders: Folders, keystore: KeyStore) -> None:
    """A journal in a place of its own that was there and is not: begun anew it would hide that."""
    apart = folders.journal != folders.data / JOURNAL_FOLDER
    if apart and keystore.get(JOURNAL) is not None and not segments(folders.journal):
        raise JournalMissing(str(folders.journal), "no journal here")


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
    left = repair.Leftovers(Source(_put_aside(folders), keys.ledger, Mode.READ))
    source = Source(folders.ledger, keys.ledger, Mode.WRITE)
    migrate(source)
    engine = open_engine(source)
    with translated(folders.journal):
        made = repair.replay_journal(engine, Remains(folders.journal, keys.journal), left)
    (folders.data / DAMAGED_FLAG).unlink(missing_ok=True)  # from here on the ledger stands for itself
    if not made.journal_whole:
        _begun_anew(folders, keys, engine, None).close()
        mended.append(Mended.JOURNAL_REWRITTEN)
    opened = _with_journal(folders, keys, engine, mended)
    mended.append(Mended.LEDGER_REBUILT if made.whole else Mended.LEDGER_IN_PART)
    return opened


def _put_aside(folders: Folders) -> Path:
    """The damaged ledger; of a rebuild that was cut off the one that it began with."""
    flag = folders.data / DAMAGED_FLAG
    with translated(flag):
        named = flag.read_text("utf-8") if flag.exists() else ""
    first = folders.data / named if named else repair.aside_of(folders.ledger)
    write_file(flag, first.name.encode())
    repair.set_aside(folders.ledger, None if first.exists() else first)
    return first


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
    with engine.connect() as conn, conn.begin():  # first: a damaged ledger must not cost the old journal
        newest = conn.exec_driver_sql("SELECT coalesce(max(n), 0) FROM journal_lines").scalar_one()
        repair.write_snapshot(conn)
    repair.set_aside(folders.journal)
    with translated(folders.journal):
        journal = Journal(folders.journal, keys.journal, disk=folders.disk)
        journal.begin_after(newest)
    return journal
