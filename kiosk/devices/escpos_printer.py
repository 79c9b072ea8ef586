"""Real receipt printers through python-escpos: by network, by device file (/dev/usb/lp0) or by USB ids."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.devices.escpos import Paper, render
from kiosk.devices.paper import Slip
from kiosk.devices.printer import PaperOut, PrinterError, PrinterState, Unplugged

if TYPE_CHECKING:
    from escpos.escpos import Escpos

TIMEOUT = 5.0
_PAPER = {0: PrinterState.PAPER_OUT, 1: PrinterState.PAPER_LOW, 2: PrinterState.READY}


@dataclass(frozen=True)
class Network:
    host: str
    port: int = 9100

    def open(self) -> Escpos:
        from escpos.printer import Network as Driver

        driver = Driver(self.host, self.port, timeout=TIMEOUT)
        driver.device = socket.create_connection((self.host, self.port), TIMEOUT)
        return driver

    talks = True


@dataclass(frozen=True)
class DeviceFile:
    path: str

    def open(self) -> Escpos:
        from escpos.printer import File

        driver = File(self.path, auto_flush=True)
        driver.open()
        return driver

    talks = False


@dataclass(frozen=True)
class UsbIds:
    """Needs pyusb, and the right to open the device."""

    vendor: int
    product: int

    def open(self) -> Escpos:
        from escpos.printer.usb import Usb, is_usable

        if not is_usable():
            raise Unplugged("pyusb is not installed")
        driver = Usb(self.vendor, self.product, timeout=int(TIMEOUT * 1000))
        driver.open()
        return driver

    talks = True


Port = Network | DeviceFile | UsbIds


@dataclass(frozen=True)
class EscposPrinter:
    port: Port
    paper: Paper = field(default_factory=Paper)

    def print(self, slip: Slip) -> None:
        data = render(slip, self.paper)
        with _open(self.port) as driver:
            if self.port.talks and _paper_of(driver) is PrinterState.PAPER_OUT:
                raise PaperOut(str(self.port))
            driver._raw(data)

    def state(self) -> PrinterState:
        try:
            with _open(self.port) as driver:
                return _paper_of(driver) if self.port.talks else PrinterState.READY
        except PrinterError:
            return PrinterState.UNPLUGGED


def _paper_of(driver: Escpos) -> PrinterState:
    """A printer that does not answer the question is taken to have paper."""
    try:
        return _PAPER[driver.paper_status()]
    except TimeoutError:
        return PrinterState.READY


@contextmanager
def _open(port: Port) -> Iterator[Escpos]:
    """Translates the driver's and the system's errors; the imports wait for the first slip."""
    from escpos.exceptions import Error as DriverError

    try:
        driver = port.open()
    except (OSError, DriverError) as error:
        raise Unplugged(f"{port}: {error}") from error
    try:
        yield driver
    except (OSError, DriverError) as error:
        raise Unplugged(f"{port}: {error}") from error
    finally:
        driver.close()
