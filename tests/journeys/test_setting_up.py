"""Power cuts while a machine is set up and while a newer pack is brought: it goes on where it was."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from central import packs, service
from central.config import Folder, Parts
from central.demo import day
from central.tables import enrolment_codes, incarnations, terminals
from kiosk.services import bills, guide
from kiosk.store import catalogue
from kiosk.terminal import Terminal
from sync import identity
from sync.setup_steps import SetUpStep
from tests.journeys import world
from tests.journeys.machine import plan_of
from tests.journeys.newcomer import ANSWERED, set_up
from tests.journeys.settling import settle
from tests.journeys.witness import LONGEST, REPO
from tests.journeys.world import World

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
PLACES = (*(step.value for step in SetUpStep), ANSWERED)
IN_EVERY_RUN = {ANSWERED, SetUpStep.CHANGES.value, SetUpStep.INSTALL.value}


def _places() -> list[object]:
    return [pytest.param(place, marks=() if place in IN_EVERY_RUN else pytest.mark.slow) for place in PLACES]


def killed(home: Path, *words: str) -> None:
    command = [sys.executable, "-m", "tests.journeys.newcomer", str(home), *words]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, timeout=LONGEST, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize("place", _places())
async def test_set_up_goes_on_where_the_power_cut_left_it(county: World, place: str) -> None:
    home = county.root / "newcomer"
    parts = service.open_(Folder(county.central))
    code = world.code(parts)
    with county.serving() as central:
        await asyncio.to_thread(killed, home, "set-up", central.url, code, place)
        terminal = await set_up(home, central.url, code)
        assert await settle(terminal, county.central) == []
        here = await terminal.data.read(identity.require)
        assert await terminal.data.read_cache(guide.departments)
        await terminal.close()
    with parts.database.reading() as conn:
        assert _lives(conn) == [(here.terminal, 1)]
    parts.database.close()


def _lives(conn: Connection) -> list[tuple[str, int]]:
    """Of the codes that were used, but for the first terminal's."""
    assert conn.execute(select(func.count()).select_from(enrolment_codes)).scalar_one() == 2
    rows = conn.execute(select(incarnations).join(terminals).order_by(incarnations.c.terminal))
    every = [(row.terminal, row.incarnation, row.kid) for row in rows]
    assert len({kid for *_, kid in every}) == 2
    used = select(enrolment_codes.c.used_kid).order_by(enrolment_codes.c.used_at.desc()).limit(1)
    newest = conn.execute(used).scalar_one()
    return [(terminal, life) for terminal, life, kid in every if kid == newest]


async def test_a_cut_during_the_import_leaves_the_old_pack(county: World) -> None:
    parts = service.open_(Folder(county.central))
    new = parts.database.write(lambda conn: _newer_pack(conn, parts))
    with county.serving() as central:
        county.point_to(central.port)
        await asyncio.to_thread(killed, county.home, "new-pack")
        terminal = await asyncio.to_thread(Terminal.open, plan_of(county.home))
        before = await terminal.data.read(catalogue.active)
        assert before is not None
        assert before.version != new
        assert await terminal.data.read_cache(lambda cache: bills.biller(cache, day.POWER_BILLER))
        caches = sorted(path.name for path in terminal.plan.folders.data.glob("cache-*.db"))
        assert len(caches) == 1, "what was half built is swept away"
        await _installed(terminal, new)
        await terminal.close()
        assert sorted(p.name for p in terminal.plan.folders.data.glob("cache-*.db")) != caches
    parts.database.close()


async def _installed(terminal: Terminal, version: str) -> None:
    changed = asyncio.Event()
    terminal.data.subscribe(lambda _tables: changed.set())
    await terminal.start()
    async with asyncio.timeout(30):
        while (found := await terminal.data.read(catalogue.active)) is None or found.version != version:
            await changed.wait()
            changed.clear()


def _newer_pack(conn: Connection, parts: Parts) -> str:
    good = {"t": "department", "id": "tea", "name": {"zh": "茶叶", "en": "Tea"}, "icon": "tea", "order": 99}
    packs.put_records(conn, day.COUNTY, [good])
    return packs.build(conn, parts.folder.packs, day.COUNTY, parts.clock()).version
