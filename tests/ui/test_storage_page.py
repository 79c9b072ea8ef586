"""What lies on the disk, by click: told with its sizes, tidied at once, and only for whoever may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Connection

from kiosk.services.permissions import Session
from kiosk.storage import Part
from kiosk.store import upkeep
from sync import transfer
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.encoding import instant
from tests.support.deeds import pay_bill, sign_in
from tests.support.stage import TERMINAL, Stage
from ui.routes import QueueRoute, StorageRoute

Perform = Callable[..., None]


async def to_storage(stage: Stage) -> None:
    stage.frame.go(QueueRoute())
    await stage.hand.click("upkeep.storage")
    await stage.hand.wait_for("storage.room")
    await stage.quiet()


def give_free(conn: Connection, op_id: str, at: str) -> None:
    """Central accepted the first operation, and so did every backup of central's."""
    ask = "SELECT link FROM operations WHERE op_id = ?"
    link = conn.exec_driver_sql(ask, (op_id,)).scalar_one()
    results = (Result(1, op_id, Outcome.ACCEPTED, 9),)
    transfer.apply_ack(conn, Ack(TERMINAL, 1, 1, "n", 1, link, results, 1, (), at), "token", at)


def test_the_disk_is_told_with_what_takes_it(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_storage(stage)
        assert stage.hand.reads("没有，全部有答复")
        await pay_bill(stage)
        await stage.hand.wait_text("2026年3月8日 10:00")
        found = await stage.frame.ports.upkeep.look()
        ledger = stage.folders.ledger
        files = [ledger, *(ledger.with_name(f"ledger.db-{end}") for end in ("wal", "shm"))]
        assert found.sizes[Part.LEDGER] == sum(one.stat().st_size for one in files)
        assert found.sizes[Part.JOURNAL] > 0
        for part in Part:
            assert stage.hand.reads(part.value.zh), part

    perform(act)


def test_tidying_erases_what_central_gave_free_and_says_how_much(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        paid = await pay_bill(stage)
        await stage.data.run(lambda conn: give_free(conn, paid.op_id, instant(stage.crank.at)))
        stage.crank.forward((upkeep.KEPT + timedelta(days=1)).total_seconds())
        sign_in(stage)
        await to_storage(stage)
        await stage.hand.click("page.primary")
        await stage.hand.wait_text("清除了 1 笔过期内容")
        await stage.hand.click("page.primary")
        await stage.hand.wait_text("没有过期的内容")

    perform(act)


def test_nobody_without_the_right_sees_it(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        nobody = Session("op-x", "临时", ("visitor",), frozenset(), False, stage.crank.at)
        stage.frame.sign_in(nobody, None)
        stage.frame.go(StorageRoute())
        await stage.hand.wait_text("没有此项权限")
        assert not stage.hand.sees("storage.room")

    perform(act)
