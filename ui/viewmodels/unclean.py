"""Held: something of whoever was here last could not be wiped; the way out is to wipe again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang, Text
from kiosk.devices.idcard import IdCard
from kiosk.devices.scanner import Scan
from kiosk.services.traces import Clean, Verdict
from ui.routes import UncleanRoute
from ui.viewmodels.base import Head, PageModel, prop

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

TITLE = Text("请找工作人员", "Please ask the staff")
WHY = Text(
    "上一位办完后，本机还没有清理干净，现在不能用。不是您的问题。",
    "This machine is not yet wiped after the last visitor, so nobody can use it now. That is not your fault.",
)
PLACES = Text("工作人员：没有清干净的是 {places}", "For staff: not wiped yet: {places}")
AGAIN = Text("再清理一次", "Wipe again")


@dataclass(frozen=True, kw_only=True)
class UncleanShown(Head):
    why: str
    places: str


def show(verdict: Verdict, lang: Lang) -> UncleanShown:
    left = () if isinstance(verdict, Clean) else verdict.left
    names = ("、" if lang is Lang.ZH else ", ").join(one.name.of(lang) for one in left)
    return UncleanShown(
        title=TITLE.of(lang),
        icon="operator",
        primary=AGAIN.of(lang),
        primary_icon="refresh",
        why=WHY.of(lang),
        places=PLACES.of(lang).format(places=names) if names else "",
    )


@QmlElement
class UncleanModel(PageModel):
    shown: UncleanShown

    changed = Signal()
    why = prop(str, "why", changed)
    places = prop(str, "places", changed)

    def __init__(self, frame: Frame, route: UncleanRoute) -> None:
        super().__init__(frame, route)

    def derive(self) -> UncleanShown:
        return show(self.frame.wipe.verdict, self.lang)

    def scanned(self, scan: Scan) -> None:
        """Nobody comes in."""

    def card(self, card: IdCard) -> None:
        """Nobody comes in."""

    def step_back(self) -> bool:
        """There is nothing to go back to."""
        return True

    def forward(self) -> None:
        self.frame.wipe_anew()
