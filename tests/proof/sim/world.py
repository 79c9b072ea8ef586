"""The village of one schedule: its time, its machines, its central, and a record of all that happened."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from central import ca, enrolment
from sync.wire.answers import Profile
from tests.proof.sim import edges
from tests.proof.sim.central import BRANCH, COUNTY, VILLAGE, Central
from tests.proof.sim.ledgers import MemoryFile
from tests.proof.sim.line import Fate, SimLine, Sky
from tests.proof.sim.loop import VirtualLoop
from tests.proof.sim.machine import Clock, Machine, Surroundings

T = TypeVar("T")
START = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
URL = "https://central"
ENDLESS = 1000  # exchanges of one machine; a whole schedule has dozens


class LifeEnded(AssertionError):
    """There is no village to go on with; `World.bugs` says why."""


@dataclass(frozen=True)
class Seat:
    name: str
    profile: Profile
    point: str


SEATS = (
    Seat("a", Profile.ASSISTED, VILLAGE),
    Seat("b", Profile.PUBLIC, BRANCH),
    Seat("c", Profile.FIELD, VILLAGE),
    Seat("d", Profile.STAFF, BRANCH),
)


@dataclass(frozen=True)
class Image:
    """A machine's disk as it lay there once."""

    folder: Path
    ledger: MemoryFile


@dataclass
class Record:
    """What happened, in order: the same seed gives the same digest."""

    lines: list[str] | None = None  # kept only when somebody wants to read them
    count: int = 0
    _hash: Any = field(default_factory=hashlib.sha256)

    def write(self, at: float, what: str) -> None:
        line = f"{at:12.3f} {what}"
        self.count += 1
        self._hash.update(line.encode())
        if self.lines is not None:
            self.lines.append(line)

    @property
    def digest(self) -> str:
        return str(self._hash.hexdigest())


class World:
    def __init__(self, seed: int, folder: Path, central: Central, *, begins: float = 0.0) -> None:
        self.rng = Random(seed)
        self.chance = Random(f"chance {seed}")
        self.folder = folder
        self.central = central
        self.begins = begins
        self.loop = VirtualLoop()
        self.record = Record()
        self.seen: Counter[str] = Counter()
        self.sky = Sky(self.rng)
        self.machines: dict[str, Machine] = {}
        self.lines_down: dict[str, float] = {}
        self.lives: dict[str, asyncio.Task[None]] = {}  # by machine
        self.bugs: list[str] = []  # what no code of ours should ever raise
        self._main: asyncio.Task[Any] | None = None

    # --- time and the record -------------------------------------------------------------------------------
    def now(self) -> datetime:
        return START + timedelta(seconds=self.begins + self.loop.time())

    def note(self, what: str) -> None:
        self.record.write(self.loop.time(), what)

    def run(self, main: Callable[[], Coroutine[Any, Any, T]]) -> T:
        folder = self.folder.parts

        def machine_at(path: Path) -> Machine:
            return self.machines[path.parts[len(folder)]]

        def now_ms() -> int:
            return int(self.now().timestamp() * 1000)

        self.loop.set_exception_handler(lambda _loop, context: self._unhandled(context))
        with edges.installed(self.chance, now_ms, machine_at):
            whole = self.loop.create_task(main())
            self._main = whole
            try:
                return self.loop.run_until_complete(whole)
            except asyncio.CancelledError:
                raise LifeEnded("a machine's program ended by a bug") from None
            finally:
                self._end()

    def _end(self) -> None:
        for machine in self.machines.values():
            machine.power.on = False
        for _ in range(5):
            tasks = asyncio.all_tasks(self.loop)
            if not tasks:
                break
            for task in tasks:
                task.cancel()
            self.loop.run_until_complete(asyncio.wait(tasks))
        self.loop.close()

    def _unhandled(self, context: dict[str, Any]) -> None:
        self.note(f"unhandled: {context.get('message')} {context.get('exception')!r}")

    # --- machines ------------------------------------------------------------------------------------------
    def machine(self, name: str) -> Machine:
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        clock = Clock(self.now, self.loop.time)
        machine = Machine(name, folder, Surroundings(self.rng, clock, self.note, self._line))
        self.machines[name] = machine
        return machine

    def begin(self, machine: Machine) -> None:
        life = self.spawn(machine, machine.live())
        life.add_done_callback(self._ended)
        self.lives[machine.name] = life

    def _ended(self, life: asyncio.Task[None]) -> None:
        error = None if life.cancelled() else life.exception()
        if error is not None:
            self._give_up(" | ".join(traceback.format_exception(error)[-3:]))

    def _give_up(self, why: str) -> None:
        """Whoever waits for this machine would wait for ever."""
        self.bugs.append(why)
        assert self._main is not None
        self._main.cancel()

    def spawn(self, machine: Machine, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """`work` is done by this machine's program."""

        async def here() -> T:
            edges.HERE.set(machine)
            return await work

        return asyncio.get_running_loop().create_task(here())

    def image(self, machine: Machine) -> Image:
        """As an administrator's tool takes it, of the machine as it runs."""
        folder = self.folder / f"image-{len(list(self.folder.glob('image-*')))}-{machine.name}"
        shutil.copytree(machine.folder, folder)
        return Image(folder, machine.ledger.copy(lambda _name: None))

    def lay_down(self, image: Image, machine: Machine) -> None:
        shutil.rmtree(machine.folder)
        shutil.copytree(image.folder, machine.folder)
        machine.adopt(image.ledger)

    def _line(self, machine: Machine) -> SimLine:
        def is_down() -> bool:
            now = self.loop.time()
            return now < self.lines_down.get(machine.name, 0.0) or now < self.central.down_until

        def count(fate: Fate) -> None:
            machine.asked += 1
            if machine.asked == ENDLESS:
                self._give_up(f"8 convergence: {machine.name} asks without end")
            self.seen[f"line: {fate.value}"] += 1

        return SimLine(machine.name, self.central, self.sky, machine.power, self.note, is_down, count)

    # --- enrolment -----------------------------------------------------------------------------------------
    def code(self, profile: Profile, terminal: str | None = None) -> str:
        authority = ca.der(self.central.parts.folder)
        with self.central.parts.database.writing() as conn:
            return str(enrolment.issue_code(conn, authority, profile, COUNTY, self.now(), terminal=terminal))

    async def enrol(self, machine: Machine, code: str, point: str) -> None:
        terminal = await machine.ready()
        await terminal.line.end()
        steps = terminal.enrolment(lambda _progress: None)
        await steps.reach(URL, code)
        await steps.enrol(point)
        machine.stop()


def until(holds: Callable[[], bool], patience: float, step: float = 5.0) -> Awaitable[bool]:
    async def wait() -> bool:
        loop = asyncio.get_running_loop()
        last = loop.time() + patience
        while not holds():
            if loop.time() >= last:
                return False
            await asyncio.sleep(step)
        return True

    return wait()
