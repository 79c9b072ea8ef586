"""The keys of the pack that sign what people carry: coupons, member cards."""

from sqlalchemy import Connection

from kiosk.services import pack
from kiosk.store import tables
from sync.wire.keys import PublicKey


def keys(cache: Connection, scope: str) -> dict[str, PublicKey]:
    """By key id."""
    found = pack.records(cache, tables.issuer_keys)
    fitting = (PublicKey.from_jwk(raw["jwk"]) for raw in found if scope in raw["scopes"])
    return {key.kid: key for key in fitting}
