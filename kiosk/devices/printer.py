"""What the application asks of a receipt printer, and how one may fail.

WorldError (sync.errors)
└── PrinterError     the slip is kept and can be printed later; business goes on
    ├── PaperOut     the roll is empty
    ├── CoverOpen    somebody changes the roll
    ├── Jammed       paper or cutter is stuck
    ├── Unplugged    nobody answers at the other end
    └── SpoolFailed  the spool folder cannot be written
"""

from collections.abc import Mapping
from enum import Enum
from typing import Protocol

from kiosk.devices.paper import Slip
from sync.errors import WorldError


class PrinterState(Enum):
    READY = "ready"
    PAPER_LOW = "paper-low"
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    JAMMED = "jammed"
    UNPLUGGED = "unplugged"


class PrinterError(WorldError):
    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class PaperOut(PrinterError):
    pass


class CoverOpen(PrinterError):
    pass


class Jammed(PrinterError):
    pass


class Unplugged(PrinterError):
    pass


class SpoolFailed(PrinterError):
    pass


HINDRANCES: Mapping[PrinterState, type[PrinterError]] = {
    PrinterState.PAPER_OUT: PaperOut,
    PrinterState.COVER_OPEN: CoverOpen,
    PrinterState.JAMMED: Jammed,
}
"""In which states nothing is sent to the device."""


class Printer(Protocol):
    """Both calls may take as long as the device does: never on the loop."""

    def print(self, slip: Slip) -> None:
        """Returns when the slip is on paper, as far as the device can tell; raises PrinterError."""

    def state(self) -> PrinterState:
        """Never raises."""
