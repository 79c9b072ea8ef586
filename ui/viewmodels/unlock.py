"""The operator went away: what was open waits behind the operator's PIN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Text
from kiosk.devices.idcard import IdCard
from kiosk.devices.scanner import Scan
from kiosk.services import sessions
from kiosk.services.presence import SignedIn
from kiosk.services.sessions import Denied, Session
from ui.routes import UnlockRoute
from ui.viewmodels.base import Head, PageModel, prop

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

TITLE = Text("已锁屏", "Screen locked")
WHY = Text("值守员离开了一会儿，没办完的业务还在", "The operator was away; what was begun is still here")
QUESTION = Text("{name}，请输入密码继续", "{name}, enter your PIN to go on")
END = Text("不是我：清除并回到欢迎页", "Not me: clear all and start again")


@dataclass(frozen=True)
class UnlockState:
    session: Session
    error: Text | None = None


@dataclass(frozen=True, kw_only=True)
class UnlockShown(Head):
    question: str
    error: str
    end: str


@QmlElement
class UnlockModel(PageModel):
    state: UnlockState
    shown: UnlockShown

    changed = Signal()
    question = prop(str, "question", changed)
    error = prop(str, "error", changed)
    end = prop(str, "end", changed)

    def __init__(self, frame: Frame, route: UnlockRoute) -> None:
        super().__init__(frame, UnlockState(route.session))

    def scanned(self, scan: Scan) -> None:
        """A lock hears nothing but its PIN."""

    def card(self, card: IdCard) -> None:
        """Likewise."""

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        self.work("unlock", lambda: self._unlock(pin))

    async def _unlock(self, pin: str) -> None:
        now, who = self.ports.local.now(), self.state.session.operator
        answer = await self.ports.data.run(lambda conn: sessions.sign_in(conn, now, who, pin))
        if isinstance(answer, Denied):
            self.update(error=answer.refused.text)
        elif answer.must_change:  # central reset it meanwhile
            self.frame.leave()
        else:
            self.frame.tell(SignedIn(answer))

    def derive(self) -> UnlockShown:
        name = {"name": self.state.session.name}
        return UnlockShown(
            title=self.say(TITLE),
            subtitle=self.say(WHY),
            icon="lock",
            question=self.say(QUESTION.with_params(name)),
            error=self.say(self.state.error) if self.state.error else "",
            end=self.say(END),
        )
