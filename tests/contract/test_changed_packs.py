"""From the real central into the real catalogue: changes where they are less, else the whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from central import packs
from central.tables import packs as pack_rows
from kiosk.store import catalogue, tables
from kiosk.store.catalogue import Catalogue
from sync import purse
from sync.engine import Engine
from sync.feed import STRIKES, Stage
from sync.lanes import Lane
from sync.pace import Pace
from sync.packplan import Loaded, PackTrouble
from sync.purse import MEGABYTE
from sync.wire.manifest import Manifest
from tests.contract.test_data_budget import set_budget, used
from tests.support.cable import cable, url_of
from tests.support.central import COUNTY, POINT, RunningCentral
from tests.support.terminal import Terminal, settle, until

PACE = Pace(watch=False, pack=60, lane_wait=10)


def place(n: int, name: str = "㳇口") -> dict[str, Any]:
    spread = sha256(b"%d" % n).hexdigest()
    return {"t": "place", "id": spread, "level": "village", "parent": "511602", "name": name}


FIRST = [place(n) for n in range(800)]


async def serve(central: RunningCentral, terminal: Terminal) -> Manifest:
    """The first pack is installed in the real catalogue."""
    terminal.piece = 4096
    first = central.build_pack(FIRST)
    await terminal.enrol(central.url, central.code(), POINT)
    use_catalogue(terminal)
    async with terminal.engine(PACE) as engine:
        await settle(engine)
    assert version(terminal) == first.version
    return first


def use_catalogue(terminal: Terminal, progress: Callable[[int, int], None] = lambda *_: None) -> None:
    made = Catalogue(terminal.db, terminal.opened.cache_key, terminal.crank.now, progress)
    terminal.packs = made  # type: ignore[assignment]


def version(terminal: Terminal) -> str | None:
    active = terminal.db.read_sync(catalogue.active)
    return active.version if active else None


def names(terminal: Terminal) -> dict[str, int]:
    body = tables.places.c.body
    query = select(func.json_extract(body, "$.name"), func.count()).group_by(
        func.json_extract(body, "$.name")
    )
    return {row[0]: row[1] for row in terminal.db.read_cache_sync(lambda conn: conn.execute(query).all())}


def build(central: RunningCentral, terminal: Terminal, *records: dict[str, Any]) -> Manifest:
    terminal.crank.forward(61)
    return central.build_pack(list(records))


async def test_changes_come_where_they_are_less(central: RunningCentral, terminal: Terminal) -> None:
    served = await serve(central, terminal)
    second = build(central, terminal, place(3, "新名"), place(900))
    async with cable(central) as proxy, terminal.engine(PACE, url_of(proxy)) as engine:
        await settle(engine)
        assert version(terminal) == second.version
        assert names(terminal) == {"㳇口": 800, "新名": 1}
        assert proxy.answered < served.size / 2
    assert not list((terminal.folder / "packs").iterdir())


async def test_changes_are_news_and_a_whole_pack_is_not(central: RunningCentral, terminal: Terminal) -> None:
    """Beyond the month's budget for packs changes still come, and are counted as what they came as."""
    await serve(central, terminal)
    second = build(central, terminal, *(place(n, "新名") for n in range(99)))
    spent = {(purse.day_of(terminal.crank.at), Lane.CONTENT): purse.Used(0, 3 * MEGABYTE)}
    terminal.db.run_sync(lambda conn: purse.add(conn, spent))
    set_budget(terminal, 2)
    before = used(terminal)
    async with terminal.engine(PACE) as engine:
        await settle(engine)
        assert version(terminal) == second.version
        assert engine.report().data.resting == {Lane.CONTENT, Lane.ATTACHMENTS}
        build(central, terminal, *(place(n, sha256(b"%d" % n).hexdigest()) for n in range(800)))
        await settle(engine)
        assert version(terminal) == second.version
    assert used(terminal)[Lane.CONTENT] == before[Lane.CONTENT]
    assert used(terminal)[Lane.NEWS] > before[Lane.NEWS] + 4096


async def test_changes_cut_on_the_way_go_on_after_a_restart(
    central: RunningCentral, terminal: Terminal
) -> None:
    await serve(central, terminal)
    changed = [place(n, f"新名{sha256(b'new %d' % n).hexdigest()}") for n in range(300)]
    second = build(central, terminal, *changed)
    async with terminal.engine(PACE) as engine:
        await until(engine, terminal.crank, lambda: got(engine) >= 2 * 4096)
        assert engine.status.pack is not None
        assert engine.status.pack.size < second.size
    terminal.restart()
    use_catalogue(terminal)
    seen: list[int] = []
    async with terminal.engine(PACE) as engine:
        engine.on_status(lambda _: seen.append(got(engine)))
        await settle(engine)
    assert min(size for size in seen if size) >= 2 * 4096
    assert version(terminal) == second.version
    assert names(terminal)["㳇口"] == 500


@pytest.mark.parametrize("harm", ["base forgotten", "base damaged", "changes are no less", "changes lie"])
async def test_what_does_not_fit_comes_whole(central: RunningCentral, terminal: Terminal, harm: str) -> None:
    served = await serve(central, terminal)
    everything = [place(n, f"新名{sha256(b'%d' % n).hexdigest()}") for n in range(800)]
    second = build(central, terminal, *(everything if harm == "changes are no less" else everything[:9]))
    folder = central.folder.packs
    match harm:
        case "base forgotten":
            forget = delete(pack_rows).where(pack_rows.c.version == served.version)
            central.parts.database.write(lambda conn: conn.execute(forget))
        case "base damaged":
            packs.file_of(folder, COUNTY, served.version).write_bytes(b"noise")
        case "changes lie":
            third = Manifest.parse(second.payload() | {"version": served.version})
            _, path = packs.delta(folder, served, second)
            kept = path.with_suffix(".manifest")
            lie, other = packs.delta(folder, second, third)
            told = lie.payload() | {"from": served.version, "version": second.version}
            path.write_bytes(other.read_bytes())
            kept.write_bytes(packs.canon.encode(told))
    async with terminal.engine(PACE) as engine:
        await settle(engine)
        assert engine.status.pack is not None
        assert engine.status.pack.stage is Stage.CURRENT
    assert version(terminal) == second.version
    assert names(terminal).get("㳇口", 0) == (0 if harm == "changes are no less" else 791)


async def test_a_pack_that_cannot_be_imported_is_not_fetched_again(
    central: RunningCentral, terminal: Terminal
) -> None:
    served = await serve(central, terminal)
    bad = build(central, terminal, {"t": "good", "id": "g1", "price_fen": 1})
    async with cable(central) as proxy, terminal.engine(PACE, url_of(proxy)) as engine:
        await settle(engine)
        refusal = engine.status.pack.refusal if engine.status.pack else None
        assert refusal is not None
        assert (refusal.trouble, refusal.version) == (PackTrouble.BAD, bad.version)
        before = proxy.answered
        for _ in range(5):
            terminal.crank.forward(61)
            await settle(engine)
        assert proxy.answered - before < bad.size / 2
        assert version(terminal) == served.version

        good = build(central, terminal, {"t": "good", "id": "g1", "title": "豆腐", "department": "d"})
        await settle(engine)
        assert version(terminal) == good.version
        assert engine.status.pack is not None
        assert engine.status.pack.refusal is None


async def test_a_pack_that_never_comes_whole_is_given_up(central: RunningCentral, terminal: Terminal) -> None:
    served = await serve(central, terminal)
    second = build(central, terminal, *(place(n, f"别{n}") for n in range(800)))
    file = packs.file_of(central.folder.packs, COUNTY, second.version)
    file.write_bytes(file.read_bytes()[:-5] + b"wrong")
    async with terminal.engine(PACE) as engine:
        for _ in range(STRIKES + 1):
            await settle(engine)
            terminal.crank.forward(61)
        refusal = engine.status.pack.refusal if engine.status.pack else None
        assert refusal is not None
        assert refusal.trouble is PackTrouble.WRONG_HASH
    assert version(terminal) == served.version


async def test_an_older_pack_of_a_restored_central_is_not_taken(
    central: RunningCentral, terminal: Terminal
) -> None:
    await serve(central, terminal)
    second = build(central, terminal, place(3, "新名"))
    async with terminal.engine(PACE) as engine:
        await settle(engine)
        assert version(terminal) == second.version
        lost = delete(pack_rows).where(pack_rows.c.version == second.version)
        central.parts.database.write(lambda conn: conn.execute(lost))
        terminal.crank.forward(61)
        await settle(engine)
        refusal = engine.status.pack.refusal if engine.status.pack else None
        assert refusal is not None
        assert refusal.trouble is PackTrouble.OLDER
        assert version(terminal) == second.version

        terminal.crank.at += timedelta(days=1)
        third = build(central, terminal, place(4, "又新"))
        await settle(engine)
        assert version(terminal) == third.version


async def test_a_second_version_that_comes_while_the_first_is_imported(
    central: RunningCentral, terminal: Terminal
) -> None:
    await serve(central, terminal)
    second = build(central, terminal, place(3, "新名"))
    later: list[Manifest] = []

    class Slow(Catalogue):
        async def install(self, loaded: Loaded) -> None:
            if not later:
                later.append(build(central, terminal, place(4, "又新")))
                terminal.crank.forward(31)
                engine.nudge()
                for _ in range(20):
                    await engine.turn()
            await super().install(loaded)

    terminal.packs = Slow(terminal.db, terminal.opened.cache_key, terminal.crank.now, lambda *_: None)  # type: ignore[assignment]
    async with terminal.engine(PACE) as engine:
        await settle(engine)
    assert later[0].version != second.version
    assert version(terminal) == later[0].version
    assert names(terminal) == {"㳇口": 798, "新名": 1, "又新": 1}


def got(engine: Engine) -> int:
    pack = engine.status.pack
    return pack.got if pack is not None and pack.stage is Stage.LOADING else 0
