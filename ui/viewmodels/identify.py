"""Saying who one is: by ID card, by member card, by telephone on the operator's word, or not at all."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Text
from kiosk.devices.scanner import Scan
from kiosk.services import identify, phones, sessions
from kiosk.services.errors import Refused
from kiosk.services.presence import How, Person
from kiosk.services.sessions import Denied
from sync.wire.operation import new_op_id
from ui.routes import HomeRoute, IdentifyRoute, SignInRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.identify_shown import BEFORE, WAYS, IdentifyShown, IdentifyState, Step, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

NO_CARD = Text("这不是会员卡的码", "This is not the code of a member card")


@QmlElement
class IdentifyModel(PageModel):
    state: IdentifyState
    shown: IdentifyShown

    changed = Signal()
    step = prop(str, "step", changed)
    question = prop(str, "question", changed)
    hint = prop(str, "hint", changed)
    number = prop(int, "number", changed)
    steps = prop(int, "steps", changed)
    phone = prop(str, "phone", changed)
    name = prop(str, "name", changed)
    error = prop(str, "error", changed)
    ways = listed("ways")

    def __init__(self, frame: Frame, route: IdentifyRoute) -> None:
        state = IdentifyState(route.then)
        if route.vouched and frame.session is not None:
            state = replace(state, step=Step.PHONE)
        super().__init__(frame, state)

    def derive(self) -> IdentifyShown:
        return show(self.state, self.frame.rules.identities, self.frame.session, self.lang)

    async def read(self) -> None:
        self.update(reader=await asyncio.to_thread(self.ports.fitted.cards.state))

    # --- what the person does -------------------------------------------------------------------------
    @Slot(str)
    def chooseWay(self, how: str) -> None:
        way = How(how)
        if way is How.VOUCHED and self.frame.session is None:
            self.frame.replace(SignInRoute(then=IdentifyRoute(self.state.then, vouched=True)))
        else:
            self.update(step=WAYS[way], error=None)

    @Slot(str)
    def setPhone(self, phone: str) -> None:
        self.update(phone=phone)

    @Slot(str)
    def setName(self, name: str) -> None:
        self.update(name=name)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        self.work("vouch", lambda: self._vouch(pin))

    def forward(self) -> None:
        match self.state.step:
            case Step.PHONE:
                self._to_name()
            case Step.NAME:
                self.update(step=Step.PIN, occasion=new_op_id(), error=None)
            case Step.PIN:
                pass
            case _:
                self._go_on()

    def step_back(self) -> bool:
        before = BEFORE.get(self.state.step)
        if before is None:
            return False
        self.update(step=before, error=None)
        return True

    def scanned(self, scan: Scan) -> None:
        if identify.is_member(scan.text):
            super().scanned(scan)
        else:
            self.frame.toast(NO_CARD, "warn")

    def identified(self, person: Person) -> None:
        """Goes on where the person wanted to go; not where somebody else was sent off by it."""
        before = self.frame.presence.person
        super().identified(person)
        if before in (None, person):
            self._go_on()

    # --- inside ---------------------------------------------------------------------------------------
    def _go_on(self) -> None:
        self.frame.replace(self.state.then or HomeRoute())

    def _to_name(self) -> None:
        try:
            phones.check(self.state.phone)
        except Refused as refused:
            self.refuse(refused)
        else:
            self.update(step=Step.NAME)

    async def _vouch(self, pin: str) -> None:
        state, desk = self.state, self.frame.desk()
        given = await self.ports.data.run(lambda conn: sessions.confirm(conn, desk, state.occasion, pin))
        if isinstance(given, Denied):
            self.update(error=given.refused.text)
            return
        confirmed = replace(desk, approval=given)
        self.identified(identify.by_phone(confirmed, state.occasion, state.phone, state.name))
