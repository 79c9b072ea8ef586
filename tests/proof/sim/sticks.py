"""Couriers of a village: bundles on sticks, copied, lost, damaged, out of order, late and twice."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from central.courier_folder import Worked, work_through
from kiosk import couriers
from kiosk.courier_desk import FOLDER, CourierDesk
from kiosk.devices.media import Stick
from sync.errors import NoSealingKey, NotEnrolled, StoreError
from sync.wire.bundle import DOWN_SUFFIX, UP_SUFFIX
from tests.proof.sim.central import Killed
from tests.proof.sim.machine import Machine
from tests.proof.sim.power import Cut

if TYPE_CHECKING:
    from tests.proof.sim.schedule import Village


@dataclass
class Sticks:
    """`drawer` keeps copies of whatever was once on a stick: any of it may turn up at any time."""

    village: Village
    begun: int = 0
    drawer: list[tuple[str, bytes]] = field(default_factory=list)

    async def round(self, machine: Machine) -> None:
        """One courier: from a machine to central or another machine's line, and back."""
        village, rng = self.village, self.village.world.rng
        stick = self._new_stick()
        for n in range(rng.choice((1, 1, 2))):
            if n:
                await village.some_time()
                await village.visit(machine)
            await self._quietly(machine, self._fill(machine, stick))
        self._mishaps(stick)
        await village.some_time()
        self._old_ones_onto(stick)
        if rng.random() < 0.5:
            self._head_office(stick)
        else:
            carrier = rng.choice(village.machines or [machine])
            await self._quietly(carrier, self._carry(carrier, stick))
        self._mishaps(stick)
        await village.some_time()
        self._old_ones_onto(stick)
        for _ in range(rng.choice((1, 1, 2))):
            await self._quietly(machine, self._empty(machine, stick))

    async def all_turn_up(self) -> None:
        """Every file anybody ever had: at head office first, then at every machine."""
        if not self.drawer:
            return
        stick = self._new_stick()
        for name, data in self.drawer:
            (stick / name).write_bytes(data)
        self._head_office(stick)
        for machine in self.village.machines:
            await self._quietly(machine, self._empty(machine, stick))

    def _new_stick(self) -> Path:
        self.begun += 1
        stick = self.village.world.folder / f"stick-{self.begun}" / FOLDER
        stick.mkdir(parents=True)
        return stick

    async def _quietly(self, machine: Machine, work: Coroutine[Any, Any, None]) -> None:
        """What the world may refuse a courier is no fault: they come again."""
        try:
            await self.village.world.spawn(machine, work)
        except (Cut, NotEnrolled, NoSealingKey, StoreError) as refusal:
            self._seen(f"refused: {type(refusal).__name__}")

    async def _fill(self, machine: Machine, stick: Path) -> None:
        terminal = await machine.ready()
        for written in await CourierDesk(terminal).fill(Stick(stick.parent, 0)):
            self._note(f"{machine.name} gives {written.operations} operations")
            self._seen("given")

    async def _empty(self, machine: Machine, stick: Path) -> None:
        terminal = await machine.ready()
        for handled in await CourierDesk(terminal).empty(Stick(stick.parent, 0)):
            self._seen(handled.fate.value)
            if handled.fate.value != "upward":
                self._note(f"{machine.name} takes in: {handled.fate.value}")

    async def _carry(self, carrier: Machine, stick: Path) -> None:
        terminal = await carrier.ready()
        onward = self.village.world.rng.random() < 0.3
        done = await couriers.carrier(terminal).visit(stick, terminal.line.client, onward=onward)
        self._note(f"{carrier.name} hands in {len(done.handed_in)}, gives back {len(done.given_back)}")
        self.village.world.seen["courier: handed in"] += len(done.handed_in)

    def _head_office(self, stick: Path) -> None:
        central = self.village.world.central
        try:
            worked: Worked = work_through(central.parts, stick, stick)
        except Killed as killed:
            central.file.after_cut()
            self._note(f"central killed at {killed}")
            return
        self._note(f"head office answers {len(worked.answered)}, not {len(worked.unusable)}")
        self.village.world.seen["courier: head office"] += len(worked.answered)

    def _mishaps(self, stick: Path) -> None:
        """Of each file a copy is kept; some are lost, some damaged."""
        rng = self.village.world.rng
        for path in sorted(stick.iterdir()):
            data = path.read_bytes()
            if path.suffix in (UP_SUFFIX, DOWN_SUFFIX):
                self.drawer.append((path.name, data))
            dice = rng.random()
            if dice < 0.15:
                path.unlink()
                self._seen("lost")
            elif dice < 0.25:
                path.write_bytes(data[: rng.randrange(len(data))])
                self._seen("truncated")
            elif dice < 0.3:
                at = rng.randrange(len(data))
                path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
                self._seen("altered")

    def _old_ones_onto(self, stick: Path) -> None:
        """Copies of earlier rounds come along, also what was lost or damaged since."""
        rng = self.village.world.rng
        for name, data in self.drawer:
            if rng.random() < 0.2:
                (stick / name).write_bytes(data)
                self._seen("came again")

    def _seen(self, what: str) -> None:
        self.village.world.seen[f"courier: {what}"] += 1

    def _note(self, what: str) -> None:
        self.village.world.note(f"courier: {what}")
