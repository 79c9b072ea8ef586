"""Tells every terminal the keys that central signs with and opens with, once for each change of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from central import changes
from central.config import Keys
from central.tables import terminals
from sync.wire import canon
from sync.wire.encoding import sha256_hex


def tell_all(conn: Connection, keys: Keys, at: datetime) -> None:
    """At central's start; who was told these very keys is not told again."""
    stale = or_(terminals.c.keys_told.is_(None), terminals.c.keys_told != _digest(keys))
    behind = list(conn.execute(select(terminals.c.id).where(stale)).scalars())
    changes.publish(conn, behind, [{"t": "keys", "keys": list(keys.public_jwks)}], at)
    for terminal in behind:
        told(conn, terminal, keys)


def told(conn: Connection, terminal: str, keys: Keys) -> None:
    here = update(terminals).where(terminals.c.id == terminal)
    conn.execute(here.values(keys_told=_digest(keys)))


def _digest(keys: Keys) -> str:
    return sha256_hex(canon.encode(list(keys.public_jwks)))
