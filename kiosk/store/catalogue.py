"""Installs packs: a new cache file beside the old one, then the switch, then the old one goes."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from kiosk.store import cachefile
from kiosk.store.database import KioskDatabase
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.packs import Progress, build
from kiosk.store.tables import active_pack
from sync.client import SignedManifest
from sync.database import touch
from sync.wire.encoding import instant


@dataclass(frozen=True)
class ActivePack:
    county: str
    version: str
    as_of: str
    expires_at: str
    installed_at: str


def active(conn: Connection) -> ActivePack | None:
    columns = (active_pack.c.county, active_pack.c.version, active_pack.c.as_of)
    query = select(*columns, active_pack.c.expires_at, active_pack.c.installed_at)
    row = conn.execute(query).one_or_none()
    return None if row is None else ActivePack(*row)


class Catalogue:
    """Implements `sync.feed.PackSink`."""

    def __init__(
        self, database: KioskDatabase, key: bytes, now: Callable[[], datetime], progress: Progress
    ) -> None:
        """`progress` is called from the thread that builds."""
        self._database = database
        self._key = key
        self._now = now
        self._progress = progress

    async def installed_version(self) -> str | None:
        found = await self._database.read(active)
        return None if found is None else found.version

    async def install(self, signed: SignedManifest, path: Path) -> None:
        """Raises BadPack or StoreError; then the old pack stays."""
        name = f"cache-{signed.manifest.sha256[:16]}-{secrets.token_hex(3)}.db"
        await asyncio.to_thread(self._build, signed, path, name)
        await self._switch(signed, name)

    def _build(self, signed: SignedManifest, path: Path, name: str) -> None:
        build(path, signed.manifest, self._database.folder / name, self._key, self._progress)

    async def _switch(self, signed: SignedManifest, name: str) -> None:
        manifest = signed.manifest
        row = {
            "id": 1,
            "county": manifest.county,
            "version": manifest.version,
            "sha256": manifest.sha256,
            "file": name,
            "as_of": manifest.as_of,
            "expires_at": manifest.expires_at,
            "installed_at": instant(self._now()),
            "manifest": signed.token,
        }
        folder = self._database.folder
        engine = open_engine(Source(folder / name, self._key, Mode.READ))
        await asyncio.to_thread(self._database.use_cache, engine)
        await self._database.run(lambda conn: _activate(conn, row))
        await asyncio.to_thread(cachefile.discard, folder, name)


def _activate(conn: Connection, row: dict[str, object]) -> None:
    conn.execute(active_pack.delete())
    conn.execute(active_pack.insert(), row)
    touch(conn, active_pack.name)
