"""Central as a running thing: made in a folder, opened from it, served over TLS."""

from __future__ import annotations

import gc
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from sqlalchemy import Connection

from central import ca, epoch, key_news, migrations, packs
from central.alone import alone
from central.app import create_app
from central.config import (
    Config,
    Folder,
    Ground,
    Keys,
    Parts,
    make_keys,
    member_key,
    read_config,
    read_keys,
    write_config,
)
from central.database import Database
from central.demo import seed
from central.errors import SetupError
from central.handlers.registry import handlers
from central.posted import PostedFiles

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Address:
    host: str
    port: int  # 0: any free one
    port_file: Path | None = None


def now() -> datetime:
    return datetime.now(UTC)


def make(folder: Folder, database_url: str | None, hosts: tuple[str, ...]) -> Parts:
    """Folder, keys, certificates and tables; refuses a folder that holds a central."""
    if folder.config.exists():
        raise SetupError(f"{folder.root} 里已经有中心数据 · a central already lives here")
    folder.root.mkdir(parents=True, exist_ok=True)
    url = database_url or f"sqlite:///{(folder.root / 'central.db').resolve()}"
    config = Config(url, (*LOCAL_HOSTS, *hosts))
    database = Database(url)
    migrations.bring_up(database)
    with database.writing() as conn:
        epoch.begin(conn, now())
    keys = make_keys(folder)
    ca.make(folder, config.hosts, now())
    write_config(folder, config)  # last: with it the folder is a central
    return _parts(folder, database, keys, now)


def open_(folder: Folder, clock: Callable[[], datetime] = now) -> Parts:
    """Brings the database up to this program's version; raises SetupError where a newer one made it."""
    config = read_config(folder)
    database = Database(config.database_url)
    migrations.bring_up(database)
    parts = _parts(folder, database, read_keys(folder), clock)
    parts = replace(parts, horizon=config.horizon, limits=config.limits)
    parts.database.write(lambda conn: key_news.tell_all(conn, parts.keys, clock()))
    return parts


def plant_demo(parts: Parts) -> str:
    """The demo county with its first pack; returns its id."""
    ground = Ground(parts.keys.coupons, member_key(parts.folder), parts.assets, parts.clock())

    def plant(conn: Connection) -> str:
        county = seed.plant(conn, ground)
        packs.build(conn, parts.folder.packs, county, ground.now)
        return county

    return parts.database.write(plant)


class Serving:
    """Central on a port that is taken at once; who connects before `run` waits."""

    def __init__(self, parts: Parts, address: Address) -> None:
        self._listener = _listen(address)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"https://{address.host}:{self.port}"
        settings = uvicorn.Config(
            create_app(parts),
            ssl_certfile=parts.folder.server_cert,
            ssl_keyfile=parts.folder.server_key,
            lifespan="off",
            ws="none",
            log_level="warning",
            access_log=False,
            server_header=False,
        )
        self._server = uvicorn.Server(settings)

    def run(self) -> None:
        """Until it is told to stop: by a signal, when this is the main thread, or by `stop`."""
        self._server.run(sockets=[self._listener])

    def stop(self) -> None:
        self._server.should_exit = True


def serve(parts: Parts, address: Address) -> None:
    """In the foreground; the port file tells which port was taken. Raises AlreadyServed."""
    try:
        with alone(parts):
            _serve(parts, address)
    finally:
        parts.database.close()


def _serve(parts: Parts, address: Address) -> None:
    serving = Serving(parts, address)
    files = [parts.folder.port, *([address.port_file] if address.port_file else [])]
    for path in files:
        _write_port(path, serving.port)
    gc.freeze()  # what is built by now stays: collections look at the work of a batch alone
    gc.set_threshold(10_000, 20, 100)
    try:
        serving.run()
    finally:
        parts.folder.port.unlink(missing_ok=True)


@contextmanager
def in_background(parts: Parts, address: Address) -> Iterator[Serving]:
    """In a thread of its own, for whoever wants central and terminals in one process."""
    with alone(parts):
        serving = Serving(parts, address)
        thread = threading.Thread(target=serving.run, name="central", daemon=True)
        thread.start()
        try:
            yield serving
        finally:
            serving.stop()
            thread.join()


def _parts(folder: Folder, database: Database, keys: Keys, clock: Callable[[], datetime]) -> Parts:
    return Parts(database, folder, keys, handlers(PostedFiles(folder.partner)), clock)


def _listen(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address.host, address.port))
    except OSError as error:
        listener.close()
        raise SetupError(
            f"端口 {address.port} 不能用：{error.strerror} · this port cannot be used"
        ) from error
    listener.listen(1024)  # a county that comes back at once
    return listener


def _write_port(path: Path, port: int) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(f"{port}\n")
    os.replace(part, path)
