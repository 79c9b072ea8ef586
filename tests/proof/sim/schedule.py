"""One schedule: what its seed says befalls a village, then healing, then the oracles."""

from __future__ import annotations

import asyncio
import gc
import shutil
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import count

from central import reviews
from central.errors import SetupError
from kiosk.terminal import Terminal
from sync.errors import BugError, NotEnrolled, RefusedError, StoreError
from sync.failures import LinkError, Refusal
from sync.outbox import Recorded
from sync.wire.operation import new_op_id
from tests.proof.sim import healing, oracles, work
from tests.proof.sim.machine import Machine
from tests.proof.sim.power import Cut
from tests.proof.sim.script import Script
from tests.proof.sim.sticks import Sticks
from tests.proof.sim.template import BEGINS, Template, template
from tests.proof.sim.work import NotNow, Visit
from tests.proof.sim.world import SEATS, Image, World


@dataclass(frozen=True)
class Report:
    seed: int
    violations: tuple[str, ...]
    digest: str
    seen: Counter[str]
    exchanges: int
    trace: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Told:
    """What a person has seen and paper says."""

    machine: str
    op_id: str
    slip_code: str


class Village:
    def __init__(self, world: World, made: Template, script: Script) -> None:
        self.world, self.made, self.script = world, made, script
        self.lives = 0  # begun, perhaps in vain, by enrolment
        self.codes: dict[str, str] = {}  # given out and not yet used with success
        self.told: list[Told] = []
        self.history = oracles.History()
        self.tainted: set[str] = set()  # machines whose disk is not the one that recorded everything
        self.clones: list[Machine] = []
        self.heals = False
        self.sticks = Sticks(self)
        self.tasks: list[asyncio.Task[None]] = []

    # --- the course of it ----------------------------------------------------------------------------------
    async def live(self) -> list[str]:
        world, script = self.world, self.script
        for seat in SEATS[: script.seats]:
            self.settle_in(seat.name)
        world.sky.odds = script.odds
        world.note(f"script {script.seats} {script.visits} {[b.name for _, b in script.blows]}")
        times = [(world.rng.uniform(0, script.lasts), None) for _ in range(script.visits)]
        for at, blow in sorted([*times, *script.blows], key=lambda one: one[0]):
            await asyncio.sleep(max(0.0, at - world.loop.time()))
            self.look()
            if not self.machines:  # the only one is open for its other disk
                continue
            machine = world.rng.choice(self.machines)
            if blow is None:
                self._spawn(self.visit(machine))
                continue
            world.note(f"{machine.name}: {blow.name}")
            world.seen[blow.name] += 1
            self._spawn(blow.act(self, machine))
        await asyncio.sleep(max(0.0, script.lasts - world.loop.time()))
        return await healing.heal(self)

    @property
    def machines(self) -> list[Machine]:
        return [one for one in self.world.machines.values() if not one.retired]

    def look(self) -> None:
        for machine in self.history.machines:
            if not machine.retired:
                self.history.look(machine)
        self.history.changed += oracles.effects(self.world.central.file.raw.execute)

    async def some_time(self) -> None:
        await asyncio.sleep(self.world.rng.uniform(10, 200))

    def settle_in(self, name: str) -> None:
        machine = self.world.machine(name)
        self.world.lay_down(self.made.images[name], machine)
        self.history.watch(machine)
        self.world.begin(machine)

    # --- what blows do -------------------------------------------------------------------------------------
    async def visit(self, machine: Machine) -> None:
        """A person at the machine; after a power cut the same tap may come again."""
        world = self.world
        what = world.rng.choice(tuple(work.WISHES))
        if what in work.BEFORE and world.rng.random() < 0.6:
            await self._wish(machine, work.BEFORE[what])
            await asyncio.sleep(world.rng.choice((0.0, 5.0, 90.0)))
        await self._wish(machine, what)

    async def _wish(self, machine: Machine, what: str) -> None:
        world = self.world
        op_id, seed = new_op_id(), world.rng.getrandbits(32)
        for _ in range(world.rng.choice((1, 2, 3))):
            try:
                recorded = await self._tap(machine, what, op_id, seed)
            except Cut:
                world.seen["reached: power cut under a tap"] += 1
                continue
            except (NotNow, NotEnrolled, RefusedError, StoreError) as refusal:
                world.seen[f"refused: {type(refusal).__name__}"] += 1
                continue
            world.note(f"{machine.name} told {what} {recorded.seq} again={recorded.again}")
            world.seen[f"recorded: {what}"] += 1
            self.told.append(Told(machine.name, op_id, recorded.slip_code))

    async def _tap(self, machine: Machine, what: str, op_id: str, seed: int) -> Recorded:
        terminal: Terminal = await machine.ready()
        visit = Visit(op_id, what, seed, terminal, self.made.central.keys.coupons)
        return await terminal.data.run(lambda conn: work.record(conn, visit))

    def mend_later(self, machine: Machine, mend: Callable[[], None]) -> None:
        self.world.loop.call_later(self.world.rng.uniform(10, 150), mend)

    def look_again(self) -> None:
        """Central's people retry every open case with something under review."""
        central = self.world.central
        found = central.file.raw.execute(
            "SELECT DISTINCT case_id FROM operations WHERE outcome = 'review' AND case_id IS NOT NULL"
        ).fetchall()
        for (case,) in found:
            try:
                central.parts.database.write(
                    lambda conn, case=case: reviews.retry(
                        conn, central.parts.handlers, case, self.world.now()
                    )
                )
            except SetupError:
                continue
            self.world.seen["reached: looked at again"] += 1

    async def put_back(self, machine: Machine, image: Image) -> None:
        name = machine.name
        self.tainted.add(name)
        machine.retire()
        await asyncio.wait({self.world.lives[name]})
        if self.heals and machine in self.clones:  # it was taken away meanwhile
            return
        self.world.lay_down(image, machine)
        machine.come_back()
        self.history.went_back(machine)
        self.history.forget(self.world)
        self.world.begin(machine)

    async def clone(self, machine: Machine) -> None:
        twin = self.world.machine(f"{machine.name}-twin{len(self.clones)}")
        self.clones.append(twin)
        self.tainted |= {twin.name, machine.name}
        self.world.lay_down(self.world.image(machine), twin)
        self.world.begin(twin)

    async def enrol_anew(self, machine: Machine) -> None:
        seat = next(seat for seat in SEATS if seat.name == machine.name.partition("-")[0])
        if machine in self.clones:
            return
        terminal = await machine.ready()
        assert terminal.identity is not None
        code = self.codes.pop(machine.name, None) or self.world.code(seat.profile, terminal.identity.terminal)
        self.lives += 1
        for _ in range(3):
            try:
                await self.world.spawn(machine, self.world.enrol(machine, code, seat.point))
            except (Cut, LinkError, StoreError) as error:
                self.world.note(f"{machine.name} not enrolled: {type(error).__name__}")
                machine.stop()
                if isinstance(error, Refusal):  # given out a season ago
                    code = self.world.code(seat.profile, terminal.identity.terminal)
                continue
            self.world.seen["reached: next incarnation"] += 1
            return
        self.codes[machine.name] = code

    def _spawn(self, work_: object) -> None:
        task = asyncio.get_running_loop().create_task(work_)  # type: ignore[arg-type]
        task.add_done_callback(self._done)
        self.tasks.append(task)

    def _done(self, task: asyncio.Task[None]) -> None:
        """What the product raised at a person's tap and nobody expects."""
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception) and not isinstance(error, BugError):  # the program ended under it
            self.world.bugs.append(" | ".join(traceback.format_exception(error)[-2:]))


Mutant = Callable[[], AbstractContextManager[object]]
"""Breaks the product on purpose as long as it is entered."""


COLLECT_EVERY = 100  # schedules: each leaves two megabytes in circles
_ended = count(1)


@contextmanager
def _no_collections() -> Iterator[None]:
    """They would cost two fifths of a schedule, and end forgotten tasks at another moment each time."""
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0 if next(_ended) % COLLECT_EVERY else 2)
        gc.enable()


def run_schedule(seed: int, mutant: Mutant | None = None, *, trace: bool = False) -> Report:
    made = template()  # by the whole product
    folder = made.root / f"seed-{seed}"
    shutil.rmtree(folder, ignore_errors=True)
    world = World(seed, folder, made.central, begins=BEGINS)
    if trace:
        world.record.lines = []
    made.central.begin(world.now, made.database)
    village = Village(world, made, Script.drawn(world.rng))
    try:
        with _no_collections(), nullcontext() if mutant is None else mutant():
            violations = world.run(village.live)
    except Exception as error:  # the outermost frame of one schedule
        violations = [f"bug: {type(error).__name__}: {error}"]
        if trace:
            raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    violations += [f"bug: {one}" for one in world.bugs]
    exchanges = sum(machine.asked for machine in world.machines.values())
    lines = tuple(world.record.lines or ())
    return Report(seed, tuple(violations), world.record.digest, world.seen, exchanges, lines)
