"""Real drivers against a socket and a device file: what was rendered arrives, what is missing is named."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.escpos import Paper, render
from kiosk.devices.escpos_printer import DeviceFile, EscposPrinter, Network, UsbIds
from kiosk.devices.escpos_status import FINISHED, question
from kiosk.devices.printer import CoverOpen, Jammed, PaperOut, PrinterError, PrinterState, Unplugged
from tests.devices.samples import slip

FIT = 0x12
PLENTY, LOW, NONE = FIT, FIT | 0x0C, FIT | 0x60
COVER, STOPPED, FAULT, CUTTER, HOT = FIT | 0x24, FIT | 0x20, FIT | 0x40, FIT | 0x08, FIT | 0x40
QUESTIONS = {question(n): n for n in (1, 2, 3, 4)}
SOON = 0.2


class Device:
    """A network printer: answers the questions it knows, keeps what it is sent, may stop on the way."""

    def __init__(self) -> None:
        self.says: dict[int, int] = {2: FIT, 3: FIT, 4: PLENTY}
        self.stops_with: dict[int, int] | None = None
        self.printed = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        """Joins the reader, so all that was sent has been read."""
        if not self._thread.is_alive():
            return
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                conn, _ = self._listener.accept()
            except OSError:
                return
            with conn:
                while data := conn.recv(65536):
                    self._take(conn, data)

    def _take(self, conn: socket.socket, data: bytes) -> None:
        if data in QUESTIONS:
            if QUESTIONS[data] in self.says:
                conn.sendall(bytes([self.says[QUESTIONS[data]]]))
            return
        if data.endswith(FINISHED):
            data = data.removesuffix(FINISHED)
            if self.stops_with is None:
                conn.sendall(b"\0")
            else:
                self.says |= self.stops_with
        self.printed += data


@pytest.fixture
def device() -> Iterator[Device]:
    made = Device()
    yield made
    made.close()


def test_a_slip_arrives_over_the_network(device: Device) -> None:
    EscposPrinter(Network("127.0.0.1", device.port)).print(slip())
    device.close()
    assert device.printed == render(slip(), Paper())


@pytest.mark.parametrize(
    ("says", "state"),
    [
        ({}, PrinterState.READY),
        ({4: LOW}, PrinterState.PAPER_LOW),
        ({4: NONE}, PrinterState.PAPER_OUT),
        ({2: STOPPED}, PrinterState.PAPER_OUT),
        ({2: COVER, 4: NONE}, PrinterState.COVER_OPEN),
        ({2: FAULT, 3: CUTTER}, PrinterState.JAMMED),
        ({2: FAULT, 3: HOT}, PrinterState.READY),
        ({4: 0xFF}, PrinterState.READY),
    ],
)
def test_what_the_sensors_say(device: Device, says: dict[int, int], state: PrinterState) -> None:
    device.says |= says
    assert EscposPrinter(Network("127.0.0.1", device.port, SOON)).state() is state


@pytest.mark.parametrize(
    ("says", "error"), [({4: NONE}, PaperOut), ({2: COVER}, CoverOpen), ({2: FAULT, 3: CUTTER}, Jammed)]
)
def test_what_cannot_be_printed_is_not_sent(
    device: Device, says: dict[int, int], error: type[PrinterError]
) -> None:
    device.says |= says
    with pytest.raises(error):
        EscposPrinter(Network("127.0.0.1", device.port)).print(slip())
    assert device.printed == b""


@pytest.mark.parametrize(
    ("says", "error"), [({4: NONE}, PaperOut), ({2: COVER}, CoverOpen), ({2: FAULT, 3: CUTTER}, Jammed)]
)
def test_a_slip_that_stops_on_the_way_is_not_called_printed(
    device: Device, says: dict[int, int], error: type[PrinterError]
) -> None:
    device.stops_with = says
    with pytest.raises(error):
        EscposPrinter(Network("127.0.0.1", device.port, SOON)).print(slip())


def test_a_printer_that_knows_no_questions_prints(device: Device) -> None:
    device.says.clear()
    EscposPrinter(Network("127.0.0.1", device.port, SOON)).print(slip())
    device.close()
    assert device.printed == render(slip(), Paper())


def test_one_that_never_says_when_it_is_done_is_not_waited_for_for_ever(device: Device) -> None:
    device.stops_with = {}
    EscposPrinter(Network("127.0.0.1", device.port, SOON), slowest=SOON).print(slip())
    device.close()
    assert device.printed == render(slip(), Paper())


def test_nobody_at_the_other_end_is_unplugged() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    printer = EscposPrinter(Network("127.0.0.1", port))
    assert printer.state() is PrinterState.UNPLUGGED
    with pytest.raises(Unplugged):
        printer.print(slip())


def test_a_device_file_gets_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "lp0"
    printer = EscposPrinter(DeviceFile(str(path)))
    printer.print(slip())
    assert path.read_bytes() == render(slip(), Paper())
    assert printer.state() is PrinterState.READY


def test_a_missing_device_file_is_unplugged(tmp_path: Path) -> None:
    with pytest.raises(Unplugged):
        EscposPrinter(DeviceFile(str(tmp_path / "no" / "lp0"))).print(slip())


def test_usb_without_its_driver_or_device_is_unplugged() -> None:
    with pytest.raises(Unplugged):
        EscposPrinter(UsbIds(0x04B8, 0x0E15)).print(slip())
