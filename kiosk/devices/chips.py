"""Chip cards by PC/SC: only what a deployer configures is read, and counts as a code that was scanned.

A member card holds the same signed text as the member's QR. Nothing else is asked of a card: neither its
serial number, which anybody can copy, nor a bank card's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from kiosk.devices.idcard import CardUnreadable, ReaderState, ReaderUnplugged
from kiosk.devices.scanner import Scan

LONGEST = 2048
PIECE = 256
_DONE = b"\x90\x00"
_SHORTER = b"\x62\x82"  # the end came before as much as was asked for
_END = frozenset({b"\x6b\x00", b"\x6a\x86"})  # no such place
_FILL = b"\0\xff"

Transmit = Callable[[bytes], bytes]
"""A command, and the answer with its two status bytes. Raises CardError."""


class ChipReader(Protocol):
    """Both calls may take as long as the device does: never on the loop."""

    def read(self) -> Scan | None:
        """What the card says that lies there now; None when there is none. Raises CardError."""

    def state(self) -> ReaderState:
        """Never raises."""


class NoChips:
    """A terminal without such a reader, or without pyscard."""

    def read(self) -> Scan | None:
        return None

    def state(self) -> ReaderState:
        return ReaderState.NOT_FITTED


@dataclass(frozen=True)
class PcscReader:
    """The first reader that PC/SC knows. `aid`: of the application that holds the text."""

    aid: bytes

    def read(self) -> Scan | None:
        from smartcard.Exceptions import NoCardException, SmartcardException

        try:
            connection = self._reader().createConnection()
            connection.connect()
        except NoCardException:
            return None
        except SmartcardException as error:
            raise ReaderUnplugged(type(error).__name__) from error
        try:
            return Scan(text_of(_over(connection), self.aid))
        finally:
            connection.disconnect()

    def state(self) -> ReaderState:
        try:
            self._reader()
        except ReaderUnplugged:
            return ReaderState.UNPLUGGED
        return ReaderState.READY

    def _reader(self) -> Any:
        from smartcard.Exceptions import SmartcardException
        from smartcard.System import readers

        try:
            found = readers()
        except SmartcardException as error:  # pcscd does not run
            raise ReaderUnplugged(type(error).__name__) from error
        if not found:
            raise ReaderUnplugged("no reader")
        return found[0]


def fitted(aid: str) -> ChipReader:
    """`aid` in hexadecimal; empty: chip cards are not read."""
    if not aid:
        return NoChips()
    try:
        import smartcard  # noqa: F401  an extra of its own
    except ImportError:
        return NoChips()
    return PcscReader(bytes.fromhex(aid))


def text_of(transmit: Transmit, aid: bytes) -> str:
    """Selects the application and reads its file to the end. Raises CardUnreadable."""
    _, status = _split(transmit(b"\x00\xa4\x04\x00" + bytes([len(aid)]) + aid + b"\0"))
    if status != _DONE:
        raise CardUnreadable(f"no such application: {status.hex()}")
    data = b""
    while len(data) < LONGEST:
        piece, status = _split(transmit(b"\x00\xb0" + len(data).to_bytes(2, "big") + b"\0"))
        if status in _END:
            break
        if status not in (_DONE, _SHORTER):
            raise CardUnreadable(f"cannot be read: {status.hex()}")
        data += piece[:PIECE]
        if status == _SHORTER or len(piece) < PIECE:
            break
    try:
        text = data.rstrip(_FILL).decode()
    except UnicodeDecodeError as error:
        raise CardUnreadable("no text") from error
    if not text or not text.isprintable():
        raise CardUnreadable("no text")
    return text


def _split(answer: bytes) -> tuple[bytes, bytes]:
    if len(answer) < len(_DONE):
        raise CardUnreadable("half an answer")
    return answer[:-2], answer[-2:]


def _over(connection: Any) -> Transmit:
    from smartcard.Exceptions import SmartcardException

    def transmit(command: bytes) -> bytes:
        try:
            data, first, second = connection.transmit(list(command))
        except SmartcardException as error:
            raise CardUnreadable(type(error).__name__) from error
        return bytes(data) + bytes([first, second])

    return transmit
