"""Pictures and attachments by their SHA-256: resumable in, whole and immutable out."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from central.staging import Chunk, Progress, Staging, Terms
from sync.wire.files import sync_folder


@dataclass(frozen=True)
class AssetStore:
    root: Path

    @property
    def staging(self) -> Staging:
        return Staging(self.root)

    def path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def put(self, data: bytes) -> str:
        """Keeps the bytes and gives their name."""
        name = hashlib.sha256(data).hexdigest()
        if not self.has(name):
            self.root.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self.root, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            self._keep(Path(part), name)
        return name

    def take(self, owner: str, sha256: str, chunk: Chunk, terms: Terms) -> Progress:
        """A piece more. Raises WrongHash, OverQuota."""
        staging = self.staging
        staging.sweep(terms.now)
        with staging.held(owner):
            part = staging.part(owner, sha256, chunk.total)
            if self.has(sha256):
                part.unlink(missing_ok=True)  # another owner was quicker
                return Progress(chunk.total, True)
            progress = staging.take(owner, sha256, chunk, terms)
            if progress.whole:
                self._keep(part, sha256)
            return progress

    def _keep(self, part: Path, sha256: str) -> None:
        with part.open("rb") as file:
            os.fsync(file.fileno())
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
        sync_folder(target.parent)
        sync_folder(self.root)
