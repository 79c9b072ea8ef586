"""One machine: the product's terminal on a faulty disk, under a clock that may lie, while it has power."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import TypeVar

from sqlalchemy import Connection

from kiosk.devices.file_printer import FilePrinter
from kiosk.store import keystore
from kiosk.store.opening import Folders, Mended
from kiosk.terminal import Plan, Terminal
from sync.client import Client
from sync.clock import Machine as Clocks
from sync.engine import Engine
from sync.errors import StoreError
from sync.membership import Membership
from sync.pace import Pace
from sync.points import Point
from sync.steps import Feeds, Tools
from tests.proof.sim.disk import FaultyDisk
from tests.proof.sim.ledgers import SQLITE_FULL, SQLITE_IOERR, MemoryFile, fault
from tests.proof.sim.line import SimLine
from tests.proof.sim.power import Cut, Power

T = TypeVar("T")
PACE = Pace(
    probe=400.0, changes=400.0, heartbeat=3600.0, first_wait=2.0, reach_wait=40.0, lane_wait=30.0, watch=False
)


@dataclass
class Clock:
    """The machine's own: `wrong` is how far its wall clock is off."""

    true: Callable[[], datetime]
    ticks: Callable[[], float]
    wrong: timedelta = timedelta(0)
    booted: float = 0.0
    boot: int = 1

    def reboot(self) -> None:
        self.booted, self.boot = self.ticks(), self.boot + 1

    def clocks(self) -> Clocks:
        return Clocks(
            lambda: self.true() + self.wrong, lambda: self.ticks() - self.booted + 5.0, f"boot-{self.boot}"
        )


@dataclass
class Surroundings:
    """What a machine is plugged into."""

    rng: Random
    clock: Clock
    note: Callable[[str], None]
    line: Callable[[Machine], SimLine]


class Machine:
    def __init__(self, name: str, folder: Path, around: Surroundings) -> None:
        self.name, self.folder, self.around = name, folder, around
        self.power = Power(self._cut)
        self.disk = FaultyDisk(self.power, around.rng)
        self.files: dict[int, MemoryFile] = {}
        self.terminal: Terminal | None = None
        self.reports: list[str] = []
        self.asked = 0
        self.retired = False
        self.loses_ledger = False  # with the next power cut
        self.cuts: list[str] = []
        self.rewritten = False  # its journal does not begin with its first operation
        self._off = asyncio.Event()
        self._ready = asyncio.Event()

    # --- files ---------------------------------------------------------------------------------------------
    @cached_property
    def folders(self) -> Folders:
        return Folders(self.folder / "data", self.folder / "data" / "journal", self.disk)

    @property
    def keys(self) -> keystore.KeyStore:
        return keystore.obfuscated(self.folder / "keys.json")

    def open_file(self, path: Path, create: bool) -> MemoryFile | None:
        """SQLite's files lie in memory; an empty file of their name stands for them in the folder."""
        if not path.exists():
            if not create:
                return None
            path.touch()
        made = self.files.get(path.stat().st_ino)
        if made is None:
            made = self.files[path.stat().st_ino] = MemoryFile(self._ledger_step)
        return made

    @property
    def ledger(self) -> MemoryFile:
        return self.files[os.stat(self._ledger_path).st_ino]  # asked some 300 times a schedule

    @cached_property
    def _ledger_path(self) -> str:
        return str(self.folders.ledger)

    def adopt(self, ledger: MemoryFile) -> None:
        self.files[self.folders.ledger.stat().st_ino] = ledger.copy(self._ledger_step)

    def _ledger_step(self, name: str) -> None:
        self.power.step(name)
        if name == "commit" and self.disk.full:
            raise fault(SQLITE_FULL, "database or disk is full")
        if name == "commit" and self.disk.failing:
            raise fault(SQLITE_IOERR, "disk I/O error")

    # --- power ---------------------------------------------------------------------------------------------
    def _cut(self, where: str) -> None:
        self.cuts.append(where)
        self.around.note(f"{self.name} power cut at {where}")
        self._off.set()

    async def live(self) -> None:
        """Starts, runs until the power goes, and starts again."""
        while True:
            task = asyncio.create_task(self._run(), name=f"{self.name} life")
            off = asyncio.create_task(self._off.wait())
            try:
                await asyncio.wait({task, off}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                off.cancel()
                await self._end(task)
            if self.retired:
                return
            await self._again()

    async def _run(self) -> None:
        plan = Plan(
            folders=self.folders,
            keys=self.keys,
            printer=FilePrinter(self.folder / "spool"),
            pace=PACE,
            machine=self.around.clock.clocks(),
            probe=self._reached,
        )
        self.terminal = None
        try:
            terminal = Terminal.open(plan)
            self.terminal = terminal
            if terminal.mended:
                self.around.note(f"{self.name} mended {[one.value for one in terminal.mended]}")
                self.rewritten |= Mended.JOURNAL_REWRITTEN in terminal.mended
            await terminal.start()
        except StoreError as error:
            self.around.note(f"{self.name} does not start: {type(error).__name__}")
            await asyncio.sleep(30)
            return
        self._ready.set()
        await asyncio.Event().wait()

    async def _end(self, task: asyncio.Task[None]) -> None:
        self._ready.clear()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Cut):
            await task
        terminal, self.terminal = self.terminal, None
        try:
            if terminal is not None:
                if terminal._tending is not None:
                    with contextlib.suppress(Cut):
                        await terminal._tending.end()
                with contextlib.suppress(Cut):
                    await terminal.line.end()
                with contextlib.suppress(Cut):
                    terminal.data.close()
        finally:
            self.disk.let_go()

    async def _again(self) -> None:
        self._off.clear()
        if self.power.on:  # the program ended by itself, the machine went on
            return
        lost = self.disk.after_cut()
        for file in self.files.values():
            file.after_cut()
        if self.loses_ledger:
            self._lose_ledger()
        await asyncio.sleep(self.around.rng.uniform(5, 40))
        self.power.on = True
        self.around.clock.reboot()
        self.around.note(f"{self.name} starts again, {lost} bytes lost")

    def _lose_ledger(self) -> None:
        self.loses_ledger = False
        if not self.folders.ledger.exists():
            return
        self.around.note(f"{self.name} loses its ledger")
        if self.around.rng.random() < 0.5:
            self.ledger.damaged = True
        else:
            self.folders.ledger.unlink()

    def stop(self) -> None:
        """The program ends, as for an update; the machine goes on."""
        self._ready.clear()
        self._off.set()

    def come_back(self) -> None:
        self.retired, self.rewritten = False, True
        self._off.clear()

    def retire(self) -> None:
        self.retired = True
        self._ready.clear()
        self._off.set()

    def _reached(self, point: Point) -> None:
        self.power.step(point.value)

    # --- what people do ------------------------------------------------------------------------------------
    async def ready(self) -> Terminal:
        await self._ready.wait()
        assert self.terminal is not None
        return self.terminal

    async def do(self, work: Callable[[Connection], T]) -> T:
        """One transaction of the product; raises Cut when it was the last thing this machine did."""
        terminal = await self.ready()
        return await terminal.data.run(work)

    def peek(self, work: Callable[[Connection], T]) -> T:
        """For oracles: the ledger as it is, past the product."""
        assert self.terminal is not None
        return self.terminal.data.read_sync(work)


async def connect(terminal: Terminal, member: Membership) -> tuple[Client, Engine]:
    """As `kiosk.online.connect`, without the feed of packs and pictures."""
    client = await Client.connect(member, terminal.clock.proven, terminal.plan.patience)
    machine = machine_of(terminal)
    tools = Tools(
        terminal.plan.machine.ticks,
        machine.around.rng.random,
        terminal.plan.probe,
        machine.reports.append,
        lambda: {"versions": dict(terminal.versions)},
    )
    return client, Engine(terminal.data, client, terminal.clock, Feeds(), tools, terminal.plan.pace)


def machine_of(terminal: Terminal) -> Machine:
    machine = terminal.plan.probe.__self__  # type: ignore[attr-defined]
    assert isinstance(machine, Machine)
    return machine
