"""Looks at the readers of cards and hands each card on once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer

from kiosk.devices.idcard import CardError, CardUnreadable, ReaderState, ReaderUnplugged
from sync.errors import RefusedError, WorldError
from ui.frame import Frame
from ui.spawn import LOOKING
from ui.troubles import trouble_text

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
OFTEN_MS, SELDOM_MS = 700, 10_000


class Reader(Protocol[T_co]):
    def read(self) -> T_co | None: ...

    def state(self) -> ReaderState: ...


class Place(Enum):
    """What is known of a reader; not of the card on it, which is its bearer's."""

    UNKNOWN = "unknown"
    NOT_FITTED = "not-fitted"
    UNPLUGGED = "unplugged"
    EMPTY = "empty"
    TOLD = "told"  # a card lies there, and it was handed on or said to be unreadable


class Watched(Generic[T]):
    def __init__(self, reader: Reader[T], tell: Callable[[T], None]) -> None:
        self.place = Place.UNKNOWN
        self._reader = reader
        self._tell = tell

    async def look(self, refuse: Callable[[CardError], None], gone: Callable[[], bool]) -> None:
        """`gone`: who was here when it began has left. Their card is another's business no more."""
        if self.place is Place.UNKNOWN:
            state = await asyncio.to_thread(self._reader.state)
            self.place = Place.NOT_FITTED if state is ReaderState.NOT_FITTED else Place.EMPTY
        if self.place is Place.NOT_FITTED:
            return
        before = self.place
        try:
            found = await asyncio.to_thread(self._reader.read)
        except ReaderUnplugged:
            self.place = Place.UNPLUGGED  # people go on without; who looks after the machine sees it
        except CardUnreadable as error:
            self.place = Place.TOLD
            if before is not Place.TOLD and not gone():
                refuse(error)
        else:
            self.place = Place.EMPTY if found is None else Place.TOLD
            if found is not None and before is not Place.TOLD and not gone():
                self._tell(found)


class CardWatch(QObject):
    """A reader whose cable is pulled is looked for less often; none, never again."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        fitted = frame.ports.fitted
        cards, chips = Watched(fitted.cards, frame.card), Watched(fitted.chips, frame.scanned)
        self._watched: tuple[Watched[Any], ...] = (cards, chips)
        self._looking = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(OFTEN_MS)

    @property
    def interval(self) -> int | None:
        """Milliseconds between two looks; None: no reader is fitted."""
        return self._timer.interval() if self._timer.isActive() else None

    def look(self) -> None:
        if not self._looking and self._frame.ports.local.place() is not None:
            self._looking = True
            self._frame.tasks.spawn(LOOKING, self._look(), self._refuse)

    def stop(self) -> None:
        self._timer.stop()

    async def _look(self) -> None:
        try:
            for one in self._watched:
                await one.look(self._refuse, lambda: self._frame.tasks.outlived)
        finally:
            self._looking = False
        places = {one.place for one in self._watched} - {Place.NOT_FITTED}
        if not places:
            self._timer.stop()
        else:
            self._timer.setInterval(SELDOM_MS if places == {Place.UNPLUGGED} else OFTEN_MS)

    def _refuse(self, error: RefusedError | WorldError) -> None:
        self._frame.toast(trouble_text(error))
