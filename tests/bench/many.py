"""Several terminals of one central that push small batches over real TLS, each on a line of its own."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection, insert, update

from central import business_tables, ca, enrolment, rights_tables, service
from central.api.answers import TOKEN_TYPE
from central.config import Folder, Parts
from central.demo import day
from sync.wire.answers import Outcome, Profile
from sync.wire.rights import float_right
from tests.bench import bare_central, county
from tests.central.driver import Calls, Driver

AT_ONCE = 20  # operations of a batch
FLOAT_FEN = 10**9
CEILING_FEN = 100 * FLOAT_FEN


@dataclass(frozen=True)
class Crowd:
    """Terminals with payments recorded and none sent, and the central that knows them."""

    parts: Parts
    drivers: tuple[Driver, ...]
    batches: int  # of each terminal

    @property
    def pushes(self) -> int:
        return len(self.drivers) * self.batches

    @property
    def operations(self) -> int:
        return self.pushes * AT_ONCE

    def pushed(self, lines: Sequence[Line] | Sequence[BareLine]) -> float:
        """Seconds until the last of them has its ack; each sends a batch when the one before is answered."""
        fresh = [replace(one, calls=line) for one, line in zip(self.drivers, lines, strict=True)]
        with ThreadPoolExecutor(len(fresh)) as threads:
            start = time.perf_counter()
            list(threads.map(self._push, fresh))
            return time.perf_counter() - start

    def _push(self, driver: Driver) -> None:
        for _ in range(self.batches):
            ack = driver.push(last=driver.acked + AT_ONCE)
            assert all(one.outcome is Outcome.ACCEPTED for one in ack.results)
            driver.last_ack = ack.receipt  # as a terminal shows a long one


class Line(Calls):
    """A terminal's own connection to a central that is served."""

    def __init__(self, parts: Parts, port: int) -> None:
        self.parts = parts
        context = ssl.create_default_context(cafile=str(parts.folder.ca_cert))
        self._line = http.client.HTTPSConnection("127.0.0.1", port, context=context)

    def __call__(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        self._line.request(method, path, body, dict(headers or {}))
        answer = self._line.getresponse()
        return httpx.Response(answer.status, headers=answer.getheaders(), content=answer.read())

    def close(self) -> None:
        self._line.close()


class BareLine(Calls):
    """To the bare server: batches and acks alone, each behind its length."""

    def __init__(self, parts: Parts, port: int) -> None:
        self.parts = parts
        context = ssl.create_default_context(cafile=str(parts.folder.ca_cert))
        plain = socket.create_connection(("127.0.0.1", port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._line = context.wrap_socket(plain, server_hostname="localhost")

    def __call__(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        bare_central.send(self._line, body)
        return httpx.Response(
            200, headers={"Content-Type": TOKEN_TYPE}, content=bare_central.receive(self._line)
        )

    def close(self) -> None:
        self._line.close()


def gather(root: Path, url: str, terminals: int, batches: int) -> Crowd:
    """A central with the demo county in this database, and a bill for every payment there will be."""
    folder = Folder(root / "central")
    parts = service.make(folder, url, ())
    try:
        service.plant_demo(parts)
        each = batches * AT_ONCE
        parts.database.write(lambda conn: _enlarge(conn, terminals * each))
        calls = Calls(parts)
        try:
            drivers = tuple(
                _terminal(parts, calls, range(n * each, (n + 1) * each)) for n in range(terminals)
            )
        finally:
            calls.close()
    finally:
        parts.database.close()
    return Crowd(parts, drivers, batches)


def _enlarge(conn: Connection, payments: int) -> None:
    for start in range(0, payments, 500):
        rows = [county.bill_row(n) for n in range(start, min(start + 500, payments))]
        conn.execute(insert(business_tables.bills), rows)
    right = float_right(day.MAIN_POINT)
    pool, allotment = rights_tables.pools, rights_tables.allotments
    conn.execute(update(pool).where(pool.c.right == right).values(total=CEILING_FEN, available=CEILING_FEN))
    here = (allotment.c.right == right) & (allotment.c.point == day.MAIN_POINT)
    conn.execute(update(allotment).where(here).values(first=FLOAT_FEN, ceiling=CEILING_FEN))


def _terminal(parts: Parts, calls: Calls, payments: range) -> Driver:
    authority = ca.der(parts.folder)
    code = parts.database.write(
        lambda conn: str(enrolment.issue_code(conn, authority, Profile.ASSISTED, day.COUNTY, parts.clock()))
    )
    driver = Driver.enrol(calls, code, day.MAIN_POINT)
    lease = driver.lease(float_right(day.MAIN_POINT))
    for n in payments:
        driver.record("bill.pay", _payment(n, lease), by=day.OPERATOR, pack="511602-1")
    return driver


def _payment(n: int, lease: str) -> dict[str, Any]:
    row = county.bill_row(n)
    fen, account = row["amount_fen"], row["account"]
    shown = {"id": row["id"], "file": row["file"], "period": row["period"], "as_of": "2026-03-01T00:00:00Z"}
    return {
        "service": day.POWER_SERVICE,
        "biller": row["biller"],
        "account": account,
        "params": {"account": account},
        "bill": {**shown, "amount_fen": fen},
        "amount_fen": fen,
        "basis": "file",
        "cash": {"fen": fen, "lease": lease},
    }
