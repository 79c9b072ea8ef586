"""Installs packs: a new cache file beside the old one, then the switch; the old one is kept to go back to."""

import asyncio
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select

import kiosk
from kiosk.store import cachefile, packs, patching
from kiosk.store.database import KioskDatabase
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.packs import Progress
from kiosk.store.patching import Patch
from kiosk.store.tables import active_pack, last_good_pack, refused_packs
from sync import lines
from sync.client import SignedManifest
from sync.database import touch
from sync.errors import BadPack, Damaged, DiskFull, StoreError
from sync.packplan import Fetch, Holdings, Installed, Loaded, PackTrouble, RefusedPack, plan
from sync.wire.encoding import instant
from sync.wire.manifest import Manifest


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


def refused(conn: Connection) -> tuple[RefusedPack, ...]:
    """By this version of the program: another one may read them."""
    query = select(refused_packs).where(refused_packs.c.program == kiosk.__version__)
    rows = conn.execute(query.order_by(refused_packs.c.at, refused_packs.c.version))
    return tuple(RefusedPack(r.sha256, r.version, PackTrouble(r.trouble), r.detail) for r in rows)


class _GivenUp(Exception):
    """Ends the thread that builds."""


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

    async def holdings(self) -> Holdings:
        return await self._database.read(_holdings)

    async def install(self, loaded: Loaded) -> None:
        """One at a time, whoever brings it; cancelled, it is over when this ends. Raises BadPack or
        StoreError; then the old pack stays."""
        before = await self.holdings()
        async with self._database.importing:
            if await self._is_overtaken(loaded, before):
                return
            given_up = threading.Event()
            work = asyncio.ensure_future(self._import(loaded, given_up))
            try:
                await asyncio.shield(work)
            except asyncio.CancelledError:
                given_up.set()
                await asyncio.wait({work})
                if not work.cancelled():
                    work.exception()  # nobody waits for it any more
                raise

    async def _is_overtaken(self, loaded: Loaded, before: Holdings) -> bool:
        """Another one that is no older was installed while this one waited."""
        now, manifest = await self.holdings(), loaded.signed.manifest
        return now != before and not isinstance(plan(manifest.county, manifest, now), Fetch)

    async def _import(self, loaded: Loaded, given_up: threading.Event) -> None:
        def progress(done: int, total: int) -> None:
            if given_up.is_set():
                raise _GivenUp
            self._progress(done, total)

        name = f"cache-{loaded.signed.manifest.sha256[:16]}-{secrets.token_hex(3)}.db"
        try:
            await self._build(loaded, name, progress)
        except DiskFull:
            await self._make_room()
            raise
        await self._switch(loaded.signed, name)

    async def refuse(self, refusal: RefusedPack) -> None:
        """Remembered until a newer pack is installed."""
        row = {
            "sha256": refusal.sha256,
            "version": refusal.version,
            "trouble": refusal.trouble.value,
            "detail": refusal.detail[:200],
            "program": kiosk.__version__,
            "at": instant(self._now()),
        }

        def write(conn: Connection) -> None:
            conn.execute(delete(refused_packs).where(refused_packs.c.sha256 == refusal.sha256))
            conn.execute(refused_packs.insert(), row)
            touch(conn, refused_packs.name)

        await self._database.run(write)

    async def _build(self, loaded: Loaded, name: str, progress: Progress) -> None:
        target, whole = self._database.folder / name, loaded.signed.manifest
        if loaded.delta is None:
            await asyncio.to_thread(packs.build, loaded.path, whole, target, self._key, progress)
        else:
            base = self._database.folder / (await self._base(loaded.delta))
            patch = Patch(loaded.path, loaded.delta, whole)
            await asyncio.to_thread(patching.build, base, patch, target, self._key, progress)
        try:
            await asyncio.to_thread(self._prove, target)
        except StoreError as error:
            await asyncio.to_thread(target.unlink, missing_ok=True)
            if isinstance(error, Damaged):
                raise BadPack(f"what was built of it cannot be read: {error}") from error
            raise

    async def _base(self, delta: Manifest) -> str:
        row = await self._database.read(lambda conn: conn.execute(select(active_pack)).one_or_none())
        if row is None or (row.county, row.version) != (delta.county, delta.base):
            raise BadPack(f"changes since {delta.base}, which is not what is installed")
        file: str = row.file
        return file

    def _prove(self, target: Path) -> None:
        engine = open_engine(Source(target, self._key, Mode.READ))
        try:
            cachefile.prove(engine, target)
        finally:
            engine.dispose()

    async def _make_room(self) -> None:
        """The pack to go back to is given up for the one to come; the active one never."""

        def forget(conn: Connection) -> frozenset[str]:
            lines.remove(conn, last_good_pack, id=1)
            return cachefile.kept(conn)

        with suppress(StoreError):  # what matters is that the disk is full, and that is being raised
            keep = await self._database.run(forget)
            await asyncio.to_thread(cachefile.discard, self._database.folder, keep)

    async def _switch(self, signed: SignedManifest, name: str) -> None:
        folder = self._database.folder
        row = _row(signed, name, instant(self._now()))
        before = await self._database.read(lambda conn: cachefile.file_of(conn, active_pack))
        await self._use(folder / name)
        try:
            keep = await self._database.run(lambda conn: _activate(conn, row))
        except BaseException:
            await self._use(None if before is None else folder / before)
            raise
        await asyncio.to_thread(cachefile.discard, folder, keep)

    async def _use(self, path: Path | None) -> None:
        engine = cachefile.empty() if path is None else open_engine(Source(path, self._key, Mode.READ))
        await asyncio.to_thread(self._database.use_cache, engine)


def _row(signed: SignedManifest, name: str, at: str) -> dict[str, Any]:
    manifest = signed.manifest
    return {
        "id": 1,
        "county": manifest.county,
        "version": manifest.version,
        "sha256": manifest.sha256,
        "file": name,
        "as_of": manifest.as_of,
        "expires_at": manifest.expires_at,
        "installed_at": at,
        "manifest": signed.token,
        "number": manifest.number,
    }


def _activate(conn: Connection, row: dict[str, Any]) -> frozenset[str]:
    """The files to keep. What was active is kept if it is of the same county."""
    before = conn.execute(select(active_pack)).mappings().one_or_none()
    lines.remove(conn, last_good_pack, id=1)
    if before is not None and before["county"] == row["county"]:
        lines.put(conn, last_good_pack, dict(before))
    lines.put(conn, active_pack, row)
    if conn.execute(refused_packs.delete()).rowcount:
        touch(conn, refused_packs.name)
    return cachefile.kept(conn)


def _holdings(conn: Connection) -> Holdings:
    row = conn.execute(select(active_pack)).one_or_none()
    if row is None:
        return Holdings(None, refused(conn))
    held = Installed(row.county, row.version, row.sha256, row.as_of, row.number)
    return Holdings(held, refused(conn))
