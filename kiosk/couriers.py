"""`yizhan courier`: bundles to and from a folder or a stick, for this terminal or carried for others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from kiosk.store.checkup import reading
from kiosk.terminal import Plan, Terminal
from sync import anchors, identity, membership
from sync.anchors import TimeKeeper
from sync.carried import Handled, Written
from sync.carrier import Carrier, Round
from sync.client import Client
from sync.errors import NotEnrolled
from sync.postbag import Bag

log = logging.getLogger(__name__)
T = TypeVar("T")
POUCH = "courier"


def bag(terminal: Terminal) -> Bag:
    """For a terminal that is open: at the command line, or at work under its window."""
    return Bag(
        db=terminal.data,
        keys=terminal.plan.keys,
        time=TimeKeeper(terminal.data, terminal.clock, terminal.plan.machine.ticks),
        packs=terminal.catalogue(lambda _done, _all: None),
        folder=terminal.downloads,
        report=log.warning,
    )


def carrier(terminal: Terminal) -> Carrier:
    return Carrier(terminal.plan.folders.data / POUCH, terminal.now)


def export(plan: Plan, folder: Path) -> tuple[Written, ...]:
    """Raises StoreError (AlreadyRunning beside a terminal at work), NotEnrolled, NoSealingKey."""
    return _with_bag(plan, lambda one: one.fill(folder))


def take(plan: Plan, places: Sequence[Path]) -> tuple[Handled, ...]:
    """Raises StoreError, NotEnrolled."""
    return _with_bag(plan, lambda one: one.empty(places))


def carry(plan: Plan, folder: Path, *, onward: bool, offline: bool) -> Round:
    """Beside a terminal at work or not. Raises StoreError, NotEnrolled."""
    if not plan.folders.ledger.exists():
        raise NotEnrolled("no ledger")
    with reading(plan.folders, plan.keys) as conn:
        here = identity.require(conn)
        clock = anchors.load_clock(conn, plan.machine)
    member = membership.membership(here, plan.keys)
    carrier = Carrier(plan.folders.data / POUCH, lambda: clock.now().at)

    async def visit() -> Round:
        if offline:
            return await carrier.visit(folder, None, onward=onward)
        client = await Client.connect(member, clock.proven, plan.patience)
        try:
            return await carrier.visit(folder, client, onward=onward)
        finally:
            await client.close()

    return asyncio.run(visit())


def _with_bag(plan: Plan, work: Callable[[Bag], Awaitable[T]]) -> T:
    if not plan.folders.ledger.exists():
        raise NotEnrolled("no ledger")

    async def run() -> T:
        terminal = await asyncio.to_thread(Terminal.open, plan)
        try:
            return await work(bag(terminal))
        finally:
            await terminal.close()

    return asyncio.run(run())
