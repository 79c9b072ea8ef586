"""Watches who is there: feeds touches and seconds to the presence machine and says when it moves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from kiosk.services.presence import (
    Event,
    IdleRule,
    Nobody,
    Patience,
    Presence,
    Ticked,
    Touched,
    seconds_left,
    step,
)

__all__ = ["IdleRule", "IdleWatch"]

_INPUT = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.KeyPress,
        QEvent.Type.Wheel,
    }
)


class IdleWatch(QObject):
    """Looks once a second. `ticks` is a monotonic clock in seconds; `patience` as it is now."""

    ticked = Signal()
    moved = Signal(object)  # who was there before

    def __init__(self, patience: Callable[[], Patience], ticks: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._patience = patience
        self._ticks = ticks
        self.presence = Presence(Nobody(), ticks())
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def left(self) -> int | None:
        """Seconds of the countdown, None while nobody has to be warned."""
        return seconds_left(self.presence, self._ticks(), self._patience())

    @property
    def locks(self) -> bool:
        """At the end of the countdown it is locked and not over."""
        return self.presence.session is not None and self._patience().locked_for > 0

    def tell(self, event: Event) -> None:
        before = self.presence
        self.presence = step(before, event, self._ticks(), self._patience())
        if self.presence.who != before.who:
            self.moved.emit(before.who)

    def look(self) -> None:
        self.tell(Ticked())
        self.ticked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """A touch that came after the end of a visit opens nothing on the page that follows."""
        if event.type() not in _INPUT:
            return False
        before = self.presence.who
        self.tell(Touched())
        return self.presence.who != before
