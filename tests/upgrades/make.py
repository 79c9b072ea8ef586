"""Makes the files of one version that the upgrade tests keep: a terminal with a full outbox, and its central.

Run once from a checkout of the version, when its schema lands: `python -m tests.upgrades.make FOLDER`. What
it writes never changes afterwards.
"""

from __future__ import annotations

import asyncio
import lzma
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection

from central.config import Folder, read_keys
from central.demo import day, minting
from kiosk.services import catalogue, forms, leases
from kiosk.services.callbacks import Request, Wish, request
from kiosk.services.forms import Answers
from kiosk.terminal import Terminal
from sync import identity, outbox, transfer
from sync.outbox import NewOperation
from sync.transfer import Chain
from sync.wire.operation import new_op_id
from tests.journeys.machine import plan_of
from tests.journeys.settling import settle
from tests.journeys.visit import Deed, Errand, Visit
from tests.journeys.world import World, build

KEPT = ("answers.seed", "coupons.seed", "ca.pem", "ca.key", "server.pem", "server.key")
ACCOUNTS = (day.ACCOUNT_IN_FILE, day.ACCOUNT_PAID_ELSEWHERE)


def errand(county: World, *deeds: Deed, coupon: int = 0) -> Errand:
    keys = read_keys(Folder(county.central))
    minted = minting.day_coupons(keys.coupons, datetime.now(UTC) + timedelta(seconds=coupon)).good
    return Errand.new(minted, deeds)


async def opened(county: World, *deeds: Deed) -> tuple[Terminal, Visit]:
    terminal = await asyncio.to_thread(Terminal.open, plan_of(county.home))
    visit = Visit(terminal, errand(county, *deeds), lambda _deed: None, lambda _line: None)
    await visit.serve()
    return terminal, visit


async def record(terminal: Terminal, work: Callable[[Connection], object]) -> None:
    await terminal.data.run(work)


async def settled_day(county: World) -> None:
    """Accepted, rejected with an open case, in review with a case: all told by a real central."""
    deeds = (Deed.PAY, Deed.PAY_LATE, Deed.ORDER, Deed.SELL, Deed.REDEEM)
    terminal, visit = await opened(county, *deeds)
    strange = NewOperation(new_op_id(), "pension.check", {"service": "s9", "name": "单㳇"}, sv=1)
    await record(terminal, lambda conn: outbox.record(conn, strange, visit.desk().stamp))
    assert await settle(terminal, county.central, 3.0) == []
    await terminal.close()


async def lost_answers(county: World) -> None:
    """Goes off the line, records, and marks as an engine does that dies in the middle of a push."""
    terminal, visit = await opened(county, Deed.ORDER)
    desk, data = visit.desk(), terminal.data
    door = await data.read_cache(lambda cache: catalogue.service(cache, day.DOOR_SERVICE))
    asked = Request(door, day.CALLBACK_PHONE, "三单元打不开门", Wish.MORNING, "单㳇")
    await record(terminal, lambda conn: request(conn, desk, new_op_id(), asked))
    await record(terminal, lambda conn: _mark(conn, transfer.mark_sent, 2))
    await record(terminal, lambda conn: _mark(conn, transfer.mark_unknown, 1))
    await terminal.close()


def _mark(conn: Connection, mark: Callable[[Connection, Chain, int, int], None], count: int) -> None:
    here = identity.require(conn)
    chain = Chain(here.terminal, here.incarnation)
    first = transfer.high_water(conn, chain) + 1
    mark(conn, chain, first, first + count - 1)


async def answered_unheard(county: World) -> None:
    """Central takes what is on the line; the answer is lost with the copy that heard it."""
    heard = county.copy(county.root.with_name("heard"))
    with heard.serving() as central:
        heard.point_to(central.port)
        terminal = await asyncio.to_thread(Terminal.open, plan_of(heard.home))
        assert await settle(terminal, heard.central, 3.0) == []
        await terminal.close()
    shutil.rmtree(county.central)
    shutil.move(heard.central, county.central)


async def waiting(county: World) -> None:
    terminal, visit = await opened(county, Deed.SELL)
    desk, data = visit.desk(), terminal.data
    service = await data.read_cache(lambda cache: catalogue.service(cache, day.FAULT_SERVICE))
    form = await data.read_cache(lambda cache: forms.form(cache, "f-n2-fault"))
    filled = Answers("d-1", service, form, day.FAULT_ANSWERS, step=2)
    begun = Answers("d-2", service, form, {"what": "lamp"}, step=1)
    await record(terminal, lambda conn: forms.save_draft(conn, desk, filled))
    await record(terminal, lambda conn: forms.submit(conn, desk, new_op_id(), filled))
    await record(terminal, lambda conn: forms.save_draft(conn, desk, begun))
    right = f"float:{day.MAIN_POINT}"
    await record(terminal, lambda conn: leases.ask(conn, desk, new_op_id(), right, 30_000))
    await terminal.close()


def keep(county: World, to: Path) -> None:
    """Ledger, journal and keys as they are; of central what its judgement of these operations needs."""
    data = county.home / "data"
    (to / "home" / "data").mkdir(parents=True)
    shutil.copy(data / "ledger.db", to / "home" / "data")
    shutil.copytree(data / "journal", to / "home" / "data" / "journal")
    shutil.copy(county.home / "keys.json", to / "home")
    (to / "central").mkdir()
    for name in KEPT:
        shutil.copy(county.central / name, to / "central")
    base = sqlite.connect(str(county.central / "central.db"))
    marks = ", ".join(f"'{name}'" for name in ACCOUNTS)
    base.execute("DELETE FROM pack_records")
    base.execute(f"DELETE FROM bills WHERE account NOT IN ({marks})")
    base.execute(f"DELETE FROM accounts WHERE account NOT IN ({marks})")
    base.commit()
    base.execute("PRAGMA journal_mode=DELETE")
    base.execute("VACUUM")
    base.close()
    packed = lzma.compress((county.central / "central.db").read_bytes(), preset=9)
    (to / "central" / "central.db.xz").write_bytes(packed)


def main(to: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        county = build(Path(folder) / "county")
        with county.serving() as central:
            county.point_to(central.port)
            asyncio.run(settled_day(county))
        asyncio.run(lost_answers(county))
        asyncio.run(answered_unheard(county))
        asyncio.run(waiting(county))
        keep(county, to)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
