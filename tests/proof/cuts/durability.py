"""Durability as the product has it and, for controls and comparisons, as it must not have it.

The product has no switch for this: the process of a control patches itself.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from functools import partial

from kiosk.store import opening
from kiosk.store.engine import Mode, Source
from sync.journal import Journal


class Ledger(Enum):
    SHIPPED = "shipped"
    WAL_NORMAL = "wal-normal"
    WAL_OFF = "wal-off"
    DELETE_EXTRA = "delete-extra"


_PRAGMAS: dict[Ledger, tuple[str, ...]] = {
    Ledger.SHIPPED: (),
    Ledger.WAL_NORMAL: ("PRAGMA synchronous = NORMAL",),
    Ledger.WAL_OFF: ("PRAGMA synchronous = OFF",),
    Ledger.DELETE_EXTRA: ("PRAGMA journal_mode = DELETE", "PRAGMA synchronous = EXTRA"),
}


@dataclass(frozen=True)
class Durability:
    ledger: Ledger = Ledger.SHIPPED
    journal_synced: bool = True

    def __str__(self) -> str:
        return f"{self.ledger.value}/{'journal-synced' if self.journal_synced else 'journal-unsynced'}"

    @classmethod
    def parse(cls, text: str) -> Durability:
        ledger, _, synced = text.partition("/")
        return cls(Ledger(ledger), synced != "journal-unsynced")


SHIPPED = Durability()
LOWERED = Durability(Ledger.WAL_NORMAL, journal_synced=False)


def pack_tight(segment_bytes: int = 24 * 1024, checkpoint_pages: int = 60) -> None:
    """Short segments and frequent checkpoints: a short life passes through all that a long one does."""
    opening.Journal = partial(Journal, segment_bytes=segment_bytes)  # type: ignore[misc,assignment]
    _also(f"PRAGMA wal_autocheckpoint = {checkpoint_pages}")


def lower(durability: Durability) -> None:
    """For the rest of this process."""
    _also(*_PRAGMAS[durability.ledger])
    if not durability.journal_synced:
        os.fdatasync = _not_synced  # SQLite has its own; only the journal asks Python for it


def _also(*pragmas: str) -> None:
    shipped = Source._pragmas

    def changed(self: Source) -> tuple[str, ...]:
        return (*shipped(self), *pragmas) if self.mode is Mode.WRITE else shipped(self)

    if pragmas:
        Source._pragmas = changed  # type: ignore[method-assign]


def _not_synced(_handle: int) -> None:
    pass
