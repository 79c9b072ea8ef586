"""A fresh central per test: on a SQLite file, or on PostgreSQL where YIZHAN_PG_URL names one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from sqlalchemy import Connection, text

from central import ca, enrolment, epoch, migrations, operators, terminals
from central.config import Folder, Parts, make_keys
from central.database import Database
from central.handlers.base import Handler
from central.handlers.registry import handlers as all_handlers
from central.operators import Operator
from central.posted import PostedFiles
from sync.wire.answers import Profile
from tests.central.driver import Calls, Driver
from tests.central.kinds import KINDS
from tests.central.world import Desk, World, plant

COUNTY = "511602"
POINT = "P-1"
BRANCH = "P-9"
START = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
PG_URL = os.environ.get("YIZHAN_PG_URL")


@dataclass
class Clock:
    """Moved by hand."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass(frozen=True)
class Central:
    """A fresh central with an empty county and two points."""

    parts: Parts
    calls: Calls
    clock: Clock

    def code(self, profile: Profile = Profile.ASSISTED, terminal: str | None = None) -> str:
        authority = ca.der(self.parts.folder)
        with self.parts.database.writing() as conn:
            return str(
                enrolment.issue_code(conn, authority, profile, COUNTY, self.clock(), terminal=terminal)
            )

    def terminal(self, profile: Profile = Profile.ASSISTED, point: str = POINT) -> Driver:
        return Driver.enrol(self.calls, self.code(profile), point)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def files(tmp_path: Path) -> PostedFiles:
    """What billers were told."""
    return PostedFiles(Folder(tmp_path).partner)


@pytest.fixture
def handlers(files: PostedFiles) -> Mapping[str, Handler]:
    return {**all_handlers(files), **KINDS}


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    with fresh_database(tmp_path) as url:
        yield url


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """Its URL; on PostgreSQL a schema that goes away again."""
    if PG_URL is None:
        yield f"sqlite:///{folder / 'central.db'}"
        return
    schema = f"t{uuid4().hex}"
    admin = Database(PG_URL)
    with admin.writing() as conn:
        conn.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{PG_URL}?options={quote(f'-csearch_path={schema}')}"
    with admin.writing() as conn:
        conn.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.close()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    migrations.bring_up(database)
    yield database
    database.close()


@pytest.fixture
def parts(database: Database, tmp_path: Path, handlers: Mapping[str, Handler], clock: Clock) -> Parts:
    return begin(database, Folder(tmp_path), handlers, clock)


def begin(database: Database, folder: Folder, handlers: Mapping[str, Handler], clock: Clock) -> Parts:
    ca.make(folder, ("localhost", "127.0.0.1"), clock())
    with database.writing() as conn:
        epoch.begin(conn, clock())
        _county(conn, clock)
    return Parts(database, folder, make_keys(folder), handlers, clock, timedelta(0))


@pytest.fixture
def central(parts: Parts, clock: Clock) -> Iterator[Central]:
    calls = Calls(parts)
    yield Central(parts, calls, clock)
    calls.close()


@pytest.fixture
def world(central: Central, clock: Clock) -> World:
    return open_world(central, clock)


def open_world(central: Central, clock: Clock) -> World:
    """The county at work: an assisted terminal, a field laptop and a branch desk."""
    parts = central.parts
    with parts.database.writing() as conn:
        plant(conn, COUNTY, (POINT, BRANCH), parts.keys.coupons, clock())
    seats = ((Profile.ASSISTED, POINT), (Profile.FIELD, BRANCH), (Profile.STAFF, BRANCH))
    a, b, staff = (Desk(central.terminal(*seat), seat[1], parts.keys.coupons) for seat in seats)
    return World(a, b, staff, parts.database)


def _county(conn: Connection, clock: Clock) -> None:
    terminals.add_county(conn, COUNTY, "广安区", {"idle_seconds": 60})
    names = ({"zh": "㳇口村便民点", "en": "Fukou"}, {"zh": "城关支行", "en": "Branch"})
    village = {"id": POINT, "place": "511602100001", "name": names[0], "address": "村口"}
    branch = {"id": BRANCH, "place": "511602", "name": names[1], "address": "城关"}
    terminals.add_points(conn, COUNTY, [village], [Profile.ASSISTED, Profile.FIELD])
    terminals.add_points(conn, COUNTY, [branch], [Profile.STAFF, Profile.PUBLIC, Profile.FIELD])
    liu = Operator("op-liu", "刘㮾", ("operator",), "$argon2id$fixed", point=POINT)
    operators.put(conn, COUNTY, liu, clock())
    operators.put(conn, COUNTY, Operator("op-zhao", "赵敏", ("staff",), "$argon2id$fixed"), clock())
