"""Bugs in what a terminal makes of answers that came, and of those that did not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync import changes, outbox, transfer
from sync.failures import AnswerLost
from sync.outbox import NewOperation, Stamp
from sync.wire.operation import new_op_id
from sync.wire.place import Place
from tests.proof.mutants.catalogue.chain import _text
from tests.proof.mutants.model import Mutant, around, instead
from tests.proof.mutants.provers import Schedules
from tests.proof.sim.line import Fate

LOST = Schedules(fates=(Fate.ANSWER_LOST, Fate.REQUEST_LOST))


def _marked(outcome: str | None) -> Any:
    def mark(conn: Any, chain: Any, first: int, last: int) -> None:
        span = (chain.terminal, chain.incarnation, first, last)
        here = "terminal = ? AND incarnation = ? AND seq BETWEEN ? AND ? AND transfer <> 'answered'"
        if outcome is not None:
            conn.exec_driver_sql(
                "INSERT INTO outcomes (op_id, outcome, reason, rev, received_at)"
                f" SELECT op_id, '{outcome}', 'no-answer', 1, at FROM operations WHERE {here}",
                span,
            )
        conn.exec_driver_sql(f"UPDATE operations SET transfer = 'answered' WHERE {here}", span)

    return mark


async def _again_with_a_new_id(real: Any, pusher: Any, take: Any) -> Any:
    """As somebody would who thinks that a lost answer means a lost request."""
    try:
        return await real(pusher, take)
    except AnswerLost:
        key, chain = pusher.client.member.key, pusher._chain

        def twice(conn: Any) -> None:
            found = [one for one in outbox.recent(conn, limit=1) if one.payload and not one.state.final]
            for one in found:
                stamp = Stamp(one.at, "anchored", key, chain.terminal, chain.incarnation)
                more = {"by": one.by, "depends_on": one.depends_on}
                outbox.record(conn, NewOperation(new_op_id(), one.kind, one.payload, **more), stamp)

        await pusher._db.run(twice)
        raise


async def _cursor_first(real: Any, steps: Any) -> Any:
    """A page waits in memory until the next is asked for."""
    client, waiting = steps._client, vars(steps).pop("_waiting", None)
    ask = client.changes
    if waiting is not None:
        at = steps._time.now()
        await steps._db.run(lambda conn: changes.take_changes(conn, client.member, waiting, at))

    async def asked(place: Place) -> Any:
        signed = await ask(place)
        if not signed.changes.items:
            return signed
        steps._waiting, there = signed, signed.changes.place
        await steps._db.run(lambda conn: changes._go_to(conn, there))
        stays = replace(signed.changes, items=(), cursor=place.cursor, mark=place.mark)
        return replace(signed, changes=stays)

    client.changes = asked
    try:
        return await real(steps)
    finally:
        del client.changes


MUTANTS = (
    Mutant(
        "answered without a result",
        "What central holds counts as answered, with or without its outcome.",
        (2,),
        Schedules(fates=(Fate.ANSWER_LOST, Fate.DOUBLED)),
        (instead("sync.transfer:settle", lambda conn, chain, known, _link: _all_up_to(conn, chain, known)),),
    ),
    Mutant(
        "lost answer taken for a no",
        "An operation whose answer was lost is shown as rejected.",
        (2,),
        LOST,
        (instead("sync.transfer:mark_unknown", _marked("rejected")),),
    ),
    Mutant(
        "lost answer taken for a yes",
        "An operation whose answer was lost is shown as accepted.",
        (2,),
        LOST,
        (instead("sync.transfer:mark_unknown", _marked("accepted")),),
    ),
    Mutant(
        "lost answer taken as sent",
        "Nobody asks again about an operation whose answer was lost.",
        (2, 8),
        LOST,
        (instead("sync.transfer:mark_unknown", _marked(None)),),
    ),
    Mutant(
        "tried again with a new id",
        "After a lost answer the same business is recorded again as another operation.",
        (3,),
        LOST,
        (around("sync.pusher:Pusher.push", _again_with_a_new_id),),
    ),
    Mutant(
        "cursor moved first",
        "The place in the stream of changes is kept before what was read up to it.",
        (2, 8),
        Schedules(
            blows=("power cut at any moment", "central digests"),
            wishes=("choke", "bad bill", "unknown schema", "bill"),
            tries=80,
        ),
        (around("sync.steps:Steps._changes", _cursor_first),),
    ),
    Mutant(
        "grants of a lost ack forgotten",
        "A batch that is sent again is answered with results and without what was granted.",
        (5, 8),
        Schedules(wishes=("lease request", "bill", "sell"), fates=(Fate.ANSWER_LOST, Fate.ANSWER_CUT)),
        (instead("central.push:_given_before", lambda *_: []),),
    ),
    Mutant(
        "erased without the mark",
        "Final operations are erased by age alone, whatever central said it could forget.",
        (6,),
        Schedules(blows=("ninety days offline", "power cut at any moment")),
        (_text("sync.transfer:_PRUNE", "AND seq <= ?", "AND ? >= 0"),),
    ),
    Mutant(
        "erased before the ack",
        "Operations are erased by age before central has answered them.",
        (2, 6),
        Schedules(blows=("ninety days offline", "power cut at any moment")),
        (
            _text("sync.transfer:_PRUNE", "AND seq <= ?", "AND ? >= 0"),
            _text(
                "sync.transfer:_PRUNE",
                "AND EXISTS (SELECT 1 FROM outcomes WHERE outcomes.op_id = operations.op_id"
                " AND outcome <> 'review')",
                "AND 1",
            ),
        ),
    ),
)


def _all_up_to(conn: Any, chain: Any, known: int) -> None:
    transfer._raise_high_water(conn, chain, known)
    conn.exec_driver_sql(
        "UPDATE operations SET transfer = CASE WHEN seq <= ? THEN 'answered' ELSE 'recorded' END"
        " WHERE terminal = ? AND incarnation = ? AND transfer <> 'answered'",
        (known, chain.terminal, chain.incarnation),
    )
