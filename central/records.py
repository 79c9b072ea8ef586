"""The newest shape of a pack's record, for handlers that judge by what was published."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

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


@lru_cache(maxsize=4096)
def _decode(line: bytes) -> dict[str, Any]:
    return canon.decode_object(line, limit=len(line))
