"""The real central on a real port with TLS, in a thread of the test's process; SQLite or PostgreSQL."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn
from sqlalchemy import text

from central import ca, enrolment, epoch, key_news, migrations, operators, packs, terminals
from central.app import create_app
from central.config import Folder, Parts, make_keys, read_keys
from central.database import Database
from central.handlers.base import Handler
from central.handlers.registry import handlers
from central.operators import Operator
from central.posted import PostedFiles
from sync.wire.answers import Profile
from sync.wire.manifest import Manifest
from tests.central.kinds import KINDS
from tests.support import backups

COUNTY = "511602"
POINT = "pt-1"
BRANCH = "pt-branch"
PG_URL = os.environ.get("YIZHAN_PG_URL")  # central on PostgreSQL, a schema each
HOSTS = ("localhost", "127.0.0.1")


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()  # type: ignore[union-attr]
        await super().shutdown(sockets)


class RunningCentral:
    """`start()` and `stop()` as often as wanted; the folder keeps everything between."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self._clock = clock
        self.folder = Folder(folder)
        self.parts = _reopen(self.folder, clock) if folder.exists() else _make(self.folder, clock)
        self.port = 0
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def start(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        app = create_app(self.parts)
        self.gate = app.state.gate
        config = uvicorn.Config(
            app,
            ssl_certfile=self.folder.server_cert,
            ssl_keyfile=self.folder.server_key,
            log_level="critical",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        server = self._server = _Server(config)
        self._thread = threading.Thread(target=lambda: server.run(sockets=[listener]), name="central")
        self._thread.start()
        assert server.ready.wait(10), "central did not start"

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(10)
            assert not self._thread.is_alive(), "central did not stop"
            self._server = self._thread = None

    def put_down(self) -> None:
        """For another one to take up; `close` leaves nothing in PostgreSQL."""
        self.stop()
        self.parts.database.close()

    def close(self) -> None:
        self.put_down()
        if PG_URL is not None:
            backups.drop(self.parts.database.engine)

    def backup(self) -> Path:
        """A copy of the database as it is now."""
        return backups.back_up(self.parts.database.engine, self.folder.root)

    def restore(self, backup: Path) -> None:
        """Central goes, its disk is lost, and it comes back on the backup; keys and files survive."""
        self.put_down()
        backups.put_back(self.parts.database.engine, backup)
        self.parts = replace(self.parts, database=Database(_url(self.folder)))
        self.start()

    def restore_beneath(self, backup: Path) -> None:
        """As PostgreSQL's own people may do it: central runs on and is not told."""
        backups.put_back(self.parts.database.engine, backup)

    def code(self, profile: Profile = Profile.ASSISTED, terminal: str | None = None) -> str:
        authority, at = ca.der(self.folder), self._clock()
        return self.parts.database.write(
            lambda conn: str(enrolment.issue_code(conn, authority, profile, COUNTY, at, terminal=terminal))
        )

    def build_pack(self, records: list[dict[str, Any]]) -> Manifest:
        def build(conn: Any) -> Manifest:
            packs.put_records(conn, COUNTY, records)
            return packs.build(conn, self.folder.packs, COUNTY, self._clock())

        return self.parts.database.write(build)

    def keep_asset(self, data: bytes) -> str:
        return self.parts.assets.put(data)


def _make(folder: Folder, clock: Callable[[], datetime]) -> Parts:
    folder.root.mkdir(parents=True)
    if PG_URL is not None:
        _in_postgres(f"CREATE SCHEMA {_schema(folder)}")
    database = Database(_url(folder))
    migrations.bring_up(database)
    ca.make(folder, HOSTS, clock())
    parts = Parts(database, folder, make_keys(folder), _handlers(folder), clock)
    with database.writing() as conn:
        epoch.begin(conn, clock())
        terminals.add_county(conn, COUNTY, "广安区", {"idle_seconds": 60})
        village = {"id": POINT, "place": "511602100001", "name": {"zh": "㳇口村驿站", "en": "Fukou"}}
        branch = {"id": BRANCH, "place": "511602", "name": {"zh": "城关支行", "en": "Branch"}}
        terminals.add_points(conn, COUNTY, [village | {"address": "村口"}])
        terminals.add_points(conn, COUNTY, [branch | {"address": "城关"}], [Profile.STAFF])
        liu = Operator("op-liu", "刘㮾", ("operator",), "$argon2id$fixed", point=POINT)
        operators.put(conn, COUNTY, liu, clock())
    return parts


def _reopen(folder: Folder, clock: Callable[[], datetime]) -> Parts:
    database = Database(_url(folder))
    migrations.bring_up(database)
    parts = Parts(database, folder, read_keys(folder), _handlers(folder), clock)
    parts.database.write(lambda conn: key_news.tell_all(conn, parts.keys, clock()))
    return parts


def _handlers(folder: Folder) -> dict[str, Handler]:
    return {**handlers(PostedFiles(folder.partner)), **KINDS}


def _url(folder: Folder) -> str:
    if PG_URL is None:
        return f"sqlite:///{folder.root / 'central.db'}"
    return f"{PG_URL}?options={quote(f'-csearch_path={_schema(folder)}')}"


def _schema(folder: Folder) -> str:
    return "c" + hashlib.sha256(str(folder.root).encode()).hexdigest()[:20]


def _in_postgres(statement: str) -> None:
    assert PG_URL is not None
    admin = Database(PG_URL)
    with admin.writing() as conn:
        conn.execute(text(statement))
    admin.close()
