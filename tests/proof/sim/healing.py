"""All faults end: whoever is locked gets a code, whoever has a twin is taken away, and all come to rest."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from central import standing
from central.errors import SetupError
from sync.policy import Link
from tests.proof.sim import following, oracles
from tests.proof.sim.central import reading
from tests.proof.sim.machine import Machine
from tests.proof.sim.settled import settled, state_of
from tests.proof.sim.world import until

if TYPE_CHECKING:
    from tests.proof.sim.schedule import Village

PATIENCE = 2 * 3600.0  # virtual seconds
TOO_MANY = 150  # exchanges of one machine after healing: it will never come to rest


async def heal(village: Village) -> list[str]:
    """What the oracles find at the end of it."""
    await _end_faults(village)
    needed = await asyncio.gather(*(_settles(village, machine) for machine in village.machines))
    if all(asked < TOO_MANY for _, asked in needed):
        await village.sticks.all_turn_up()
        await _all_settle(village)
        # An old stick forks.
        await asyncio.gather(*(_mended(village, machine) for machine in village.machines))
        await _all_settle(village)
        village.look()
        _reconcile(village)
        await _all_settle(village)
    return oracles.check(village, dict(needed))


async def _end_faults(village: Village) -> None:
    world = village.world
    world.note("healing")
    village.heals = True
    for machine in village.clones:
        machine.retire()
    village.history.forget(world)
    world.sky.odds, world.lines_down = {}, {}
    world.central.down_until = 0.0
    world.central.kill_after(None)
    world.central.choking.chokes = False
    for machine in village.machines:
        machine.power.spare()
        machine.disk.full = machine.disk.failing = False
    for task in village.tasks:
        if not task.done():
            await asyncio.wait({task}, timeout=600)
    village.look_again()


async def _settles(village: Village, machine: Machine) -> tuple[str, int]:
    """How many exchanges it took."""
    before = machine.asked
    await _mended(village, machine)
    central = village.world.central
    await until(lambda: settled(machine, central) or machine.asked > before + TOO_MANY, PATIENCE)
    return machine.name, machine.asked - before


async def _mended(village: Village, machine: Machine) -> None:
    """Somebody comes to a machine that says it is locked, or that its life is over."""

    def at_rest() -> bool:
        return _is_locked(machine) or settled(machine, village.world.central) or machine.asked > most

    most = machine.asked + TOO_MANY
    await until(at_rest, PATIENCE)
    if _is_locked(machine):
        village.world.seen[f"reached: {state_of(machine)}"] += 1
        await village.enrol_anew(machine)


async def _all_settle(village: Village) -> None:
    """One tells central what another is told of."""
    machines = village.machines
    most = sum(one.asked for one in machines) + TOO_MANY

    def rests() -> bool:
        settled_all = all(settled(one, village.world.central) or _is_locked(one) for one in machines)
        return settled_all or sum(one.asked for one in machines) > most

    await until(rests, PATIENCE)


def _reconcile(village: Village) -> None:
    """Central's people say that all are heard, and look at what waited for that."""
    central = village.world.central
    with reading(central) as conn:
        village.history.changed += following.granted_early(conn)
    with contextlib.suppress(SetupError):  # it lost nothing
        central.parts.database.write(lambda conn: standing.end_reconciling(conn, village.world.now()))
    village.look_again()


def _is_locked(machine: Machine) -> bool:
    return machine.terminal is not None and machine.terminal.line.link is Link.LOCKED
