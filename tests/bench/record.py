"""One payment made durable: the service call on the writer thread, beside bare SQL on the same rows."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from central.demo import day
from kiosk.services import bills
from kiosk.services.bills import Payment
from kiosk.store.engine import Mode, Source
from kiosk.store.keystore import obfuscated
from kiosk.store.opening import LEDGER_FILE
from sync.journal import segments
from sync.keystore import LEDGER
from tests.bench.figures import Figure, at_most, percentile, reported, seconds
from tests.services.point import Point, build_cache, grant, new_op_id

PAYMENTS = 600
WARM_UP = 40
FLOAT_FEN = 10**9
WRITTEN = ("operations", "slips", "till_moves", "marks", "lease_spends", "journal_lines")


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench-record-") as name:
        ours, bare = _rounds(Path(name))
    p50, limit = percentile(ours, 0.5), percentile(bare, 0.5)
    return [
        at_most("record: a payment durable, p50", p50 * 1000, "ms", limit * 1000, 5),
        reported("record: a payment durable, p99", percentile(ours, 0.99) * 1000, "ms", _ms(bare, 0.99)),
    ]


def _ms(times: list[float], share: float) -> float:
    return percentile(times, share) * 1000


def _rounds(folder: Path) -> tuple[list[float], list[float]]:
    """Payment by payment in turn, so that disk and machine treat both alike."""
    cache = build_cache(folder)
    point = _point(folder / "ours", cache)
    reference = _reference(folder / "bare", cache)
    first = _payment(point)
    bill = first.bill
    assert bill is not None
    ours, bare = [], []
    try:
        for n in range(WARM_UP + PAYMENTS):
            wanted = replace(first, bill=replace(bill, id=f"bench-{n}"))
            before = _Marks.of(point)
            ours.append(seconds(partial(_pay, point, wanted)))
            bare.append(seconds(partial(reference.write, before.effect(point))))
    finally:
        point.close()
        reference.close()
    return ours[WARM_UP:], bare[WARM_UP:]


def _point(folder: Path, cache: Path) -> Point:
    folder.mkdir()
    point = Point(folder, cache)
    point.give(replace(grant(f"float:{day.MAIN_POINT}", FLOAT_FEN, "fen"), rev=2))
    point.sign_in()
    return point


def _payment(point: Point) -> Payment:
    of = point.cache(lambda cache: bills.biller(cache, day.POWER_BILLER))
    account = bills.check_account(of, {"account": day.ACCOUNT_IN_FILE})
    found = point.cache(lambda cache: bills.find(cache, point.desk.reading, of, account)).bills[0]
    return Payment(point.service(day.POWER_SERVICE), of, account, found.amount_fen, found)


def _pay(point: Point, wanted: Payment) -> object:
    op_id = new_op_id()
    return point.write(lambda conn: bills.pay(conn, point.desk, op_id, wanted))


@dataclass(frozen=True)
class _Effect:
    """What one payment left behind: new rows by table, the spent float, bytes in the journal file."""

    rows: dict[str, list[tuple[Any, ...]]]
    spent: tuple[int, str]
    journal_bytes: int


@dataclass(frozen=True)
class _Marks:
    """Where tables and journal ended before a payment."""

    last: dict[str, int]
    journal_bytes: int

    @classmethod
    def of(cls, point: Point) -> _Marks:
        def read(conn: Any) -> dict[str, int]:
            ask = "SELECT coalesce(max(rowid), 0) FROM {}"
            return {name: conn.exec_driver_sql(ask.format(name)).scalar_one() for name in WRITTEN}

        return cls(point.read(read), _journal_bytes(point))

    def effect(self, point: Point) -> _Effect:
        def read(conn: Any) -> _Effect:
            ask = "SELECT rowid, * FROM {} WHERE rowid > ?"
            rows = {
                name: [tuple(row)[1:] for row in conn.exec_driver_sql(ask.format(name), (last,))]
                for name, last in self.last.items()
            }
            assert all(rows.values()), "a payment writes to every one of these tables"
            amount = sum(row[2] for row in rows["lease_spends"])
            return _Effect(
                rows, (amount, rows["lease_spends"][0][1]), _journal_bytes(point) - self.journal_bytes
            )

        return point.read(read)


def _journal_bytes(point: Point) -> int:
    return sum(path.stat().st_size for path in segments(point.folder / "journal"))


class _Reference:
    """Hand-written: prepared INSERTs on one connection of the same file, one append and sync to a file."""

    def __init__(self, conn: Any, journal: Path) -> None:
        self._conn = conn
        self._journal = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._inserts = {name: self._insert(name) for name in WRITTEN}

    def write(self, effect: _Effect) -> None:
        conn = self._conn
        conn.execute("BEGIN IMMEDIATE")
        for name, rows in effect.rows.items():
            for row in rows:
                conn.execute(self._inserts[name], row)
        conn.execute("UPDATE leases SET spent = spent + ? WHERE id = ?", effect.spent)
        conn.execute("COMMIT")
        os.write(self._journal, bytes(effect.journal_bytes))
        os.fdatasync(self._journal)

    def close(self) -> None:
        self._conn.close()
        os.close(self._journal)

    def _insert(self, table: str) -> str:
        columns = [row[1] for row in self._conn.execute(f"PRAGMA table_info({table})")]
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _reference(folder: Path, cache: Path) -> _Reference:
    """The same store with the same rows to begin with, opened bare: same file, key and pragmas."""
    point = _point(folder, cache)
    point.close()
    key = obfuscated(folder / "keys.json").get(LEDGER)
    assert key is not None
    return _Reference(Source(folder / LEDGER_FILE, key, Mode.WRITE).connect(), folder / "journal.bare")
