"""Brings packs and pictures down piece by piece, resumable, and hands over only what its hash proves."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol, TypeVar

from sync.client import Client, Piece, SignedManifest
from sync.disk import store_error
from sync.errors import WrongHash
from sync.failures import Refusal
from sync.policy import LARGEST_CHUNK

T = TypeVar("T")
PACK_PART = ".pack.part"
PICTURE_PART = ".picture.part"


class PackSink(Protocol):
    """Where packs go: the kiosk imports them into a new cache and switches over."""

    async def installed_version(self) -> str | None: ...

    async def install(self, signed: SignedManifest, path: Path) -> None:
        """`path` is the pack's zstd NDJSON, its hash already checked; it is removed afterwards."""


class PictureSink(Protocol):
    """Where pictures go, named by their hash."""

    async def wanted(self, limit: int) -> tuple[str, ...]:
        """Hashes the active pack names and the disk does not have, the most useful first."""

    async def keep(self, sha256: str, path: Path) -> None:
        """Moves the checked file to its place."""


class Stage(Enum):
    CURRENT = "current"
    LOADING = "loading"
    LOADED = "loaded"
    INSTALLING = "installing"


@dataclass(frozen=True)
class PackProgress:
    stage: Stage
    version: str
    got: int
    size: int


class PackFeed:
    """One county's pack; each `step` is at most one exchange with central."""

    def __init__(
        self, client: Client, county: str, folder: Path, sink: PackSink, largest: int = LARGEST_CHUNK
    ) -> None:
        self._client = client
        self._county = county
        self._largest = largest
        self._folder = folder
        self._sink = sink
        self._wanted: SignedManifest | None = None

    async def step(self, length: int) -> PackProgress:
        """LOADING: come again. LOADED: call `install`. Raises LinkError, WrongHash, StoreError."""
        if self._wanted is None:
            signed = await self._client.manifest(self._county)
            if signed.manifest.version == await self._sink.installed_version():
                await _off_loop(lambda: _sweep(self._folder, keep=None))
                return _progress(Stage.CURRENT, signed, signed.manifest.size)
            self._wanted = signed
            await _off_loop(lambda: _sweep(self._folder, keep=self._part(signed)))
        signed = self._wanted
        part = self._part(signed)
        got = await _off_loop(lambda: _size(part))
        if got < signed.manifest.size:
            piece = await self._load(signed, got, length)
            got = await _off_loop(lambda: _append(part, piece))
        if got < signed.manifest.size:
            return _progress(Stage.LOADING, signed, got)
        await self._check(signed, part)
        return _progress(Stage.LOADED, signed, got)

    async def install(self) -> PackProgress:
        signed = self._wanted
        assert signed is not None, "nothing was loaded"
        part = self._part(signed)
        await self._sink.install(signed, part)
        self._wanted = None
        await _off_loop(lambda: part.unlink(missing_ok=True))
        return _progress(Stage.CURRENT, signed, signed.manifest.size)

    def forget(self) -> None:
        """Asks for the manifest anew at the next step; what was loaded of the same pack is kept."""
        self._wanted = None

    async def _load(self, signed: SignedManifest, start: int, length: int) -> Piece:
        length = min(length, self._largest, signed.manifest.size - start)
        try:
            return await self._client.pack(signed.manifest, start, length)
        except Refusal:
            self._wanted = None  # a newer pack has taken its place
            raise

    async def _check(self, signed: SignedManifest, part: Path) -> None:
        found = await _off_loop(lambda: _sha256(part))
        if found != signed.manifest.sha256:
            await _off_loop(lambda: part.unlink(missing_ok=True))
            self._wanted = None
            raise WrongHash(f"pack {signed.manifest.version}: {found}")

    def _part(self, signed: SignedManifest) -> Path:
        return self._folder / f"{signed.manifest.sha256}{PACK_PART}"


class PictureFeed:
    """Pictures one after the other, one piece a step."""

    def __init__(self, client: Client, folder: Path, sink: PictureSink, largest: int = LARGEST_CHUNK) -> None:
        self._client = client
        self._largest = largest
        self._folder = folder
        self._sink = sink
        self._queue: tuple[str, ...] = ()

    async def step(self, length: int) -> bool:
        """Whether there is more to bring. Raises LinkError, WrongHash, StoreError."""
        if not self._queue:
            self._queue = await self._sink.wanted(100)
            if not self._queue:
                return False
        sha256 = self._queue[0]
        part = self._folder / f"{sha256}{PICTURE_PART}"
        start = await _off_loop(lambda: _size(part))
        try:
            piece = await self._client.asset(sha256, start, min(length, self._largest))
        except Refusal:
            self._queue = self._queue[1:]  # one missing picture must not hold up the others
            raise
        if await _off_loop(lambda: _append(part, piece)) < piece.total:
            return True
        self._queue = self._queue[1:]
        if await _off_loop(lambda: _sha256(part)) != sha256:
            await _off_loop(lambda: part.unlink(missing_ok=True))
            raise WrongHash(f"picture {sha256}")
        await self._sink.keep(sha256, part)
        return True


def _progress(stage: Stage, signed: SignedManifest, got: int) -> PackProgress:
    return PackProgress(stage, signed.manifest.version, got, signed.manifest.size)


async def _off_loop(work: Callable[[], T]) -> T:
    """Runs file work in a thread and says in our own types what the disk refused."""
    try:
        return await asyncio.to_thread(work)
    except OSError as error:
        raise store_error(error, str(error.filename)) from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _append(path: Path, piece: Piece) -> int:
    """The length after it; a piece that starts at 0 starts the file anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "wb") as file:
        file.truncate(piece.start)
        file.seek(piece.start)
        file.write(piece.data)
        return file.tell()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sweep(folder: Path, keep: Path | None) -> None:
    """Half-loaded packs that nobody wants any more."""
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        if entry.name.endswith(PACK_PART) and (keep is None or entry.name != keep.name):
            Path(entry.path).unlink(missing_ok=True)
