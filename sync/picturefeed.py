"""Brings pictures down one after the other, one piece a step."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from sync import pieces
from sync.client import Client
from sync.errors import WrongHash
from sync.failures import Refusal
from sync.pieces import off_loop
from sync.rate import LARGEST_CHUNK

PICTURE_PART = ".picture.part"


class PictureSink(Protocol):
    """Where pictures go, named by their hash."""

    async def wanted(self, limit: int) -> tuple[str, ...]:
        """Hashes the active pack names and the disk does not have, the most useful first."""

    async def keep(self, sha256: str, path: Path) -> None:
        """Moves the checked file to its place."""


class PictureFeed:
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
        start = await off_loop(lambda: pieces.size(part))
        try:
            piece = await self._client.asset(sha256, start, min(length, self._largest))
        except Refusal:
            self._queue = self._queue[1:]  # one missing picture must not hold up the others
            raise
        if await off_loop(lambda: pieces.append(part, piece)) < piece.total:
            return True
        self._queue = self._queue[1:]
        if await off_loop(lambda: pieces.sha256(part)) != sha256:
            await off_loop(lambda: pieces.remove(part))
            raise WrongHash(f"picture {sha256}")
        await self._sink.keep(sha256, part)
        return True
