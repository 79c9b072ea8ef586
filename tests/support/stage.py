"""A real terminal below a real window: ledger, the demo pack, a file printer, a hand-cranked clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from argon2 import PasswordHasher
from PySide6.QtCore import QSize
from sqlalchemy import Connection

from central.demo import day, pictures
from central.demo.people import PEOPLE
from kiosk.bilingual import Lang, Text, same
from kiosk.devices.faults import Faults
from kiosk.devices.file_printer import FilePrinter
from kiosk.devices.fitted import Fitted
from kiosk.devices.media import Stick
from kiosk.devices.observed import ObservedPrinter
from kiosk.health import Room
from kiosk.services.desk import Place
from kiosk.storage import Upkeep
from kiosk.store.keystore import obfuscated
from kiosk.store.opening import Folders, open_store
from kiosk.store.papers import Papers
from kiosk.typing.board import KeyboardUse
from sync import documents, identity, leases
from sync.carried import Contents, Handled, Written
from sync.carrier import Round
from sync.errors import WorldError
from sync.identity import Identity, IdentityState
from sync.linereport import LineReport
from sync.outbox import Stamp
from sync.points import unobserved
from sync.policy import Link, Trouble
from sync.wire.answers import Profile
from sync.wire.grant import Grant
from sync.wire.keys import SigningKey
from sync.wire.sealing import DecryptionKey
from tests.support.clicker import Clicker
from tests.support.crank import START, Crank
from tests.support.pack import demo_cache, use_demo_cache
from tests.support.voice import Heard
from ui.frame import Frame
from ui.i18n import Translation
from ui.idle import IdleRule
from ui.pages import PAGES
from ui.ports import Courier, Offered, PointChoice, Ports, SetupProgress, SetupStep
from ui.screen import Look, Screen

T = TypeVar("T")
TERMINAL = "t-demo-1"
OPENER = DecryptionKey.generate()  # central's
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Wire:
    """The line to central as the screen sees it; the test pulls the cable."""

    def __init__(self) -> None:
        self.link = Link.ONLINE
        self.last_ack_at: datetime | None = None
        self.trouble: Trouble | None = None
        self.next_try_at: datetime | None = None
        self.told = LineReport()
        self._told: list[Callable[[], None]] = []
        self.wakes = 0

    def report(self) -> LineReport:
        return self.told

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        self._told.append(callback)
        return lambda: self._told.remove(callback)

    def wake(self) -> None:
        self.wakes += 1

    def be(self, link: Link, trouble: Trouble | None = None, next_try_at: datetime | None = None) -> None:
        self.link, self.trouble, self.next_try_at = link, trouble, next_try_at
        for callback in self._told:
            callback()


class NoSticks:
    """Nobody came by."""

    async def sticks(self) -> tuple[Stick, ...]:
        return ()

    async def look(self, stick: Stick) -> Contents:
        raise AssertionError(stick)

    async def fill(self, stick: Stick) -> tuple[Written, ...]:
        raise AssertionError(stick)

    async def empty(self, stick: Stick) -> tuple[Handled, ...]:
        raise AssertionError(stick)

    async def carry(self, stick: Stick) -> Round:
        raise AssertionError(stick)


class Here:
    """Where the terminal stands, from the moment it is enrolled."""

    def __init__(self, crank: Crank, signer: SigningKey, place: Place, enrolled: Callable[[], bool]) -> None:
        self._crank = crank
        self._signer = signer
        self._place = place
        self._enrolled = enrolled

    def now(self) -> datetime:
        return self._crank.at

    def stamp(self) -> Stamp:
        at = self._crank.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return Stamp(at, "anchored", self._signer, TERMINAL, 1)

    def place(self) -> Place | None:
        return self._place if self._enrolled() else None

    def health(self) -> tuple[Text, ...]:
        return self.notices

    def drift(self) -> timedelta | None:
        return self.off

    def room(self) -> Room:
        return Room(free=41_300_000_000, total=64_000_000_000)

    off: timedelta | None = timedelta(0)

    notices: tuple[Text, ...] = ()


class DemoPictures:
    """The demo county's pictures, as if they had all come down."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known = pictures.pictures()

    def path(self, sha256: str) -> Path | None:
        if sha256 not in self._known:
            return None
        path = self._folder / sha256
        if not path.exists():
            self._folder.mkdir(exist_ok=True)
            path.write_bytes(self._known[sha256])
        return path


class FirstStart:
    """Set-up against a central that agrees to everything."""

    address = "https://central.example:8443"
    code = "2Q7KM4XZ-AAAA-BBBB-CCCC-DDDD"

    def __init__(self) -> None:
        self.refuses = False
        self.enrolled = False

    async def offer(self, address: str, code: str) -> Offered:
        if self.refuses:
            raise WorldError("the code is used up")
        point = PointChoice(day.MAIN_POINT, same("协兴镇星光村驿站"), "星光村村委会旁")
        hall = PointChoice("pt-paifang", same("协兴镇牌坊村驿站"), "牌坊村文化广场")
        return Offered(day.COUNTY, Profile.ASSISTED, (point, hall))

    async def enrol(
        self, address: str, code: str, point: str, report: Callable[[SetupProgress], None]
    ) -> None:
        for step in SetupStep:
            report(SetupProgress(step, done=True))
        self.enrolled = True


@dataclass(frozen=True)
class Scene:
    size: tuple[int, int] = (1366, 768)
    profile: Profile = Profile.ASSISTED
    enrolled: bool = True
    with_pack: bool = True
    courier: Courier = NoSticks()  # noqa: RUF009  it keeps nothing
    lang: Lang = Lang.ZH
    fitted: Fitted = Fitted()  # noqa: RUF009  frozen
    keyboard: KeyboardUse = KeyboardUse.AUTO
    full_screen: bool = False
    anew: bool = True  # False: the folder holds a terminal from before


class Stage:
    """Opened inside the running loop; `close` takes everything down in order."""

    def __init__(self, folder: Path, scene: Scene) -> None:
        self.crank = Crank()
        self.wire = Wire()
        self.first_start = FirstStart()
        self.signer = SigningKey.generate()
        self.folders = Folders.of(folder / "data")
        self.opened = open_store(self.folders, obfuscated(folder / "keys.json"))
        self.data = self.opened.database
        self._prepare(scene)
        point = Text("星光村驿站", "Xingguang Village Point")
        place = Place(TERMINAL, day.MAIN_POINT, point, scene.profile)
        self.first_start.enrolled = scene.enrolled
        self.faults = Faults(lambda: self.crank.at)
        self.printer = FilePrinter(folder / "printed")
        self.voice = Heard()
        self.local = Here(self.crank, self.signer, place, lambda: self.first_start.enrolled)
        papers = Papers(self.folders.data, (folder / "paper", folder / "printed"))
        ports = Ports(
            data=self.data,
            line=self.wire,
            local=self.local,
            printer=ObservedPrinter(self.printer, unobserved, self.faults),
            setup=self.first_start,
            courier=scene.courier,
            upkeep=Upkeep(self.data, self.folders, papers, self.local.now),
            paper_folder=folder / "paper",
            printed=folder / "printed",
            voice=self.voice,
            pictures=DemoPictures(folder / "pictures").path,
            fitted=scene.fitted,
            faults=self.faults.recent,
        )
        self.frame = Frame(ports, PAGES, IdleRule(), self.crank.ticks, scene.lang)
        look = Look(QSize(*scene.size), scene.full_screen, keyboard=scene.keyboard)
        self.screen = Screen(self.frame, look, Translation())
        self.hand = Clicker(self.screen.window)

    async def start(self) -> None:
        self.frame.start()
        await self.quiet()

    async def quiet(self) -> None:
        """Until no task of the screen runs and every list is there in full."""
        await self.hand.until(lambda: self.frame.tasks.idle and not self.hand.grows(), "the tasks to end")

    async def ledger(self, fn: Callable[[Connection], T]) -> T:
        return await self.data.read(fn)

    async def close(self) -> None:
        await self.frame.tasks.drain()
        self.frame.close()
        self.screen.close()
        self.data.close()
        assert not self.frame.tasks.bugs, self.frame.tasks.bugs

    def _prepare(self, scene: Scene) -> None:
        if scene.with_pack:
            use_demo_cache(self.data, demo_cache(START - timedelta(days=1)), START)
        if scene.enrolled and scene.anew:
            self.data.run_sync(lambda conn: self._enrol(conn, scene))

    def _enrol(self, conn: Connection, scene: Scene) -> None:
        identity.enrol(
            conn,
            Identity(
                terminal=TERMINAL,
                incarnation=1,
                state=IdentityState.OPEN,
                kid=self.signer.kid,
                epoch=1,
                county=day.COUNTY,
                profile=scene.profile,
                point={"id": day.MAIN_POINT},
                central_url="https://central.example",
                central_ca="",
                central_keys=(self.signer.public.jwk(), OPENER.public.jwk()),
                high_water=0,
                enrolled_at="2026-03-08T02:00:00Z",
            ),
        )
        for person in (one for one in PEOPLE if one.id in OPERATORS[scene.profile is Profile.STAFF]):
            raw = {
                "id": person.id,
                "name": person.name,
                "roles": [person.role.value],
                "verifier": HASHER.hash(person.first_pin),
                "must_change": False,
                "active": True,
                "rev": 1,
            }
            documents.put_operator(conn, raw)
        for n, wanted in enumerate(GRANTS):
            leases.apply_grant(conn, grant(n, *wanted), "")


OPERATORS = (frozenset(one.id for one in PEOPLE[:2]), frozenset({day.STAFF}))
"""Those of a village point, and those of the branch."""
GRANTS: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    (f"float:{day.MAIN_POINT}", "fen", 500_000, {}),
    *((f"stock:{good}", "piece", 12, {}) for good in day.GOODS_HERE),
    (f"coupon:{day.COUPON_KIND}", "piece", 20, {"first": 1, "last": 20}),
)


def grant(n: int, right: str, unit: str, amount: int, detail: dict[str, Any]) -> Grant:
    return Grant(
        lease=f"l-{n}",
        right=right,
        unit=unit,
        amount=amount,
        rev=1,
        terminal=TERMINAL,
        incarnation=1,
        start_seq=1,
        soft=amount * 8 // 10,
        hard=amount,
        max_age_days=30,
        detail=detail,
        issued="2026-03-08T02:00:00Z",
    )


Play = Callable[[Stage], Coroutine[Any, Any, None]]


def play(loop: asyncio.AbstractEventLoop, folder: Path, scene: Scene, act: Play) -> None:
    """Opens a stage, plays the act on it, closes it."""

    async def whole() -> None:
        stage = Stage(folder, scene)
        try:
            await stage.start()
            await act(stage)
        finally:
            await stage.close()

    loop.run_until_complete(whole())
