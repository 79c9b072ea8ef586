"""Bytes over the line: counted as they are, kept over a restart, and held to the month's budget."""

import itertools
import random

import pytest
from sqlalchemy import Connection

from sync import documents, purse
from sync.engine import EngineStatus
from sync.lanes import Lane
from sync.meter import billed
from sync.pace import Pace
from sync.purse import MEGABYTE, SETTING
from sync.wire.operation import new_op_id
from tests.contract.test_packs import records
from tests.support.cable import cable, url_of
from tests.support.central import POINT, RunningCentral
from tests.support.terminal import Terminal, settle

PACE = Pace(watch=False, probe=5.0, changes=30.0, heartbeat=60.0)
REVISIONS = itertools.count(10**6)


def used(terminal: Terminal) -> dict[Lane, int]:
    return terminal.db.read_sync(lambda conn: purse.of_month(conn, terminal.crank.at))


async def test_what_is_counted_is_what_goes_over_the_line(
    central: RunningCentral, terminal: Terminal
) -> None:
    central.build_pack(records(400))
    await terminal.enrol(central.url, central.code(), POINT)
    noise = random.Random(1)
    for _ in range(200):
        terminal.record(text=noise.randbytes(60).hex())
    async with cable(central) as proxy:
        async with terminal.engine(PACE, url_of(proxy)) as engine:
            await settle(engine)
            assert len(terminal.packs.installed) == 1
            for _ in range(20):
                terminal.crank.forward(6)
                await settle(engine)
        counted = engine._client.meter.payload
        assert counted.up == pytest.approx(proxy.asked, rel=0.03)
        assert counted.down == pytest.approx(proxy.answered, rel=0.03)
        carried = proxy.asked + proxy.answered
    assert billed(carried) * 0.95 < sum(used(terminal).values()) < carried * 1.25  # heads of packets
    assert set(used(terminal)) == {Lane.OPERATIONS, Lane.NEWS, Lane.CONTENT}


async def test_it_is_kept_over_a_restart_and_begins_anew_with_the_month(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    async with terminal.engine(PACE) as engine:
        await settle(engine)
    before = sum(used(terminal).values())
    assert before > 1000
    terminal.restart()
    async with terminal.engine(PACE) as engine:
        await engine.turn()
        assert engine.report().data.used == before
        await settle(engine)
    assert sum(used(terminal).values()) > before
    terminal.crank.forward(40 * 86400)
    assert used(terminal) == {}


async def test_bytes_wake_no_page_and_a_lane_that_rests_does(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    async with terminal.engine(PACE) as engine:
        await settle(engine)
        told: list[EngineStatus] = []
        engine.on_status(told.append)
        before = engine.report().data.used
        terminal.crank.forward(61)
        await settle(engine)
        assert engine.report().data.used > before
        assert told == []
        spent = {(purse.day_of(terminal.crank.at), Lane.CONTENT): purse.Used(0, 3 * MEGABYTE)}
        terminal.db.run_sync(lambda conn: purse.add(conn, spent))
        set_budget(terminal, 2)
        terminal.crank.forward(61)
        await settle(engine)
        assert [one.resting for one in told] == [{Lane.CONTENT, Lane.ATTACHMENTS}]


def set_budget(terminal: Terminal, megabytes: int) -> None:
    def write(conn: Connection) -> None:
        values = documents.settings(conn) | {SETTING: megabytes}
        documents.put_settings(conn, values, next(REVISIONS))

    terminal.db.run_sync(write)


async def test_beyond_the_budget_packs_rest_and_operations_go_on(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    central.build_pack(records(400))
    spent = {(purse.day_of(terminal.crank.at), Lane.CONTENT): purse.Used(0, 3 * MEGABYTE)}
    terminal.db.run_sync(lambda conn: purse.add(conn, spent))
    set_budget(terminal, 2)
    async with terminal.engine(PACE) as engine:
        noted = terminal.record(text=new_op_id())
        await settle(engine)
        assert terminal.view(noted.op_id).state.final
        assert terminal.packs.installed == []
        seen = engine.report().data
        assert (seen.limit, seen.resting) == (2 * MEGABYTE, {Lane.CONTENT, Lane.ATTACHMENTS})
        assert seen.used > 3 * MEGABYTE

        set_budget(terminal, 2000)
        terminal.crank.forward(61)
        await settle(engine)
        assert engine.report().data.resting == frozenset()
        assert len(terminal.packs.installed) == 1


async def test_a_machine_may_have_a_budget_of_its_own_and_central_another(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    limits = []
    for megabytes in (None, 7, 0):
        if megabytes is not None:
            set_budget(terminal, megabytes)
        limits.append(terminal.db.read_sync(lambda conn: purse.limit(conn, 5 * MEGABYTE)))
    assert limits == [5 * MEGABYTE, 7 * MEGABYTE, None]
