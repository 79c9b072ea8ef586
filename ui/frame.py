"""The root view-model: where the person is, who is there, language, link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang
from kiosk.devices.idcard import IdCard
from kiosk.devices.scanner import Scan
from kiosk.services.approval import Ask
from kiosk.services.permissions import Approval, Session
from kiosk.services.presence import (
    Came,
    Departure,
    IdleRule,
    Left,
    Locked,
    Nobody,
    Presence,
    SignedIn,
    Touched,
    Who,
    departure,
)
from sync.database import Unsubscribe
from ui import routes
from ui.attended import Attended
from ui.first_page import first_path
from ui.leaving import Hook, Leaving, empty_basket
from ui.leftovers import Gone, below
from ui.paths import Paths
from ui.ports import Ports
from ui.routes import Route
from ui.spawn import LEAVING
from ui.viewmodels.base import PageModel
from ui.wipe import Wipe

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

PAGES_FOLDER = QUrl.fromLocalFile(str(__file__)).resolved(QUrl("qml/Yizhan/Pages/"))
WATCHED = frozenset({"operations", "outcomes", "identity"})


@dataclass(frozen=True)
class PageSpec:
    """How a route is opened: its view-model, and its QML file in `Yizhan/Pages`."""

    model: Callable[[Frame, Any], PageModel]
    file: str


@QmlElement
class Frame(Attended):
    pageChanged = Signal()
    exitGranted = Signal()

    def __init__(
        self,
        ports: Ports,
        pages: Mapping[type[Route], PageSpec],
        rule: IdleRule | None,
        ticks: Callable[[], float],
        lang: Lang = Lang.ZH,
    ) -> None:
        super().__init__(ports, rule, ticks, lang)
        self.resting: Route = routes.AttractRoute()
        self._pages = pages
        self._paths = Paths(lambda route: pages[type(route)].model(self, route), self._on_page)
        self._leaving = Leaving()
        self._again: Callable[[], None] | None = None
        self.on_leaving(empty_basket(ports))
        self.gone = Gone()
        self.wipe = Wipe(self._hold, self._let_go)
        self.wipe.add(*below(ports, self.tasks, lambda: self.rules.may_cache_personal))
        self.idle.moved.connect(self._on_moved)
        self.idle.ticked.connect(self._on_tick)
        self._reader.heard.connect(lambda: self.tell(Touched()))
        self._minute = ports.local.now().replace(second=0, microsecond=0)
        self._unsubscribe = (
            *self.service_line.follow(),
            ports.data.subscribe(self._on_tables),
            ports.data.subscribe(self.on_operators),
            ports.line.on_change(self._on_line),
        )

    # --- for pages ------------------------------------------------------------------------------------
    @property
    def route(self) -> Route:
        return self._paths.path[-1]

    @property
    def current(self) -> PageModel:
        assert self._paths.page is not None
        return self._paths.page

    def start(self) -> None:
        """Opens the first page: set-up, what was recorded last, or home."""
        self.count()
        if self.ports.local.place() is None:
            self._open([routes.SetupRoute()])
        else:
            self.tasks.spawn("Frame.start", self._show_first(), lambda _: self.home())

    def go(self, route: Route) -> None:
        self._open([*self._paths.path, route])

    def replace(self, route: Route) -> None:
        """The page that is left cannot be come back to."""
        self._open([*self._paths.path[:-1], route])

    def back(self) -> None:
        if len(self._paths.path) > 1:
            self._open(self._paths.path[:-1])
        else:
            self.home()

    def home(self) -> None:
        """Leaves whatever was open; what the person typed and chose is gone."""
        if self.tasks.outlived or self.wipe.puts_off(self.home):
            return
        self.tell(Came())
        self._open([routes.HomeRoute()])
        self._forget(Departure.ERRAND)

    def sign_in(self, session: Session, then: Route | None) -> None:
        if self.tasks.outlived:
            return
        self.tell(SignedIn(session))
        self._open([*self._paths.path[:-1], then] if then else [routes.HomeRoute()])

    def ask_second(self, ask: Ask, again: Callable[[], None]) -> None:
        """Another operator is to agree; what is open waits, and goes on by `again`."""
        self._again = again
        self._paths.hold(routes.SecondRoute(ask))

    def seconded(self, given: Approval | None) -> None:
        """Back to what was open, if that still waits; without an approval nothing goes on."""
        if not isinstance(self.route, routes.SecondRoute):
            return
        again, self._again, self.approval = self._again, None, given
        self._paths.release()
        if given is not None and again is not None:
            again()

    def rest_at(self, route: Route) -> None:
        """What is shown from now on while nobody is there."""
        self.resting = route
        if isinstance(self.presence.who, Nobody) and self._paths.path:
            self._open([route])

    def wipe_anew(self) -> None:
        """When the program starts, and where something was left."""
        self._forget(Departure.EVERYBODY)

    def on_leaving(self, hook: Hook) -> Unsubscribe:
        """`hook` runs whenever somebody goes or drops what was begun, after the page was closed."""
        return self._leaving.add(hook)

    def close(self) -> None:
        """Before the engine goes."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._paths.close()

    # --- from devices ---------------------------------------------------------------------------------
    def scanned(self, scan: Scan) -> None:
        self.current.scanned(scan)

    def card(self, card: IdCard) -> None:
        self.current.card(card)

    # --- for QML --------------------------------------------------------------------------------------
    page = Property(QObject, lambda self: self._paths.page, notify=pageChanged)
    pageUrl = Property(QUrl, lambda self: self._url(), notify=pageChanged)

    @Slot()
    def goHome(self) -> None:
        self.home()

    @Slot()
    def switchLanguage(self) -> None:
        self._set(lang=Lang.EN if self.lang is Lang.ZH else Lang.ZH)
        self.languageChanged.emit()
        self.current.render()

    @Slot()
    def goSignIn(self) -> None:
        self.go(routes.SignInRoute())

    @Slot()
    def goStaff(self) -> None:
        """Where nobody answers for the place, staff come in by a sign that people do not stumble upon."""
        self.tell(Came())
        self._open([routes.HomeRoute(), routes.SignInRoute(then=routes.StaffRoute())])

    @Slot()
    def goExit(self) -> None:
        self.go(routes.ExitRoute())

    @Slot()
    def goIdentify(self) -> None:
        self.go(routes.IdentifyRoute())

    # --- inside ---------------------------------------------------------------------------------------
    def _on_moved(self, before: Who) -> None:
        after = self.presence.who
        gone = departure(before, after)
        if gone is not None:
            self.gone.watch(Presence(before).person)
            self._gone(gone)
        elif isinstance(after, Locked):
            self._paths.hold(routes.UnlockRoute(after.behind.session))
        elif isinstance(before, Locked):
            self._paths.release()
            self.current.render()  # the language may have changed
        self.whoChanged.emit()

    def _gone(self, gone: Departure) -> None:
        self.tasks.end_visit()
        self._again = self.approval = None
        self._paths.drop()
        nobody = gone is Departure.EVERYBODY
        if nobody and self.rules.touch:
            self.as_at_first()
        self._paths.open([self.resting if nobody else routes.HomeRoute()])
        self._forget(gone)

    def _hold(self) -> None:
        """Something of theirs is left: an operator who is still there goes too."""
        self.idle.tell(Left())
        if isinstance(self.route, routes.UncleanRoute):
            self.current.render()
        else:
            self._paths.hold(routes.UncleanRoute())

    def _let_go(self) -> None:
        if isinstance(self.route, routes.UncleanRoute):
            self._paths.release()

    def _on_tick(self) -> None:
        minute = self.ports.local.now().replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._on_line()

    def _url(self) -> QUrl:
        return PAGES_FOLDER.resolved(QUrl(self._pages[type(self.route)].file)) if self._paths.path else QUrl()

    def _open(self, path: Sequence[Route]) -> None:
        """What a visitor's task still wants to show after the visitor has gone, nobody sees."""
        if not self.tasks.outlived:
            self._paths.open(path)

    def _on_page(self) -> None:
        self._reader.stop()
        self.service_line.at(self.route)
        self.tell(Touched())
        self.pageChanged.emit()
        self.whoChanged.emit()
        self.changed.emit()

    def _forget(self, gone: Departure) -> None:
        hooks = self._leaving.run(gone)
        work = hooks if gone is Departure.ERRAND else self.wipe.after(hooks)
        self.tasks.spawn(LEAVING, work, lambda _: None)

    async def _show_first(self) -> None:
        path = await first_path(self.ports)
        self.tell(Came())
        self._open(path)

    def _on_tables(self, tables: frozenset[str]) -> None:
        if tables & WATCHED:
            self.count()
        page = self._paths.page
        if page is not None and tables & page.tables:
            page.refresh()

    def _on_line(self) -> None:
        self.changed.emit()
        page = self._paths.page
        if page is not None and page.follows_link:
            page.refresh()
