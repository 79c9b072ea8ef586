"""The line between a terminal and central, as slow and as broken as we say."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tools.fault_proxy import PIECE, FaultProxy, Lane
from tools.line_shape import Constant, Shape, Trace

TRACE = Path(__file__).parent / "links" / "hsdpa_tram.txt"
MESSAGE = bytes(range(256)) * 40


def test_bytes_take_their_time_one_after_the_other() -> None:
    lane = Lane()
    lane.begin(Constant(1000), 10.0)
    assert lane.carry(500, 10.0) == pytest.approx(10.5)
    assert lane.carry(500, 10.0) == pytest.approx(11.0)  # another connection's: it waits its turn
    assert lane.carry(500, 20.0) == pytest.approx(20.5, abs=0.06)  # an idle line saves nothing up
    assert lane.carried == 1500


def test_an_unshaped_line_carries_at_once() -> None:
    lane = Lane()
    assert lane.carry(1 << 20, 7.0) == 7.0


def test_a_trace_carries_what_its_samples_say_and_begins_again() -> None:
    trace = Trace((0.0, 1.0, 3.0), (100.0, 1000.0, 10.0))
    assert trace.length == 5.0
    assert trace.end(0.0, 50) == pytest.approx(0.5)
    assert trace.end(0.5, 50 + 1000) == pytest.approx(2.0)
    assert trace.end(0.0, 100 + 2000 + 20 + 100) == pytest.approx(6.0)  # the second lap


def test_a_measured_line_is_read() -> None:
    trace = Trace.read(TRACE)
    whole = sum(
        rate * (until - at)
        for at, until, rate in zip(trace.times, (*trace.times[1:], trace.length), trace.rates, strict=True)
    )
    assert trace.end(0.0, int(whole)) == pytest.approx(trace.length, abs=0.01)
    assert Trace.read(TRACE, share=0.1).end(0.0, int(whole / 10)) == pytest.approx(trace.length, abs=0.01)


@asynccontextmanager
async def echo() -> AsyncIterator[FaultProxy]:
    """A proxy before a server that sends everything back."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(4096):
                writer.write(data)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    proxy = FaultProxy("127.0.0.1", server.sockets[0].getsockname()[1])
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.close()
        server.close()


@asynccontextmanager
async def line(proxy: FaultProxy) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def test_a_shaped_line_is_no_faster_than_its_shape_and_loses_nothing() -> None:
    loop = asyncio.get_running_loop()
    async with echo() as proxy, line(proxy) as (reader, writer):
        proxy.shape(Shape(Constant(200_000), Constant(100_000), 0.1))
        began = loop.time()
        writer.write(MESSAGE)
        assert await reader.readexactly(len(MESSAGE)) == MESSAGE
        own = len(MESSAGE) / 100_000 + PIECE / 200_000
        assert loop.time() - began >= 0.1 + own - 0.12  # a timer may be made good in each direction
    assert proxy.asked == proxy.answered == len(MESSAGE)


async def test_who_closes_in_order_is_heard_to_close_in_order() -> None:
    async with echo() as proxy, line(proxy) as (reader, writer):
        writer.write(b"a")
        assert await reader.readexactly(1) == b"a"
        writer.write_eof()
        assert await reader.read() == b""


async def test_a_reset_breaks_what_stands_and_the_next_is_welcome() -> None:
    async with echo() as proxy, line(proxy) as (reader, writer):
        writer.write(b"a")
        assert await reader.readexactly(1) == b"a"
        proxy.reset()
        with pytest.raises(ConnectionError):
            await reader.readexactly(1)
        async with line(proxy) as (again, other):
            other.write(b"b")
            assert await again.readexactly(1) == b"b"
    assert (proxy.connections, proxy.resets) == (2, 1)


async def test_resets_come_again_and_again() -> None:
    async with echo() as proxy:
        proxy.reset_every(0.01)
        for _ in range(3):
            async with line(proxy) as (reader, writer):
                writer.write(b"a")
                with contextlib.suppress(ConnectionError):
                    while await reader.read(1):
                        pass
    assert proxy.resets >= 3


async def test_a_black_hole_takes_all_and_gives_nothing_until_it_opens() -> None:
    async with echo() as proxy, line(proxy) as (reader, writer):
        proxy.black_hole()
        writer.write(b"a")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.05)
        proxy.black_hole(on=False)
        assert await reader.readexactly(1) == b"a"


async def test_an_answer_is_dropped_after_so_many_bytes_once() -> None:
    async with echo() as proxy:
        proxy.drop_answer_after(3)
        async with line(proxy) as (reader, writer):
            writer.write(b"abc")
            assert await reader.readexactly(3) == b"abc"
            writer.write(b"d")
            with pytest.raises(ConnectionError):
                await reader.readexactly(1)
        async with line(proxy) as (reader, writer):
            writer.write(b"e")
            assert await reader.readexactly(1) == b"e"


async def test_a_cut_cable_refuses_until_it_is_restored() -> None:
    async with echo() as proxy:
        await proxy.cut()
        with pytest.raises(ConnectionError):
            async with line(proxy):
                pass
        await proxy.restore()
        async with line(proxy) as (reader, writer):
            writer.write(b"a")
            assert await reader.readexactly(1) == b"a"
