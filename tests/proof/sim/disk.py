"""A disk that loses what was not synced, tears what was being written, fills up and fails."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from random import Random

from sync.disk import Disk
from tests.proof.sim.power import Power


@dataclass
class _Kept:
    """What of one file would be there after a power cut."""

    path: Path
    synced: int = 0
    dropped_from: int | None = None  # a failed sync gave up what was dirty from here on


class _File(FileIO):
    disk: FaultyDisk

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self.disk.write(self, data)

    def really_write(self, data: bytes) -> int:
        return super().write(data)


@dataclass
class FaultyDisk(Disk):
    """Under the journal. `full` and `failing` last until somebody mends them."""

    power: Power
    rng: Random
    full: bool = False
    failing: bool = False
    _kept: dict[int, _Kept] = field(default_factory=dict)
    _renamed: list[tuple[Path, Path]] = field(default_factory=list)
    _files: list[FileIO] = field(default_factory=list)

    def open(self, path: Path, mode: str) -> FileIO:
        self.power.step("open")
        file = _File(path, mode)
        file.disk = self
        self._files.append(file)
        there = os.fstat(file.fileno())
        if mode == "w":
            self._kept[there.st_ino] = _Kept(path)
        else:  # what lay there before came through the last power cut, if this disk never saw it
            self._kept.setdefault(there.st_ino, _Kept(path, there.st_size)).path = path
        return file

    def write(self, file: _File, data: bytes) -> int:
        self.power.step("write")
        self._may_fail(errno.EIO)
        if self.full:
            file.really_write(data[: self.rng.randrange(len(data) + 1)])
            raise OSError(errno.ENOSPC, "no space left", file.name)
        kept = self._kept[os.fstat(file.fileno()).st_ino]
        if kept.dropped_from is not None and file.tell() <= kept.dropped_from:
            kept.dropped_from = None  # written anew: dirty again, and the next sync brings it down
        if len(data) > 1 and self.rng.random() < 0.02:
            data = data[: self.rng.randrange(1, len(data))]  # a short write is allowed
        return file.really_write(data)

    def sync(self, file: FileIO) -> None:
        self.power.step("sync")
        kept = self._kept[os.fstat(file.fileno()).st_ino]
        if self.failing:
            kept.dropped_from = kept.synced
            raise OSError(errno.EIO, "input/output error", file.name)
        kept.synced = os.fstat(file.fileno()).st_size
        self.power.step("synced")

    def rename(self, old: Path, new: Path) -> None:
        self.power.step("rename")
        old.replace(new)
        self._kept[new.stat().st_ino].path = new
        self._renamed.append((old, new))

    def sync_folder(self, folder: Path) -> None:
        self.power.step("sync-folder")
        self._may_fail(errno.EIO)
        self._renamed = [one for one in self._renamed if one[1].parent != folder]

    def let_go(self) -> None:
        """No program holds a file any more."""
        for file in self._files:
            file.close()
        self._files.clear()

    def after_cut(self) -> int:
        """Leaves what a power cut leaves; how many bytes were lost."""
        lost = 0
        for old, new in reversed(self._renamed):
            if new.exists() and self.rng.random() < 0.5:
                new.replace(old)
        self._renamed.clear()
        for kept in self._kept.values():
            lost += self._lose(kept)
        self._kept.clear()
        return lost

    def _lose(self, kept: _Kept) -> int:
        if not kept.path.exists():
            return 0
        data = kept.path.read_bytes()
        sure = kept.synced if kept.dropped_from is None else min(kept.synced, kept.dropped_from)
        rest = data[sure:]
        if not rest:
            return 0
        left = rest[: self.rng.randrange(len(rest) + 1)]
        if left and self.rng.random() < 0.3:  # the length came through, the last block did not
            left = left[:-1] + bytes([left[-1] ^ 0xFF])
        kept.path.write_bytes(data[:sure] + left)
        return len(rest) - len(left)

    def _may_fail(self, code: int) -> None:
        if self.failing:
            raise OSError(code, os.strerror(code))
