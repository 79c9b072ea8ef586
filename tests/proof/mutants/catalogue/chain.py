"""Bugs in how operations are numbered, linked, kept as they were, and told apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync import transfer
from sync.clock import Reading
from sync.errors import ChainFork
from sync.outbox import depth
from sync.wire import canon
from sync.wire.operation import Operation, TimeQuality
from tests.proof.mutants.model import Change, DoesNotApply, Mutant, around, instead
from tests.proof.mutants.provers import Schedules

ANEW = Schedules(blows=("enrolled anew",))


def _renumbered(real: Any, conn: Any, new: Any, token: Any = None) -> None:
    real(conn, new, token)
    conn.exec_driver_sql(
        "UPDATE operations SET incarnation = ?, seq = (SELECT count(*) FROM operations o"
        " WHERE o.incarnation < ? AND o.transfer <> 'answered' AND o.seq <= operations.seq)"
        " WHERE transfer <> 'answered' AND incarnation < ?",
        (new.incarnation,) * 3,
    )


def _rewritten(real: Any, conn: Any, *args: Any) -> Any:
    """As a JSON library writes it, with every name's characters escaped."""
    out = real(conn, *args)
    again = tuple(Operation(one.header_bytes, _escaped(one.payload_bytes)) for one in out.operations)
    return replace(out, operations=again)


def _escaped(payload: bytes) -> bytes:
    import json

    return json.dumps(canon.decode(payload), separators=(",", ":"), sort_keys=True).encode()


def _reworded(conn: Any, chain: Any, first: int, last: int) -> None:
    """What has to be sent again gets the time of sending."""
    span = (chain.terminal, chain.incarnation, first, last)
    conn.exec_driver_sql(
        "UPDATE operations SET transfer = 'unknown', payload = CAST(replace(CAST(payload AS TEXT),"
        ' \'"service"\', \'"again":1,"service"\') AS BLOB)'
        " WHERE terminal = ? AND incarnation = ? AND seq BETWEEN ? AND ? AND transfer <> 'answered'",
        span,
    )


def _water_alone(pusher: Any, conn: Any, status: Any) -> bool:
    return transfer.high_water(conn, pusher._chain) >= status.high_water and depth(conn).unknown == 0


def _settled_unseen(conn: Any, chain: Any, known: int, _link: bytes) -> None:
    transfer._raise_high_water(conn, chain, known)
    conn.exec_driver_sql(
        "UPDATE operations SET transfer = CASE WHEN seq <= ? THEN 'sent' ELSE 'recorded' END"
        " WHERE transfer <> 'answered' AND terminal = ? AND incarnation = ?",
        (known, chain.terminal, chain.incarnation),
    )


def _any_link(real: Any, conn: Any, chain: Any, seq: int) -> bytes:
    try:
        return bytes(real(conn, chain, seq))
    except ChainFork:
        return bytes(32)


def _the_wall(clock: Any) -> Reading:
    return Reading(clock._machine.wall(), TimeQuality.ANCHORED)


def _text(where: str, old: str, new: str) -> Change:
    def make(real: str) -> str:
        if old not in real:
            raise DoesNotApply(f"{where} does not say {old!r} any more")
        return real.replace(old, new)

    return Change(where, make)


BLIND = (
    instead("central.push:_fork", lambda *_: None),
    instead("sync.pusher:Pusher._is_settled", _water_alone),
    instead("sync.transfer:settle", _settled_unseen),
    around("sync.transfer:chain_at", _any_link),
)

MUTANTS = (
    Mutant(
        "sequence number reused",
        "The next number is counted from what central holds, not from what was recorded.",
        (2, 9),
        Schedules(),
        (
            _text(
                "sync.outbox:_BEFORE",
                "(SELECT max(seq) FROM operations o WHERE o.terminal = i.terminal"
                " AND o.incarnation = i.incarnation)",
                "high_water",
            ),
        ),
    ),
    Mutant(
        "sequence number left out",
        "A number is left out where the one before was of a kind that central could not take.",
        (11,),
        Schedules(wishes=("unknown kind", "stated", "bill")),
        (_text("sync.outbox:_BEFORE", "max(seq) FROM", "max(seq + (kind = 'later.kind')) FROM"),),
    ),
    Mutant(
        "bad operation skipped",
        "What central may not know is left out when operations are sent.",
        (2, 11),
        Schedules(wishes=("unknown kind", "stated", "bill")),
        (_text("sync.transfer:_NEXT", " AND seq > ?", " AND seq > ? AND kind <> 'later.kind'"),),
    ),
    Mutant(
        "sent in the order of the clock",
        "The wall clock is believed, operations go up in the order of their times, and it was set back.",
        (2, 8),
        Schedules(blows=("clock years behind", "line down")),
        (
            instead("sync.clock:TrustedClock.now", _the_wall),
            _text("sync.transfer:_NEXT", "ORDER BY seq", "ORDER BY at"),
        ),
    ),
    Mutant(
        "renumbered after re-enrolment",
        "What the ended life left unsent becomes part of the new one.",
        (4,),
        ANEW,
        (around("sync.identity:enrol", _renumbered),),
    ),
    Mutant(
        "bytes written anew when sent",
        "The payload is parsed and serialised again on its way up.",
        (4,),
        Schedules(wishes=("order", "close case", "bad bill")),
        (around("sync.transfer:next_batch", _rewritten),),
    ),
    Mutant(
        "bytes changed for the second try",
        "After a lost answer the payload gets a mark that it was sent before.",
        (4,),
        Schedules(blows=("central killed",)),
        (instead("sync.transfer:mark_unknown", _reworded),),
    ),
    Mutant(
        "no look at the chain",
        "Neither end compares links: what has a number that the other knows counts as the same.",
        (9,),
        Schedules(blows=("cloned",), tries=20),
        BLIND,
    ),
    Mutant(
        "restored disk goes on",
        "A terminal does not mind that central holds more of its chain than it does.",
        (9,),
        Schedules(blows=("restored from an image",), wishes=("stated", "bill", "sell"), tries=60),
        BLIND,
    ),
)
