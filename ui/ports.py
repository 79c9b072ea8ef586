"""All that the screen needs of the application, handed in once; nothing else is global."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from sqlalchemy import Connection

from kiosk.bilingual import Text
from kiosk.devices.faults import Fault
from kiosk.devices.fitted import Fitted
from kiosk.devices.media import Stick
from kiosk.devices.printer import Printer
from kiosk.devices.speech import Voice
from kiosk.health import Room
from kiosk.logs import Exported
from kiosk.services.beginning import Deployed
from kiosk.services.desk import Place
from kiosk.storage import Storage, Tidied
from sync.carried import Contents, Handled, Written
from sync.database import Database, Unsubscribe
from sync.linereport import LineReport
from sync.outbox import Stamp
from sync.policy import Link, Trouble
from sync.wire.answers import Profile

if TYPE_CHECKING:  # no start waits for what carries
    from sync.carrier import Round

T = TypeVar("T")


class Data(Database, Protocol):
    """The ledger, and beside it the active pack."""

    async def read_cache(self, fn: Callable[[Connection], T]) -> T:
        """`fn` on the active pack; on empty tables where there is none."""

    def forget_asked(self) -> None:
        """What questions to the ledger and the pack still hold of whoever asked."""

    async def empty_log(self) -> bool:
        """Nothing that was deleted stands in the ledger's log; False while somebody reads an older state."""


class Line(Protocol):
    """The engine as the screen sees it."""

    @property
    def link(self) -> Link: ...

    @property
    def last_ack_at(self) -> datetime | None: ...

    @property
    def trouble(self) -> Trouble | None:
        """Why the link is not online."""

    @property
    def next_try_at(self) -> datetime | None:
        """While not online."""

    def report(self) -> LineReport:
        """Recovery, data budget, rates, the lanes' turns, as they are now."""

    def on_change(self, callback: Callable[[], None]) -> Unsubscribe:
        """Called from the loop whenever `link` or `last_ack_at` may have changed."""

    def wake(self) -> None: ...


class Local(Protocol):
    """Trusted time and who this terminal is."""

    def now(self) -> datetime: ...

    def stamp(self) -> Stamp: ...

    def place(self) -> Place | None:
        """None until enrolled."""

    def health(self) -> tuple[Text, ...]:
        """What the operator should know of this machine's files and clock; empty when all is well."""

    def drift(self) -> timedelta | None:
        """How far the machine's own clock is ahead of trusted time; None while that is not known."""

    def room(self) -> Room:
        """Of the disk that holds the data."""


class SetupStep(Enum):
    REACH = Text("找到中心，核对证书", "Find central, check its certificate")
    ENROL = Text("登记本机", "Enrol this terminal")
    PACK = Text("下载区县数据", "Download the county's data")
    IMPORT = Text("装入数据", "Load the data")
    READY = Text("可以使用", "Ready")


@dataclass(frozen=True)
class SetupProgress:
    step: SetupStep
    done: bool = False
    permille: int | None = None


@dataclass(frozen=True)
class PointChoice:
    id: str
    name: Text
    address: str


@dataclass(frozen=True)
class Offered:
    county: str
    profile: Profile
    points: tuple[PointChoice, ...]


class Setup(Protocol):
    """The steps of the first start. Each raises a WorldError or RefusedError and may be tried again."""

    @property
    def address(self) -> str:
        """Filled in beforehand, may be empty."""

    @property
    def code(self) -> str: ...

    async def offer(self, address: str, code: str) -> Offered: ...

    async def enrol(
        self, address: str, code: str, point: str, report: Callable[[SetupProgress], None]
    ) -> None: ...


class Courier(Protocol):
    """Files for a courier, on the sticks that are in this machine. Raises WorldError and RefusedError."""

    async def sticks(self) -> tuple[Stick, ...]: ...

    async def look(self, stick: Stick) -> Contents:
        """What lies on it already."""

    async def fill(self, stick: Stick) -> tuple[Written, ...]:
        """What central does not have yet goes onto it, sealed."""

    async def empty(self, stick: Stick) -> tuple[Handled, ...]:
        """Takes in what came down for this terminal; `words.of(fate)` says what became of each file."""

    async def carry(self, stick: Stick) -> Round:
        """Takes others' bundles along, hands them in where there is a line, writes answers back."""


class Upkeep(Protocol):
    """What lies on the disk. Raises StoreError."""

    async def look(self) -> Storage: ...

    async def tidy(self) -> Tidied: ...

    @property
    def exports(self) -> Path:
        """The folder for what leaves by no stick."""

    async def export_logs(self, file: Path) -> Exported:
        """Into a new file that may leave the house."""


@dataclass(frozen=True)
class Ports:
    data: Data
    line: Line
    local: Local
    printer: Printer
    setup: Setup
    courier: Courier
    upkeep: Upkeep
    paper_folder: Path  # where PDF slips go
    printed: Path | None  # where a printer that writes files leaves them
    voice: Voice
    pictures: Callable[[str], Path | None]  # a picture of the pack by its hash, None while it is not here
    fitted: Fitted = field(default_factory=Fitted)  # readers and scanner
    deployed: Deployed = field(default_factory=Deployed)
    faults: Callable[[], tuple[Fault, ...]] = tuple  # of the devices, the newest first
