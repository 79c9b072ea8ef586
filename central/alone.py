"""One process serves a central: the book of turns lies in it, so a second one is refused when it starts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from central.config import Folder, Parts
from central.database import Database
from central.errors import SetupError
from sync.wire.files import lock

LOCK = "serving.lock"  # in central's folder
PATIENCE = 10.0  # seconds: the process before may still be going
_TAKEN = "55P03"  # PostgreSQL's lock_not_available
_SERVING = 793_104_262  # PostgreSQL's advisory lock of whoever serves, with the schema's hash
_NOTICED_WITHIN = {"idle": 30, "interval": 10, "count": 3}  # a machine that is gone holds it no longer


class AlreadyServed(SetupError):
    def __init__(self, where: str) -> None:
        super().__init__(f"已有一个中心进程在服务：{where} · another process already serves this central")


@contextmanager
def alone(parts: Parts, patience: float = PATIENCE) -> Iterator[None]:
    """Raises AlreadyServed: of this machine the folder tells, of others PostgreSQL."""
    with _in_folder(parts.folder), _at_server(parts.database, patience):
        yield


@contextmanager
def _in_folder(folder: Folder) -> Iterator[None]:
    with (folder.root / LOCK).open("ab") as file:
        try:
            lock(file.fileno())
        except OSError as error:
            raise AlreadyServed(str(folder.root)) from error
        yield


@contextmanager
def _at_server(database: Database, patience: float) -> Iterator[None]:
    if database.engine.dialect.name != "postgresql":
        yield
        return
    with database.engine.connect() as pooled:
        conn = pooled.execution_options(isolation_level="AUTOCOMMIT")
        conn.detach()  # closed for good at the end: the lock is the session's
        for name, value in _NOTICED_WITHIN.items():
            conn.execute(text(f"SET tcp_keepalives_{name} = {value}"))
        conn.execute(text(f"SET lock_timeout = {round(patience * 1000)}"))
        try:
            conn.execute(text("SELECT pg_advisory_lock(:key, hashtext(current_schema()))"), {"key": _SERVING})
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _TAKEN:
                raise
            raise AlreadyServed(database.engine.url.render_as_string()) from error
        yield
