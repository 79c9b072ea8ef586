"""Sealed bytes: JWE compact (RFC 7516), ECDH-ES over X25519 (RFC 8037) with A256GCM; one key opens them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from sync.wire import canon
from sync.wire.encoding import b64, unb64
from sync.wire.errors import BadSignature, Malformed, WrongAnswer
from sync.wire.keys import KID_LENGTH, SigningKey

ALGORITHM, ENCRYPTION = "ECDH-ES", "A256GCM"
MAX_SEALED = 32 * 1024 * 1024
USE = "enc"
_MAX_HEADER = 1024
_DERIVED = b"yizhan-sealing-v1"

_registry = jwe.JWERegistry(algorithms=[ALGORITHM, ENCRYPTION])
_registry.max_ciphertext_length = MAX_SEALED


class Sealed(Enum):
    """What is inside: the `typ` of the token; none passes for another."""

    PAYLOAD = "yz-sealed-payload"
    BUNDLE = "yz-sealed-bundle"
    ANSWER = "yz-sealed-answer"


@dataclass(frozen=True)
class EncryptionKey:
    raw: bytes  # 32 bytes, X25519

    def __post_init__(self) -> None:
        if len(self.raw) != 32:
            raise Malformed("an X25519 public key has 32 bytes")

    @classmethod
    def from_jwk(cls, jwk: dict[str, Any]) -> "EncryptionKey":
        if not is_encryption_jwk(jwk) or not isinstance(jwk.get("x"), str):
            raise Malformed("not an X25519 JWK for encryption")
        key = cls(unb64(jwk["x"]))
        try:
            X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(key.raw))
        except ValueError as error:  # a point of low order: the secret would be nobody's
            raise Malformed("nothing can be sealed to this key") from error
        return key

    def jwk(self) -> dict[str, str]:
        return self._bare | {"use": USE}

    @cached_property
    def kid(self) -> str:
        """The first 16 characters of the RFC 7638 thumbprint."""
        return b64(hashlib.sha256(canon.encode(self._bare)).digest())[:KID_LENGTH]

    @property
    def _bare(self) -> dict[str, str]:
        return {"crv": "X25519", "kty": "OKP", "x": b64(self.raw)}


@dataclass(frozen=True)
class DecryptionKey:
    seed: bytes  # 32 bytes, secret

    def __post_init__(self) -> None:
        if len(self.seed) != 32:
            raise Malformed("an X25519 private key has 32 bytes")

    def __repr__(self) -> str:
        return f"DecryptionKey({self.public.kid})"

    @classmethod
    def generate(cls) -> "DecryptionKey":
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def derived_from(cls, key: SigningKey) -> "DecryptionKey":
        """A terminal's own, from the seed it signs with: HKDF-SHA256 with `yizhan-sealing-v1` as its info."""
        return cls(HKDF(algorithm=SHA256(), length=32, salt=None, info=_DERIVED).derive(key.seed))

    @cached_property
    def public(self) -> EncryptionKey:
        return EncryptionKey(X25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())


def is_encryption_jwk(jwk: Any) -> bool:
    return isinstance(jwk, dict) and (jwk.get("kty"), jwk.get("crv"), jwk.get("use")) == (
        "OKP",
        "X25519",
        USE,
    )


def encryption_key(jwks: Iterable[dict[str, Any]]) -> EncryptionKey | None:
    """The first for encryption among central's keys: the one to seal to."""
    found = next((jwk for jwk in jwks if is_encryption_jwk(jwk)), None)
    return None if found is None else EncryptionKey.from_jwk(found)


def openers(*keys: DecryptionKey) -> dict[str, DecryptionKey]:
    return {key.public.kid: key for key in keys}


def seal(key: EncryptionKey, what: Sealed, data: bytes) -> str:
    protected = {"alg": ALGORITHM, "enc": ENCRYPTION, "kid": key.kid, "typ": what.value}
    return jwe.encrypt_compact(protected, data, OKPKey.import_key(dict(key.jwk())), registry=_registry)


def unseal(text: str, keys: Mapping[str, DecryptionKey], what: Sealed) -> bytes:
    """Raises Malformed, BadSignature (altered, or no key of ours opens it) or WrongAnswer (another `typ`)."""
    header = _header(text)
    key = keys.get(str(header["kid"]))
    if key is None:
        raise BadSignature("sealed to a key that is not here")
    if header["typ"] != what.value:
        raise WrongAnswer(f"a {str(header['typ'])[:20]} is not a {what.value}")
    private = OKPKey.import_key({**key.public.jwk(), "d": b64(key.seed)})
    try:
        opened = jwe.decrypt_compact(text, private, registry=_registry).plaintext
    except (JoseError, ValueError, TypeError, KeyError, AssertionError, AttributeError) as error:
        raise BadSignature("the seal does not open") from error
    assert opened is not None, "decrypted to nothing"
    return opened


def _header(text: str) -> dict[str, Any]:
    parts = text.split(".", 4)
    if len(parts) != 5 or len(text) > MAX_SEALED or len(parts[0]) > _MAX_HEADER:
        raise Malformed("not a sealed token")
    header = canon.decode_object(unb64(parts[0]), limit=_MAX_HEADER)
    epk = header.get("epk")
    if header.keys() != {"alg", "enc", "kid", "typ", "epk"} or not isinstance(epk, dict):
        raise Malformed("not the header of a sealed token")
    if (header["alg"], header["enc"], epk.get("crv")) != (ALGORITHM, ENCRYPTION, "X25519"):
        raise Malformed("sealed in another way")
    return header
