"""The program's log for whoever mends it, on a stick or in a folder; it names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang, Text
from kiosk.devices.media import Stick
from kiosk.logs import Exported
from kiosk.services.permissions import Permission
from sync.errors import StoreError
from ui.routes import LogsRoute
from ui.troubles import stick_text
from ui.viewmodels.base import Head, PageModel, listed, prop
from ui.viewmodels.courier_result import size
from ui.viewmodels.courier_shown import AGAIN, FREE, NO_STICK

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

TITLE = Text("导出日志", "Export the log")
SUBTITLE = Text("交给维护人员，里面没有个人信息", "For whoever mends this machine; it names nobody")
INSERT_HINT = Text("插好后按“再看一次”", "Then press Look again")
HERE = Text("本机的文件夹", "A folder of this machine")
WRITING = Text("正在写，请不要拔优盘", "Writing: leave the stick in")
DONE = Text("已导出 {lines} 行：{file}", "Exported, lines: {lines}; file: {file}")


@dataclass(frozen=True)
class Failed:
    error: StoreError
    folder: Path


@dataclass(frozen=True)
class LogsState:
    sticks: tuple[Stick, ...] | None = None
    here: Path | None = None  # where somebody can get at the files of this machine
    writing: bool = False
    result: Exported | Failed | None = None


@dataclass(frozen=True)
class TargetRow:
    id: str
    title: str
    note: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class LogsShown(Head):
    none: str
    none_hint: str
    targets: tuple[TargetRow, ...]
    writing: str
    result: str
    result_kind: str


def show(state: LogsState, lang: Lang) -> LogsShown:
    targets = [_stick(one, lang) for one in state.sticks or ()]
    if state.here is not None:
        targets.append(TargetRow(str(state.here), HERE.of(lang), str(state.here), "disk"))
    missing = state.sticks is not None and not targets
    return LogsShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="book",
        primary=AGAIN.of(lang),
        primary_icon="refresh",
        none=NO_STICK.of(lang) if missing else "",
        none_hint=INSERT_HINT.of(lang) if missing else "",
        targets=tuple(targets),
        writing=WRITING.of(lang) if state.writing else "",
        result=_result(state.result).of(lang) if state.result else "",
        result_kind="bad" if isinstance(state.result, Failed) else "good",
    )


def _stick(stick: Stick, lang: Lang) -> TargetRow:
    return TargetRow(
        str(stick.path), stick.name, FREE.with_params({"size": size(stick.free)}).of(lang), "usb"
    )


def _result(result: Exported | Failed) -> Text:
    if isinstance(result, Failed):
        return stick_text(result.error, [result.folder])
    return DONE.with_params({"lines": str(result.lines), "file": str(result.file)})


@QmlElement
class LogsModel(PageModel):
    state: LogsState
    shown: LogsShown

    changed = Signal()
    none = prop(str, "none", changed)
    noneHint = prop(str, "none_hint", changed)
    writing = prop(str, "writing", changed)
    result = prop(str, "result", changed)
    resultKind = prop(str, "result_kind", changed)
    targets = listed("targets")

    def __init__(self, frame: Frame, route: LogsRoute) -> None:  # noqa: ARG002
        super().__init__(frame, LogsState())

    def derive(self) -> LogsShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        self.frame.desk().require(Permission.EXPORT_LOGS)
        sticks = await self.ports.courier.sticks()
        self.update(sticks=sticks, here=None if self.frame.rules.touch else self.ports.upkeep.exports)

    @Slot(str)
    def write(self, folder: str) -> None:
        self.work("export", lambda: self._export(Path(folder)))

    def forward(self) -> None:
        """Looks for sticks again."""
        self.update(result=None)
        self.refresh()

    async def _export(self, folder: Path) -> None:
        desk = self.frame.desk()
        desk.require(Permission.EXPORT_LOGS)
        self.update(writing=True, result=None)
        file = folder / f"yizhan-log-{desk.place.terminal}-{desk.now:%Y%m%d-%H%M%S}.txt"
        try:
            self.update(result=await self.ports.upkeep.export_logs(file))
        except StoreError as error:
            self.update(result=Failed(error, folder))
        finally:
            self.update(writing=False)
