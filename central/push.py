"""One batch on its way in: position in the chain, what is new, the ack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select

from central import aging, epoch, leases, outcomes, terminals, told
from central.apply import NOTHING_TOLD, Applied, apply_all
from central.config import BACKUP_HORIZON, Keys
from central.errors import Refusal
from central.handlers.base import Handler
from central.intake import Received, read
from central.outcomes import OperationRow
from central.tables import operations
from central.terminals import Life
from sync.wire import token
from sync.wire.answers import Ack, Outcome, Receipt
from sync.wire.batch import Batch
from sync.wire.encoding import instant
from sync.wire.errors import WireError
from sync.wire.grant import Grant
from sync.wire.operation import chain_start
from sync.wire.problems import Problem

FEW = 4  # results; an ack of no more is as short as its receipt


@dataclass(frozen=True)
class Desk:
    """What central works with while it takes a batch in."""

    keys: Keys
    handlers: Mapping[str, Handler]
    now: datetime
    horizon: timedelta = BACKUP_HORIZON  # how old the oldest backup may be that somebody restores


def take(conn: Connection, desk: Desk, batch: Batch, kid: str | None = None) -> Ack | Refusal:
    """Applies what is new and answers for all of it. Raises WireError for what is not this terminal's."""
    life = terminals.lock(conn, batch.terminal, batch.incarnation, kid)
    assert life is not None, "the request's signature named it"
    received = read(batch, life.key, desk.keys.openers)
    shown = _shown_ack(desk.keys, batch)
    here = epoch.current(conn)
    if shown is not None and (shown.high_water > life.high_water or shown.epoch > here):
        here = epoch.raise_above(conn, shown.epoch, desk.now)
    if life.vouched < here:
        # Before the loss was proven, the stream may have gone on under numbers that were told before.
        wanted = {"from_seq": life.high_water + 1, "from_change": 0}
        return Refusal(
            Problem.EVIDENCE_MISSING, "central lost a part of its past", _state(conn, life) | wanted
        )
    if life.quarantined:
        return Refusal(Problem.CHAIN_FORK, "this terminal is in quarantine", _state(conn, life))
    if batch.first_seq > life.high_water + 1:
        expected = {"expected": life.high_water + 1}
        return Refusal(Problem.SEQUENCE_GAP, "operations are missing", _state(conn, life) | expected)
    fork = _fork(conn, life, batch, received)
    if fork is not None:
        evidence = {"seq": fork, "batch_first": batch.first_seq, "at": instant(desk.now)}
        terminals.note(conn, life, quarantined_at=instant(desk.now), evidence=evidence)
        return Refusal(Problem.CHAIN_FORK, f"another chain than ours at {fork}", _state(conn, life))
    return _answer(conn, desk, batch, life, received, _acked(life, shown), here)


def _answer(
    conn: Connection,
    desk: Desk,
    batch: Batch,
    life: Life,
    received: Sequence[Received],
    acked: int,
    here: int,
) -> Ack:
    fresh = [one for one in received if one.seq > life.high_water]
    kept = received[: len(received) - len(fresh)]
    rows = _asked_for(conn, batch)
    if kept:
        rows += outcomes.between(conn, batch.terminal, batch.incarnation, batch.first_seq, kept[-1].seq)
    applied = _apply(conn, desk, life, fresh) if fresh else Applied((), ())
    high_water, chain = (fresh[-1].seq, fresh[-1].link) if fresh else (life.high_water, life.chain)
    aged = aging.aged(conn, life, desk.now, desk.horizon)
    terminals.note(
        conn, life, high_water=high_water, chain=chain, acked=acked, aged=aged.seq, ages_at=aged.next_at
    )
    results = (*(row.result for row in rows), *applied.results)
    return Ack(
        terminal=batch.terminal,
        epoch=here,
        incarnation=batch.incarnation,
        nonce=batch.nonce,
        high_water=high_water,
        chain=chain,
        results=results,
        prune=_prune(conn, life, min(acked, aged.seq)),
        grants=tuple(
            token.sign(desk.keys.answers, token.Typ.GRANT, one.payload())
            for one in (*_given_before(conn, rows), *applied.grants)
        ),
        server_time=instant(desk.now),
        receipt=_receipt(desk.keys, batch, here, high_water) if len(results) > FEW else None,
    )


def _asked_for(conn: Connection, batch: Batch) -> list[OperationRow]:
    """Before this batch, their answer lost: nothing of them has to be sent again."""
    if batch.results is None:
        return []
    return outcomes.between(conn, batch.terminal, batch.incarnation, *batch.results)


def _given_before(conn: Connection, rows: Sequence[OperationRow]) -> list[Grant]:
    """Asked for again because the answer was lost: what was given then, as it stands now."""
    named = (
        lease for row in rows if row.outcome is Outcome.ACCEPTED for lease in row.facts.get("leases", ())
    )
    return leases.still_given(conn, dict.fromkeys(named))


def _apply(conn: Connection, desk: Desk, life: Life, fresh: Sequence[Received]) -> Applied:
    first, last = fresh[0].seq, fresh[-1].seq
    said = told.among(conn, life.terminal.id, first, last) if first <= life.told else NOTHING_TOLD
    return apply_all(conn, desk.handlers, life.terminal, fresh, desk.now, said)


def _shown_ack(keys: Keys, batch: Batch) -> Receipt | None:
    """The ack the terminal shows, or its receipt, if it is ours to it; anything else proves nothing."""
    for typ in (token.Typ.RECEIPT, token.Typ.ACK):
        try:
            shown = Receipt.parse(token.verify(batch.last_ack or "", keys.ring, typ))
        except WireError:
            continue
        return shown if (shown.terminal, shown.incarnation) == (batch.terminal, batch.incarnation) else None
    return None


def _receipt(keys: Keys, batch: Batch, epoch_: int, high_water: int) -> str:
    receipt = Receipt(batch.terminal, epoch_, batch.incarnation, high_water)
    return token.sign(keys.answers, token.Typ.RECEIPT, receipt.payload())


def _acked(life: Life, shown: Receipt | None) -> int:
    return life.acked if shown is None else max(life.acked, min(shown.high_water, life.high_water))


def _fork(conn: Connection, life: Life, batch: Batch, received: Sequence[Received]) -> int | None:
    """Where this batch leaves the chain central knows; links cover all that came before them."""
    last = min(batch.first_seq + len(received) - 1, life.high_water)
    for seq, link in (
        (batch.first_seq - 1, batch.prev),
        *((r.seq, r.link) for r in received if r.seq == last),
    ):
        if link != _link(conn, life, seq):
            return seq
    return None


def _link(conn: Connection, life: Life, seq: int) -> bytes:
    who = (life.terminal.id, life.terminal.incarnation)
    if seq == life.high_water:
        return life.chain
    return chain_start(*who) if seq == 0 else outcomes.link_at(conn, *who, seq)


_FIRST_OPEN = select(func.min(operations.c.seq)).where(  # built once: every push asks
    operations.c.terminal == bindparam("of"),
    operations.c.incarnation == bindparam("life"),
    operations.c.outcome
    == literal_column(f"'{Outcome.REVIEW.value}'"),  # no parameter: the index is of these
)


def _prune(conn: Connection, life: Life, ready: int) -> int:
    """Up to here the terminal may forget: it has our ack, every backup has it, nothing is under review."""
    here = {"of": life.terminal.id, "life": life.terminal.incarnation}
    first_open = conn.execute(_FIRST_OPEN, here).scalar_one()
    return ready if first_open is None else min(ready, first_open - 1)


def _state(conn: Connection, life: Life) -> dict[str, Any]:
    return {
        "epoch": epoch.current(conn),
        "incarnation": life.terminal.incarnation,
        "high_water": life.high_water,
        "chain": life.chain.hex(),
    }
