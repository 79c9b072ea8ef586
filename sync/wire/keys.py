"""Ed25519 keys and their JWK form (RFC 8032, RFC 8037)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.wire import canon
from sync.wire.encoding import b64, unb64
from sync.wire.errors import BadSignature, Malformed

KID_LENGTH = 16


@dataclass(frozen=True)
class PublicKey:
    raw: bytes  # 32 bytes

    def __post_init__(self) -> None:
        if len(self.raw) != 32:
            raise Malformed("an Ed25519 public key has 32 bytes")

    @classmethod
    def from_jwk(cls, jwk: dict[str, Any]) -> "PublicKey":
        if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519" or not isinstance(jwk.get("x"), str):
            raise Malformed("not an Ed25519 JWK")
        return cls(unb64(jwk["x"]))

    def jwk(self) -> dict[str, str]:
        return {"crv": "Ed25519", "kty": "OKP", "x": b64(self.raw)}

    @cached_property
    def kid(self) -> str:
        """The first 16 characters of the RFC 7638 thumbprint."""
        return b64(hashlib.sha256(canon.encode(self.jwk())).digest())[:KID_LENGTH]

    @cached_property
    def _key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.raw)

    def verify(self, signature: bytes, data: bytes) -> None:
        """Raises BadSignature."""
        try:
            self._key.verify(signature, data)
        except InvalidSignature as error:
            raise BadSignature("signature does not fit") from error


@dataclass(frozen=True)
class SigningKey:
    seed: bytes  # 32 bytes, secret

    def __post_init__(self) -> None:
        if len(self.seed) != 32:
            raise Malformed("an Ed25519 seed has 32 bytes")

    def __repr__(self) -> str:
        return f"SigningKey({self.public.kid})"

    @classmethod
    def generate(cls) -> "SigningKey":
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def public(self) -> PublicKey:
        return PublicKey(self._key.public_key().public_bytes_raw())

    @property
    def kid(self) -> str:
        return self.public.kid

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)


def keyring(*keys: PublicKey) -> dict[str, PublicKey]:
    return {key.kid: key for key in keys}


def signers(jwks: Iterable[dict[str, Any]]) -> dict[str, PublicKey]:
    """Those of central's keys that sign; one for encryption (`use: enc`) proves nothing. Raises Malformed."""
    told = list(jwks)
    if not all(isinstance(jwk, dict) for jwk in told):
        raise Malformed("a key is not an object")
    return keyring(*(PublicKey.from_jwk(jwk) for jwk in told if jwk.get("use") != "enc"))
