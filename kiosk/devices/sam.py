"""A reader of ID cards with the usual security module: find, select, read, over whatever line it hangs on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from kiosk.devices import sam_text
from kiosk.devices.idcard import CardUnreadable, IdCard, ReaderState, ReaderUnplugged
from kiosk.devices.sam_frames import Answer, Ask, BadFrame, Said, parse, request

PATIENCE = 3.0  # seconds for one answer: reading takes one, 1,300 bytes at 9,600 baud as much again
_BROKEN = frozenset({Said.SELF_TEST_FAILED, Said.NOT_LICENSED})
_LENGTHS = 4  # two bytes each before text and picture


class Line(Protocol):
    """Bytes to and from the module. All but `close` raise OSError."""

    def write(self, data: bytes) -> None: ...

    def read(self) -> bytes:
        """What has come; empty when nothing does for a moment."""

    def close(self) -> None: ...


class SamReader:
    """`open` raises OSError. The line stays open between two looks; one that failed is opened anew.

    A module finds a card once: after it was read, or not, only when it is laid down anew.
    """

    def __init__(self, open_line: Callable[[], Line], ticks: Callable[[], float] = time.monotonic) -> None:
        self._open = open_line
        self._ticks = ticks
        self._line: Line | None = None
        self._turn = threading.Lock()

    def read(self) -> IdCard | None:
        with self._turn:
            try:
                return self._selected() if self._finds() else None
            except OSError as error:
                self._drop()
                raise ReaderUnplugged(str(error)) from error
            except BadFrame as error:
                self._drop()  # and what may still come of it
                raise CardUnreadable(str(error)) from error

    def state(self) -> ReaderState:
        with self._turn:
            try:
                well = self._ask(Ask.STATE).said is Said.DONE
            except (OSError, BadFrame):
                self._drop()
                well = False
        return ReaderState.READY if well else ReaderState.UNPLUGGED

    def _finds(self) -> bool:
        said = self._ask(Ask.FIND).said
        if said in _BROKEN:
            raise OSError(said.name)
        return said is Said.FOUND

    def _selected(self) -> IdCard:
        chosen = self._ask(Ask.SELECT)
        if chosen.said is not Said.DONE:
            raise CardUnreadable(chosen.said.name)
        return _card(self._ask(Ask.READ))

    def _ask(self, ask: Ask) -> Answer:
        if self._line is None:
            self._line = self._open()
        self._line.write(request(ask))
        received, end = b"", self._ticks() + PATIENCE
        while self._ticks() < end:
            received += self._line.read()
            answer = parse(received)
            if answer is not None:
                return answer
        raise TimeoutError(f"no answer to {ask.name}")

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def _card(read: Answer) -> IdCard:
    if read.said is not Said.DONE:
        raise CardUnreadable(read.said.name)
    length = int.from_bytes(read.data[:2], "big")
    return sam_text.card_of(read.data[_LENGTHS : _LENGTHS + length])
