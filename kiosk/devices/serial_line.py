"""A serial line by pyserial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from serial import Serial

MOMENT = 0.1  # seconds


@dataclass(frozen=True)
class SerialLine:
    device: Serial

    def write(self, data: bytes) -> None:
        self.device.reset_input_buffer()  # what is left of an answer that nobody waited for
        self.device.write(data)

    def read(self) -> bytes:
        return bytes(self.device.read(self.device.in_waiting or 1))

    def close(self) -> None:
        self.device.close()


def open_serial(path: str, baud: int) -> SerialLine:
    """8N1. Raises OSError."""
    from serial import Serial  # no start waits for it

    return SerialLine(Serial(path, baud, timeout=MOMENT, write_timeout=MOMENT * 10, exclusive=True))
