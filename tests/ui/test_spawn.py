"""Tasks are named and kept; the world's failures reach their owner, bugs are loud."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.services.errors import Refused, Why
from sync.errors import DiskFull
from ui.spawn import Tasks
from ui.troubles import trouble_text


async def fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("error", [Refused(Why.AMOUNT_ZERO), DiskFull("ledger.db")])
def test_a_refusal_and_a_full_disk_reach_the_owner(error: Exception) -> None:
    async def act() -> None:
        tasks, told = Tasks(), []
        tasks.spawn("pay", fail(error), told.append)
        assert not tasks.idle
        await tasks.drain()
        assert told == [error]
        assert tasks.bugs == []
        assert tasks.idle

    asyncio.run(act())


def test_a_bug_is_logged_and_kept(caplog: pytest.LogCaptureFixture) -> None:
    async def act() -> Tasks:
        tasks = Tasks()
        tasks.spawn("pay", fail(KeyError("oops")), lambda _: pytest.fail("a bug is nobody's trouble"))
        await tasks.drain()
        return tasks

    assert [type(bug) for bug in asyncio.run(act()).bugs] == [KeyError]
    assert "task pay failed" in caplog.text


def test_every_trouble_has_words_of_its_own() -> None:
    assert trouble_text(Refused(Why.AMOUNT_ZERO)) == Why.AMOUNT_ZERO.value
    assert "存储已满" in trouble_text(DiskFull("ledger.db")).zh
