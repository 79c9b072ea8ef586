"""What lies on this machine's disk and how much of it, tidied when somebody asks for it."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from kiosk import logs
from kiosk.bilingual import Text
from kiosk.health import Room
from kiosk.store.database import KioskDatabase
from kiosk.store.faults import translated
from kiosk.store.opening import LEDGER_FILE, Folders
from kiosk.store.papers import Papers
from kiosk.tidying import Tidying


class Part(Enum):
    """Of what a terminal keeps."""

    LEDGER = Text("台账", "Ledger")
    JOURNAL = Text("流水", "Journal")
    PACK = Text("目录资料和图片", "Catalogue and pictures")
    ATTACHMENTS = Text("待送的附件", "Attachments to be sent")
    PAPER = Text("凭条文件", "Slips as files")
    LOGS = Text("运行日志", "Logs")


_FOLDERS = {
    "journal": Part.JOURNAL,
    "pictures": Part.PACK,
    "downloads": Part.PACK,
    "attachments": Part.ATTACHMENTS,
    "paper": Part.PAPER,
    "printed": Part.PAPER,
    logs.FOLDER: Part.LOGS,
    "exports": Part.LOGS,
}
_FILES = {LEDGER_FILE: Part.LEDGER, "cache-": Part.PACK}  # with what is written beside and before them


@dataclass(frozen=True)
class Storage:
    room: Room
    sizes: Mapping[Part, int]  # bytes


@dataclass(frozen=True)
class Tidied:
    erased: int  # operations whose payload went
    freed: int  # bytes


class Upkeep:
    """Implements `ui.ports.Upkeep`; may be asked at any time, from the loop."""

    def __init__(
        self, database: KioskDatabase, folders: Folders, papers: Papers, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._folders = folders
        self._papers = papers
        self._now = now

    async def look(self) -> Storage:
        """Raises StoreError."""
        return await asyncio.to_thread(self._look)

    async def tidy(self) -> Tidied:
        """All that has grown old, whenever that was done last; the work beside the screen goes on. Raises
        StoreError."""
        before = await self.look()
        erased = await Tidying(self._database, self._now, self._papers).work()
        await self._database.empty_log()
        after = await self.look()
        freed = sum(before.sizes.values()) - sum(after.sizes.values())
        return Tidied(erased, max(freed, 0))

    async def export_logs(self, file: Path) -> logs.Exported:
        """Without anything personal. Raises StoreError."""
        return await asyncio.to_thread(self._export, file)

    @property
    def exports(self) -> Path:
        """Where exported logs go that leave by no stick."""
        return self._folders.data / "exports"

    def _export(self, file: Path) -> logs.Exported:
        if file.parent == self.exports:
            with translated(self.exports):
                self.exports.mkdir(exist_ok=True)
        return logs.export(self._folders.data / logs.FOLDER, file)

    def _look(self) -> Storage:
        with translated(self._folders.data):
            usage = shutil.disk_usage(self._folders.data)
        sizes: Counter[Part] = Counter()
        for part, path in self._files():
            with translated(path), suppress(FileNotFoundError):  # gone since it was listed
                sizes[part] += path.stat().st_size
        return Storage(Room(usage.free, usage.total), {part: sizes[part] for part in Part})

    def _files(self) -> Iterator[tuple[Part, Path]]:
        """Each once, though the journal or the slips may lie elsewhere."""
        journal = self._folders.journal
        found = dict.fromkeys(_all(journal), Part.JOURNAL)
        for place in self._papers.slips:
            found |= dict.fromkeys(_all(place), Part.PAPER)
        with translated(self._folders.data):
            inside = tuple(self._folders.data.iterdir())
        for one in inside:
            part = _part(one)
            if part is not None:
                found |= dict.fromkeys(_all(one) if one.is_dir() else (one,), part)
        return ((part, path) for path, part in found.items())


def _part(path: Path) -> Part | None:
    if path.is_dir():
        return _FOLDERS.get(path.name)
    return next((part for begins, part in _FILES.items() if path.name.startswith(begins)), None)


def _all(folder: Path) -> tuple[Path, ...]:
    with translated(folder):
        return tuple(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()
