"""Real receipt printers through python-escpos: by network, by device file (/dev/usb/lp0) or by USB ids."""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.devices.escpos import Paper, render
from kiosk.devices.escpos_status import FINISHED, finished, state_of
from kiosk.devices.paper import Slip
from kiosk.devices.printer import HINDRANCES, PrinterError, PrinterState, Unplugged

if TYPE_CHECKING:
    from escpos.escpos import Escpos

TIMEOUT = 5.0


@dataclass(frozen=True)
class Network:
    host: str
    port: int = 9100
    timeout: float = TIMEOUT

    def open(self) -> Escpos:
        from escpos.printer import Network as Driver

        driver = Driver(self.host, self.port, timeout=self.timeout)
        driver.device = socket.create_connection((self.host, self.port), self.timeout)
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
    slowest: float = 10.0  # seconds for a slip

    def print(self, slip: Slip) -> None:
        data = render(slip, self.paper)
        with _open(self.port) as driver:
            talk = _Talk(driver)
            answers = self.port.talks and self._fit(talk)
            driver._raw(data)
            if answers:
                self._await_end(talk, driver)

    def state(self) -> PrinterState:
        try:
            with _open(self.port) as driver:
                said = state_of(_Talk(driver).ask) if self.port.talks else None
        except PrinterError:
            return PrinterState.UNPLUGGED
        return said or PrinterState.READY  # one that does not answer is taken to be fit

    def _await_end(self, talk: _Talk, driver: Escpos) -> None:
        """A printer that stops on the way does not come to the question, and says why when it is asked."""
        driver._raw(FINISHED)
        end = time.monotonic() + self.slowest
        while not talk.ended and time.monotonic() < end:
            talk.hear()
            if not talk.ended:
                self._fit(talk)

    def _fit(self, talk: _Talk) -> bool:
        """False: it does not answer. Raises PrinterError where nothing can be printed."""
        state = state_of(talk.ask)
        if state is None:
            return False
        if state in HINDRANCES:
            raise HINDRANCES[state](str(self.port))
        return True


class _Talk:
    """What one open printer says, the two kinds of answers kept apart."""

    def __init__(self, driver: Escpos) -> None:
        self._driver = driver
        self.ended = False

    def ask(self, question: bytes) -> int | None:
        ended = self.ended
        self._driver._raw(question)
        byte = self.hear()
        return self.hear() if self.ended and not ended else byte

    def hear(self) -> int | None:
        byte = _byte(self._driver)
        if byte is not None and finished(byte):
            self.ended = True
            return None
        return byte


def _byte(driver: Escpos) -> int | None:
    try:
        said = driver._read()
    except OSError as error:
        if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
            return None
        raise
    return said[0] if said else None


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
