"""Real drivers against a socket and a device file: what was rendered arrives, what is missing is named."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.escpos import Paper, render
from kiosk.devices.escpos_printer import DeviceFile, EscposPrinter, Network, UsbIds
from kiosk.devices.printer import PaperOut, PrinterState, Unplugged
from tests.devices.samples import slip

STATUS = b"\x10\x04\x04"
PLENTY, LOW, NONE = b"\x12", b"\x1e", b"\x72"


class Device:
    """A network printer: answers the paper question, keeps what it is sent."""

    def __init__(self) -> None:
        self.paper = PLENTY
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
                    if data.startswith(STATUS):
                        conn.sendall(self.paper)
                        data = data.removeprefix(STATUS)
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
    ("paper", "state"),
    [(PLENTY, PrinterState.READY), (LOW, PrinterState.PAPER_LOW), (NONE, PrinterState.PAPER_OUT)],
)
def test_the_paper_sensor_is_asked(device: Device, paper: bytes, state: PrinterState) -> None:
    device.paper = paper
    assert EscposPrinter(Network("127.0.0.1", device.port)).state() is state


def test_without_paper_nothing_is_sent(device: Device) -> None:
    device.paper = NONE
    with pytest.raises(PaperOut):
        EscposPrinter(Network("127.0.0.1", device.port)).print(slip())
    assert device.printed == b""


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
