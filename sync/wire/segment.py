"""Journal segments: bytes in, records or the exact place of the fault out.

A segment is a head (magic, number, number of its first record, chain hash before it) and records: length,
nonce and AES-256-GCM of one line, authenticated together with the chain hash before it and its number. So
after a record that was changed, moved or taken out nothing opens any more; only the end of the last segment
can be torn by a power cut.
"""

import hashlib
import secrets
import struct
from dataclasses import dataclass
from enum import Enum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.wire.errors import Malformed

MAGIC = b"YZJ1"
HEAD = struct.Struct(">4sIQ32s")
LENGTH = struct.Struct(">I")
NONCE_BYTES = 12
TAG_BYTES = 16
_NUMBER = struct.Struct(">Q")
_SHORTEST = NONCE_BYTES + TAG_BYTES
_LONGEST = 1 << 24


@dataclass(frozen=True)
class Place:
    """A position between two records."""

    segment: int
    offset: int
    last_n: int
    chain: bytes


START = Place(0, 0, 0, hashlib.sha256(b"yizhan-journal-v1").digest())


@dataclass(frozen=True)
class Head:
    number: int
    first_n: int
    chain_before: bytes

    def encode(self) -> bytes:
        return HEAD.pack(MAGIC, self.number, self.first_n, self.chain_before)

    @classmethod
    def decode(cls, data: bytes) -> "Head":
        """Raises Malformed."""
        if len(data) < HEAD.size:
            raise Malformed("no head")
        magic, number, first_n, chain_before = HEAD.unpack_from(data)
        if magic != MAGIC:
            raise Malformed("not a journal segment")
        return cls(number, first_n, chain_before)

    @classmethod
    def after(cls, place: Place) -> "Head":
        return cls(place.segment + 1, place.last_n + 1, place.chain)

    @property
    def start(self) -> Place:
        return Place(self.number, HEAD.size, self.first_n - 1, hashlib.sha256(self.encode()).digest())

    def follows(self, place: Place) -> bool:
        return self == Head.after(place)


@dataclass(frozen=True)
class Record:
    n: int
    offset: int
    line: bytes


class Ending(Enum):
    WHOLE = "whole"
    SHORT = "short"  # the file ends within a record
    SHUT = "shut"  # its last record does not open
    LENGTH = "length"  # a record opens with another length than it states
    BROKEN = "broken"  # a record does not open, and more follows

    @property
    def torn(self) -> bool:
        """A power cut can leave this behind."""
        return self in (Ending.SHORT, Ending.SHUT)


@dataclass(frozen=True)
class Segment:
    head: Head
    records: tuple[Record, ...]
    end: Place  # after the last record that opens
    rest: int  # bytes from there on
    ending: Ending


def seal(cipher: AESGCM, line: bytes, before: Place) -> tuple[bytes, Place]:
    """The record of the next line and the place after it."""
    nonce, n = secrets.token_bytes(NONCE_BYTES), before.last_n + 1
    body = nonce + cipher.encrypt(nonce, line, before.chain + _NUMBER.pack(n))
    return LENGTH.pack(len(body)) + body, _after(before, body)


def read(data: bytes, cipher: AESGCM) -> Segment:
    """Raises Malformed where there is not even a head."""
    head = Head.decode(data)
    place = head.start
    found: list[Record] = []
    while (body := body_at(data, place.offset)) is not None:
        line = open_body(cipher, body, place)
        if line is None:
            break
        found.append(Record(place.last_n + 1, place.offset, line))
        place = _after(place, body)
    return Segment(head, tuple(found), place, len(data) - place.offset, _ending(data, place, body, cipher))


def body_at(data: bytes, offset: int) -> bytes | None:
    """Nonce, ciphertext and tag of the record at `offset`, if its length can be true."""
    start = offset + LENGTH.size
    if start > len(data):
        return None
    (length,) = LENGTH.unpack_from(data, offset)
    if length < _SHORTEST or start + length > len(data):
        return None
    return data[start : start + length]


def count(data: bytes) -> int:
    """Whole records by their lengths alone, opened or not."""
    found, offset = 0, HEAD.size
    while (body := body_at(data, offset)) is not None:
        found += 1
        offset += LENGTH.size + len(body)
    return found


def open_body(cipher: AESGCM, body: bytes, before: Place) -> bytes | None:
    nonce, sealed = body[:NONCE_BYTES], body[NONCE_BYTES:]
    try:
        return cipher.decrypt(nonce, sealed, before.chain + _NUMBER.pack(before.last_n + 1))
    except InvalidTag:
        return None


def _after(before: Place, body: bytes) -> Place:
    chain = hashlib.sha256(before.chain + body).digest()
    return Place(before.segment, before.offset + LENGTH.size + len(body), before.last_n + 1, chain)


def _ending(data: bytes, place: Place, body: bytes | None, cipher: AESGCM) -> Ending:
    if place.offset == len(data):
        return Ending.WHOLE
    if _opens_with_another_length(data, place, cipher):
        return Ending.LENGTH
    if body is None:
        return Ending.SHORT
    return Ending.SHUT if place.offset + LENGTH.size + len(body) == len(data) else Ending.BROKEN


def _opens_with_another_length(data: bytes, place: Place, cipher: AESGCM) -> bool:
    """Tells a changed length from a torn end."""
    start = place.offset + LENGTH.size
    end = start + _SHORTEST
    while end <= len(data):
        if _lengths_follow(data, end) and open_body(cipher, data[start:end], place) is not None:
            return True
        if end == len(data):
            return False
        end = data.find(b"\0", end + 1)  # a length begins with one
        end = len(data) if end < 0 else end
    return False


def _lengths_follow(data: bytes, offset: int) -> bool:
    """Whether records could follow from here on: a cheap look before the costly one."""
    for _ in range(3):
        if offset + LENGTH.size > len(data):
            return True
        (length,) = LENGTH.unpack_from(data, offset)
        if not _SHORTEST <= length < _LONGEST:
            return False
        offset += LENGTH.size + length
        if offset > len(data):
            return True
    return True
