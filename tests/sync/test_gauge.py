"""The queue's depth as the screen is told: never older than what was written before it was asked for."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import Connection

from sync import outbox
from sync.gauge import DepthGauge
from sync.outbox import NewOperation, Recorded
from sync.wire.operation import new_op_id
from tests.support.ledger import Ledger


def a_payment() -> NewOperation:
    return NewOperation(new_op_id(), "bill.pay", {"amount_fen": 100}, by="OP-1")


def writing(ledger: Ledger) -> Callable[[], Awaitable[Recorded]]:
    def record(conn: Connection) -> Recorded:
        return outbox.record(conn, a_payment(), ledger.stamp())

    return lambda: ledger.db.run(record)


def test_what_was_written_is_counted_and_nothing_is_read_for_nothing(ledger: Ledger, monkeypatch) -> None:
    reads: list[object] = []
    real = ledger.db.read
    monkeypatch.setattr(ledger.db, "read", lambda fn: reads.append(fn) or real(fn))
    record = writing(ledger)

    async def play() -> None:
        gauge = DepthGauge(ledger.db)
        with gauge.told():
            for count in (1, 2, 3):
                await record()
                assert (await gauge.read()).waiting == count
                assert (await gauge.read()).waiting == count
        assert len(reads) == 3
        await record()  # nobody tells it any more
        assert (await gauge.read()).waiting == 4

    asyncio.run(play())


def test_a_write_beside_the_reading_is_not_missed(ledger: Ledger) -> None:
    record = writing(ledger)

    async def play() -> None:
        gauge = DepthGauge(ledger.db)
        with gauge.told():
            reading = asyncio.create_task(gauge.read())
            await asyncio.sleep(0)  # it has asked, and has no answer yet
            await record()
            await reading
            assert (await gauge.read()).waiting == 1

    asyncio.run(play())
