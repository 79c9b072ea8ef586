"""What the head of every page shows whoever is there: language, look, link, queue, clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang, Text
from kiosk.services.beginning import Beginning
from kiosk.variant import Variant
from sync import outbox
from ui.ports import Ports
from ui.reader import Reader
from ui.spawn import Tasks
from ui.standing import Standing, standing

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True)
class FrameState:
    lang: Lang
    elder: bool = False
    variant: Variant = Variant.NORMAL
    still: bool = False  # nothing moves by itself
    waiting: int = 0


@QmlElement  # QML must know every class above one it knows
class Bearings(QObject):
    changed = Signal()
    languageChanged = Signal()
    toasted = Signal(str, str, arguments=["text", "kind"])

    def __init__(self, ports: Ports, lang: Lang) -> None:
        super().__init__()
        self.ports = ports
        self.tasks = Tasks()
        self._first = FrameState(lang)
        self._state = self._first
        self._reader = Reader(ports.voice, lambda: self.lang, self)
        self.languageChanged.connect(self._reader.language_changed)

    # --- for pages ------------------------------------------------------------------------------------
    @property
    def lang(self) -> Lang:
        return self._state.lang

    @property
    def large(self) -> bool:
        return self._state.elder

    @property
    def clock(self) -> str:
        return self._standing.clock

    def toast(self, text: Text, kind: str = "info") -> None:
        self.toasted.emit(text.of(self.lang), kind)

    def begin_as(self, begins: Beginning) -> None:
        """How this point looks to whoever comes next, and so now."""
        self._first = FrameState(begins.language, begins.large, begins.look, begins.still)
        self.as_at_first()

    # --- for the frame --------------------------------------------------------------------------------
    def count(self) -> None:
        """Reads anew how much waits to be sent."""
        self.tasks.spawn("Frame.counts", self._count(), lambda _: None)

    def as_at_first(self) -> None:
        """The next visitor finds the language and the look that the point begins with."""
        first = replace(self._first, waiting=self._state.waiting)
        spoke, self._state = self.lang, first
        if spoke is not first.lang:
            self.languageChanged.emit()
        self.changed.emit()

    # --- for QML --------------------------------------------------------------------------------------
    reader = Property(Reader, lambda self: self._reader, constant=True)
    language = Property(str, lambda self: self._state.lang.value, notify=languageChanged)
    elder = Property(bool, lambda self: self._state.elder, notify=changed)
    variant = Property(str, lambda self: self._state.variant.value, notify=changed)
    still = Property(bool, lambda self: self._state.still, notify=changed)
    lineText = Property(str, lambda self: self._standing.line, notify=changed)
    lineKind = Property(str, lambda self: self._standing.kind, notify=changed)
    lineIcon = Property(str, lambda self: self._standing.icon, notify=changed)
    offlineText = Property(str, lambda self: self._standing.offline, notify=changed)
    queueText = Property(str, lambda self: self._standing.queue, notify=changed)

    @Slot()
    def toggleElder(self) -> None:
        self._set(elder=not self._state.elder)

    @Slot(str)
    def chooseVariant(self, variant: str) -> None:
        self._set(variant=Variant(variant))

    # --- inside ---------------------------------------------------------------------------------------
    @property
    def _standing(self) -> Standing:
        ports, state = self.ports, self._state
        return standing(ports.line, state.waiting, ports.local.now()).of(state.lang)

    def _set(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self.changed.emit()

    async def _count(self) -> None:
        depth = await self.ports.data.read(outbox.depth)
        self._set(waiting=depth.waiting)
