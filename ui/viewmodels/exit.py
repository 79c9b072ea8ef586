"""Staff end the program at a kiosk, which nobody else can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Text
from kiosk.services import sessions
from kiosk.services.permissions import Permission
from kiosk.services.sessions import Denied
from sync.wire.operation import new_op_id
from ui.routes import ExitRoute
from ui.viewmodels.base import Head, PageModel, prop

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

TITLE = Text("退出程序", "Leave the program")
WHY = Text(
    "办过的业务都已记好，不会丢；退出后本机停止服务，直到重新启动",
    "All that was done is recorded and safe. The terminal stops serving until it is started again",
)
QUESTION = Text("{name}，请输入密码退出", "{name}, enter your PIN to leave")


@dataclass(frozen=True)
class ExitState:
    error: Text | None = None


@dataclass(frozen=True, kw_only=True)
class ExitShown(Head):
    question: str
    error: str


@QmlElement
class ExitModel(PageModel):
    state: ExitState
    shown: ExitShown

    changed = Signal()
    question = prop(str, "question", changed)
    error = prop(str, "error", changed)

    def __init__(self, frame: Frame, route: ExitRoute) -> None:  # noqa: ARG002
        super().__init__(frame, ExitState())

    async def read(self) -> None:
        self.frame.desk().require(Permission.UNLOCK_KIOSK)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        self.work("exit", lambda: self._exit(pin))

    async def _exit(self, pin: str) -> None:
        desk = self.frame.desk()
        desk.require(Permission.UNLOCK_KIOSK)
        answer = await self.ports.data.run(lambda conn: sessions.confirm(conn, desk, new_op_id(), pin))
        if isinstance(answer, Denied):
            self.update(error=answer.refused.text)
        else:
            self.frame.exitGranted.emit()

    def derive(self) -> ExitShown:
        session = self.frame.session
        name = session.name if session is not None else ""
        return ExitShown(
            title=self.say(TITLE),
            subtitle=self.say(WHY),
            icon="exit",
            question=self.say(QUESTION.with_params({"name": name})),
            error=self.say(self.state.error) if self.state.error else "",
        )
