"""A terminal and a courier's stick, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sync import identity, outbox
from sync.carried import Fate, Handled, Written
from sync.outbox import State
from sync.postbag import Bag
from sync.wire.encoding import instant
from tests.support.terminal import Terminal


def bag(terminal: Terminal) -> Bag:
    return Bag(
        db=terminal.db,
        keys=terminal.keys,
        now=lambda: instant(terminal.clock.now().at),
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
