"""Shows central a chain that left its own (a restored disk, a clone): nothing recorded here is dropped."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from sync import evidence, identity, transfer
from sync.changes import Taken
from sync.client import Client
from sync.database import Database
from sync.results import Applied, apply_results
from sync.transfer import Chain, Outgoing
from sync.wire.batch import MAX_BODY, MAX_OPERATIONS, Batch
from sync.wire.request import new_nonce


async def show(db: Database, client: Client, at: str, take: Callable[[Taken], None]) -> bool:
    """The next operations without an outcome; whether there may be more. Raises LinkError."""
    chain = Chain(client.member.terminal, client.member.incarnation)
    room = min(client.meter.speed.up.chunk, MAX_BODY)
    anew = await db.read(lambda conn: _anew(conn, chain))
    outgoing = await db.read(lambda conn: _next(conn, chain, room, anew))
    if outgoing is None:
        return False
    signed = await client.show_fork(_batch(chain, outgoing))

    def write(conn: Connection) -> Applied:
        if anew is not None:
            more = outgoing.last_seq < transfer.last_seq(conn, chain)
            transfer.set_cursor(conn, _name(chain), str(outgoing.last_seq + 1) if more else "")
        evidence.keep_forks(conn, signed, at)
        return apply_results(conn, signed.forks.results, at)

    applied = await db.run(write)
    take(Taken(news=bool(applied.changed), conflicts=applied.conflicts))
    return bool(applied.changed) or anew is not None


def offer_anew(conn: Connection, chain: Chain) -> None:
    """Central lost a part of its past: what it had of this chain, or beside its own, it may have no more."""
    first = transfer.prune_mark(conn, chain) + 1
    if first <= transfer.last_seq(conn, chain):
        transfer.set_cursor(conn, _name(chain), str(first))


def is_testified(conn: Connection, chain: Chain) -> bool:
    """Whether the life of today showed central all that it said of this chain, since central's newest loss.

    Each life does once: a locked one reads no stream, and would not hear that its fork was lost since.
    """
    return transfer.cursor(conn, _testified(chain)) == _today(conn)


def testified(conn: Connection, chain: Chain) -> None:
    transfer.set_cursor(conn, _testified(chain), _today(conn))


def _today(conn: Connection) -> str:
    here = identity.require(conn)
    return f"{here.incarnation}.{here.epoch}"


def _testified(chain: Chain) -> str:
    return f"fork-testified/{chain.terminal}/{chain.incarnation}"


def _name(chain: Chain) -> str:
    return f"forked-from/{chain.terminal}/{chain.incarnation}"


def _anew(conn: Connection, chain: Chain) -> int | None:
    return int(transfer.cursor(conn, _name(chain)) or 0) or None


def _next(conn: Connection, chain: Chain, room: int, anew: int | None) -> Outgoing | None:
    """From the first that central has not answered; an answered one in between gets its answer again."""
    for first in (anew, transfer.first_unanswered(conn, chain)):
        found = None if first is None else transfer.next_batch(conn, chain, MAX_OPERATIONS, room, first)
        if found is not None and found.operations:
            return found
    return None


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
