"""Pictures and attachments by their SHA-256: resumable in, whole and immutable out."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Chunk:
    """Bytes from `start` on, of `total`; no data asks how far it has come."""

    start: int
    total: int
    data: bytes


@dataclass(frozen=True)
class Progress:
    have: int
    whole: bool


class WrongHash(Exception):
    """The bytes are not those the name promises; they were thrown away."""


class OverQuota(Exception):
    """This owner has too much that is not finished."""


@dataclass(frozen=True)
class AssetStore:
    root: Path

    def path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def put(self, data: bytes) -> str:
        """Keeps the bytes and gives their name."""
        name = hashlib.sha256(data).hexdigest()
        if not self.has(name):
            part = self._part("central", name)
            part.write_bytes(data)
            self._keep(part, name)
        return name

    def take(self, owner: str, sha256: str, chunk: Chunk, quota: int) -> Progress:
        """Appends what follows on what is here; each owner uploads by itself. Raises WrongHash, OverQuota."""
        if self.has(sha256):
            return Progress(chunk.total, True)
        part = self._part(owner, sha256)
        have = part.stat().st_size if part.exists() else 0
        if self._unfinished(owner) + len(chunk.data) > quota:
            raise OverQuota(owner)
        fresh = chunk.data[have - chunk.start :] if chunk.start <= have else b""
        if fresh or chunk.total == 0:
            with part.open("ab") as file:
                file.write(fresh)
            have += len(fresh)
        if have < chunk.total:
            return Progress(have, False)
        if have > chunk.total or _hash(part) != sha256:
            part.unlink()
            raise WrongHash(sha256)
        self._keep(part, sha256)
        return Progress(have, True)

    def _unfinished(self, owner: str) -> int:
        return sum(part.stat().st_size for part in (self.root / "parts").glob(f"{owner}-*"))

    def _part(self, owner: str, sha256: str) -> Path:
        folder = self.root / "parts"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{owner}-{sha256}"

    def _keep(self, part: Path, sha256: str) -> None:
        with part.open("rb") as file:
            os.fsync(file.fileno())
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
