"""The calls that the engine does not make on every turn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

import pytest
import zstandard

from sync import identity
from sync.client import Client
from sync.failures import HostileAnswer, Refusal, Resync
from sync.membership import membership
from sync.ranges import Piece
from sync.wire import canon
from sync.wire.problems import Problem
from tests.support.central import POINT, RunningCentral
from tests.support.portal import http, portal
from tests.support.terminal import PATIENCE, Terminal, settle

PLACE = {"t": "place", "id": "511602", "level": "county", "parent": None, "name": "广安区"}


@asynccontextmanager
async def connected(terminal: Terminal) -> AsyncIterator[Client]:
    member = membership(terminal.db.read_sync(identity.require), terminal.keys)
    client = await Client.connect(member, terminal.clock.proven, PATIENCE)
    try:
        yield client
    finally:
        await client.close()


async def test_an_attachment_goes_up_in_pieces(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    data = bytes(range(256)) * 40
    name = sha256(data).hexdigest()
    op = terminal.record("application.later", attachments=[name]).op_id
    async with terminal.engine() as engine:
        await settle(engine)
    async with connected(terminal) as client:
        assert await client.offer_asset(name, op, Piece(b"", 0, len(data))) == 0
        assert await client.offer_asset(name, op, Piece(data[:4000], 0, len(data))) == 4000
        assert await client.offer_asset(name, op, Piece(b"", 0, len(data))) == 4000
        assert await client.offer_asset(name, op, Piece(data[4000:], 4000, len(data))) == len(data)
        assert await client.offer_asset(name, op, Piece(b"", 0, len(data))) == len(data)
    assert central.parts.attachments.path(name).read_bytes() == data


async def test_a_picture_comes_down_in_pieces(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    data = bytes(range(256)) * 40
    name = central.keep_asset(data)
    async with connected(terminal) as client:
        piece = await client.asset(name, 100, 50)
        assert (piece.data, piece.start, piece.total) == (data[100:150], 100, len(data))


async def test_an_attachment_that_no_operation_names_is_refused(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    async with connected(terminal) as client:
        with pytest.raises(Refusal) as refused:
            await client.offer_asset("0" * 64, "no-such-operation", Piece(b"abc", 0, 3))
        assert refused.value.problem is Problem.NOT_FOUND


async def test_a_delta_brings_what_changed_and_says_when_it_cannot(
    central: RunningCentral, terminal: Terminal
) -> None:
    first = central.build_pack([PLACE])
    second = central.build_pack([{**PLACE, "name": "广安区㳇"}])
    await terminal.enrol(central.url, central.code(), POINT)
    async with connected(terminal) as client:
        begun = await client.delta(first.version, second, 0, 20)
        assert begun.signed is not None
        delta = begun.signed.manifest
        assert (delta.base, delta.version) == (first.version, second.version)
        assert (delta.number, delta.records_sha256) == (second.number, second.records_sha256)
        rest = await client.delta(first.version, second, 20, 4096)
        assert (rest.signed, rest.piece.start, rest.piece.total) == (None, 20, delta.size)
        data = begun.piece.data + rest.piece.data
        (line,) = zstandard.ZstdDecompressor().stream_reader(data).read().splitlines()
        assert canon.decode(line)["name"] == "广安区㳇"
        with pytest.raises(Resync):
            await client.delta("20200101-1", second, 0, 20)


async def test_another_countys_pack_is_not_ours(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    async with connected(terminal) as client:
        with pytest.raises(Refusal) as refused:
            await client.manifest("511621")
        assert refused.value.problem is Problem.FORBIDDEN


@pytest.mark.parametrize(
    "answer",
    [
        http("200 OK", b"<html>", "text/html"),
        http("206 Partial Content", b"abc", "application/zstd"),
        http("206 Partial Content", b"abc", "application/zstd", Content_Range="bytes 5-7/100"),
        http("206 Partial Content", b"abc", "application/zstd", Content_Range="bytes 0-9/100"),
    ],
)
async def test_a_piece_that_was_not_asked_for_is_nothing(
    central: RunningCentral, terminal: Terminal, answer: bytes
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    async with portal(lambda _: answer, central.folder) as url:
        await terminal.move(url)
        async with connected(terminal) as client:
            with pytest.raises(HostileAnswer):
                await client.asset("0" * 64, 0, 10)
