"""Key stores in one file: obfuscated by default, or under an operator's passphrase."""

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.store.durable import write_file
from kiosk.store.faults import translated
from sync.errors import BugError, KeyUnavailable
from sync.keystore import KeyStore, Protection
from sync.wire.encoding import b64, unb64
from sync.wire.errors import WireError

VERSION = 1
_SALT_BYTES = 16
_NONCE_BYTES = 12
_NOTE = {
    Protection.OBFUSCATED: (
        "此文件仅作混淆，并非加密保护：拿到本文件即可读出数据。"
        " This file is obfuscation, not protection: whoever has it can read the data."
    ),
    Protection.PASSPHRASE: "由操作员口令保护。 Protected by the operator's passphrase.",
}
Derive = Callable[[bytes], bytes]  # salt → wrapping key


class FileKeyStore:
    def __init__(self, path: Path, protection: Protection, derive: Derive) -> None:
        self._path = path
        self._protection = protection
        self._derive = derive
        self._wrap: tuple[bytes, AESGCM] | None = None

    @property
    def protection(self) -> Protection:
        return self._protection

    def get(self, name: str) -> bytes | None:
        document = self._read()
        wrapped = document["secrets"].get(name)
        if wrapped is None:
            return None
        try:
            data = unb64(wrapped)
            cipher = self._cipher(unb64(document["salt"]))
            return cipher.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], name.encode())
        except (InvalidTag, WireError) as error:
            raise KeyUnavailable(str(self._path), f"{name} does not open") from error

    def put(self, name: str, secret: bytes) -> None:
        known = self.get(name)
        if known is not None:
            if known != secret:
                raise BugError(f"the key {name} is there already")
            return
        document = self._read()
        nonce = secrets.token_bytes(_NONCE_BYTES)
        data = nonce + self._cipher(unb64(document["salt"])).encrypt(nonce, secret, name.encode())
        document["secrets"][name] = b64(data)
        write_file(self._path, json.dumps(document, ensure_ascii=False, indent=1).encode(), mode=0o600)

    def _cipher(self, salt: bytes) -> AESGCM:
        if self._wrap is None or self._wrap[0] != salt:
            self._wrap = (salt, AESGCM(self._derive(salt)))
        return self._wrap[1]

    def _read(self) -> dict[str, Any]:
        if not self._path.exists():
            salt = b64(secrets.token_bytes(_SALT_BYTES))
            return {
                "note": _NOTE[self._protection],
                "version": VERSION,
                "protection": self._protection.value,
                "salt": salt,
                "secrets": {},
            }
        with translated(self._path):
            text = self._path.read_bytes()
        try:
            document: dict[str, Any] = json.loads(text)
            fits = document["version"] == VERSION and document["protection"] == self._protection.value
            fits = fits and isinstance(document["secrets"], dict) and isinstance(document["salt"], str)
        except (ValueError, KeyError, TypeError) as error:
            raise KeyUnavailable(str(self._path), "not a key file") from error
        if not fits:
            raise KeyUnavailable(str(self._path), "a key file of another kind")
        return document


def obfuscated(path: Path) -> KeyStore:
    """The default. Its wrapping key is in this source: it keeps out only a glance."""
    return FileKeyStore(
        path, Protection.OBFUSCATED, lambda salt: (salt * 2)[:32].translate(bytes(range(255, -1, -1)))
    )


def under_passphrase(path: Path, passphrase: str) -> KeyStore:
    def derive(salt: bytes) -> bytes:
        return hash_secret_raw(
            passphrase.encode(),
            salt,
            time_cost=3,
            memory_cost=64 * 1024,
            parallelism=2,
            hash_len=32,
            type=Type.ID,
        )

    return FileKeyStore(path, Protection.PASSPHRASE, derive)


def key(store: KeyStore, name: str, *, needed_by: Path | None = None) -> bytes:
    """The 32-byte key of this name, made when new; never made anew for a file that is there already."""
    found = store.get(name)
    if found is not None:
        return found
    if needed_by is not None and needed_by.exists():
        raise KeyUnavailable(str(needed_by), f"the key {name} is missing")
    fresh = secrets.token_bytes(32)
    store.put(name, fresh)
    return fresh
