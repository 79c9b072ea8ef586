"""Operations over a thin line that breaks again and again, beside the time their bytes take on it."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from kiosk.terminal import Terminal
from tests.bench import county
from tests.bench.county import Prepared
from tests.bench.figures import Figure, at_most, reported
from tests.bench.waiting import on_the_line
from tools.fault_proxy import FaultProxy
from tools.line_shape import Shape

OPERATIONS = int(os.environ.get("BENCH_THIN_OPERATIONS", "5000"))
BITS = 64_000
ROUND_TRIP = 0.6
RESET_EVERY = 10.0
TURNS = 3  # round trips of a connection before its first answer: TCP, TLS 1.3, the question


@dataclass(frozen=True)
class Went:
    seconds: float
    up: int
    down: int
    connections: int
    resets: int

    @property
    def own(self) -> float:
        """Seconds its bytes take on the line: what goes up and what comes down take turns."""
        return (self.up + self.down) / (BITS / 8)


def measure() -> list[Figure]:
    still, thin = _push(None), _push(RESET_EVERY)
    turns = TURNS * ROUND_TRIP * thin.connections
    own, undisturbed = thin.own, still.own
    return [
        at_most(
            "thin line: 1.5 × its bytes' own time and 3 turns each", thin.seconds, "s", 1.5 * own + turns, 1
        ),
        reported(
            "thin line: the same for the bytes of a line that holds",
            thin.seconds,
            "s",
            1.5 * undisturbed + turns,
        ),
        reported("thin line: connections made, beside resets", thin.connections, "", thin.resets),
        reported(
            "thin line: bytes up, beside a line that holds",
            thin.up / OPERATIONS,
            "B/op",
            still.up / OPERATIONS,
        ),
        reported("thin line: bytes down, likewise", thin.down / OPERATIONS, "B/op", still.down / OPERATIONS),
    ]


def _push(reset_every: float | None) -> Went:
    """Without resets also without shape: only its bytes are of interest."""
    with tempfile.TemporaryDirectory(prefix="bench-thin-") as name:
        here = county.prepared(OPERATIONS).copy(Path(name))
        behind = Prepared(here.root, county.free_port())
        with county.central_beside(behind):
            return asyncio.run(_pushed(here, behind.port, reset_every))


async def _pushed(here: Prepared, port: int, reset_every: float | None) -> Went:
    proxy = FaultProxy("127.0.0.1", port)
    await proxy.start(here.port)
    terminal = await asyncio.to_thread(Terminal.open, here.plan)
    try:
        if reset_every is not None:
            proxy.shape(Shape.of(BITS, ROUND_TRIP))
            proxy.reset_every(reset_every)
        start = time.perf_counter()
        await on_the_line(terminal)
        seconds = time.perf_counter() - start
        return Went(seconds, proxy.asked, proxy.answered, proxy.connections, proxy.resets)
    finally:
        await terminal.close()
        await proxy.close()
