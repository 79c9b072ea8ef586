"""A world that fails under a working terminal: named in both languages, nothing lost, work goes on after."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from central import service
from central.config import Folder
from central.demo import day
from kiosk.services import words
from kiosk.services.errors import Refused
from kiosk.store import catalogue
from kiosk.terminal import Terminal
from sync.clock import Machine, this_machine
from sync.errors import AlreadyRunning, DiskFull, WrongHash
from sync.journal import segments
from sync.policy import Link, Trouble
from tests.journeys import world
from tests.journeys.counter import Counter, counter, says, until
from tests.journeys.machine import plan_of
from tests.journeys.newcomer import set_up
from tests.journeys.settling import settle
from tests.journeys.world import World
from tests.store.test_full_and_readonly import full_disk_under
from tests.support.portal import HTML, another_authority, http, portal


async def _comes_right(county: World, at: Counter, expected: list[str]) -> None:
    """Central is back: everything that was recorded arrives, once."""
    await at.terminal.line.end()
    assert await at.recorded() == expected
    with county.serving() as central:
        await asyncio.to_thread(_lead_to, county, at, central.port)
        assert await settle(at.terminal, county.central) == []
        await at.terminal.line.end()


def _lead_to(county: World, at: Counter, port: int) -> None:
    at.terminal.data.run_sync(lambda conn: world.set_port(conn, port))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
async def test_full_disk(county: World) -> None:
    async with counter(county) as at:
        with full_disk_under(segments(at.terminal.plan.folders.journal)[-1]):
            first = await at.pay()  # durable in the ledger before the journal's disk was full
            with pytest.raises(DiskFull) as caught:
                await at.pay_stated(day.ACCOUNT_NOT_IN_FILE, day.STATED_FEN)
            says(caught.value, "存储已满", "The disk is full")
            assert [text for text in at.terminal.health() if "流水写不进" in text.zh]
        second = await at.pay_stated(day.ACCOUNT_NOT_IN_FILE, day.STATED_FEN)
        assert at.terminal.health() == ()
        await _comes_right(county, at, [first.op_id, second.op_id])


async def test_second_kiosk_on_the_same_data(county: World) -> None:
    async with counter(county) as at:
        with pytest.raises(AlreadyRunning) as caught:
            await asyncio.to_thread(Terminal.open, plan_of(county.home))
        says(caught.value, "已经在这台机器上运行", "already running")
        await _comes_right(county, at, [(await at.pay()).op_id])


async def test_central_answers_200_with_html(county: World) -> None:
    html = http("200 OK", HTML)
    async with counter(county) as at, portal(lambda _head: html, Folder(county.central)) as url:
        paid = await at.pay()
        await asyncio.to_thread(_lead_to, county, at, _port(url))
        await at.terminal.start()
        await until(at.terminal, lambda: at.terminal.line.link is Link.HOSTILE)
        says(words.of(Link.HOSTILE), "网络不可信", "cannot be trusted")
        says(words.of(_reason(at)), "此网络要先登录", "Sign in to this network first")
        await _comes_right(county, at, [paid.op_id])


async def test_wrong_certificate(county: World, tmp_path: Path) -> None:
    other = another_authority(tmp_path / "other", datetime.now(UTC))
    async with counter(county) as at, portal(lambda _head: b"", other) as url:
        paid = await at.pay()
        await asyncio.to_thread(_lead_to, county, at, _port(url))
        await at.terminal.start()
        await until(at.terminal, lambda: at.terminal.line.link is Link.HOSTILE)
        says(words.of(_reason(at)), "对方不是中心，已拒绝连接", "Somebody else answers, connection refused")
        await _comes_right(county, at, [paid.op_id])


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1])


def _reason(at: Counter) -> Trouble:
    status = at.terminal.line.status
    assert status is not None
    assert status.reason is not None
    return status.reason


async def test_pack_with_a_wrong_hash(county: World) -> None:
    """At set-up: said, and the next try with a whole pack goes on."""
    parts = service.open_(Folder(county.central))
    [pack] = (county.central / "packs").glob("*.zst")
    whole = pack.read_bytes()
    pack.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    home, code = county.root / "newcomer", world.code(parts)
    with county.serving() as central:
        with pytest.raises(WrongHash) as caught:
            await set_up(home, central.url, code)
        says(caught.value, "下载的数据不完整", "not whole")
        pack.write_bytes(whole)
        terminal = await set_up(home, central.url, code)
        assert await terminal.data.read(catalogue.active) is not None
        assert await settle(terminal, county.central) == []
        await terminal.close()
    parts.database.close()


@pytest.mark.parametrize("rebooted", [False, True])
async def test_clock_one_year_back(county: World, rebooted: bool) -> None:
    """Business is recorded by trusted time: bills and coupons keep their dates, and the operator is told."""
    with county.serving() as central:
        county.point_to(central.port)
        started = datetime.now(UTC)
        async with counter(county, _a_year_back(rebooted=rebooted)) as at:
            [told] = at.terminal.health()
            says(told, "本机时钟慢了", "clock is behind")
            await at.visit.serve()
            assert await settle(at.terminal, county.central) == []
            recorded = at.terminal.now()
            assert abs(recorded - started) < timedelta(hours=1)


def _a_year_back(*, rebooted: bool) -> Machine:
    real = this_machine()
    slow = replace(real, wall=lambda: real.wall() - timedelta(days=365))
    return replace(slow, boot="another-boot", ticks=lambda: real.ticks() % 60) if rebooted else slow


async def test_cache_overwritten_with_noise(county: World) -> None:
    """What was recorded stays; services say what is missing; the pack comes again by itself."""
    with county.serving() as central:
        county.point_to(central.port)
        async with counter(county) as at:
            paid = await at.pay()
        [cache] = (county.home / "data").glob("cache-*.db")
        cache.write_bytes(b"\x5a" * cache.stat().st_size)
        async with counter(county) as at:
            [told] = at.terminal.health()
            says(told, "服务资料损坏", "service data was damaged")
            with pytest.raises(Refused) as caught:
                await at.pay_stated(day.ACCOUNT_NOT_IN_FILE, day.STATED_FEN)
            says(caught.value, "没有这个缴费单位", "No such biller")
            await _with_a_pack(at.terminal)
            again = await at.pay_stated(day.ACCOUNT_NOT_IN_FILE, day.STATED_FEN)
            await at.terminal.line.end()
            assert await settle(at.terminal, county.central) == []
            assert await at.recorded() == [paid.op_id, again.op_id]


async def _with_a_pack(terminal: Terminal) -> None:
    changed = asyncio.Event()
    unsubscribe = terminal.data.subscribe(lambda _tables: changed.set())
    await terminal.start()
    async with asyncio.timeout(30):
        while await terminal.data.read(catalogue.active) is None:
            await changed.wait()
            changed.clear()
    unsubscribe()
