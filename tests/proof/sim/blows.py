"""What befalls machines, central and clocks in a schedule: each blow is one entry here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.proof.sim.machine import Machine
from tests.proof.sim.world import Image

if TYPE_CHECKING:
    from tests.proof.sim.schedule import Village

Act = Callable[["Village", Machine], Awaitable[None]]
YEAR = 365.0


@dataclass(frozen=True)
class Blow:
    name: str
    odds: float  # that a schedule has it at all
    act: Act = field(compare=False)


async def power_cut_within(village: Village, machine: Machine) -> None:
    """Between any two of the steps to come."""
    machine.power.cut_after(village.world.rng.randrange(1, 150))


async def power_cut_now(village: Village, machine: Machine) -> None:
    machine.power.cut("any moment")


async def program_ends(village: Village, machine: Machine) -> None:
    machine.stop()


async def disk_full(village: Village, machine: Machine) -> None:
    machine.disk.full = True
    village.mend_later(machine, lambda: setattr(machine.disk, "full", False))


async def disk_fails(village: Village, machine: Machine) -> None:
    machine.disk.failing = True
    village.mend_later(machine, lambda: setattr(machine.disk, "failing", False))


async def ledger_lost(village: Village, machine: Machine) -> None:
    """The ledger does not come through a power cut: only the journal tells what was recorded."""
    machine.loses_ledger = True
    machine.power.cut_after(village.world.rng.randrange(1, 150))


async def clock_years_on(village: Village, machine: Machine) -> None:
    machine.around.clock.wrong += timedelta(days=village.world.rng.uniform(0.5, 8) * YEAR)


async def clock_years_back(village: Village, machine: Machine) -> None:
    machine.around.clock.wrong -= timedelta(days=village.world.rng.uniform(0.5, 8) * YEAR)


async def clock_set_right(village: Village, machine: Machine) -> None:
    machine.around.clock.wrong = timedelta(0)


async def line_down(village: Village, machine: Machine) -> None:
    village.world.lines_down[machine.name] = village.world.loop.time() + village.world.rng.uniform(20, 300)


async def ninety_days_offline(village: Village, machine: Machine) -> None:
    """No line, and people go on; then time jumps, as if every machine had slept."""
    world = village.world
    now = world.loop.time()
    for name in world.machines:
        world.lines_down[name] = now + 90 * 86400 + 60
    for _ in range(3):
        await village.visit(machine)
    world.loop.pass_time(90 * 86400)


async def seasons_pass(village: Village, machine: Machine) -> None:
    """What was settled is in every backup now: at its next start a machine may erase what people wrote."""
    await village.visit(machine)
    await village.some_time()
    village.world.loop.pass_time(village.world.rng.choice((40, 130)) * 86400)
    await village.visit(machine)
    await village.some_time()
    machine.stop()


async def central_killed(village: Village, machine: Machine) -> None:
    village.world.central.kill_after(village.world.rng.randrange(1, 120))


async def central_down(village: Village, machine: Machine) -> None:
    world = village.world
    world.central.down_until = world.loop.time() + world.rng.uniform(10, 150)


async def central_digests(village: Village, machine: Machine) -> None:
    """Central learns what it choked on and looks again."""
    village.world.central.choking.chokes = False
    village.look_again()


async def put_back(village: Village, machine: Machine) -> None:
    """An image is taken; people go on; then the disk of that time is put back."""
    if not (machine.power.on and machine.terminal is not None):
        return
    image = village.world.image(machine)
    await village.some_time()
    await village.visit(machine)
    await village.put_back(machine, image)


async def central_restored(village: Village, machine: Machine) -> None:
    """A backup is made; everybody goes on; then central's disk dies, and the backup is all there is."""
    backup, made = village.world.central.copy(), village.world.now()
    lives = village.lives
    await village.some_time()
    if village.world.rng.random() < 0.2:  # of which the backup knows nothing
        await village.enrol_anew(machine)
    await village.visit(machine)
    central = village.world.central
    if village.world.now() - made >= central.parts.horizon:
        return
    village.world.note("central restored" if village.lives == lives else "central restored, enrolments lost")
    central.restore(backup)
    village.history.forget(village.world)
    village.world.seen["reached: central restored"] += 1
    if village.lives != lives:
        village.world.seen["reached: enrolment lost"] += 1


async def cloned(village: Village, machine: Machine) -> None:
    """Two machines with the same key, both at work."""
    if machine.power.on and machine.terminal is not None:
        await village.clone(machine)


async def courier(village: Village, machine: Machine) -> None:
    """Somebody carries bundles, mostly because there is no line."""
    if village.world.rng.random() < 0.6:
        await line_down(village, machine)
        await village.visit(machine)
    await village.sticks.round(machine)


async def enrolled_anew(village: Village, machine: Machine) -> None:
    """The same machine starts its next life, with or without something unsent."""
    await village.enrol_anew(machine)


BLOWS: tuple[Blow, ...] = (
    Blow("power cut between two steps", 0.6, power_cut_within),
    Blow("power cut at any moment", 0.25, power_cut_now),
    Blow("program ends", 0.15, program_ends),
    Blow("disk full", 0.15, disk_full),
    Blow("disk fails", 0.15, disk_fails),
    Blow("ledger lost", 0.15, ledger_lost),
    Blow("clock years ahead", 0.12, clock_years_on),
    Blow("clock years behind", 0.12, clock_years_back),
    Blow("clock set right", 0.06, clock_set_right),
    Blow("line down", 0.25, line_down),
    Blow("ninety days offline", 0.06, ninety_days_offline),
    Blow("seasons pass", 0.08, seasons_pass),
    Blow("central killed", 0.25, central_killed),
    Blow("central down", 0.1, central_down),
    Blow("central digests", 0.2, central_digests),
    Blow("courier", 0.2, courier),
    Blow("enrolled anew", 0.12, enrolled_anew),
    Blow("restored from an image", 0.1, put_back),
    Blow("central restored", 0.12, central_restored),
    Blow("cloned", 0.06, cloned),
)

__all__ = ["BLOWS", "Blow", "Image"]
