"""On a public terminal what is personal is sealed to central as it is recorded: nothing of it stays."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection

from kiosk.services.errors import Refused, Why
from sync import central_keys
from sync.wire import personal


def sealed(conn: Connection, payload: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Raises Refused where central has told no key yet: then nothing personal is taken down here."""
    key = central_keys.encryption(conn)
    if key is None:
        raise Refused(Why.NO_SEALING_KEY)
    return personal.sealed(payload, names, key)
