"""Puts together, from the ledger and the key store, who this terminal is to central."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from sync import identity, tls
from sync.clock import TrustedClock
from sync.database import Database
from sync.errors import KeyUnavailable
from sync.identity import Identity
from sync.keystore import KeyStore
from sync.outbox import Stamp
from sync.wire.encoding import instant
from sync.wire.keys import PublicKey, SigningKey, signers


@dataclass(frozen=True)
class Membership:
    """Who this terminal is to central, and by which keys it knows central."""

    url: str
    authority: tls.Authority
    key: SigningKey
    terminal: str
    incarnation: int
    keys: Mapping[str, PublicKey]
    earlier: tuple[Membership, ...] = ()  # lives of this machine that ended, newest first


async def load(db: Database, keys: KeyStore) -> Membership:
    """With the earlier lives at the same central. Raises NotEnrolled, KeyUnavailable."""
    here, before = await db.read(lambda conn: (identity.require(conn), _earlier(conn)))

    def build() -> Membership:
        speaking = (one for one in before if keys.get(one.secret_name) is not None)
        return replace(membership(here, keys), earlier=tuple(membership(one, keys) for one in speaking))

    return await asyncio.to_thread(build)


def _earlier(conn: Connection) -> list[Identity]:
    """What they recorded may be unsent, or be lost with a part of central's past."""
    here = identity.require(conn)
    return [one for one in identity.earlier(conn) if one.central_ca == here.central_ca]


def membership(who: Identity, keys: KeyStore) -> Membership:
    """Raises KeyUnavailable."""
    seed = keys.get(who.secret_name)
    if seed is None:
        raise KeyUnavailable(who.secret_name, "not in the key store")
    return Membership(
        url=who.central_url,
        authority=tls.Authority(who.central_ca),
        key=SigningKey(seed),
        terminal=who.terminal,
        incarnation=who.incarnation,
        keys=signers(who.central_keys),
    )


def stamp(member: Membership, clock: TrustedClock) -> Stamp:
    reading = clock.now()
    who = (member.key, member.terminal, member.incarnation)
    return Stamp(instant(reading.at), reading.quality.value, *who, reading.least)
