"""Files that say something of people and that nobody needs any longer: slips, ledgers before an upgrade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.store.faults import translated

SLIPS_KEPT = timedelta(days=1)  # they are paper: somebody must take them away
COPIES_KEPT = timedelta(days=30)  # of the ledger as it was before the program was exchanged
SLIP_FILES = frozenset({".txt", ".bin", ".pdf", ".part"})
_COPY = re.compile(r"ledger\.db\.v\d+")


@dataclass(frozen=True)
class Papers:
    data: Path
    slips: tuple[Path, ...]

    def sweep(self, now: datetime) -> int:
        """How many went. Raises StoreError."""
        old = [path for path in slip_files(self.slips) if _age(path, now) >= SLIPS_KEPT]
        old += [path for path in self._copies() if _age(path, now) >= COPIES_KEPT]
        for path in old:
            with translated(path):
                path.unlink(missing_ok=True)
        return len(old)

    def _copies(self) -> list[Path]:
        return [one for one in self.data.glob("ledger.db.v*") if _COPY.fullmatch(one.name)]


def slip_files(places: Iterable[Path]) -> list[Path]:
    """Raises OSError."""
    found = [one for place in places if place.is_dir() for one in place.iterdir()]
    return [one for one in found if one.suffix in SLIP_FILES]


def _age(path: Path, now: datetime) -> timedelta:
    """By the machine's clock of then; one that was ahead lets a file live longer."""
    with translated(path):
        return now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
