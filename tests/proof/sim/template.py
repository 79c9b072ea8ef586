"""A county, its terminals enrolled and at rest: made once a process by the product itself, copied by all."""

from __future__ import annotations

import atexit
import gc
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from sync.wire.encoding import instant
from tests.proof.sim.central import Central, new_central
from tests.proof.sim.ledgers import MemoryFile
from tests.proof.sim.settled import settled
from tests.proof.sim.world import SEATS, START, Image, World, until

BEGINS = 3600.0  # seconds after which schedules begin


@dataclass(frozen=True)
class Template:
    root: Path
    central: Central
    database: MemoryFile
    images: dict[str, Image]


@cache
def template() -> Template:
    memory = Path("/dev/shm")
    root = Path(tempfile.mkdtemp(prefix="yizhan-sim-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    rng = Random("the county")
    central = new_central(lambda: START, iter(lambda: rng.randbytes(32), b""))
    world = World(0, root / "template", central)
    central.clock = world.now
    images: dict[str, Image] = {}

    async def enrol_all() -> None:
        for seat in SEATS:
            machine = world.machine(seat.name)
            world.begin(machine)
            await machine.ready()
            await world.spawn(machine, world.enrol(machine, world.code(seat.profile), seat.point))
        for machine in world.machines.values():
            assert await until(lambda machine=machine: settled(machine, central), 600), machine.name
        for machine in world.machines.values():
            machine.retire()
        for life in world.lives.values():
            await life
        for machine in world.machines.values():
            images[machine.name] = Image(machine.folder, machine.ledger)

    world.run(enrol_all)
    assert world.now() < START.fromtimestamp(START.timestamp() + BEGINS, START.tzinfo), instant(world.now())
    gc.collect()
    gc.freeze()  # none of this ever goes: no collection has to look at it again
    return Template(root, central, central.copy(), images)
