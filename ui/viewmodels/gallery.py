"""Every control in every state, for staff who choose how a point's screen is to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Text
from ui.routes import GalleryRoute
from ui.viewmodels.base import Head, PageModel, listed, prop

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

TITLE = Text("画面样式", "Look of the screen")
SUBTITLE = Text(
    "各种按钮、输入框和状态在现在的颜色下的样子", "Buttons, fields and states in the colours chosen now"
)
SHEETS = (
    ("HomeSheet", Text("首页和格子", "Home and tiles")),
    ("StateSheet", Text("按钮、空和错", "Buttons, empty and error")),
    ("FormSheet", Text("输入和选择", "Fields and choices")),
    ("PaySheet", Text("金额和数字键", "Amounts and number keys")),
    ("SlipSheet", Text("凭条和进度", "Slip and progress")),
    ("DialogSheet", Text("密码和对话框", "PIN and dialog")),
)


@dataclass(frozen=True)
class SheetRow:
    id: str
    title: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class GalleryShown(Head):
    sheets: tuple[SheetRow, ...]
    sheet: str


@dataclass(frozen=True)
class GalleryState:
    sheet: str = ""


@QmlElement
class GalleryModel(PageModel):
    state: GalleryState
    shown: GalleryShown

    changed = Signal()
    sheets = listed("sheets")
    sheet = prop(str, "sheet", changed)

    def __init__(self, frame: Frame, route: GalleryRoute) -> None:  # noqa: ARG002
        super().__init__(frame, GalleryState())

    def derive(self) -> GalleryShown:
        return GalleryShown(
            title=TITLE.of(self.lang),
            subtitle=SUBTITLE.of(self.lang),
            icon="display",
            sheets=tuple(SheetRow(name, title.of(self.lang)) for name, title in SHEETS),
            sheet=self.state.sheet,
        )

    def step_back(self) -> bool:
        if not self.state.sheet:
            return False
        self.update(sheet="")
        return True

    @Slot(str)
    def choose(self, sheet: str) -> None:
        self.update(sheet=sheet)
