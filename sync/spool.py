"""Attachments on this disk: encrypted, named by the SHA-256 of what they say, durable when `add` returns.

A file is a header (magic, its own id, size) and frames of 64 KiB: nonce and AES-256-GCM, authenticated with
the header and the frame's number. So any part can be read again, and no other file's frame passes for ours.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
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
    """Used off the event loop."""

    folder: Path
    key: bytes

    def add(self, source: BinaryIO) -> Attachment:
        """From where `source` stands to its end. Raises PayloadTooLarge, StoreError."""
        start = source.tell()
        size = source.seek(0, os.SEEK_END) - start
        source.seek(start)
        if size > MAX_ASSET:
            raise PayloadTooLarge(size, MAX_ASSET)
        fresh = self.folder / f"{secrets.token_hex(16)}{_NEW}"
        try:
            make_folder(self.folder)
            try:
                name = self._write(fresh, source, size)
                fresh.replace(self._path(name))
                sync_folder(self.folder)
            finally:
                fresh.unlink(missing_ok=True)
        except OSError as error:
            raise store_error(error, str(fresh)) from error
        return Attachment(name, size)

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
