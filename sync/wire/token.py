"""Signed tokens: JWS compact with Ed25519 (RFC 7515, 8037, 9864); a `typ` each, none passes for another."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from sync.wire import canon
from sync.wire.encoding import b64, unb64
from sync.wire.errors import BadSignature, Malformed, WrongAnswer
from sync.wire.keys import PublicKey, SigningKey

ALGORITHM = "Ed25519"
MAX_TOKEN = 8 * 1024 * 1024


class Typ(Enum):
    REQUEST = "yz-request"
    OFFER = "yz-offer"
    FORKS = "yz-forks"
    ENROL = "yz-enrol"
    ACK = "yz-ack"
    RECEIPT = "yz-receipt"
    STATUS = "yz-status"
    CHANGES = "yz-changes"
    PROBLEM = "yz-problem"
    GRANT = "yz-grant"
    MANIFEST = "yz-manifest"
    COUPON = "yz-coupon"
    MEMBER = "yz-member"
    BUNDLE = "yz-bundle"
    BUNDLE_ANSWER = "yz-bundle-answer"


_KID = re.compile(r"[\w-]{1,64}", re.ASCII).fullmatch
_registry = jws.JWSRegistry(algorithms=[ALGORITHM])
_registry.max_payload_length = MAX_TOKEN


def sign(key: SigningKey, typ: Typ, payload: Mapping[str, Any]) -> str:
    protected = {"alg": ALGORITHM, "kid": key.kid, "typ": typ.value}
    return jws.serialize_compact(protected, canon.encode(dict(payload)), _private(key), registry=_registry)


def verify(token: str, keys: Mapping[str, PublicKey], typ: Typ) -> dict[str, Any]:
    """The payload. Raises Malformed, BadSignature (no known key made it) or WrongAnswer (another `typ`)."""
    if len(token) > MAX_TOKEN:
        raise Malformed("token too long")
    try:
        parsed = jws.extract_compact(token.encode("ascii"), registry=_registry)
        header = parsed.headers()
    except (JoseError, ValueError, UnicodeError, TypeError, AttributeError) as error:
        raise Malformed("not a token") from error
    key = _known(keys, header)
    if header.get("typ") != typ.value:
        raise WrongAnswer(f"a {str(header.get('typ'))[:20]} is not a {typ.value}")
    try:
        is_made_by = jws.validate_compact(parsed, _public(key), registry=_registry)
    except (JoseError, ValueError) as error:
        raise BadSignature("signature does not fit") from error
    if not is_made_by:
        raise BadSignature("signature does not fit")
    return canon.decode_object(parsed.payload, limit=MAX_TOKEN)


def typ_of(token: str) -> Typ:
    """What the token claims to be, unverified. Raises Malformed."""
    try:
        return Typ(jws.extract_compact(token.encode("ascii"), registry=_registry).headers().get("typ"))
    except (JoseError, ValueError, UnicodeError, TypeError, AttributeError) as error:
        raise Malformed("not a token") from error


def kid_of(token: str) -> str:
    """Of one that was verified."""
    return str(canon.decode_object(unb64(token.split(".", maxsplit=1)[0]))["kid"])


def _known(keys: Mapping[str, PublicKey], header: Mapping[str, Any]) -> PublicKey:
    kid = header.get("kid")
    if header.get("alg") != ALGORITHM or not isinstance(kid, str) or not _KID(kid) or kid not in keys:
        raise BadSignature("no known key made this")
    return keys[kid]


@lru_cache(16)
def _private(key: SigningKey) -> OKPKey:
    return OKPKey.import_key({**key.public.jwk(), "d": b64(key.seed)})


@lru_cache(1024)  # the same few, again and again
def _public(key: PublicKey) -> OKPKey:
    return OKPKey.import_key(dict(key.jwk()))


def peek(text: str) -> dict[str, Any]:
    """The payload of a token that was verified before it was kept."""
    return canon.decode_object(unb64(text.split(".")[1]), limit=MAX_TOKEN)
