"""10,000 payments up to central on another core, over TLS, beside bare code on the same rows."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.store.engine import Mode, Source
from kiosk.terminal import Terminal
from sync.keystore import LEDGER
from sync.wire import batch as wire_batch
from sync.wire.batch import Batch
from sync.wire.operation import Operation
from sync.wire.request import new_nonce
from tests.bench import bare_central, county
from tests.bench.county import Prepared
from tests.bench.figures import ROUNDS, Figure, above, at_least, below
from tests.bench.meter import Meter
from tests.bench.waiting import on_the_line

OPERATIONS = int(os.environ.get("BENCH_OPERATIONS", "10000"))
SWITCH_INTERVAL = 0.0005  # as the application sets it


def measure() -> list[Figure]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL)
    try:
        rounds = [(_round(_ours), _round(_bare)) for _ in range(ROUNDS)]
        up = _bytes_up()
    finally:
        sys.setswitchinterval(before)
    ours, bare = (OPERATIONS / min(times) for times in zip(*rounds, strict=True))
    return [
        above("push: operations end to end", ours, "ops/s", 3000),
        at_least("push: beside bare code on the same rows", ours, "ops/s", bare, 0.5),
        below("push: bytes up, everything counted", up, "B/op", 110),
    ]


def _round(work: Any) -> float:
    with tempfile.TemporaryDirectory(prefix="bench-push-") as name:
        elapsed: float = work(county.prepared(OPERATIONS).copy(Path(name)))
    return elapsed


def _ours(here: Prepared) -> float:
    with county.central_beside(here):
        return asyncio.run(pushed(here))


async def pushed(here: Prepared) -> float:
    """Seconds from going on the line until every operation has its outcome."""
    terminal = await asyncio.to_thread(Terminal.open, here.plan)
    try:
        start = time.perf_counter()
        await on_the_line(terminal)
        return time.perf_counter() - start
    finally:
        await terminal.close()


def _bytes_up() -> float:
    """A round through a relay that counts what TCP carries: TLS, headers, questions and all."""

    async def metered(here: Prepared, meter: Meter) -> None:
        async with meter.relaying(here.port):
            await pushed(here)

    with tempfile.TemporaryDirectory(prefix="bench-push-") as name:
        here = county.prepared(OPERATIONS).copy(Path(name))
        behind = Prepared(here.root, county.free_port())
        meter = Meter(behind.port)
        with county.central_beside(behind):
            asyncio.run(metered(here, meter))
    return meter.up / OPERATIONS


# --- the limit ---------------------------------------------------------------------------------------------
_READ = "SELECT seq, op_id, header, payload, link, seal FROM operations WHERE seq > ? ORDER BY seq LIMIT ?"
_SENT = "UPDATE operations SET transfer = 'sent' WHERE seq BETWEEN ? AND ?"
_ANSWERED = "UPDATE operations SET transfer = 'answered' WHERE op_id = ?"
_OUTCOME = "INSERT INTO outcomes (op_id, outcome, rev, received_at) VALUES (?, ?, ?, ?)"
_ACK = (
    "INSERT INTO acks"
    " (terminal, incarnation, epoch, high_water, chain, prune, server_time, received_at, token)"
    " VALUES (?, ?, 1, ?, ?, 0, ?, ?, ?)"
)
_HIGH_WATER = "UPDATE identity SET high_water = ?"
_LINE = "INSERT INTO journal_lines (line) VALUES (?)"
AT = bare_central.AT


def _bare(here: Prepared) -> float:
    told = here.root / "bare.ready"
    script = [sys.executable, "-m", "tests.bench.bare_central"]
    words = [*script, str(here.central.root), str(here.port), str(told)]
    with county.beside(words, told), _ledger(here) as conn:
        start = time.perf_counter()
        _push_bare(conn, here)
        return time.perf_counter() - start


@contextmanager
def _ledger(here: Prepared) -> Iterator[Any]:
    folders, keys = here.plan.folders, here.plan.keys
    key = keys.get(LEDGER)
    assert key is not None
    conn = Source(folders.ledger, key, Mode.WRITE).connect()
    try:
        yield conn
    finally:
        conn.close()


def _push_bare(conn: Any, here: Prepared) -> None:
    terminal, incarnation = conn.execute("SELECT terminal, incarnation FROM identity").fetchone()
    context = ssl.create_default_context(cafile=str(here.central.ca_cert))
    journal = os.open(here.root / "bare.journal", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with (
        socket.create_connection(("127.0.0.1", here.port)) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as line,
    ):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        last, prev = 0, bytes(32)
        while rows := conn.execute(_READ, (last, wire_batch.MAX_OPERATIONS)).fetchall():
            first, last = rows[0][0], rows[-1][0]
            conn.execute(_SENT, (first, last))
            operations = tuple(Operation(row[2], row[3]) for row in rows)
            batch = Batch(terminal, incarnation, first, prev, rows[-1][5], None, new_nonce(), operations)
            bare_central.send(line, wire_batch.encode(batch))
            answer = bare_central.receive(line)
            prev = rows[-1][4]
            _settle_bare(conn, (terminal, incarnation, last, prev), answer)
            os.write(journal, answer)
            os.fdatasync(journal)
    os.close(journal)


def _settle_bare(conn: Any, head: tuple[str, int, int, bytes], answer: bytes) -> None:
    results = bare_central.results(answer)
    conn.execute("BEGIN IMMEDIATE")
    conn.executemany(_OUTCOME, [(op, outcome, rev, AT) for _, op, outcome, rev in results])
    conn.executemany(_ANSWERED, [(op,) for _, op, _, _ in results])
    conn.execute(_ACK, (*head, AT, AT, answer.decode()))
    conn.execute(_HIGH_WATER, (head[2],))
    conn.executemany(_LINE, [(answer,), (answer[:200],)])
    conn.execute("COMMIT")
