"""The last troubles of the devices, for who looks after the machine."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from kiosk.devices.idcard import CardError
from kiosk.devices.printer import PrinterError

KEPT = 20


class Device(Enum):
    PRINTER = "printer"
    CARDS = "cards"
    CHIPS = "chips"


@dataclass(frozen=True)
class Fault:
    device: Device
    error: PrinterError | CardError
    first: datetime
    last: datetime
    times: int = 1


class Faults:
    """Written from the devices' threads. The same trouble again, with none of that device between, is one."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._found: deque[Fault] = deque(maxlen=KEPT)
        self._turn = threading.Lock()

    def note(self, device: Device, error: PrinterError | CardError) -> None:
        at = self._now()
        with self._turn:
            before = next((one for one in reversed(self._found) if one.device is device), None)
            if before is not None and type(before.error) is type(error):
                self._found[self._found.index(before)] = replace(before, last=at, times=before.times + 1)
            else:
                fresh = type(error)(error.detail)  # without the frames, which know what was printed or read
                self._found.append(Fault(device, fresh, at, at))

    def recent(self) -> tuple[Fault, ...]:
        """The newest first."""
        with self._turn:
            return tuple(sorted(self._found, key=lambda fault: fault.last, reverse=True))
