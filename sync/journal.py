"""The journal: append-only encrypted segments of chained records, written and synced after each commit.

A segment is a header (magic, number, number of its first record, chain hash before it) and records: length,
nonce and AES-256-GCM of one line, authenticated together with the chain hash before it and its number. So a
record that is changed, moved or missing makes all that follow unreadable; only the end of the last segment
can be torn by a power cut.
"""

import hashlib
import os
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from sync import lines
from sync.disk import sync_folder
from sync.errors import Damaged

MAGIC = b"YZJ1"
SEGMENT_BYTES = 4 * 1024 * 1024
_HEADER = struct.Struct(">4sIQ32s")
_LENGTH = struct.Struct(">I")
_NUMBER = struct.Struct(">Q")
_NONCE_BYTES = 12
_TAG_BYTES = 16
_START = hashlib.sha256(b"yizhan-journal-v1").digest()


@dataclass(frozen=True)
class Place:
    """A position between two records."""

    segment: int
    offset: int
    last_n: int
    chain: bytes


@dataclass(frozen=True)
class Read:
    """What one segment holds, and how it ends."""

    records: tuple[tuple[int, bytes], ...]
    end: Place
    torn: int  # bytes after the end that are no whole record
    last_line: bytes | None


class Journal:
    """One open journal; used from the ledger's writer thread only."""

    def __init__(self, folder: Path, key: bytes, segment_bytes: int = SEGMENT_BYTES) -> None:
        """Opens or creates; raises Damaged or OSError."""
        self._folder = folder
        self._cipher = AESGCM(key)
        self._segment_bytes = segment_bytes
        folder.mkdir(parents=True, exist_ok=True)
        found = segments(folder)
        if found:
            read = read_segment(found[-1], self._cipher)
            self._place, self.torn, self.last_line = read.end, read.torn, read.last_line
            self._file = FileIO(found[-1], "r+")
        else:
            self.torn, self.last_line = 0, None
            self._start_segment(Place(0, 0, 0, _START))

    @property
    def last_n(self) -> int:
        return self._place.last_n

    def catch_up(self, conn: Connection) -> None:
        """Copies the lines the ledger has beyond this journal and syncs them; after an OSError call again."""
        waiting = lines.tail(conn, self._place.last_n)
        if not waiting:
            return
        if waiting[0][0] != self._place.last_n + 1:
            raise Damaged(str(self._folder), f"line {self._place.last_n + 1} is gone from the ledger")
        if self._place.offset > self._segment_bytes:
            self._file.close()
            self._start_segment(self._place)
        blob = bytearray()
        chain = self._place.chain
        for n, line in waiting:
            frame, chain = self._seal(n, line, chain)
            blob += frame
        self._write(bytes(blob))
        last_n, line = waiting[-1]
        self._place = Place(self._place.segment, self._place.offset + len(blob), last_n, chain)
        self.last_line = line

    def begin_after(self, n: int) -> None:
        """An empty journal of a ledger that already counted up to `n`."""
        assert self._place.last_n == 0, "only an empty journal can begin anywhere"
        self._file.close()
        segment_path(self._folder, self._place.segment).unlink()
        self._start_segment(Place(0, 0, n, _START))

    def cut_torn(self) -> None:
        if self.torn:
            self._file.truncate(self._place.offset)
            _sync(self._file)
            self.torn = 0

    def close(self) -> None:
        self._file.close()

    def _seal(self, n: int, line: bytes, chain: bytes) -> tuple[bytes, bytes]:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        body = nonce + self._cipher.encrypt(nonce, line, chain + _NUMBER.pack(n))
        return _LENGTH.pack(len(body)) + body, hashlib.sha256(chain + body).digest()

    def _write(self, blob: bytes) -> None:
        assert not self.torn, "the torn tail was not cut"
        self._file.seek(self._place.offset)  # over what an earlier, shorter try may have left
        written = 0
        while written < len(blob):
            written += self._file.write(blob[written:])
        _sync(self._file)

    def _start_segment(self, after: Place) -> None:
        number = after.segment + 1
        header = _HEADER.pack(MAGIC, number, after.last_n + 1, after.chain)
        path = segment_path(self._folder, number)
        fresh = path.with_suffix(".new")
        with FileIO(fresh, "w") as file:
            file.write(header)
            _sync(file)
        fresh.replace(path)
        sync_folder(self._folder)
        self._file = FileIO(path, "r+")
        self._place = Place(number, len(header), after.last_n, hashlib.sha256(header).digest())


def segment_path(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}.yzj"


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yzj"))


def records(folder: Path, key: bytes) -> Iterator[tuple[int, bytes]]:
    """All lines from the first on, the chain checked across segments; ends at a torn tail. Raises Damaged."""
    cipher = AESGCM(key)
    before = Place(0, 0, 0, _START)
    found = segments(folder)
    for path in found:
        read = read_segment(path, cipher, after=None if path == found[0] else before)
        if read.torn and path != found[-1]:
            raise Damaged(str(path), "ends within a record")
        yield from read.records
        before = read.end


def read_segment(path: Path, cipher: AESGCM, after: Place | None = None) -> Read:
    """Raises Damaged when more than the end is unreadable."""
    data = path.read_bytes()
    if len(data) < _HEADER.size:
        raise Damaged(str(path), "no header")
    magic, number, first_n, chain_before = _HEADER.unpack_from(data)
    if magic != MAGIC or path.stem != f"{number:06d}":
        raise Damaged(str(path), "not a segment of this journal")
    if after is not None and (chain_before, first_n) != (after.chain, after.last_n + 1):
        raise Damaged(str(path), "does not follow the segment before it")
    place = Place(number, _HEADER.size, first_n - 1, hashlib.sha256(data[: _HEADER.size]).digest())
    found: list[tuple[int, bytes]] = []
    while place.offset < len(data):
        step = _next(data, place, cipher)
        if step is None:
            _check_torn(path, data, place)
            break
        line, place = step
        found.append((place.last_n, line))
    return Read(tuple(found), place, len(data) - place.offset, found[-1][1] if found else None)


def _next(data: bytes, place: Place, cipher: AESGCM) -> tuple[bytes, Place] | None:
    body = _body(data, place)
    if body is None:
        return None
    n = place.last_n + 1
    try:
        line = cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], place.chain + _NUMBER.pack(n))
    except InvalidTag:
        return None
    chain = hashlib.sha256(place.chain + body).digest()
    return line, Place(place.segment, place.offset + _LENGTH.size + len(body), n, chain)


def _body(data: bytes, place: Place) -> bytes | None:
    start = place.offset + _LENGTH.size
    if start > len(data):
        return None
    (length,) = _LENGTH.unpack_from(data, place.offset)
    if length < _NONCE_BYTES + _TAG_BYTES or start + length > len(data):
        return None
    return data[start : start + length]


def _check_torn(path: Path, data: bytes, place: Place) -> None:
    """One unreadable record at the very end was torn; one with more after it was damaged."""
    body = _body(data, place)
    if body is not None and place.offset + _LENGTH.size + len(body) < len(data):
        raise Damaged(str(path), f"record {place.last_n + 1} does not open")


def _sync(file: FileIO) -> None:
    sync = getattr(os, "fdatasync", os.fsync)
    sync(file.fileno())
