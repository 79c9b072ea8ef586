"""Shows central a chain that left its own (a restored disk, a clone): nothing recorded here is dropped."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from sync import transfer
from sync.changes import Taken
from sync.client import Client
from sync.database import Database
from sync.results import apply_results
from sync.transfer import Chain, Outgoing
from sync.wire.batch import MAX_OPERATIONS, MAX_UNPACKED, Batch
from sync.wire.request import new_nonce

ROOM_FOR_PREAMBLE = 64 * 1024


async def show(db: Database, client: Client, at: str, take: Callable[[Taken], None]) -> bool:
    """The next operations without an outcome; whether there may be more. Raises LinkError."""
    chain = Chain(client.member.terminal, client.member.incarnation)
    room = min(client.meter.speed.up.chunk, MAX_UNPACKED - ROOM_FOR_PREAMBLE)
    outgoing = await db.read(lambda conn: _next(conn, chain, room))
    if outgoing is None:
        return False
    results = await client.show_fork(_batch(chain, outgoing))
    applied = await db.run(lambda conn: apply_results(conn, results, at))
    take(Taken(news=bool(applied.changed), conflicts=applied.conflicts))
    return bool(applied.changed)


def _next(conn: Connection, chain: Chain, room: int) -> Outgoing | None:
    """From the first that central has not answered; an answered one in between gets its answer again."""
    first = transfer.first_unanswered(conn, chain)
    return None if first is None else transfer.next_batch(conn, chain, MAX_OPERATIONS, room, first)


def _batch(chain: Chain, outgoing: Outgoing) -> Batch:
    return Batch(
        terminal=chain.terminal,
        incarnation=chain.incarnation,
        first_seq=outgoing.first_seq,
        prev=outgoing.prev,
        seal=outgoing.seal,
        last_ack=None,
        nonce=new_nonce(),
        operations=outgoing.operations,
    )
