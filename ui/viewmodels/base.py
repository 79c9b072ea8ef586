"""What every page's view-model has: one state, one function that derives what is shown, one refresh."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang, Text
from kiosk.devices.idcard import IdCard
from kiosk.devices.paper import Slip
from kiosk.devices.scanner import Scan
from kiosk.services import identify, slips
from kiosk.services.approval import SecondWanted
from kiosk.services.errors import Refused
from kiosk.services.presence import Identified, Person
from sync.errors import RefusedError, WorldError
from ui.rows import Rows, plain
from ui.troubles import trouble_text

if TYPE_CHECKING:
    from ui.frame import Frame
    from ui.ports import Ports

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

NOT_EXPECTED = Text("这一页不用扫码", "There is nothing to scan on this page")

Work = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, kw_only=True)
class Head:
    """The part of a page that all pages have; each page's `Shown` extends it. Tuples become lists for QML."""

    title: str
    subtitle: str = ""
    icon: str = ""
    chapter: str = "neutral"
    primary: str = ""
    primary_icon: str = ""
    primary_ready: bool = True
    primary_reason: str = ""


@dataclass(frozen=True)
class PairRow:
    label: str
    value: str


@dataclass(frozen=True)
class Trouble:
    """What went wrong, in words; with `again` it can be tried once more."""

    text: Text
    again: Work | None = None


def prop(kind: Any, name: str, changed: Signal) -> Property:
    """A property of the page's `Shown`; `changed` is the class's own signal."""
    return Property(kind, lambda self: plain(getattr(self.shown, name)), notify=changed)


def listed(name: str) -> Property:
    """A tuple of the page's `Shown` as a list that keeps its unchanged rows."""
    return Property(QObject, lambda self: self.rows(name), constant=True)


@QmlElement
class PageModel(QObject):
    """A subclass hands in its first state, overrides `read` and `derive`, declares `changed = Signal()`."""

    tables: ClassVar[frozenset[str]] = frozenset()  # ledger tables whose change makes the page read again
    follows_link: ClassVar[bool] = False  # reads again when the link changes and every minute

    framed = Signal()
    state: Any
    shown: Any

    def __init__(self, frame: Frame, state: Any) -> None:
        super().__init__(frame)
        self.frame = frame
        self.state = state
        self._rows: dict[str, Rows] = {}
        self._trouble: Trouble | None = None
        self._busy = False
        self._gone = False
        self._stale = False
        self._reading = False
        self.shown = self.derive()

    # --- for subclasses -------------------------------------------------------------------------------
    @property
    def ports(self) -> Ports:
        return self.frame.ports

    @property
    def lang(self) -> Lang:
        return self.frame.lang

    def say(self, text: Text) -> str:
        return text.of(self.lang)

    async def read(self) -> None:
        """Reads what the page rests on and puts it into the state by `update`."""

    def derive(self) -> Head:
        """Everything QML sees, from `self.state` and the language alone."""
        raise NotImplementedError

    def step_back(self) -> bool:
        """Goes one step back inside the page; False when the page is to be left."""
        return False

    def forward(self) -> None:
        """The big button at the bottom right."""

    def scanned(self, scan: Scan) -> None:
        """A code was read while this page was open; a member card names its holder on every page."""
        if self.ports.local.place() is not None and identify.is_member(scan.text):
            self.work("member", lambda: self._member(scan.text))
        else:
            self.frame.toast(NOT_EXPECTED)

    def card(self, card: IdCard) -> None:
        """An ID card was laid on the reader: whose it is, is there now."""
        try:
            self.identified(identify.by_card(self.frame.desk(), card))
        except Refused as refused:
            self.frame.toast(refused.text, "bad")

    def identified(self, person: Person) -> None:
        """Who it is was proved while this page was open."""
        self.frame.tell(Identified(person))

    def update(self, **changes: Any) -> None:
        if not self._gone:
            self.state = replace(self.state, **changes)
            self.render()

    def render(self) -> None:
        before, self.shown = self.shown, self.derive()
        if before == self.shown:
            return
        for name, rows in self._rows.items():
            rows.replace(getattr(self.shown, name))
        self.changed.emit()  # type: ignore[attr-defined]
        self.framed.emit()

    def rows(self, name: str) -> Rows:
        if name not in self._rows:
            self._rows[name] = Rows(self)
            self._rows[name].replace(getattr(self.shown, name))
        return self._rows[name]

    def work(self, name: str, work: Work) -> None:
        """Starts the one action of the page; while it runs a second one is not begun."""
        if self._busy:
            return
        self._busy = True
        self._tell(None)
        self.frame.tasks.spawn(f"{type(self).__name__}.{name}", self._at_work(work), self._on_trouble(work))

    def refuse(self, refused: RefusedError | WorldError) -> None:
        self._tell(Trouble(trouble_text(refused)))

    async def print_slip(self, number: str, fresh: Slip | None = None) -> None:
        """Prints a kept slip, as a copy if it was printed before, or `fresh` for it; raises PrinterError."""
        now = self.ports.local.now()
        slip = await self.ports.data.read(lambda conn: slips.to_print(conn, number))
        if fresh is not None and fresh.number == number and not slip.copy:
            slip = fresh
        await asyncio.to_thread(self.ports.printer.print, slip)
        await self.ports.data.run(lambda conn: slips.mark_printed(conn, number, now))

    # --- for the frame --------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Reads again; calls during a read lead to exactly one more read."""
        self._stale = True
        if not self._reading and not self._gone:
            self._reading = True
            name = f"{type(self).__name__}.read"
            self.frame.tasks.spawn(name, self._read_until_fresh(), self._on_trouble(None))

    def close(self) -> None:
        self._gone = True
        self.frame.gone.watch(self, self.state)

    @property
    def trouble(self) -> Trouble | None:
        return self._trouble

    # --- for QML --------------------------------------------------------------------------------------
    title = Property(str, lambda self: self.shown.title, notify=framed)
    subtitle = Property(str, lambda self: self.shown.subtitle, notify=framed)
    icon = Property(str, lambda self: self.shown.icon, notify=framed)
    chapter = Property(str, lambda self: self.shown.chapter, notify=framed)
    primary = Property(str, lambda self: self.shown.primary, notify=framed)
    primaryIcon = Property(str, lambda self: self.shown.primary_icon, notify=framed)
    primaryReady = Property(bool, lambda self: self.shown.primary_ready and not self._busy, notify=framed)
    primaryReason = Property(str, lambda self: self.shown.primary_reason, notify=framed)
    problem = Property(str, lambda self: self._problem(), notify=framed)
    retryable = Property(bool, lambda self: bool(self._trouble and self._trouble.again), notify=framed)
    busy = Property(bool, lambda self: self._busy, notify=framed)

    @Slot()
    def goBack(self) -> None:
        self._tell(None)
        if not self.step_back():
            self.frame.back()

    @Slot()
    def goForward(self) -> None:
        if self.shown.primary_ready and not self._busy:
            self._tell(None)
            self.forward()

    @Slot()
    def retry(self) -> None:
        if self._trouble and self._trouble.again:
            self.work("retry", self._trouble.again)

    # --- inside ---------------------------------------------------------------------------------------
    def _problem(self) -> str:
        return self.say(self._trouble.text) if self._trouble else ""

    def _tell(self, trouble: Trouble | None) -> None:
        if not self._gone:
            self._trouble = trouble
            self.framed.emit()

    def _on_trouble(self, work: Work | None) -> Callable[[RefusedError | WorldError], None]:
        def tell(error: RefusedError | WorldError) -> None:
            if isinstance(error, SecondWanted) and work is not None and not self._gone:
                self.frame.ask_second(error.ask, lambda: self.work("second", work))
                return
            self._tell(Trouble(trouble_text(error), again=again_after(error, work or self.read)))

        return tell

    async def _member(self, text: str) -> None:
        desk = self.frame.desk()
        try:
            shown = await self.ports.data.read_cache(lambda cache: identify.read_member(cache, text))
            self.identified(await self.ports.data.read(lambda conn: identify.by_member(conn, desk, shown)))
        except Refused as refused:
            self.frame.toast(refused.text, "bad")

    async def _at_work(self, work: Work) -> None:
        try:
            await work()
        finally:
            self._busy = False
            if not self._gone:
                self.framed.emit()

    async def _read_until_fresh(self) -> None:
        try:
            while self._stale and not self._gone:
                self._stale = False
                await self.read()
        finally:
            self._reading = False


def again_after(error: RefusedError | WorldError, work: Work) -> Work | None:
    """What the world broke may be tried again; a refusal stays one until something changes."""
    return work if isinstance(error, WorldError) else None
