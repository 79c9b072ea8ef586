"""A county with one enrolled terminal, made once and copied for every journey; central runs here or apart."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from central import ca, enrolment, partner, service
from central.config import Folder, Parts, read_keys
from central.demo import day, minting
from central.service import Address, Serving
from kiosk.services import sessions
from kiosk.services.desk import Desk
from kiosk.store.opening import open_store
from kiosk.terminal import Terminal
from sync import identity
from sync.wire.answers import Profile
from sync.wire.operation import new_op_id
from tests.journeys.machine import plan_of
from tests.journeys.settling import settle
from tests.journeys.visit import OWN_PIN, RECORDED, Deed, Errand, sign_in

LOCAL = Address("127.0.0.1", 0)


@dataclass(frozen=True)
class World:
    root: Path

    @property
    def central(self) -> Path:
        return self.root / "central"

    @property
    def home(self) -> Path:
        return self.root / "home"

    def copy(self, to: Path) -> World:
        shutil.copytree(self.root, to)
        made = World(to)
        config = Folder(made.central).config
        config.write_text(config.read_text("utf-8").replace(str(self.central), str(made.central)), "utf-8")
        return made

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[Serving]:
        """Ends when its connections have: whoever shares its loop must be off the line by then."""
        parts = service.open_(Folder(self.central))
        with service.in_background(parts, Address("127.0.0.1", port)) as running:
            yield running
        parts.database.close()

    def point_to(self, port: int) -> None:
        """The terminal's central is behind this port now."""
        plan = plan_of(self.home)
        database = open_store(plan.folders, plan.keys).database
        database.run_sync(lambda conn: set_port(conn, port))
        database.close()

    def errand(self, deeds: tuple[Deed, ...] = RECORDED) -> Errand:
        keys = read_keys(Folder(self.central))
        return Errand.new(minting.day_coupons(keys.coupons, datetime.now(UTC)).good, deeds)

    def pay_elsewhere(self) -> None:
        """What happens at another counter while the terminal is offline."""
        parts = service.open_(Folder(self.central))
        parts.database.write(lambda conn: _pay_elsewhere(conn, parts.clock()))
        parts.database.close()


def set_port(conn: Connection, port: int) -> None:
    identity.set_central(conn, f"https://127.0.0.1:{port}", identity.require(conn).central_keys)


def _pay_elsewhere(conn: Connection, at: datetime) -> None:
    partner.pay_bill(conn, day.bill_of(day.ACCOUNT_PAID_ELSEWHERE, at).id, at)


def code(parts: Parts, profile: Profile = Profile.ASSISTED) -> str:
    authority, at = ca.der(parts.folder), parts.clock()
    return parts.database.write(
        lambda conn: str(enrolment.issue_code(conn, authority, profile, day.COUNTY, at))
    )


def build(root: Path) -> World:
    """Enrolled, filled, and the operator has an own PIN."""
    world = World(root)
    parts = service.make(Folder(world.central), None, ())
    service.plant_demo(parts)
    with service.in_background(parts, LOCAL) as running:
        asyncio.run(_prepare(world, running.url, code(parts)))
    parts.database.close()
    world.pay_elsewhere()
    return world


async def _prepare(world: World, url: str, one_time: str) -> None:
    plan = plan_of(world.home)
    terminal = await asyncio.to_thread(Terminal.open, plan)
    steps = terminal.enrolment(lambda _progress: None)
    await steps.reach(url, one_time)
    await steps.enrol(day.MAIN_POINT)
    await steps.fill(terminal.downloads, terminal.catalogue(lambda _done, _all: None))
    await terminal.start()
    await _own_pin(terminal)
    await terminal.line.end()
    assert await settle(terminal, world.central) == []
    await terminal.close()


async def _own_pin(terminal: Terminal) -> None:
    session = await sign_in(terminal, day.OPERATOR_PIN)
    place = terminal.place()
    assert place is not None
    desk = Desk(place, session, terminal.line.link, terminal.now(), terminal.stamp())
    await terminal.data.run(lambda conn: sessions.set_pin(conn, desk, new_op_id(), day.OPERATOR_PIN, OWN_PIN))
