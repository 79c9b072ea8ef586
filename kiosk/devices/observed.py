"""Devices whose troubles are noted, and a printer that tells when a slip is on paper and not noted yet."""

from dataclasses import dataclass, field, replace
from threading import Lock

from kiosk.devices.chips import ChipReader
from kiosk.devices.faults import Device, Faults
from kiosk.devices.fitted import Fitted
from kiosk.devices.idcard import CardError, CardReader, IdCard, ReaderState
from kiosk.devices.paper import Slip
from kiosk.devices.printer import Printer, PrinterError, PrinterState
from kiosk.devices.scanner import Scan
from sync.points import Point, Probe


@dataclass(frozen=True)
class ObservedPrinter:
    """One at a time: many a printer takes a second connection for a pulled cable."""

    printer: Printer
    probe: Probe
    faults: Faults
    turn: Lock = field(default_factory=Lock)

    def print(self, slip: Slip) -> None:
        try:
            with self.turn:
                self.printer.print(slip)
        except PrinterError as error:
            self.faults.note(Device.PRINTER, error)
            raise
        self.probe(Point.PRINT)

    def state(self) -> PrinterState:
        with self.turn:
            return self.printer.state()


@dataclass(frozen=True)
class ObservedCards:
    reader: CardReader
    faults: Faults

    def read(self) -> IdCard | None:
        try:
            return self.reader.read()
        except CardError as error:
            self.faults.note(Device.CARDS, error)
            raise

    def state(self) -> ReaderState:
        return self.reader.state()


@dataclass(frozen=True)
class ObservedChips:
    reader: ChipReader
    faults: Faults

    def read(self) -> Scan | None:
        try:
            return self.reader.read()
        except CardError as error:
            self.faults.note(Device.CHIPS, error)
            raise

    def state(self) -> ReaderState:
        return self.reader.state()


def observed(fitted: Fitted, faults: Faults) -> Fitted:
    cards, chips = ObservedCards(fitted.cards, faults), ObservedChips(fitted.chips, faults)
    return replace(fitted, cards=cards, chips=chips)
