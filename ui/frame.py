"""The root view-model: where the person is, who is signed in, language, link, idleness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang
from kiosk.services import business, forms, mall
from kiosk.services.desk import Desk, Place
from kiosk.services.permissions import Session
from sync import outbox
from sync.wire.answers import Profile
from ui.idle import IdleRule, IdleWatch
from ui.ports import Ports
from ui.routes import AttractRoute, BusinessRoute, HomeRoute, Route, SetupRoute, SignInRoute
from ui.spawn import Tasks
from ui.standing import Standing, standing
from ui.viewmodels.base import PageModel

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

PAGES_FOLDER = QUrl.fromLocalFile(str(__file__)).resolved(QUrl("qml/Yizhan/Pages/"))
RECENT = timedelta(days=1)
WATCHED = frozenset({"operations", "outcomes", "identity"})


@dataclass(frozen=True)
class PageSpec:
    """How a route is opened: its view-model, and its QML file in `Yizhan/Pages`."""

    model: Callable[[Frame, Any], PageModel]
    file: str


@dataclass(frozen=True)
class FrameState:
    lang: Lang
    elder: bool = False
    session: Session | None = None
    waiting: int = 0
    cases: int = 0


@QmlElement
class Frame(QObject):
    changed = Signal()
    pageChanged = Signal()
    languageChanged = Signal()
    idleChanged = Signal()

    def __init__(
        self,
        ports: Ports,
        pages: Mapping[type[Route], PageSpec],
        rule: IdleRule,
        ticks: Callable[[], float],
        lang: Lang = Lang.ZH,
    ) -> None:
        super().__init__()
        self.ports = ports
        self.tasks = Tasks()
        self._pages = pages
        self._state = FrameState(lang)
        self._path: list[Route] = []
        self._page: PageModel | None = None
        self.idle = IdleWatch(rule, ticks, self)
        self.idle.ticked.connect(self.on_tick)
        self._minute = ports.local.now().replace(second=0, microsecond=0)
        self._unsubscribe = (
            ports.data.subscribe(self._on_tables),
            ports.line.on_change(self._on_line),
        )

    # --- for pages ------------------------------------------------------------------------------------
    @property
    def lang(self) -> Lang:
        return self._state.lang

    @property
    def session(self) -> Session | None:
        return self._state.session

    @property
    def place(self) -> Place:
        place = self.ports.local.place()
        assert place is not None, "a page of an enrolled terminal"
        return place

    @property
    def operated_here(self) -> bool:
        """Somebody who answers for the place stands by: what was done here may be shown."""
        place = self.ports.local.place()
        return place is not None and place.profile is not Profile.PUBLIC

    @property
    def clock(self) -> str:
        return self._standing.clock

    @property
    def route(self) -> Route:
        return self._path[-1]

    @property
    def current(self) -> PageModel:
        assert self._page is not None
        return self._page

    def desk(self) -> Desk:
        """What stands still around the action that is begun now."""
        local = self.ports.local
        return Desk(self.place, self.session, self.ports.line.link, local.now(), local.stamp())

    def start(self) -> None:
        """Opens the first page: set-up, what was recorded last, or home."""
        self._refresh_counts()
        if self.ports.local.place() is None:
            self._open([SetupRoute()])
        else:
            self.tasks.spawn("Frame.start", self._show_last(), lambda _: self.home())

    def go(self, route: Route) -> None:
        self._open([*self._path, route])

    def replace(self, route: Route) -> None:
        """The page that is left cannot be come back to."""
        self._open([*self._path[:-1], route])

    def back(self) -> None:
        if len(self._path) > 1:
            self._open(self._path[:-1])
        else:
            self.home()

    def home(self) -> None:
        """Leaves whatever was open; what the person typed and chose is gone."""
        self._forget()
        self._open([HomeRoute()])

    def sign_in(self, session: Session, then: Route | None) -> None:
        self._set(session=session)
        self._open([*self._path[:-1], then] if then else [HomeRoute()])

    def leave(self) -> None:
        """Nobody is here any more: signs out, wipes, shows the attract page."""
        self._set(session=None)
        self._forget()
        if not self.operated_here:
            self.tasks.spawn("Frame.wipe", self._wipe_drafts(), lambda _: None)
        self._open([AttractRoute()])

    def close(self) -> None:
        """Before the engine goes."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self.current.close()

    # --- for QML --------------------------------------------------------------------------------------
    page = Property(QObject, lambda self: self._page, notify=pageChanged)
    pageUrl = Property(QUrl, lambda self: self._url(), notify=pageChanged)
    language = Property(str, lambda self: self._state.lang.value, notify=languageChanged)
    elder = Property(bool, lambda self: self._state.elder, notify=changed)
    lineText = Property(str, lambda self: self._standing.line, notify=changed)
    lineKind = Property(str, lambda self: self._standing.kind, notify=changed)
    lineIcon = Property(str, lambda self: self._standing.icon, notify=changed)
    offlineText = Property(str, lambda self: self._standing.offline, notify=changed)
    queueText = Property(str, lambda self: self._standing.queue, notify=changed)
    operatorName = Property(str, lambda self: self._standing.operator, notify=changed)
    operated = Property(bool, lambda self: self.operated_here, notify=changed)
    signedIn = Property(bool, lambda self: self.session is not None, notify=changed)
    idleWarning = Property(bool, lambda self: self.idle.view.warning and self._watched, notify=idleChanged)
    idleLeft = Property(int, lambda self: self.idle.view.left, notify=idleChanged)

    @Slot()
    def goHome(self) -> None:
        self.home()

    @Slot()
    def switchLanguage(self) -> None:
        self._set(lang=Lang.EN if self.lang is Lang.ZH else Lang.ZH)
        self.languageChanged.emit()
        self.current.render()

    @Slot()
    def toggleElder(self) -> None:
        self._set(elder=not self._state.elder)

    @Slot()
    def stay(self) -> None:
        self.idle.begin_anew()
        self.idleChanged.emit()

    @Slot()
    def leaveNow(self) -> None:
        self.leave()

    @Slot()
    def goSignIn(self) -> None:
        self.go(SignInRoute())

    @Slot()
    def signOut(self) -> None:
        self._set(session=None)
        self.home()

    # --- inside ---------------------------------------------------------------------------------------
    @property
    def _standing(self) -> Standing:
        ports, state = self.ports, self._state
        return standing(ports.line, state.session, state.waiting, ports.local.now()).of(state.lang)

    @property
    def _watched(self) -> bool:
        return bool(self._path) and not isinstance(self.route, (AttractRoute, SetupRoute))

    def on_tick(self) -> None:
        view = self.idle.view
        if view.over and self._watched:
            self.leave()
        self.idleChanged.emit()
        minute = self.ports.local.now().replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._on_line()

    def _url(self) -> QUrl:
        return PAGES_FOLDER.resolved(QUrl(self._pages[type(self.route)].file)) if self._path else QUrl()

    def _set(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self.changed.emit()

    def _open(self, path: list[Route]) -> None:
        left = self._page
        if left is not None:
            left.close()
        route = path[-1]
        self._path = path
        self._page = self._pages[type(route)].model(self, route)
        self._page.refresh()
        self.idle.begin_anew()
        self.pageChanged.emit()
        self.changed.emit()
        if left is not None:
            left.deleteLater()  # after the page that shows it: both wait for the loop, in this order

    def _forget(self) -> None:
        if self.ports.local.place() is not None:
            self.tasks.spawn("Frame.forget", self._empty_basket(), lambda _: None)

    async def _empty_basket(self) -> None:
        await self.ports.data.run(mall.empty)

    async def _wipe_drafts(self) -> None:
        await self.ports.data.run(forms.wipe_drafts)

    async def _show_last(self) -> None:
        """What was recorded last might have been recorded unseen: the operator looks at it first."""
        last = await self.ports.data.read(business.last)
        if last is not None and self.operated_here and self._matters(last):
            self._open([HomeRoute(), SignInRoute(then=BusinessRoute(last.op_id))])
        else:
            self._open([HomeRoute()])

    def _matters(self, last: business.Entry) -> bool:
        return not last.state.final or self.ports.local.now() - last.at <= RECENT

    def _refresh_counts(self) -> None:
        self.tasks.spawn("Frame.counts", self._count(), lambda _: None)

    async def _count(self) -> None:
        depth = await self.ports.data.read(outbox.depth)
        self._set(waiting=depth.waiting)

    def _on_tables(self, tables: frozenset[str]) -> None:
        if tables & WATCHED:
            self._refresh_counts()
        if self._page is not None and tables & self._page.tables:
            self._page.refresh()

    def _on_line(self) -> None:
        self.changed.emit()
        if self._page is not None and self._page.follows_link:
            self._page.refresh()
