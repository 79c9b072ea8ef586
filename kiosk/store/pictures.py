"""Keeps the pack's pictures on the disk, named by their hash; they are public and not encrypted."""

import asyncio
from pathlib import Path

from sqlalchemy import Connection, select

from kiosk.store.database import KioskDatabase
from kiosk.store.durable import write_file
from kiosk.store.tables import pictures


class Pictures:
    """Implements `sync.feed.PictureSink`."""

    def __init__(self, database: KioskDatabase, folder: Path) -> None:
        self._database = database
        self._folder = folder

    async def wanted(self, limit: int) -> tuple[str, ...]:
        named = await self._database.read_cache(_named)
        return await asyncio.to_thread(lambda: tuple(n for n in named if self.path(n) is None)[:limit])

    async def keep(self, sha256: str, path: Path) -> None:
        """Raises StoreError."""

        def move() -> None:
            write_file(self._folder / sha256, path.read_bytes())
            path.unlink()

        await asyncio.to_thread(move)

    def path(self, sha256: str) -> Path | None:
        """None while it is not here."""
        path = self._folder / sha256
        return path if path.is_file() else None


def _named(conn: Connection) -> tuple[str, ...]:
    return tuple(
        conn.execute(select(pictures.c.sha256).order_by(pictures.c.turn, pictures.c.sha256)).scalars()
    )
