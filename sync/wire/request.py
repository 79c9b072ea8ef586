"""Who asks: the terminal's signature over one HTTP request (PROTOCOL.md §4)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from sync.wire import token
from sync.wire.encoding import b64, sha256_hex
from sync.wire.errors import Malformed, WrongAnswer
from sync.wire.keys import PublicKey, SigningKey

SCHEME = "YZ-JWS"
NONCE_BYTES = 16


def new_nonce() -> str:
    return b64(os.urandom(NONCE_BYTES))


@dataclass(frozen=True)
class RequestClaims:
    method: str
    path: str  # with its query
    body_hash: str
    nonce: str
    terminal: str
    incarnation: int

    def cover(self, body: bytes) -> None:
        """Raises WrongAnswer."""
        if self.body_hash != sha256_hex(body):
            raise WrongAnswer("signed for another body")


def authorize(key: SigningKey, claims: RequestClaims) -> str:
    """The value of `Authorization`."""
    payload = {
        "m": claims.method,
        "p": claims.path,
        "h": claims.body_hash,
        "n": claims.nonce,
        "t": claims.terminal,
        "i": claims.incarnation,
    }
    return f"{SCHEME} {token.sign(key, token.Typ.REQUEST, payload)}"


def check(value: str, keys: Mapping[str, PublicKey], method: str, path: str, body: bytes) -> RequestClaims:
    """Raises Malformed, BadSignature, or WrongAnswer when the signature is over another request."""
    claims = check_head(value, keys, method, path)
    claims.cover(body)
    return claims


def check_head(value: str, keys: Mapping[str, PublicKey], method: str, path: str) -> RequestClaims:
    """As `check`, before anything of the body is read."""
    scheme, _, text = value.partition(" ")
    if scheme != SCHEME:
        raise Malformed("unknown authorization scheme")
    raw = token.verify(text, keys, token.Typ.REQUEST)
    names = {"m": str, "p": str, "h": str, "n": str, "t": str, "i": int}
    if raw.keys() != names.keys() or any(not isinstance(raw[name], kind) for name, kind in names.items()):
        raise Malformed("request claims")
    claims = RequestClaims(raw["m"], raw["p"], raw["h"], raw["n"], raw["t"], raw["i"])
    if (claims.method, claims.path) != (method, path):
        raise WrongAnswer("signed for another request")
    return claims
