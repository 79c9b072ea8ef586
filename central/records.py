"""The newest shape of a pack's record, for handlers that judge by what was published."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select, update

from central.tables import pack_records
from sync.wire import canon


def find(conn: Connection, county: str, t: str, record_id: str) -> dict[str, Any] | None:
    here = (pack_records.c.county == county) & (pack_records.c.t == t) & (pack_records.c.id == record_id)
    line = conn.execute(select(pack_records.c.line).where(here)).scalar_one_or_none()
    return None if line is None else _decode(bytes(line))


def every(conn: Connection, county: str, t: str) -> list[dict[str, Any]]:
    here = (pack_records.c.county == county) & (pack_records.c.t == t)
    lines = conn.execute(select(pack_records.c.line).where(here).order_by(pack_records.c.position))
    return [_decode(bytes(line)) for line in lines.scalars()]


def change(conn: Connection, t: str, record_id: str, values: Mapping[str, Any]) -> bool:
    """In every county that has the record, for its next pack; False when none has."""
    here = (pack_records.c.t == t) & (pack_records.c.id == record_id)
    rows = list(conn.execute(select(pack_records.c.county, pack_records.c.line).where(here)))
    for county, line in rows:
        changed = canon.encode({**_decode(bytes(line)), **values})
        conn.execute(update(pack_records).where(here, pack_records.c.county == county).values(line=changed))
    return bool(rows)


@lru_cache(maxsize=4096)
def _decode(line: bytes) -> dict[str, Any]:
    return canon.decode_object(line, limit=len(line))
