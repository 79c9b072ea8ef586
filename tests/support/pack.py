"""Puts the records of a pack into a cache file and makes it the active one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from kiosk.store import cachefile, tables
from kiosk.store.engine import memory_engine
from kiosk.store.opening import Opened


def put_pack(opened: Opened, records: Iterable[dict[str, Any]], at: datetime) -> None:
    def fill(conn: Connection) -> None:
        cachefile.create_tables(conn)
        for n, record in enumerate(records):
            table = tables.RECORDS[record["t"]]
            row = {c.name: record.get(c.name) for c in table.columns}
            row |= {"n": n, "body": json.dumps(record, ensure_ascii=False)}
            conn.execute(table.insert(), row)

    def activate(conn: Connection) -> None:
        conn.execute(
            tables.active_pack.insert().values(
                id=1,
                county="511602",
                version="1",
                sha256="",
                file="cache-x.db",
                as_of=at.isoformat(),
                expires_at=(at + timedelta(days=7)).isoformat(),
                installed_at=at.isoformat(),
                manifest="",
            )
        )

    opened.database.use_cache(memory_engine(fill))
    opened.database.run_sync(activate)
