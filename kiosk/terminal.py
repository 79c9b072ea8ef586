"""Everything of a terminal but its window: files, keys, time, identity, the line to central, the printer."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import kiosk
from kiosk.bilingual import Text
from kiosk.devices.faults import Faults
from kiosk.devices.fitted import Fitted
from kiosk.devices.observed import ObservedPrinter, observed
from kiosk.devices.printer import Printer
from kiosk.health import Room, Vitals, health
from kiosk.line import Line
from kiosk.services.desk import Place
from kiosk.store.faults import translated
from kiosk.store.keystore import key
from kiosk.store.opening import Folders, Mended, Opened, open_store
from kiosk.store.papers import Papers
from kiosk.store.pictures import Pictures
from kiosk.tending import Tending
from kiosk.tidying import Tidying
from sync import anchors, attachments, identity, pieces
from sync.clock import Machine, TrustedClock, this_machine
from sync.identity import Identity, IdentityState
from sync.keystore import ATTACHMENTS, KeyStore
from sync.membership import Membership, load, membership, stamp
from sync.outbox import Stamp
from sync.pace import Pace
from sync.points import Probe, unobserved
from sync.setup_steps import Report
from sync.spool import Spool
from sync.transport import Patience

if TYPE_CHECKING:  # only the line and setting up need them: no start waits for them
    from kiosk.store.catalogue import Catalogue
    from kiosk.store.packs import Progress
    from sync import enrol
    from sync.client import Client
    from sync.engine import Engine


@dataclass(frozen=True)
class Plan:
    """What a terminal is built from; the last four are the edges that a test turns by hand."""

    folders: Folders
    keys: KeyStore
    printer: Printer
    fitted: Fitted = field(default_factory=Fitted)
    media: tuple[Path, ...] = ()  # folders in which sticks are mounted
    printed: Path | None = None  # where a printer that writes files leaves them
    pace: Pace = field(default_factory=Pace)
    patience: Patience = field(default_factory=Patience)
    machine: Machine = field(default_factory=this_machine)
    probe: Probe = unobserved


class Terminal:
    """`open` (reads and mends files: off the loop), `start`, `close`."""

    def __init__(self, plan: Plan, opened: Opened, clock: TrustedClock) -> None:
        self.plan = plan
        self.data = opened.database
        self.mended: tuple[Mended, ...] = opened.mended
        self.clock = clock
        self.line = Line()
        self._tending: Tending | None = None
        self._tidying: Tidying | None = None
        self.faults = Faults(self.now)
        self.printer: Printer = ObservedPrinter(plan.printer, plan.probe, self.faults)
        self.fitted = observed(plan.fitted, self.faults)
        self.pictures = Pictures(self.data, plan.folders.data / "pictures")
        self.spool = Spool(plan.folders.data / "attachments", key(plan.keys, ATTACHMENTS))
        self._cache_key = opened.cache_key
        self._identity = self.data.read_sync(identity.current)
        self._member = None if self._identity is None else membership(self._identity, plan.keys)

    @classmethod
    def open(cls, plan: Plan) -> Terminal:
        """Raises StoreError, and then holds nothing: it can be tried again."""
        opened = open_store(plan.folders, plan.keys, plan.probe)
        with ExitStack() as undo:
            undo.callback(opened.database.close)
            clock = opened.database.read_sync(lambda conn: anchors.load_clock(conn, plan.machine))
            terminal = cls(plan, opened, clock)
            if not opened.mended:  # of a ledger that was mended nobody knows what its rows named
                terminal.spool.sweep(opened.database.read_sync(attachments.named))
            with translated(terminal.downloads):
                pieces.sweep(terminal.downloads, pieces.CARRIED)
            undo.pop_all()
        return terminal

    @property
    def identity(self) -> Identity | None:
        return self._identity

    @property
    def versions(self) -> Mapping[str, str]:
        return {"yizhan": kiosk.__version__}

    async def start(self) -> None:
        """Goes on the line if this machine is enrolled, asking nothing of it. Again: as who it is now."""
        if self._tending is not None:
            await self._tending.end()
        if self._tidying is not None:
            await self._tidying.end()
        await self.line.end()
        self._identity = await self.data.read(identity.current)
        if self._identity is None:
            return
        self._member = await load(self.data, self.plan.keys)
        connect = await asyncio.to_thread(_connecting)
        self.line.begin(*await connect(self, self._member))
        self._tending = Tending(self.data, self.now, self.stamp)
        self._tending.begin()
        self._tidying = Tidying(self.data, self.now, self.papers)
        self._tidying.begin()

    async def close(self) -> None:
        """Every part, though another fails; the files last."""
        async with AsyncExitStack() as parts:
            parts.push_async_callback(asyncio.to_thread, self.data.close)
            parts.push_async_callback(self.line.end)
            if self._tending is not None:
                parts.push_async_callback(self._tending.end)
            if self._tidying is not None:
                parts.push_async_callback(self._tidying.end)

    # --- trusted time, and who this is ---------------------------------------------------------------------
    def now(self) -> datetime:
        return self.clock.now().at

    def stamp(self) -> Stamp:
        assert self._member is not None, "nothing is recorded before enrolment"
        return stamp(self._member, self.clock)

    def place(self) -> Place | None:
        here = self._identity
        if here is None or here.state is not IdentityState.OPEN:  # then it is set up anew, on this same disk
            return None
        name = here.point.get("name", {})
        text = Text(name.get("zh", here.point["id"]), name.get("en", here.point["id"]))
        return Place(here.terminal, here.point["id"], text, here.profile)

    def health(self) -> tuple[Text, ...]:
        return health(Vitals(self.mended, self.data.journal_fault, self.clock, self.line.refused_pack))

    def drift(self) -> timedelta | None:
        """How far the machine's own clock is ahead of trusted time."""
        return self.clock.drift()

    def room(self) -> Room:
        usage = shutil.disk_usage(self.plan.folders.data)
        return Room(usage.free, usage.total)

    # --- parts for set-up ----------------------------------------------------------------------------------
    def enrolment(self, report: Report) -> enrol.SetUp:
        from sync import enrol

        plan = self.plan
        parts = enrol.SetUpParts(self.data, plan.keys, self.clock, self.versions, report, plan.patience)
        return enrol.SetUp(parts)

    def catalogue(self, progress: Progress) -> Catalogue:
        from kiosk.store.catalogue import Catalogue

        return Catalogue(self.data, self._cache_key, self.now, progress)

    @property
    def paper_folder(self) -> Path:
        """Where PDF slips go."""
        return self.plan.folders.data / "paper"

    @property
    def papers(self) -> Papers:
        printed = self.plan.printed
        return Papers(self.plan.folders.data, (self.paper_folder, *((printed,) if printed else ())))

    @property
    def downloads(self) -> Path:
        return self.plan.folders.data / "downloads"


def _connecting() -> Callable[[Terminal, Membership], Awaitable[tuple[Client, Engine]]]:
    """Takes a tenth of a second the first time: call it off the loop."""
    from kiosk.online import connect

    return connect
