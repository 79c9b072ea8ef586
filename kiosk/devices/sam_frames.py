"""The frames of the security module in readers of ID cards (SAM_V): made and read, nothing else.

`AA AA AA 96 69 | length, 2 bytes | command, parameter or three status bytes | data | check`, where the length
counts all after itself and the check is the exclusive or of all between preamble and check.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("aaaaaa9669")
_HEAD = len(PREAMBLE) + 2
_STATUS = 3
LONGEST = 4096  # of the part after the length; text, picture and fingerprints are 2,310


class Ask(Enum):
    STATE = b"\x11\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"  # text and picture


class Said(Enum):
    """The last status byte; those before it are the card's own and change nothing here."""

    DONE = 0x90
    FOUND = 0x9F
    NO_CARD = 0x80
    NOT_SELECTED = 0x81
    NOT_READ = 0x41
    CARD_DOUBTS_READER = 0x31
    READER_DOUBTS_CARD = 0x32
    CARD_INVALID = 0x33
    WRONG_CARD = 0x40
    NO_MORE = 0x91
    SELF_TEST_FAILED = 0x60
    NOT_LICENSED = 0x66


class BadFrame(ValueError):
    """What came is no answer of such a module."""


@dataclass(frozen=True)
class Answer:
    said: Said
    data: bytes = field(repr=False)


def request(ask: Ask) -> bytes:
    body = (len(ask.value) + 1).to_bytes(2, "big") + ask.value
    return PREAMBLE + body + bytes([_check(body)])


def answer(said: Said, data: bytes = b"") -> bytes:
    """What a module sends."""
    body = (_STATUS + len(data) + 1).to_bytes(2, "big") + bytes([0, 0, said.value]) + data
    return PREAMBLE + body + bytes([_check(body)])


def parse(received: bytes) -> Answer | None:
    """Of the first frame, whatever noise lies before it; None while it is not whole. Raises BadFrame."""
    start = received.find(PREAMBLE)
    if start < 0 or len(received) < start + _HEAD:
        return None
    body = received[start + len(PREAMBLE) :]
    length = int.from_bytes(body[:2], "big")
    if not _STATUS + 1 <= length <= LONGEST:
        raise BadFrame(f"a length of {length}")
    if len(body) < 2 + length:
        return None
    whole, check = body[: 1 + length], body[1 + length]
    if _check(whole) != check:
        raise BadFrame("the check does not fit")
    status = whole[2 + _STATUS - 1]
    try:
        return Answer(Said(status), whole[2 + _STATUS :])
    except ValueError as error:
        raise BadFrame(f"status {status:#04x}") from error


def _check(body: bytes) -> int:
    return reduce(xor, body, 0)
