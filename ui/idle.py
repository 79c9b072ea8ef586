"""Notices that nobody is there any more: warns, counts down, then says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

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


@dataclass(frozen=True)
class IdleRule:
    """Seconds without a touch until the warning, and until everything is wiped."""

    warn_after: float = 60
    wipe_after: float = 90


@dataclass(frozen=True)
class IdleView:
    warning: bool = False
    left: int = 0
    over: bool = False


def look(rule: IdleRule, quiet: float) -> IdleView:
    over = quiet >= rule.wipe_after
    warning = quiet >= rule.warn_after and not over
    return IdleView(warning, ceil(rule.wipe_after - quiet) if warning else 0, over)


class IdleWatch(QObject):
    """Looks once a second; any input begins anew. `ticks` is a monotonic clock in seconds."""

    ticked = Signal()

    def __init__(self, rule: IdleRule, ticks: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._rule = rule
        self._ticks = ticks
        self._since = ticks()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.ticked)
        self._timer.start()

    @property
    def view(self) -> IdleView:
        return look(self._rule, self._ticks() - self._since)

    def begin_anew(self) -> None:
        self._since = self._ticks()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in _INPUT and not self.view.over:
            self.begin_anew()
        return False
