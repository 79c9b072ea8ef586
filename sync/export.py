"""Writes one chain as plain lines for an auditor: a head, then header, payload and seal of each operation."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from sync.tables import operations
from sync.wire import canon
from sync.wire.encoding import b64
from sync.wire.keys import PublicKey

VERSION = 1
PAGE = 500


def export(conn: Connection, terminal: str, incarnation: int, key: PublicKey) -> Iterator[bytes]:
    """Lines without their ends; a pruned payload leaves its hash."""
    yield canon.encode({"v": VERSION, "terminal": terminal, "incarnation": incarnation, "key": key.jwk()})
    after = 0
    while page := _page(conn, terminal, incarnation, after):
        yield from page
        after += len(page)


def _page(conn: Connection, terminal: str, incarnation: int, after: int) -> list[bytes]:
    query = (
        select(operations)
        .where(operations.c.terminal == terminal, operations.c.incarnation == incarnation)
        .where(operations.c.seq > after)
        .order_by(operations.c.seq)
        .limit(PAGE)
    )
    return [
        canon.encode(
            {
                "header": b64(row.header),
                "seal": b64(row.seal),
                **(
                    {"payload_sha256": row.payload_hash.hex()}
                    if row.payload is None
                    else {"payload": b64(row.payload)}
                ),
            }
        )
        for row in conn.execute(query)
    ]
