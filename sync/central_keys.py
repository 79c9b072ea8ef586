"""Central's keys as this terminal knows them: which prove an answer, to which it seals, which are revoked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from sync import documents, identity
from sync.documents import DocumentKind, Revoked
from sync.wire.errors import Malformed
from sync.wire.keys import PublicKey, signers
from sync.wire.sealing import EncryptionKey, encryption_key, is_encryption_jwk

Jwk = dict[str, Any]


def signing(conn: Connection) -> Mapping[str, PublicKey]:
    return signers(identity.require(conn).central_keys)


def encryption(conn: Connection) -> EncryptionKey | None:
    """None where central has not told one yet."""
    return encryption_key(identity.require(conn).central_keys)


def replace(conn: Connection, jwks: Iterable[Any], rev: int) -> None:
    """Central's whole list, without what was revoked; one older than known is ignored. Raises Malformed."""
    told = list(jwks)
    if not all(isinstance(jwk, dict) for jwk in told):
        raise Malformed("keys are not objects")
    kept = [jwk for jwk in told if documents.revocation(conn, Revoked.KEY, _kid(jwk)) is None]
    if not signers(kept):
        raise Malformed("no key to check central's answers with")
    if documents.put(conn, DocumentKind.KEYS, "central", rev, {"keys": kept}):
        identity.set_central_keys(conn, kept)


def revoke(conn: Connection, kid: str) -> None:
    """Nothing signed with it counts any more. Raises Malformed when no key to check with would be left."""
    known = identity.require(conn).central_keys
    kept = [jwk for jwk in known if _kid(jwk) != kid]
    if not signers(kept):
        raise Malformed("no key to check central's answers with")
    if len(kept) < len(known):
        identity.set_central_keys(conn, kept)


def _kid(jwk: Jwk) -> str:
    key = EncryptionKey.from_jwk(jwk) if is_encryption_jwk(jwk) else PublicKey.from_jwk(jwk)
    return key.kid
