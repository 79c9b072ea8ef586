"""Packs and pictures come down in pieces, survive cuts, and only what their hash proves is handed over."""

from hashlib import sha256
from pathlib import Path

import pytest
import zstandard

from central import operators
from central.packs import file_of
from central.tables import terminals
from sync import changes, documents
from sync.engine import Engine
from sync.enrol import SetUpStep
from sync.failures import LinkError
from sync.feed import Stage
from sync.lanes import Lane
from sync.pace import Pace
from sync.packplan import Loaded
from sync.policy import Link, Trouble
from tests.support.cable import cable, url_of
from tests.support.central import COUNTY, POINT, RunningCentral
from tests.support.terminal import KeptPacks, Terminal, settle, until

SMALL = Pace(watch=False, probe=5, changes=30, heartbeat=60, pack=60, pictures=60)


def records(count: int) -> list[dict[str, object]]:
    return [
        {
            "t": "place",
            "id": sha256(b"%d" % n).hexdigest(),
            "level": "village",
            "parent": "511602",
            "name": "㳇口",
        }
        for n in range(count)
    ]


@pytest.fixture(autouse=True)
def _thin_line(terminal: Terminal) -> None:
    """Small pieces, so that a pack takes many."""
    terminal.piece = 4096


async def test_a_pack_comes_down_and_so_does_the_next(central: RunningCentral, terminal: Terminal) -> None:
    first = central.build_pack(records(800))
    assert first.size > 5 * 4096
    await terminal.enrol(central.url, central.code(), POINT)
    async with terminal.engine(SMALL) as engine:
        await settle(engine)
        version, data = terminal.packs.installed[-1]
        assert version == first.version
        assert len(zstandard.decompress(data, 10_000_000).splitlines()) == 800
        assert engine.status.pack is not None
        assert engine.status.pack.stage is Stage.CURRENT

        second = central.build_pack(records(900))
        terminal.crank.forward(31)
        await settle(engine)
        assert [name for name, _ in terminal.packs.installed] == [first.version, second.version]
    assert not list((terminal.folder / "packs").iterdir())


async def test_a_cut_download_goes_on_where_it_was(central: RunningCentral, terminal: Terminal) -> None:
    pack = central.build_pack(records(800))
    await terminal.enrol(central.url, central.code(), POINT)
    async with cable(central) as proxy:
        async with terminal.engine(SMALL, url_of(proxy)) as engine:
            await until(engine, terminal.crank, lambda: _got(engine) > 3 * 4096)
            await proxy.cut()
            await settle(engine)
            assert engine.status.link is Link.OFFLINE
            got = _part(terminal).stat().st_size
            assert got > 3 * 4096
        terminal.restart()
        await proxy.restore()
        async with terminal.engine(SMALL) as engine:
            await settle(engine)
    assert terminal.packs.installed[-1][0] == pack.version


async def test_a_pack_that_was_imported_meanwhile_does_not_call_a_dead_line_well(
    central: RunningCentral, terminal: Terminal
) -> None:
    central.build_pack(records(800))
    await terminal.enrol(central.url, central.code(), POINT)
    async with cable(central) as proxy:

        class Slow(KeptPacks):
            async def install(self, loaded: Loaded) -> None:
                await proxy.cut()
                terminal.crank.forward(SMALL.probe)
                while engine.status.link is not Link.OFFLINE:
                    await engine.turn()
                await super().install(loaded)

        terminal.packs = Slow()
        async with terminal.engine(SMALL, url_of(proxy)) as engine:
            await until(engine, terminal.crank, lambda: engine.status.link is Link.OFFLINE)
            assert await engine.installed()
            await engine.turn()
            assert (engine.status.link, engine.status.reason) == (Link.OFFLINE, Trouble.NO_LINK)
    assert terminal.packs.installed


async def test_the_rest_only_is_asked_for_after_a_cut(central: RunningCentral, terminal: Terminal) -> None:
    pack = central.build_pack(records(800))
    await terminal.enrol(central.url, central.code(), POINT)
    whole = file_of(central.folder.packs, COUNTY, pack.version).read_bytes()
    part = terminal.folder / "packs" / f"{pack.sha256}.pack.part"
    part.parent.mkdir()
    part.write_bytes(whole[:-100])
    async with cable(central) as proxy, terminal.engine(SMALL, url_of(proxy)) as engine:
        await settle(engine)
        assert terminal.packs.installed == [(pack.version, whole)]
        assert proxy.answered < pack.size


async def test_a_pack_with_a_wrong_hash_is_thrown_away_and_the_old_one_stays(
    central: RunningCentral, terminal: Terminal
) -> None:
    first = central.build_pack(records(200))
    await terminal.enrol(central.url, central.code(), POINT)
    async with terminal.engine(SMALL) as engine:
        await settle(engine)
        second = central.build_pack(records(800))
        file = file_of(central.folder.packs, COUNTY, second.version)
        true = file.read_bytes()
        file.write_bytes(true[:-5] + b"wrong")
        terminal.crank.forward(31)
        await settle(engine)
        assert [name for name, _ in terminal.packs.installed] == [first.version]
        assert engine.status.link is Link.ONLINE
        assert engine.status.lane_errors.keys() == {Lane.CONTENT}
        assert not list((terminal.folder / "packs").iterdir())
        noted = terminal.record()
        engine.wake()
        await settle(engine)
        assert terminal.view(noted.op_id).state.final
        assert engine.status.lane_errors.keys() == {Lane.CONTENT}  # another lane's success says nothing of it

        file.write_bytes(true)
        terminal.crank.forward(61)
        await settle(engine)
        assert terminal.packs.installed[-1] == (second.version, true)
        assert engine.status.lane_errors == {}


async def test_pictures_come_last_and_one_missing_holds_up_none(
    central: RunningCentral, terminal: Terminal
) -> None:
    central.build_pack(records(10))
    pictures = [bytes([n]) * 9000 for n in range(3)]
    names = [central.keep_asset(data) for data in pictures]
    terminal.pictures.names = (names[0], "0" * 64, *names[1:])
    await terminal.enrol(central.url, central.code(), POINT)
    async with terminal.engine(SMALL) as engine:
        await until(engine, terminal.crank, lambda: len(terminal.pictures.kept) == 3)
        assert engine.status.link is Link.ONLINE
    assert list(terminal.pictures.kept.values()) == pictures


async def test_changes_come_page_by_page_and_a_lost_place_is_read_again(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    for n in range(230):
        one = operators.Operator(f"op-{n:03d}", f"操作员{n}", ("operator",), "$argon2id$x", point=POINT)
        central.parts.database.write(
            lambda conn, one=one: operators.put(conn, COUNTY, one, terminal.crank.at)
        )
    async with terminal.engine(SMALL) as engine:
        await settle(engine)
        assert len(terminal.db.read_sync(documents.operators)) == 231
        reached = terminal.db.read_sync(changes.cursor)

        lost = terminals.update().values(last_change=5)
        central.parts.database.write(lambda conn: conn.execute(lost))
        terminal.crank.forward(31)
        await settle(engine)
        assert terminal.db.read_sync(changes.cursor) < reached
        assert len(terminal.db.read_sync(documents.operators)) == 231


async def test_set_up_fills_the_terminal_and_goes_on_after_a_cut(
    central: RunningCentral, terminal: Terminal
) -> None:
    pack = central.build_pack(records(800))
    await terminal.enrol(central.url, central.code(), POINT)
    folder = terminal.folder / "packs"
    async with cable(central) as proxy:
        await terminal.move(url_of(proxy))
        proxy.drop_answer_after(12_000)
        with pytest.raises(LinkError):
            await terminal.set_up().fill(folder, terminal.packs)
        terminal.restart()
        assert terminal.packs.installed == []
        await terminal.set_up().fill(folder, terminal.packs)
    assert terminal.packs.installed[-1][0] == pack.version
    seen = list(dict.fromkeys(progress.step for progress in terminal.progress))
    assert seen == list(SetUpStep)
    last = terminal.progress[-1]
    assert (last.done, last.total) == (1, 1)


def _got(engine: Engine) -> int:
    pack = engine.status.pack
    return 0 if pack is None else pack.got


def _part(terminal: Terminal) -> Path:
    (part,) = (terminal.folder / "packs").glob("*.part")
    return part
