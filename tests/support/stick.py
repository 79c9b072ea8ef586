"""A terminal and a courier's stick, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import func, select

from central.courier_folder import Worked, work_through
from central.tables import operations
from sync import identity, outbox
from sync.anchors import TimeKeeper
from sync.carried import Fate, Handled, Written
from sync.client import Client
from sync.membership import load
from sync.outbox import State
from sync.postbag import Bag
from tests.support.central import POINT, RunningCentral
from tests.support.terminal import PATIENCE, Terminal


def bag(terminal: Terminal) -> Bag:
    return Bag(
        db=terminal.db,
        keys=terminal.keys,
        time=TimeKeeper(terminal.db, terminal.clock, terminal.crank.ticks),
        packs=terminal.packs,
        folder=terminal.folder / "packs",
        report=terminal.reports.append,
    )


async def fill(terminal: Terminal, stick: Path) -> Written:
    (written,) = await bag(terminal).fill(stick)
    return written


async def empty(terminal: Terminal, *places: Path) -> list[Fate]:
    return [one.fate for one in await emptied(terminal, *places)]


async def emptied(terminal: Terminal, *places: Path) -> Sequence[Handled]:
    return await bag(terminal).empty(places)


def states(terminal: Terminal) -> list[State]:
    return [view.state for view in reversed(terminal.db.read_sync(outbox.recent))]


def high_water(terminal: Terminal) -> int:
    return terminal.db.read_sync(identity.require).high_water


async def enrol(central: RunningCentral, *terminals: Terminal) -> None:
    for terminal in terminals:
        await terminal.enrol(central.url, central.code(), POINT)


def head_office(central: RunningCentral, folder: Path, out: Path | None = None) -> Worked:
    return work_through(central.parts, folder, out or folder)


def held_by(central: RunningCentral) -> int:
    with central.parts.database.reading() as conn:
        return int(conn.execute(select(func.count()).select_from(operations)).scalar_one())


def make(folder: Path) -> None:
    folder.mkdir()


def record(terminal: Terminal, count: int) -> None:
    for _ in range(count):
        terminal.record()


def files(folder: Path, suffix: str) -> list[Path]:
    return sorted(folder.glob(f"*{suffix}"))


@asynccontextmanager
async def line_of(laptop: Terminal) -> AsyncIterator[Client]:
    client = await Client.connect(await load(laptop.db, laptop.keys), laptop.clock.proven, PATIENCE)
    yield client
    await client.close()
