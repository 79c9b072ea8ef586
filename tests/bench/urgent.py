"""A reversal recorded while a large attachment goes up a very thin line: how long it waits to be sent."""

from __future__ import annotations

import asyncio
import io
import secrets
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from kiosk.terminal import Terminal
from sync import attachments, outbox
from sync.outbox import NewOperation
from sync.points import Point
from sync.rate import SMALLEST_CHUNK
from sync.spool import Attachment
from sync.wire.operation import new_op_id
from tests.bench import county
from tests.bench.county import Prepared
from tests.bench.figures import Figure, at_most, reported
from tools.fault_proxy import FaultProxy
from tools.line_shape import Shape

BITS = 10_000
ROUND_TRIP = 0.6
ATTACHMENT = 5_000_000
REVERSALS = 8
UNDER_WAY = 20_000  # bytes


@dataclass
class Watch:
    """When a push begins to go up."""

    sent: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, point: Point) -> None:
        if point is Point.SEND:
            self.sent.set()


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench-urgent-") as name:
        here = county.enrolled().copy(Path(name))
        behind = Prepared(here.root, county.free_port())
        with county.central_beside(behind):
            waits, answers = asyncio.run(_waits(here, behind.port))
    limit = SMALLEST_CHUNK / (BITS / 8) + 2 * ROUND_TRIP
    return [
        at_most("urgent: longest wait of a reversal behind an attachment", max(waits), "s", limit, 1.0),
        reported("urgent: longest until its outcome is known", max(answers), "s", limit),
    ]


async def _waits(here: Prepared, port: int) -> tuple[list[float], list[float]]:
    proxy, watch = FaultProxy("127.0.0.1", port), Watch()
    await proxy.start(here.port)
    terminal = await asyncio.to_thread(Terminal.open, replace(here.plan, probe=watch))
    try:
        await terminal.start()
        photo = await asyncio.to_thread(terminal.spool.add, io.BytesIO(secrets.token_bytes(ATTACHMENT)))
        await terminal.data.run(lambda conn: _application(conn, terminal, photo))
        proxy.shape(Shape.of(BITS, ROUND_TRIP))
        return await _interrupt(terminal, proxy, watch)
    finally:
        await terminal.close()
        await proxy.close()


async def _interrupt(terminal: Terminal, proxy: FaultProxy, watch: Watch) -> tuple[list[float], list[float]]:
    waits, answers = [], []
    for turn in range(REVERSALS):
        before = proxy.asked
        while proxy.asked - before < UNDER_WAY:  # noqa: ASYNC110  the attachment is under way again
            await asyncio.sleep(0.05)
        await asyncio.sleep(turn * 0.5)  # at another place of the chunk each time
        watch.sent.clear()
        op_id = new_op_id()
        began = time.perf_counter()
        await terminal.data.run(lambda conn, op_id=op_id: _reversal(conn, terminal, op_id))
        await watch.sent.wait()
        waits.append(time.perf_counter() - began)
        while not await terminal.data.read(lambda conn, op_id=op_id: _answered(conn, op_id)):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        answers.append(time.perf_counter() - began)
    return waits, answers


def _application(conn: Connection, terminal: Terminal, photo: Attachment) -> None:
    """Of a kind that central has yet to learn: under review, and its attachment wanted."""
    named = NewOperation(new_op_id(), "application.later", {"attachments": [photo.sha256]})
    attachments.attach(conn, outbox.record(conn, named, terminal.stamp()).op_id, photo)


def _reversal(conn: Connection, terminal: Terminal, op_id: str) -> None:
    reason = "value given back to the customer " * 6
    payload = {"target": new_op_id(), "reason": reason[:180], "cash": {"fen": -12345, "lease": new_op_id()}}
    outbox.record(conn, NewOperation(op_id, "operation.reverse", payload), terminal.stamp())


def _answered(conn: Connection, op_id: str) -> bool:
    found = outbox.find(conn, op_id)
    return found is not None and found.state.final
