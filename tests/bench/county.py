"""The ground of the benches: a central with the demo county, an enrolled terminal, operations to push."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

from sqlalchemy import Connection, insert, update

from central import business_tables, enrolment, rights_tables, service
from central import ca as central_ca
from central.config import Folder
from central.demo import day
from kiosk import compose
from kiosk.devices.file_printer import FilePrinter
from kiosk.services import bills, catalogue
from kiosk.services.bills import Payment
from kiosk.services.desk import Desk
from kiosk.services.permissions import Session, granted
from kiosk.setting_up import SettingUp
from kiosk.store.keystore import obfuscated
from kiosk.store.opening import Folders
from kiosk.terminal import Plan, Terminal
from sync.policy import Link
from sync.wire.answers import Profile
from sync.wire.encoding import instant
from sync.wire.operation import new_op_id
from sync.wire.rights import float_right
from tests.bench.program import ROOT, environment

FLOAT_FEN = 10**9
BILLS = 10_000
TOGETHER = 200  # payments recorded in one transaction
PERIOD = "2026-02"
FILE = f"{day.POWER_BILLER}/{PERIOD}"


@dataclass(frozen=True)
class Prepared:
    """Folders as they are before a round; each round works on copies."""

    root: Path
    port: int

    def copy(self, into: Path) -> Prepared:
        for part in ("central", "kiosk"):
            shutil.copytree(self.root / part, into / part)
        (into / "central" / "central.toml").write_text(_moved(into / "central"))
        return Prepared(into, self.port)

    @property
    def central(self) -> Folder:
        return Folder(self.root / "central")

    @property
    def plan(self) -> Plan:
        return plan_of(self.root / "kiosk")


def plan_of(folder: Path) -> Plan:
    """As the command makes it for this data folder."""
    return Plan(Folders.of(folder), obfuscated(folder / compose.KEY_FILE), FilePrinter(folder / "printed"))


def _moved(folder: Path) -> str:
    hosts = ", ".join(f'"{host}"' for host in service.LOCAL_HOSTS)
    return f'database_url = "sqlite:///{folder / "central.db"}"\nhosts = [{hosts}]\n'


@cache
def enrolled() -> Prepared:
    """A terminal at the demo county's main point, with pack and pictures; it has recorded nothing."""
    made = Prepared(scratch(), free_port())
    code = _make_central(made.central)
    with central_beside(made):
        asyncio.run(_enrol(made, code))
    return made


@cache
def prepared(operations: int) -> Prepared:
    """The same with so many payments recorded and none sent."""
    made = enrolled().copy(scratch())
    asyncio.run(_record(made, operations))
    return made


def scratch() -> Path:
    root = Path(tempfile.mkdtemp(prefix="bench-county-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return root


@contextlib.contextmanager
def central_beside(here: Prepared) -> Iterator[subprocess.Popen[bytes]]:
    """Central in a process and on a core of its own."""
    told = here.root / "central.ready"
    words = ["serve", "--data", str(here.central.root), "--port", str(here.port), "--port-file", str(told)]
    with beside([sys.executable, "-m", "central", *words], told) as process:
        yield process


@contextlib.contextmanager
def beside(words: list[str], told: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server on the last core, this process on the first; it makes the file `told` when it is ready, and is
    ended at the end."""
    told.unlink(missing_ok=True)
    cores = sorted(os.sched_getaffinity(0))
    with subprocess.Popen(words, cwd=ROOT, env=environment()) as process:
        os.sched_setaffinity(process.pid, {cores[-1]})
        os.sched_setaffinity(0, {cores[0]})
        try:
            while not told.exists():
                assert process.poll() is None, f"it did not start: {' '.join(words)}"
                time.sleep(0.02)
            yield process
        finally:
            os.sched_setaffinity(0, cores)
            process.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _make_central(folder: Folder) -> str:
    """The demo county, with a bill for each payment there may be and a float that holds them all."""
    parts = service.make(folder, None, ())
    service.plant_demo(parts)

    def enlarge(conn: Connection) -> str:
        for start in range(0, BILLS, 500):
            rows = [bill_row(n) for n in range(start, start + 500)]
            conn.execute(insert(business_tables.bills), rows)
        right = float_right(day.MAIN_POINT)
        pool, allotment = rights_tables.pools, rights_tables.allotments
        conn.execute(update(pool).where(pool.c.right == right).values(total=FLOAT_FEN, available=FLOAT_FEN))
        here = (allotment.c.right == right) & (allotment.c.point == day.MAIN_POINT)
        conn.execute(update(allotment).where(here).values(first=FLOAT_FEN, ceiling=FLOAT_FEN))
        authority = central_ca.der(folder)
        return str(enrolment.issue_code(conn, authority, Profile.ASSISTED, day.COUNTY, parts.clock()))

    try:
        return parts.database.write(enlarge)
    finally:
        parts.database.close()


def _account(n: int) -> str:
    """Households are scattered, so that their accounts compress no better than real ones."""
    return f"5102{n * 982_451_653 % 10**9:09d}"


def _fen(n: int) -> int:
    return 1_500 + n * 7_919 % 24_000


def _bill_id(n: int) -> str:
    return f"{day.POWER_BILLER}/{_account(n)}/{PERIOD}"


def bill_row(n: int) -> dict[str, object]:
    return {
        "id": _bill_id(n),
        "file": FILE,
        "biller": day.POWER_BILLER,
        "account": _account(n),
        "period": PERIOD,
        "amount_fen": _fen(n),
        "state": "unpaid",
    }


async def _enrol(made: Prepared, code: str) -> None:
    terminal = await asyncio.to_thread(Terminal.open, made.plan)
    try:
        url = f"https://127.0.0.1:{made.port}"
        steps = SettingUp(terminal, url, code)
        await steps.offer(url, code)
        await steps.enrol(url, code, day.MAIN_POINT, lambda _progress: None)
        while await terminal.pictures.wanted(1):  # noqa: ASYNC110  they come without news
            await asyncio.sleep(0.05)
    finally:
        await terminal.close()


async def _record(made: Prepared, operations: int) -> None:
    """One payment every twenty seconds, up to now."""
    terminal = await asyncio.to_thread(Terminal.open, made.plan)
    try:
        shown = await terminal.data.read_cache(lambda conn: _shown(conn, terminal))
        desk = desk_of(terminal)
        for start in range(0, operations, TOGETHER):
            span = range(start, min(start + TOGETHER, operations))
            these = [(_ago(desk, (operations - n) * 20), _payment(n, shown)) for n in span]
            await terminal.data.run(partial(_pay, these))
    finally:
        await terminal.close()


def _pay(these: list[tuple[Desk, Payment]], conn: Connection) -> None:
    for desk, payment in these:
        bills.pay(conn, desk, new_op_id(), payment)


def desk_of(terminal: Terminal) -> Desk:
    place = terminal.place()
    assert place is not None
    roles = ("operator",)
    session = Session(day.OPERATOR, "陈秀英", roles, granted(roles), must_change=False, since=terminal.now())
    return Desk(place, session, Link.OFFLINE, terminal.now(), terminal.stamp())


def _ago(desk: Desk, seconds: int) -> Desk:
    at = desk.now - timedelta(seconds=seconds)
    return replace(desk, now=at, stamp=replace(desk.stamp, at=instant(at.replace(microsecond=0))))


def _shown(conn: Connection, terminal: Terminal) -> Payment:
    of = bills.biller(conn, day.POWER_BILLER)
    account = bills.check_account(of, {"account": day.ACCOUNT_IN_FILE})
    bill = bills.find(conn, terminal.clock.now(), of, account).bills[0]
    return Payment(catalogue.service(conn, day.POWER_SERVICE), of, account, bill.amount_fen, bill)


def _payment(n: int, like: Payment) -> Payment:
    """Of the bill that `bill_row` made at central."""
    assert like.bill is not None
    account = bills.check_account(like.biller, {"account": _account(n)})
    bill = replace(
        like.bill,
        id=_bill_id(n),
        file=replace(like.bill.file, id=FILE),
        account=account.key,
        period=PERIOD,
        amount_fen=_fen(n),
    )
    return replace(like, account=account, amount_fen=_fen(n), bill=bill)
