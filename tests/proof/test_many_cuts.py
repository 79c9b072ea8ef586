"""One terminal, many customers, and power cuts on both sides and on the line between: it all adds up."""

import asyncio
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.terminal import Terminal
from tests.journeys.machine import plan_of
from tests.journeys.settling import files_of, settle
from tests.journeys.visit import Deed
from tests.journeys.witness import REPO, whole_lines
from tests.journeys.world import World
from tests.support import agreement
from tools.fault_proxy import FaultProxy

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]
CUSTOMERS = 12
LONGEST_LIFE = 0.8


@dataclass
class Day:
    """What the customers of one day were shown, whatever happened to the machines."""

    county: World
    chance: random.Random
    shown: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def customer(self, proxy: FaultProxy) -> None:
        errand = self.county.errand((Deed.ORDER,))
        self.asked.append(errand.id(Deed.ORDER))
        terminal = _process(
            "tests.journeys.victim", str(self.county.home), str(self.county.central), str(errand)
        )
        with self._some_trouble(proxy):
            out = await asyncio.to_thread(_lives, terminal, self.chance.uniform(0.0, LONGEST_LIFE))
        lines = [line.partition(" ") for line in whole_lines(out)]
        self.shown += [rest for word, _, rest in lines if word == "recorded"]

    @contextmanager
    def _some_trouble(self, proxy: FaultProxy) -> Iterator[None]:
        """An answer that breaks off after so many bytes, or a slow line, or neither."""
        match self.chance.randrange(3):
            case 0:
                proxy.drop_answer_after(self.chance.randrange(4000))
            case 1:
                proxy.slow(delay=self.chance.uniform(0.0, 0.1))
        yield
        proxy.slow()


def _process(module: str, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, text=True)


def _lives(process: "subprocess.Popen[str]", seconds: float) -> str:
    """From the moment the order is asked for."""
    assert process.stdout is not None
    for begun in ("opened", "passed input order"):
        assert process.stdout.readline().strip() == begun
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.communicate()[0]


class Central:
    """In a process of its own, killed and started as often as wanted, always on the port it got first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    def start(self) -> None:
        port_file = self._folder / "serving"
        port_file.unlink(missing_ok=True)
        words = (
            "serve",
            "--data",
            str(self._folder),
            "--port",
            str(self.port),
            "--port-file",
            str(port_file),
        )
        self._process = _process("central", *words)
        while not port_file.exists():
            with suppress(subprocess.TimeoutExpired):
                raise AssertionError(f"central ended with {self._process.wait(0.05)}")
        self.port = int(port_file.read_text())

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.communicate()


@pytest.mark.parametrize("seed", range(3))
async def test_many_customers_and_as_many_cuts(county: World, seed: int) -> None:
    today = Day(county, random.Random(seed))
    central = Central(county.central)
    await asyncio.to_thread(central.start)
    proxy = FaultProxy("127.0.0.1", central.port)
    county.point_to(await proxy.start())
    for _ in range(CUSTOMERS):
        await today.customer(proxy)
        if today.chance.random() < 0.3:
            central.kill()
            await asyncio.to_thread(central.start)
    terminal = await asyncio.to_thread(Terminal.open, plan_of(county.home))
    assert await settle(terminal, county.central) == []
    await terminal.close()
    await proxy.close()
    central.kill()
    ends = agreement.read(files_of(plan_of(county.home)), county.central)
    orders = [op for op in ends.central.ops if op.kind == "order.place"]
    assert set(today.shown) <= {op.op for op in orders} <= set(today.asked)
    assert len(orders) == len({op.op for op in orders}) > CUSTOMERS // 4
    assert {op.outcome for op in orders} == {"accepted"}
    assert ends.central.till_fen == sum(op.fen for op in orders) == len(orders) * orders[0].fen
