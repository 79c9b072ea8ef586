"""The real central, called without a socket: dies between any two statements, is restored, chokes."""

from __future__ import annotations

import atexit
import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from central import database as real_database
from central import epoch, migrations, operators, terminals
from central.app import create_app
from central.config import Folder, Keys, Parts
from central.database import Database
from central.handlers.base import Accepted, Handler, Incoming, Verdict
from central.operators import Operator
from sync.transport import Answer, Asked
from sync.wire.answers import Profile
from sync.wire.keys import SigningKey
from sync.wire.sealing import DecryptionKey
from tests.central.world import plant
from tests.proof.sim.ledgers import Handle, MemoryFile
from tests.support.handlers import HANDLERS

COUNTY = "511602"
VILLAGE, BRANCH = "P-1", "P-9"
CA_FILE = Path(__file__).with_name("ca.pem")


class Killed(BaseException):
    """Central's process is gone between two steps."""


class CentralDatabase(Database):
    """In memory, with statements prepared once for all schedules of this process."""

    def __init__(self, file: MemoryFile) -> None:
        self.file = file
        self.engine = create_engine(
            "sqlite://",
            creator=lambda: Handle(file),
            module=dbapi2,
            poolclass=StaticPool,
            json_serializer=real_database.to_json,
        )
        self._reads = {}
        event.listen(self.engine, "begin", lambda conn: conn.connection.cursor().execute("BEGIN"))


class Note(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str


@dataclass
class Choking:
    """A kind that central cannot digest as long as `chokes`; afterwards it is taken."""

    kind: ClassVar[str] = "sim.choke"
    payload_model: ClassVar[type[BaseModel]] = Note
    alone: ClassVar[bool] = False
    chokes: bool = True

    def apply(self, conn: Connection, op: Incoming, payload: Note) -> Verdict:
        operators.put(conn, op.terminal.county, Operator(op.header.op, payload.text, (), "-"), op.received_at)
        if self.chokes:
            raise LookupError(payload.text)
        return Accepted()


@dataclass
class Central:
    """One for a process; `begin` puts the database of a schedule in place."""

    clock: Callable[[], dt.datetime]
    keys: Keys
    choking: Choking = field(default_factory=Choking)
    down_until: float = 0.0
    restored: int = 0
    _kill_in: int | None = None

    def __post_init__(self) -> None:
        self.file = MemoryFile(self._step)
        handlers: Mapping[str, Handler] = {**HANDLERS, Choking.kind: self.choking}  # type: ignore[dict-item]
        folder = Folder(Path(mkdtemp(prefix="yz-sim-")))
        atexit.register(shutil.rmtree, folder.root, ignore_errors=True)
        shutil.copy(CA_FILE, folder.ca_cert)
        self.parts = Parts(CentralDatabase(self.file), folder, self.keys, handlers, self._now)
        self.app = create_app(self.parts)

    def _now(self) -> dt.datetime:
        return self.clock()

    def begin(self, clock: Callable[[], dt.datetime], file: MemoryFile) -> None:
        self.clock = clock
        self.parts.folder.numbers.unlink(missing_ok=True)
        self.file.restore(file)
        self.choking.chokes = True
        self.down_until, self.restored, self._kill_in = 0.0, 0, None

    def copy(self) -> MemoryFile:
        return self.file.copy(lambda _name: None)

    def restore(self, backup: MemoryFile) -> None:
        self.file.restore(backup)
        self.restored += 1

    def kill_after(self, steps: int | None) -> None:
        self._kill_in = steps

    def answer(self, asked: Asked) -> Answer:
        """Raises Killed, and then central has what it committed and nothing else."""
        try:
            return self._call(asked)
        except Killed:
            self.file.after_cut()
            raise

    def _step(self, name: str) -> None:
        if self._kill_in is not None:
            self._kill_in -= 1
            if self._kill_in <= 0:
                self._kill_in = None
                raise Killed(name)

    def _call(self, asked: Asked) -> Answer:
        path, _, query = asked.path.partition("?")
        headers = {"host": "central", "content-length": str(len(asked.body)), **asked.headers}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": asked.method,
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "server": ("central", 443),
            "client": ("terminal", 1),
        }
        told: dict[str, Any] = {}
        body = bytearray()

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": asked.body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                told.update(message)
            else:
                body.extend(message.get("body", b""))

        _run(self.app(scope, receive, send))  # type: ignore[arg-type]
        answered = {name.decode(): value.decode() for name, value in told["headers"]}
        media = answered.get("content-type", "").partition(";")[0].strip().lower()
        return Answer(told["status"], media, bytes(body), answered)


def _run(coroutine: Any) -> None:
    """Threads are calls here, so nothing in central ever waits."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    except Exception:  # noqa: BLE001  the server's own last frame: it has answered 500 before it raises again
        return
    raise AssertionError("central waits for something")


def plant_county(conn: Connection, keys: Keys, now: dt.datetime) -> None:
    epoch.begin(conn, now)
    terminals.add_county(conn, COUNTY, "广安区", {"idle_seconds": 60})
    village = {"id": VILLAGE, "place": "511602100001", "name": {"zh": "㳇口村便民点", "en": "Fukou"}}
    branch = {"id": BRANCH, "place": "511602", "name": {"zh": "城关支行", "en": "Branch"}}
    assisted = [Profile.ASSISTED, Profile.FIELD, Profile.PUBLIC]
    terminals.add_points(conn, COUNTY, [village | {"address": "村口"}], assisted)
    terminals.add_points(conn, COUNTY, [branch | {"address": "城关"}], list(Profile))
    operators.put(conn, COUNTY, Operator("op-liu", "刘㮾", ("operator",), "$argon2id$fixed"), now)
    operators.put(conn, COUNTY, Operator("op-zhao", "赵敏", ("staff",), "$argon2id$fixed"), now)
    plant(conn, COUNTY, (VILLAGE, BRANCH), keys.coupons, now)


def new_central(clock: Callable[[], dt.datetime], seeds: Iterator[bytes]) -> Central:
    keys = Keys(SigningKey(next(seeds)), SigningKey(next(seeds)), (DecryptionKey(next(seeds)),))
    central = Central(clock, keys)
    migrations.bring_up(central.parts.database)
    with central.parts.database.writing() as conn:
        plant_county(conn, central.keys, clock())
    return central


@contextmanager
def reading(central: Central) -> Iterator[Connection]:
    """For oracles: looks at central without a step of its own counting."""
    with central.parts.database.reading() as conn:
        yield conn


def problem_of(answer: Answer) -> str:
    """For the trace."""
    if answer.media_type != "application/problem+json":
        return ""
    return str(json.loads(answer.body).get("type", "")).rpartition(":")[2]
