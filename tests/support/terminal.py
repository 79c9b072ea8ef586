"""A terminal of tests: real files, the real client and engine, a hand-cranked clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kiosk.store import keystore
from kiosk.store.database import KioskDatabase
from kiosk.store.opening import Folders, Opened, open_store
from sync import identity, outbox
from sync.anchors import load_clock
from sync.attachmentfeed import AttachmentFeed
from sync.client import Client
from sync.clock import TrustedClock
from sync.engine import Engine
from sync.enrol import SetUp, SetUpParts, SetUpProgress
from sync.feed import PackFeed
from sync.membership import load, membership, stamp
from sync.outbox import NewOperation, OperationView, Recorded
from sync.pace import Pace
from sync.packplan import Holdings, Installed, Loaded, RefusedPack
from sync.picturefeed import PictureFeed
from sync.points import Probe, unobserved
from sync.policy import Decision, Do
from sync.portal import Look
from sync.spool import Spool
from sync.steps import Feeds, Tools
from sync.transport import Patience
from sync.wire.manifest import Manifest
from sync.wire.operation import new_op_id
from tests.support.crank import Crank

PATIENCE = Patience(connect=5.0, answer=5.0, probe=5.0)
PACE = Pace(watch=False, probe=5.0, changes=30.0, heartbeat=60.0)
MAX_TURNS = 500


class KeptPacks:
    """A pack sink that keeps the bytes; the import has tests of its own."""

    def __init__(self) -> None:
        self.installed: list[tuple[str, bytes]] = []
        self.manifests: list[Manifest] = []
        self.refused: list[RefusedPack] = []

    async def holdings(self) -> Holdings:
        if not self.installed:
            return Holdings(None, tuple(self.refused))
        here = self.manifests[-1]
        held = Installed(here.county, here.version, here.sha256, here.as_of, here.number)
        return Holdings(held, tuple(self.refused))

    async def install(self, loaded: Loaded) -> None:
        manifest = loaded.signed.manifest
        self.installed.append((manifest.version, await asyncio.to_thread(loaded.path.read_bytes)))
        self.manifests.append(manifest)

    async def refuse(self, refusal: RefusedPack) -> None:
        self.refused.append(refusal)


class KeptPictures:
    def __init__(self, names: tuple[str, ...] = ()) -> None:
        self.names = names
        self.kept: dict[str, bytes] = {}

    async def wanted(self, limit: int) -> tuple[str, ...]:
        return tuple(name for name in self.names if name not in self.kept)[:limit]

    async def keep(self, sha256: str, path: Path) -> None:
        self.kept[sha256] = await asyncio.to_thread(path.read_bytes)
        await asyncio.to_thread(path.unlink)


@dataclass
class Terminal:
    folder: Path
    crank: Crank
    opened: Opened
    clock: TrustedClock
    packs: KeptPacks = field(default_factory=KeptPacks)
    pictures: KeptPictures = field(default_factory=KeptPictures)
    progress: list[SetUpProgress] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    reached: Probe = unobserved
    piece: int = 64 * 1024
    look: Look | None = None  # whether a portal is there: nothing outside is asked
    ticks: Callable[[], float] | None = None  # the crank's, if nothing else is said

    @classmethod
    def open(cls, folder: Path, crank: Crank) -> Terminal:
        opened = open_store(Folders.of(folder / "data"), keystore.obfuscated(folder / "keys.json"))
        clock = opened.database.read_sync(lambda conn: load_clock(conn, crank.machine()))
        return cls(folder, crank, opened, clock)

    def close(self) -> None:
        self.db.close()

    def restart(self) -> None:
        """The program ends and begins again on the same files."""
        self.db.close()
        fresh = Terminal.open(self.folder, self.crank)
        self.opened, self.clock = fresh.opened, fresh.clock

    @property
    def db(self) -> KioskDatabase:
        return self.opened.database

    @cached_property
    def spool(self) -> Spool:
        return Spool(self.folder / "attachments", b"attachments of tests are secret!")

    @property
    def keys(self) -> keystore.KeyStore:
        return keystore.obfuscated(self.folder / "keys.json")

    def set_up(self) -> SetUp:
        parts = SetUpParts(self.db, self.keys, self.clock, {"yizhan": "test"}, self.progress.append, PATIENCE)
        return SetUp(parts)

    async def enrol(self, url: str, code: str, point: str) -> None:
        steps = self.set_up()
        await steps.reach(url, code)
        await steps.enrol(point)

    @asynccontextmanager
    async def engine(self, pace: Pace = PACE, url: str | None = None) -> AsyncIterator[Engine]:
        """`url` leads somewhere else than where the terminal enrolled (through a proxy)."""
        if url is not None:
            await self.move(url)
        here = await self.db.read(identity.require)
        member = await load(self.db, self.keys)
        client = await Client.connect(member, self.clock.proven, PATIENCE, self.look)
        feeds = Feeds(
            PackFeed(client, here.county, self.folder / "packs", self.packs, self.piece),
            PictureFeed(client, self.folder / "pictures", self.pictures, self.piece),
            AttachmentFeed(client, self.db, self.spool, self.reports.append),
        )
        tools = Tools(
            ticks=self.ticks or self.crank.ticks,
            chance=lambda: 0.5,
            reached=self.reached,
            report=self.reports.append,
            facts=lambda: {"versions": {"yizhan": "test"}},
        )
        engine = Engine(self.db, client, self.clock, feeds, tools, pace)
        try:
            yield engine
        finally:
            await engine.close()
            await client.close()

    async def move(self, url: str) -> None:
        def write(conn: Connection) -> None:
            identity.set_central(conn, url, identity.require(conn).central_keys)

        await self.db.run(write)

    def record(self, kind: str = "test.note", **payload: Any) -> Recorded:
        new = NewOperation(new_op_id(), kind, payload or {"text": "㳇㮾𡓐"})
        return self.db.run_sync(lambda conn: outbox.record(conn, new, self.stamp(conn)))

    def stamp(self, conn: Connection) -> outbox.Stamp:
        return stamp(membership(identity.require(conn), self.keys), self.clock)

    def view(self, op_id: str) -> OperationView:
        found = self.db.read_sync(lambda conn: outbox.find(conn, op_id))
        assert found is not None
        return found


async def settle(engine: Engine) -> Decision:
    """Turns until there is nothing to do now."""
    for _ in range(MAX_TURNS):
        decision = await engine.turn()
        if not isinstance(decision, Do) and not await engine.installed():
            return decision
    raise AssertionError("the engine does not come to rest")


async def until(engine: Engine, crank: Crank, holds: Callable[[], bool]) -> None:
    """Cranks the clock to whatever the engine waits for, until it holds."""
    for _ in range(MAX_TURNS):
        if holds():
            return
        decision = await engine.turn()
        if not isinstance(decision, Do):
            crank.forward(1.0)
    raise AssertionError("it never came to hold")
