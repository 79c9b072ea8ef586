"""Uploads on their way in: each owner's by itself, one request of an owner at a time, forsaken ones swept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sync.wire.files import lock

FORSAKEN = timedelta(days=30)
"""So long after its last piece an upload is thrown away; a terminal that comes later begins again."""
DONE_WITH = timedelta(days=1)
"""So long what was taken further stays: its answer may be lost, and asked for again."""
SWEEPS = timedelta(hours=1)
MOST_BEGUN = 4096
"""Files of one owner, however small: each of its requests looks at them all."""
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Chunk:
    """Bytes from `start` on, of `total`; no data asks how far it has come."""

    start: int
    total: int
    data: bytes


@dataclass(frozen=True)
class Terms:
    """`quota`: bytes that one owner's uploads may come to, each counted whole from its first piece on."""

    quota: int
    now: datetime


@dataclass(frozen=True)
class Progress:
    have: int
    whole: bool


class WrongHash(Exception):
    """The bytes are not those the name promises; they were thrown away."""


class OverQuota(Exception):
    """This owner has begun too much that is not finished."""


@dataclass(frozen=True)
class Staging:
    """Files by owner, hash and size; `parts` holds nothing else."""

    root: Path

    @property
    def parts(self) -> Path:
        return self.root / "parts"

    @contextmanager
    def held(self, owner: str) -> Iterator[None]:
        """No other request of this owner is at work meanwhile, in this process or another."""
        folder = self.root / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        self.parts.mkdir(exist_ok=True)
        with (folder / owner).open("ab") as file:
            lock(file.fileno(), waits=True)
            yield

    def part(self, owner: str, sha256: str, total: int) -> Path:
        return self.parts / f"{owner}-{sha256}-{total}"

    def take(self, owner: str, sha256: str, chunk: Chunk, terms: Terms) -> Progress:
        """Appends what follows on what is here; while `held`. Raises WrongHash, OverQuota."""
        part = self.part(owner, sha256, chunk.total)
        have = part.stat().st_size if part.exists() else None
        fresh = chunk.data[(have or 0) - chunk.start :] if chunk.start <= (have or 0) else b""
        if have is None and (fresh or chunk.total == 0):
            begun = self._begun(owner)
            if sum(begun) + chunk.total > terms.quota or len(begun) >= MOST_BEGUN:
                raise OverQuota(owner)
            part.touch()
        if fresh:
            with part.open("ab") as file:
                file.write(fresh)
        if fresh or have is not None:
            os.utime(part, (terms.now.timestamp(),) * 2)
        reached = (have or 0) + len(fresh)
        if reached < chunk.total or not part.exists():
            return Progress(reached, False)
        if reached > chunk.total or _hash(part) != sha256:
            part.unlink()
            raise WrongHash(sha256)
        return Progress(reached, True)

    def whole(self, owner: str, sha256: str) -> Path | None:
        """What came whole and was left here; while `held`."""
        parts = self.parts.glob(f"{owner}-{sha256}-*")
        return next((part for part in parts if part.stat().st_size == _total(part)), None)

    def done_with(self, part: Path, now: datetime) -> None:
        """It needs to stay no longer than an answer may be asked for again; while `held`."""
        moment = (now - FORSAKEN + DONE_WITH).timestamp()
        if part.exists():
            os.utime(part, (moment, moment))

    def sweep(self, now: datetime) -> None:
        """What nobody went on with; looks only so often."""
        mark, moment = self.root / "swept", now.timestamp()
        if mark.exists() and 0 <= moment - mark.stat().st_mtime < SWEEPS.total_seconds():
            return
        self.root.mkdir(parents=True, exist_ok=True)
        mark.touch()
        os.utime(mark, (moment, moment))
        for part in sorted(self.parts.glob("*")):
            if _is_forsaken(part, now):
                with self.held(part.name.rsplit("-", 2)[0]):
                    if _is_forsaken(part, now):
                        part.unlink()

    def _begun(self, owner: str) -> list[int]:
        return [_total(part) for part in self.parts.glob(f"{owner}-{'?' * 64}-*")]


def _total(part: Path) -> int:
    return int(part.name.rsplit("-", 1)[1])


def _is_forsaken(part: Path, now: datetime) -> bool:
    try:
        return part.stat().st_mtime < (now - FORSAKEN).timestamp()
    except FileNotFoundError:
        return False


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
