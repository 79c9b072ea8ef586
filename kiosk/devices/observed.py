"""A printer that tells when a slip is on paper and nobody has noted it yet."""

from dataclasses import dataclass

from kiosk.devices.paper import Slip
from kiosk.devices.printer import Printer, PrinterState
from sync.points import Point, Probe


@dataclass(frozen=True)
class ObservedPrinter:
    printer: Printer
    probe: Probe

    def print(self, slip: Slip) -> None:
        self.printer.print(slip)
        self.probe(Point.PRINT)

    def state(self) -> PrinterState:
        return self.printer.state()
