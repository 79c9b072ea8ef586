"""Opens what a terminal sealed to central: handlers see one payload, the bytes stay as they came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from central.outcomes import placed
from central.tables import operations
from sync.wire import canon, personal
from sync.wire.errors import WireError
from sync.wire.operation import SEALED, Operation
from sync.wire.sealing import DecryptionKey

_NUL = b"\\u0000"
Openers = Mapping[str, DecryptionKey]


def opened(payload: dict[str, Any], keys: Openers) -> dict[str, Any]:
    """As it came where nothing was sealed, or where it cannot be opened: then `sealed` still stands in it."""
    if SEALED not in payload:
        return payload
    try:
        found = personal.opened(payload, keys)
    except WireError:
        return payload
    return payload if _NUL in canon.encode(found) else found  # not every database keeps it


def kept(payload: Mapping[str, Any] | None, raw: Operation) -> bytes | None:
    """For the row of an operation: what its bytes alone do not say."""
    if payload is None or SEALED in payload or SEALED.encode() not in raw.payload_bytes:
        return None
    return json.dumps(payload, ensure_ascii=False).encode()


def reopen(conn: Connection, keys: Openers, case: str) -> None:
    """Before a case is judged again: the key that was missing may be here now."""
    here = (operations.c.case_id == case) & operations.c.opened.is_(None)
    for row in conn.execute(select(operations).where(here)).all():
        raw = Operation(bytes(row.header), bytes(row.payload))
        if SEALED.encode() not in raw.payload_bytes:
            continue
        found = kept(opened(raw.payload, keys), raw)
        place = placed(row.terminal, row.incarnation, row.seq)
        conn.execute(update(operations).where(place).values(opened=found))
