"""A page of a terminal's stream of changes, as central signs it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from central import changes, epoch
from central.config import Keys
from sync.wire import token
from sync.wire.answers import Changes
from sync.wire.encoding import instant
from sync.wire.place import Place


def page(
    conn: Connection, keys: Keys, terminal: str, place: Place, nonce: str, at: datetime
) -> Changes | None:
    """What follows it; None when this stream never reached it, or another one was there."""
    found = changes.page(conn, terminal, place.cursor, place.mark)
    if found is None:
        return None
    return Changes(
        terminal=terminal,
        epoch=epoch.current(conn),
        nonce=nonce,
        items=tuple(_out(keys, one) for one in found.items),
        cursor=found.cursor,
        more=found.more,
        server_time=instant(at),
        start=place.cursor,
        mark=found.mark,
    )


def _out(keys: Keys, item: Mapping[str, Any]) -> dict[str, Any]:
    if item["t"] != "grant":
        return dict(item)
    proof = token.sign(keys.answers, token.Typ.GRANT, item["grant"])
    return {"n": item["n"], "t": "grant", "token": proof}
