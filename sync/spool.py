"""Attachments on this disk: encrypted, named by the SHA-256 of what they say, durable when `add` returns.

A file is a header (magic, its own id, size) and frames of 64 KiB: nonce and AES-256-GCM, authenticated with
the header and the frame's number. So any part can be read again, and no other file's frame passes for ours.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.disk import make_folder, store_error
from sync.errors import Damaged, PayloadTooLarge
from sync.wire.asset import MAX_ASSET
from sync.wire.files import sync_folder

MAGIC = b"YZA1"
FRAME = 64 * 1024
_HEADER = struct.Struct(">4s16sQ")
_NUMBER = struct.Struct(">I")
_NONCE, _TAG = 12, 16
_NEW = ".new"


@dataclass(frozen=True)
class Attachment:
    sha256: str
    size: int


@dataclass(frozen=True)
class Spool:
    """Used off the event loop, by any thread; one of a folder, for it knows what is about to be named."""

    folder: Path
    key: bytes
    _wanted: Counter[str] = field(default_factory=Counter, repr=False)  # added, and not let go yet
    _let_go: set[str] = field(default_factory=set, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def add(self, source: BinaryIO) -> Attachment:
        """From where `source` stands to its end; it stays until `let_go`, once the operation that names it is
        recorded or the form is left, and as long as it is named. Raises PayloadTooLarge, StoreError."""
        start = source.tell()
        size = source.seek(0, os.SEEK_END) - start
        source.seek(start)
        if size > MAX_ASSET:
            raise PayloadTooLarge(size, MAX_ASSET)
        fresh = self.folder / f"{secrets.token_hex(16)}{_NEW}"
        try:
            make_folder(self.folder)
            try:
                made = Attachment(self._write(fresh, source, size), size)
                with self._lock:
                    fresh.replace(self._path(made.sha256))
                    self._wanted[made.sha256] += 1
                sync_folder(self.folder)
            finally:
                fresh.unlink(missing_ok=True)
        except OSError as error:
            raise store_error(error, str(fresh)) from error
        return made

    def let_go(self, *these: Attachment) -> None:
        """One `add` each: from now on only what names them keeps them."""
        with self._lock:
            self._wanted.subtract(one.sha256 for one in these)
            self._let_go.update(one.sha256 for one in these)

    @property
    def has_let_go(self) -> bool:
        """Of something that may be named by nothing: `clear` knows."""
        return bool(self._let_go)

    def read(self, attachment: Attachment, start: int, length: int) -> bytes:
        """Fewer bytes only at the end. Raises Damaged, StoreError."""
        path = self._path(attachment.sha256)
        try:
            with path.open("rb") as file:
                header = file.read(_HEADER.size)
                if header[:4] != MAGIC or _HEADER.unpack(header)[2] != attachment.size:
                    raise Damaged(str(path), "another file than was named")
                frames = range(start // FRAME, -(-min(start + length, attachment.size) // FRAME))
                data = b"".join(self._frame(file, header, number) for number in frames)
        except FileNotFoundError as error:
            raise Damaged(str(path), "gone") from error
        except OSError as error:
            raise store_error(error, str(path)) from error
        except (InvalidTag, struct.error, ValueError) as error:
            raise Damaged(str(path), "does not open") from error
        skipped = start % FRAME
        return data[skipped : skipped + length]

    def check(self, attachment: Attachment) -> bool:
        """Whether the file says what its name promises. Raises Damaged, StoreError."""
        digest = hashlib.sha256()
        for start in range(0, attachment.size, FRAME):
            digest.update(self.read(attachment, start, FRAME))
        return digest.hexdigest() == attachment.sha256

    def clear(self, gone: frozenset[str], named: frozenset[str]) -> None:
        """Removes those that are gone and what was let go, but for the `named` and those about to be: in one
        turn of the thread that records, so that none is named meanwhile. What cannot be removed now goes at
        the next start."""
        with self._lock:
            for sha256 in (gone | self._let_go) - named:
                if self._wanted[sha256] <= 0:
                    with suppress(OSError):
                        self.remove(sha256)
            self._let_go.clear()
            for sha256 in [name for name, count in self._wanted.items() if count <= 0]:
                del self._wanted[sha256]

    def remove(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)

    def sweep(self, named: frozenset[str]) -> None:
        """Removes what no operation came to name: the program ended between file and record."""
        if not self.folder.is_dir():
            return
        for entry in list(os.scandir(self.folder)):
            if entry.name not in named:
                Path(entry.path).unlink(missing_ok=True)

    def _write(self, path: Path, source: BinaryIO, size: int) -> str:
        cipher, digest = AESGCM(self.key), hashlib.sha256()
        header = _HEADER.pack(MAGIC, secrets.token_bytes(16), size)
        with path.open("xb") as file:
            file.write(header)
            for number, data in enumerate(_frames(source)):
                digest.update(data)
                nonce = secrets.token_bytes(_NONCE)
                file.write(nonce + cipher.encrypt(nonce, data, header + _NUMBER.pack(number)))
            file.flush()
            os.fsync(file.fileno())
        return digest.hexdigest()

    def _frame(self, file: BinaryIO, header: bytes, number: int) -> bytes:
        whole = _NONCE + FRAME + _TAG
        file.seek(_HEADER.size + number * whole)
        sealed = file.read(whole)
        associated = header + _NUMBER.pack(number)
        return AESGCM(self.key).decrypt(sealed[:_NONCE], sealed[_NONCE:], associated)

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256


def _frames(source: BinaryIO) -> Iterator[bytes]:
    while data := source.read(FRAME):
        yield data
