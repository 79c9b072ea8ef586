"""Real connections: light terminals on TLS, all at once, at the real central in a process of its own."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import Connection, func, insert, select

from central import epoch, service, terminals
from central.config import Folder
from central.tables import incarnations, operations
from central.tables import terminals as terminals_table
from sync.wire import batch as wire_batch
from sync.wire import canon, problems, token
from sync.wire.answers import Ack, Outcome, Profile
from sync.wire.batch import Batch
from sync.wire.encoding import instant, sha256_hex
from sync.wire.keys import PublicKey, SigningKey, keyring
from sync.wire.operation import Header, Operation, chain_link, chain_start, new_op_id, seal_bytes
from sync.wire.problems import Problem
from sync.wire.request import RequestClaims, authorize, new_nonce
from sync.wire.token import Typ

ROOT = Path(__file__).resolve().parents[3]
COUNTY, POINT = "511602", "P-1"
BATCH = 20
CALL = {"service": "s", "phone": "13800000000", "note": "", "wish": "any"}


@dataclass(frozen=True)
class RealReport:
    terminals: int
    acked: int
    refused: int
    failures: int  # answers 5xx, and connections that broke
    at_central: int  # operations in its books
    longest_s: float
    grown_mb: float  # of central's memory, at its peak
    seen: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class Light:
    """One terminal's life with a batch to send, prepared."""

    id: str
    key: SigningKey
    batch: Batch

    @classmethod
    def new(cls, number: int) -> Light:
        name, key = f"T{number:07d}", SigningKey.generate()
        link, sent = chain_start(name, 1), []
        for seq in range(1, BATCH + 1):
            header = Header(new_op_id(), seq, "callback.request", "2026-03-08T02:00:00Z", "anchored")
            one = Operation(header.encode(), canon.encode(CALL))
            link = chain_link(link, one.header_bytes, one.payload_bytes)
            sent.append(one)
        seal = key.sign(seal_bytes(name, 1, BATCH, link))
        batch = Batch(name, 1, 1, chain_start(name, 1), seal, None, new_nonce(), tuple(sent))
        return cls(name, key, batch)


def enrolled(conn: Connection, lights: list[Light]) -> None:
    at = service.now()
    terminals.add_county(conn, COUNTY, "广安区", {})
    terminals.add_points(conn, COUNTY, [{"id": POINT, "place": COUNTY, "name": {}, "address": ""}])
    row = {"point": POINT, "county": COUNTY, "profile": Profile.FIELD.value, "incarnation": 1}
    conn.execute(
        insert(terminals_table),
        [row | {"id": one.id, "enrolled_at": instant(at), "last_change": 0} for one in lights],
    )
    life = {"incarnation": 1, "high_water": 0, "acked": 0, "vouched": epoch.current(conn)}
    conn.execute(
        insert(incarnations),
        [
            life
            | {
                "terminal": one.id,
                "kid": one.key.public.kid,
                "jwk": one.key.public.jwk(),
                "chain": chain_start(one.id, 1),
            }
            for one in lights
        ],
    )


def stampede(root: Path, connections: int) -> RealReport:
    lights = [Light.new(number) for number in range(connections)]
    folder = Folder(root / "central")
    parts = service.make(folder, None, ())
    parts.database.write(lambda conn: enrolled(conn, lights))
    with _central(folder) as (process, url):
        before = _memory_mb(process, "VmRSS")
        context = ssl.create_default_context(cafile=str(folder.ca_cert))
        ring = keyring(parts.keys.answers.public)
        crowd = Crowd(url, context, ring)
        asyncio.run(crowd.come(lights))
        grown = _memory_mb(process, "VmHWM") - before
    with parts.database.reading() as conn:
        accepted = operations.c.outcome == Outcome.ACCEPTED.value
        held = conn.execute(select(func.count()).select_from(operations).where(accepted)).scalar_one()
    parts.database.close()
    failures = crowd.broken + sum(number for status, number in crowd.seen.items() if status >= 500)
    return RealReport(
        connections,
        crowd.acked,
        crowd.seen[Problem.SLOW_DOWN.status],
        failures,
        held,
        crowd.longest,
        grown,
        crowd.seen,
    )


class Crowd:
    def __init__(self, url: str, context: ssl.SSLContext, ring: dict[str, PublicKey]) -> None:
        self._url = url
        self._context = context
        self._ring = ring
        self.seen: Counter[int] = Counter()
        self.acked = self.broken = 0
        self.longest = 0.0

    async def come(self, lights: list[Light]) -> None:
        async with asyncio.TaskGroup() as all_of_them:
            for one in lights:
                all_of_them.create_task(self._push(one))

    async def _push(self, one: Light) -> None:
        """Until it is acked, each time when central says."""
        began = time.perf_counter()
        path, body = f"/v1/terminals/{one.id}/operations", wire_batch.encode(one.batch)
        async with httpx.AsyncClient(verify=self._context, base_url=self._url, timeout=60) as line:
            while True:
                claims = RequestClaims("POST", path, sha256_hex(body), new_nonce(), one.id, 1)
                head = {"Content-Type": wire_batch.MEDIA_TYPE, "Authorization": authorize(one.key, claims)}
                try:
                    answer = await line.post(path, content=body, headers=head)
                except httpx.TransportError:
                    self.broken += 1
                    return
                self.seen[answer.status_code] += 1
                if answer.status_code != Problem.SLOW_DOWN.status:
                    break
                assert problems.parse(answer.json()) is Problem.SLOW_DOWN
                await asyncio.sleep(int(answer.headers["retry-after"]))
        self.longest = max(self.longest, time.perf_counter() - began)
        if answer.is_success:
            ack = Ack.parse(token.verify(answer.text, self._ring, Typ.ACK))
            assert ack.nonce == one.batch.nonce
            self.acked += ack.high_water


@contextmanager
def _central(folder: Folder) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    words = ["-m", "central", "serve", "--data", str(folder.root), "--port", "0"]
    with subprocess.Popen([sys.executable, *words], cwd=ROOT) as process:
        try:
            while not folder.port.exists():
                assert process.poll() is None, "central did not start"
                time.sleep(0.02)
            yield process, f"https://127.0.0.1:{int(folder.port.read_text())}"
        finally:
            process.terminate()


def _memory_mb(process: subprocess.Popen[bytes], field_: str) -> float:
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field_)) / 1024
