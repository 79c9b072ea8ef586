"""What the application asks of a receipt printer, and how one may fail.

WorldError (sync.errors)
└── PrinterError     the slip is kept and can be printed later; business goes on
    ├── PaperOut     the roll is empty
    ├── Unplugged    nobody answers at the other end
    └── SpoolFailed  the spool folder cannot be written
"""

from enum import Enum
from typing import Protocol

from kiosk.devices.paper import Slip
from sync.errors import WorldError


class PrinterState(Enum):
    READY = "ready"
    PAPER_LOW = "paper-low"
    PAPER_OUT = "paper-out"
    UNPLUGGED = "unplugged"


class PrinterError(WorldError):
    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class PaperOut(PrinterError):
    pass


class Unplugged(PrinterError):
    pass


class SpoolFailed(PrinterError):
    pass


class Printer(Protocol):
    """Both calls may take as long as the device does: never on the loop."""

    def print(self, slip: Slip) -> None:
        """Returns when the bytes are with the device; raises PrinterError."""

    def state(self) -> PrinterState:
        """Never raises."""
