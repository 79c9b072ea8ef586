"""Puts together, from the ledger and the key store, who this terminal is to central."""

from __future__ import annotations

from sync import tls
from sync.client import Membership
from sync.clock import TrustedClock
from sync.errors import KeyUnavailable
from sync.identity import Identity
from sync.keystore import KeyStore
from sync.outbox import Stamp
from sync.wire.encoding import instant
from sync.wire.keys import PublicKey, SigningKey, keyring


def membership(identity: Identity, keys: KeyStore) -> Membership:
    """Raises KeyUnavailable."""
    seed = keys.get(identity.secret_name)
    if seed is None:
        raise KeyUnavailable(identity.secret_name, "not in the key store")
    return Membership(
        url=identity.central_url,
        authority=tls.Authority(identity.central_ca),
        key=SigningKey(seed),
        terminal=identity.terminal,
        incarnation=identity.incarnation,
        keys=keyring(*(PublicKey.from_jwk(jwk) for jwk in identity.central_keys)),
    )


def stamp(member: Membership, clock: TrustedClock) -> Stamp:
    reading = clock.now()
    return Stamp(instant(reading.at), reading.quality.value, member.key, member.terminal, member.incarnation)
