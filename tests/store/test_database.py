"""The ledger's threads: what is committed is journalled and told, in that order; readers see snapshots."""

import asyncio
import threading

import pytest
from sqlalchemy.exc import OperationalError

from sync import outbox, transfer
from sync.errors import BugError, LeaseExhausted
from sync.journal import records
from sync.outbox import NewOperation
from sync.points import Point
from sync.wire.operation import new_op_id


def a_payment() -> NewOperation:
    return NewOperation(new_op_id(), "bill.pay", {"amount_fen": 100})


def keep(name: str, value: str = "1"):
    return lambda conn: transfer.set_cursor(conn, name, value)


def test_a_commit_is_in_the_journal_when_run_returns(ledger):
    new, stamp = a_payment(), ledger.stamp()
    ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp))
    key = ledger.keys.get("journal")
    assert any(new.op_id.encode() in line for _, line in records(ledger.folders.journal, key))


def test_changed_tables_are_told_after_the_commit_and_before_the_answer(ledger):
    async def act():
        heard = []
        unsubscribe = ledger.db.subscribe(heard.append)
        await ledger.db.run(keep("a"))
        assert heard == [frozenset({"cursors"})]
        await ledger.db.run(lambda conn: None)
        unsubscribe()
        await ledger.db.run(keep("b"))
        assert heard == [frozenset({"cursors"})]

    asyncio.run(act())


def test_a_failed_transaction_is_undone_and_says_nothing(ledger):
    async def act():
        heard = []
        ledger.db.subscribe(heard.append)

        def fail(conn):
            transfer.set_cursor(conn, "a", "1")
            raise LeaseExhausted("L", 1, 0)

        with pytest.raises(LeaseExhausted):
            await ledger.db.run(fail)
        await ledger.db.run(keep("b"))
        return heard

    assert asyncio.run(act()) == [frozenset({"cursors"})]
    assert ledger.db.read_sync(lambda conn: transfer.cursor(conn, "a")) is None


def test_a_cancelled_task_loses_neither_commit_nor_news(ledger):
    begun, go_on = threading.Event(), threading.Event()

    def slow(conn):
        transfer.set_cursor(conn, "slow", "kept")
        begun.set()
        assert go_on.wait(10)

    async def act():
        told = asyncio.Event()
        ledger.db.subscribe(lambda tables: told.set())
        task = asyncio.create_task(ledger.db.run(slow))
        await asyncio.to_thread(begun.wait, 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        go_on.set()
        await asyncio.wait_for(told.wait(), 10)
        return await ledger.db.read(lambda conn: transfer.cursor(conn, "slow"))

    assert asyncio.run(act()) == "kept"


def test_readers_see_a_snapshot_while_the_writer_works(ledger):
    ledger.db.run_sync(keep("a", "before"))
    written, looked = threading.Event(), threading.Event()

    def write(conn):
        transfer.set_cursor(conn, "a", "after")
        written.set()
        assert looked.wait(10)

    async def act():
        writing = asyncio.create_task(ledger.db.run(write))
        await asyncio.to_thread(written.wait, 10)
        during = await ledger.db.read(lambda conn: transfer.cursor(conn, "a"))
        looked.set()
        await writing
        return during, await ledger.db.read(lambda conn: transfer.cursor(conn, "a"))

    assert asyncio.run(act()) == ("before", "after")


def test_a_reader_cannot_write(ledger):
    with pytest.raises(OperationalError, match="readonly"):
        ledger.db.read_sync(keep("a"))
    assert ledger.db.read_sync(lambda conn: transfer.cursor(conn, "a")) is None


def test_the_points_of_a_write_come_in_order(ledger):
    seen = []
    ledger.reopen(probe=seen.append)
    ledger.db.run_sync(keep("a"))
    assert seen == [Point.INPUT, Point.LEDGER_COMMIT, Point.JOURNAL_LINE]


def test_a_closed_database_says_so(ledger):
    ledger.db.close()
    with pytest.raises(BugError):
        ledger.db.run_sync(keep("a"))
