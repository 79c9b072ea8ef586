"""What the ledger makes of a driver that reports faults: on real files, the driver's own calls fail."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar

import pytest
from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from kiosk.store.database import DAMAGED_FLAG
from sync import outbox, transfer
from sync.errors import DiskFailing
from sync.journal import records
from sync.outbox import NewOperation, Recorded
from sync.points import Point
from sync.wire.operation import new_op_id
from tests.support.ledger import Ledger, open_ledger

IOERR, NOTADB = 10, 26


def failure(code: int) -> dbapi2.OperationalError:
    error = dbapi2.OperationalError("the disk fails")
    error.sqlite_errorcode = code
    return error


class Faulty(dbapi2.Connection):
    """Its commits and its cursors' reads fail as often as is asked for."""

    before_commit: ClassVar[list[Exception]] = []
    after_commit: ClassVar[list[Exception]] = []
    reading: ClassVar[list[Exception]] = []

    def commit(self) -> None:
        _fail(Faulty.before_commit)
        super().commit()
        _fail(Faulty.after_commit)

    def cursor(self, *words: object) -> dbapi2.Cursor:
        _fail(Faulty.reading)
        return super().cursor(*words)


def _fail(waiting: list[Exception]) -> None:
    if waiting:
        raise waiting.pop()


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    monkeypatch.setattr(dbapi2, "connect", partial(dbapi2.connect, factory=Faulty))
    made = open_ledger(tmp_path / "data")
    yield made
    assert [*Faulty.before_commit, *Faulty.after_commit, *Faulty.reading] == [], "a fault never came"
    made.db.close()


def pay(ledger: Ledger) -> Callable[[], Recorded]:
    new, stamp = NewOperation(new_op_id(), "bill.pay", {"n": 1}), ledger.stamp()
    return lambda: ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp))


def recorded(ledger: Ledger) -> list[str]:
    return [view.op_id for view in reversed(ledger.db.read_sync(outbox.recent))]


def journalled(ledger: Ledger, op_id: str) -> bool:
    key = ledger.keys.get("journal")
    assert key is not None
    return any(op_id.encode() in line for _, line in records(ledger.folders.journal, key))


def test_what_is_in_the_file_is_recorded_whatever_the_driver_says(ledger: Ledger) -> None:
    async def act() -> None:
        heard: list[frozenset[str]] = []
        ledger.db.subscribe(heard.append)
        new, stamp = NewOperation(new_op_id(), "bill.pay", {"n": 1}), ledger.stamp()
        Faulty.after_commit.append(failure(IOERR))
        made = await ledger.db.run(lambda conn: outbox.record(conn, new, stamp))
        assert recorded(ledger) == [made.op_id]
        assert journalled(ledger, made.op_id)
        assert heard == [frozenset({"operations"})]

    asyncio.run(act())


def test_what_is_not_in_the_file_is_not_recorded_and_the_next_is(ledger: Ledger) -> None:
    Faulty.before_commit.append(failure(IOERR))
    with pytest.raises(DiskFailing):
        pay(ledger)()
    made = pay(ledger)()
    assert recorded(ledger) == [made.op_id]


@pytest.mark.parametrize("fault", [failure(NOTADB), MemoryError()], ids=["not-a-database", "memory"])
def test_a_page_that_cannot_be_read_once_is_no_damage(ledger: Ledger, fault: Exception) -> None:
    made = pay(ledger)()
    Faulty.reading.append(fault)
    assert recorded(ledger) == [made.op_id], "a reader reads again on a fresh connection"
    Faulty.reading.append(fault)
    with pytest.raises(DiskFailing):
        ledger.db.run_sync(lambda conn: transfer.set_cursor(conn, "a", "1"))
    assert not (ledger.folders.data / DAMAGED_FLAG).exists()
    again = pay(ledger)()
    assert recorded(ledger) == [made.op_id, again.op_id]


def test_an_operation_whose_lines_cannot_be_read_to_be_joined_is_not_recorded(ledger: Ledger) -> None:
    new, stamp = NewOperation(new_op_id(), "bill.pay", {"n": 2}), ledger.stamp()

    def record(conn: Connection) -> Recorded:
        made = outbox.record(conn, new, stamp)
        Faulty.reading.append(failure(IOERR))
        return made

    with pytest.raises(DiskFailing):
        ledger.db.run_sync(record)
    assert ledger.db.read_sync(lambda conn: outbox.find(conn, new.op_id)) is None
    assert not ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp)).again


def test_lines_that_could_not_be_read_for_the_journal_come_with_the_next_operation(ledger: Ledger) -> None:
    new, stamp = NewOperation(new_op_id(), "bill.pay", {"n": 2}), ledger.stamp()

    faults = [failure(IOERR)]

    def probe(point: Point) -> None:
        if point is Point.LEDGER_COMMIT and faults:
            Faulty.reading.append(faults.pop())  # the next to open a cursor copies the lines

    ledger.reopen(probe)
    first = ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp))
    assert isinstance(ledger.db.journal_fault, DiskFailing)
    assert not journalled(ledger, first.op_id)
    second = pay(ledger)()
    assert journalled(ledger, first.op_id)
    assert journalled(ledger, second.op_id)
    assert ledger.db.journal_fault is None
