"""Who is there, as the frame and its QML see it; what becomes of the pages is the frame's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang, Text
from kiosk.services import attending, sessions
from kiosk.services.desk import Desk, Place
from kiosk.services.permissions import Approval, Permission, Session
from kiosk.services.presence import (
    Event,
    Guest,
    IdleRule,
    Left,
    MoreTime,
    Patience,
    PersonLeft,
    Presence,
    SignedIn,
    SignedOut,
    Villager,
)
from kiosk.services.profiles import ProfileRule, rule_of
from sync.wire.answers import Profile
from ui.bearings import Bearings
from ui.idle import IdleWatch
from ui.ports import Ports
from ui.service_line import ServiceLine

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

OVER = Text("中心改了您的登录，请重新登录", "Central has changed your sign-in: sign in again")


@QmlElement
class Attended(Bearings):
    whoChanged = Signal()
    idleChanged = Signal()
    serviceChanged = Signal()

    def __init__(self, ports: Ports, rule: IdleRule | None, ticks: Callable[[], float], lang: Lang) -> None:
        """`rule` stands above the profile's own."""
        super().__init__(ports, lang)
        self._rule = rule
        self.approval: Approval | None = None  # a second person's, for what is done now
        self.idle = IdleWatch(self.patience, ticks, self)
        self.idle.ticked.connect(self.idleChanged)
        self.service_line = ServiceLine(ports, self.tasks, self.desk, self)
        self.service_line.changed.connect(self.serviceChanged)
        self.languageChanged.connect(self.serviceChanged)

    # --- for pages ------------------------------------------------------------------------------------
    @property
    def presence(self) -> Presence:
        """Who is there: `.session` who may act as operator, `.person` the villager who is known."""
        return self.idle.presence

    @property
    def session(self) -> Session | None:
        return self.presence.session

    @property
    def place(self) -> Place:
        place = self.ports.local.place()
        assert place is not None, "a page of an enrolled terminal"
        return place

    @property
    def rules(self) -> ProfileRule:
        """Of this terminal's profile; the strictest before it has one."""
        place = self.ports.local.place()
        return rule_of(place.profile if place else Profile.PUBLIC)

    @property
    def operated_here(self) -> bool:
        """Somebody who answers for the place stands by: what was done here may be shown."""
        return self.rules.operated

    def desk(self) -> Desk:
        """What stands still around the action that is begun now."""
        local, there = self.ports.local, self.presence
        return Desk(
            place=self.place,
            session=there.session,
            link=self.ports.line.link,
            now=local.now(),
            stamp=local.stamp(),
            person=there.person,
            approval=self.approval,
        )

    def on_operators(self, tables: frozenset[str]) -> None:
        """Central may have closed whoever is signed in, or changed what they may do."""
        if "documents" in tables and self.session is not None:
            self.tasks.spawn("Frame.session", self._renew(self.session), lambda _: None)

    async def _renew(self, session: Session) -> None:
        fresh = await self.ports.data.read(lambda conn: sessions.renewed(conn, session))
        if self.session != session or fresh == session:
            return
        if fresh is None:
            self.toast(OVER, "warn")
        self.tell(SignedOut() if fresh is None else SignedIn(fresh))

    def tell(self, event: Event) -> None:
        """Something happened to who is there; not what a task says that began for somebody who has gone."""
        if not self.tasks.outlived:
            self.idle.tell(event)

    def leave(self) -> None:
        """Nobody is here any more: signs out, wipes, shows the attract page."""
        self.tell(Left())

    # --- for QML --------------------------------------------------------------------------------------
    serviceText = Property(str, lambda self: self.service_line.text.of(self.lang), notify=serviceChanged)
    operatorName = Property(str, lambda self: self.session.name if self.session else "", notify=whoChanged)
    operated = Property(bool, lambda self: self.operated_here, notify=whoChanged)
    signedIn = Property(bool, lambda self: self.session is not None, notify=whoChanged)
    personName = Property(str, lambda self: self._person(), notify=whoChanged)
    canLeave = Property(bool, lambda self: self._can_leave(), notify=whoChanged)
    mayExit = Property(bool, lambda self: self._may_exit(), notify=whoChanged)
    idleWarning = Property(bool, lambda self: self.idle.left is not None, notify=idleChanged)
    idleLeft = Property(int, lambda self: self.idle.left or 0, notify=idleChanged)
    idleLocks = Property(bool, lambda self: self.idle.locks, notify=idleChanged)

    @Slot()
    def stay(self) -> None:
        self.tell(MoreTime())
        self.idleChanged.emit()

    @Slot()
    def leaveNow(self) -> None:
        self.leave()

    @Slot()
    def personLeaves(self) -> None:
        """The one who is served is done: the operator stays, a customer alone leaves the screen."""
        self.tell(PersonLeft() if self.session else Left())

    @Slot()
    def signOut(self) -> None:
        self.tell(SignedOut())

    # --- inside ---------------------------------------------------------------------------------------
    def _person(self) -> str:
        person = self.presence.person
        return attending.shown_name(person) if person else ""

    def _may_exit(self) -> bool:
        return self.session is not None and Permission.UNLOCK_KIOSK in self.session.permissions

    def _can_leave(self) -> bool:
        """A customer alone at a machine that nobody stands by says so when the errand is done."""
        who = self.presence.who
        return isinstance(who, Villager) or (isinstance(who, Guest) and not self.operated_here)

    def patience(self) -> Patience:
        """How long whoever is there now is waited for."""
        of_profile = self.rules.patience
        patience = replace(of_profile, customer=self._rule, operator=self._rule) if self._rule else of_profile
        return patience.doubled() if self.large else patience
