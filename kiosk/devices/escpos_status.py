"""What an ESC/POS printer says of itself: questions it answers at once (DLE EOT n), and one that waits its
turn among the data (GS r 1), by which it has come to the end of them."""

from collections.abc import Callable

from kiosk.devices.printer import PrinterState

FINISHED = b"\x1dr\x01"
_OFFLINE_CAUSE, _ERROR_CAUSE, _ROLL = 2, 3, 4
_COVER, _STOPPED, _FAULT = 0x04, 0x20, 0x40
_CUTTER, _FATAL = 0x08, 0x20
_LOW, _OUT = 0x0C, 0x60

Ask = Callable[[bytes], int | None]
"""Sends a question; None: no answer."""


def question(n: int) -> bytes:
    return b"\x10\x04" + bytes([n])


def state_of(ask: Ask) -> PrinterState | None:
    """None: the printer does not answer such questions."""
    roll = _asked(ask, _ROLL)
    if roll is None:
        return None
    cause = _asked(ask, _OFFLINE_CAUSE) or 0
    if cause & _COVER:
        return PrinterState.COVER_OPEN
    if roll & _OUT == _OUT or cause & _STOPPED:
        return PrinterState.PAPER_OUT
    if cause & _FAULT and (_asked(ask, _ERROR_CAUSE) or 0) & (_CUTTER | _FATAL):
        return PrinterState.JAMMED
    return PrinterState.PAPER_LOW if roll & _LOW else PrinterState.READY


def finished(byte: int) -> bool:
    """It is the answer to FINISHED, not a late one to a question."""
    return byte & 0x90 == 0


def _asked(ask: Ask, n: int) -> int | None:
    """Bits 1 and 4 are always set, 0 and 7 never: what has others is no answer."""
    byte = ask(question(n))
    return byte if byte is not None and byte & 0x93 == 0x12 else None
