"""Attachments of operations: who may bring which, how much at once, and what has not come yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from central.assets import AssetStore
from central.business_tables import applications
from central.outcomes import by_ids
from central.tables import operations
from sync.wire.asset import NAMES

QUOTA = 256 * 1024 * 1024
"""Bytes that one terminal's unfinished uploads come to: more is a fault or an attack."""


def named_in(payload: Mapping[str, Any]) -> tuple[str, ...]:
    names = payload.get(NAMES)
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def is_named(conn: Connection, terminal: str, op_id: str, sha256: str) -> bool:
    """Whether this operation of the terminal's names the attachment, whatever became of the operation."""
    return any(sha256 in named_in(row.payload) for row in by_ids(conn, terminal, [op_id]))


@dataclass(frozen=True)
class Incomplete:
    op: str
    terminal: str | None  # None: its chain left ours
    service: str
    at: str
    missing: tuple[str, ...]


def incomplete(conn: Connection, store: AssetStore, county: str) -> Iterator[Incomplete]:
    """Applications whose attachments have not all come, the oldest first."""
    of = select(func.min(operations.c.terminal)).where(operations.c.op == applications.c.op)
    query = select(applications, of.scalar_subquery().label("terminal"))
    query = query.where(applications.c.county == county).order_by(applications.c.at, applications.c.op)
    for row in conn.execute(query):
        missing = tuple(name for name in row.attachments if not store.has(name))
        if missing:
            yield Incomplete(row.op, row.terminal, row.service, row.at, missing)
