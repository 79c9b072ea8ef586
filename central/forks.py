"""A chain that left ours (a restored disk, a clone): kept whole, each operation with a case for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from central import cases, changes, forks_told, ledger, outcomes, terminals, told
from central.errors import Refused
from central.forked import Waiting, decide, mark, waiting
from central.handlers.base import Accepted, Handler, Incoming, Posting, Rejected, Review
from central.intake import UNREADABLE, Received, read
from central.judge import judge
from central.lease_moves import FloatMove, move_floats
from central.recovery_tables import forked_operations as table
from central.tables import incarnations
from central.terminals import Life
from sync.wire.answers import Outcome, Result
from sync.wire.batch import Batch
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.operation import Header, TimeQuality
from sync.wire.problems import Problem

DISPLACED = "number_given_away"
MOST = 20_000
"""Of one life, more than it records in 90 days: who stole its key could else fill central with cases."""


def take(
    conn: Connection,
    handlers: Mapping[str, Handler],
    batch: Batch,
    at: datetime,
    kid: str | None = None,
) -> tuple[Result, ...]:
    """What is in our chain has its result there. The same again: the same answer.
    Raises WireError, Refused."""
    life = terminals.lock(conn, batch.terminal, batch.incarnation, kid)
    assert life is not None, "the request's signature named it"
    received = read(batch, life.key, {})  # a person looks at each, and none of it is opened for that
    if not received:
        return ()
    who = (batch.terminal, batch.incarnation)
    span = (received[0].seq, received[-1].seq)
    ours = outcomes.links_between(conn, *who, *span)
    kept = {row.result.seq: row.result for row in outcomes.between(conn, *who, *span)}
    known = _known(conn, life, *span)
    said = told.among(conn, life.terminal.id, *span) if span[0] <= life.told else {}
    fresh = [one for one in received if ours.get(one.seq) != one.link and (one.seq, one.link) not in known]
    if fresh and _held(conn, life) + len(fresh) > MOST:
        raise Refused(Problem.TOO_LARGE, f"at most {MOST} operations of one life wait out of its chain")
    results = []
    for one in received:
        if ours.get(one.seq) == one.link:
            results.append(kept[one.seq])
        elif (one.seq, one.link) in known:
            results.append(known[(one.seq, one.link)])
        else:
            results.append(_keep(conn, handlers, life, one, said.get((one.op, one.seq)), at))
    if any(ours.get(one.seq) != one.link for one in received) and not life.displaced:
        _quarantine(conn, life, received[0].seq, at)
    return tuple(results)


def _held(conn: Connection, life: Life) -> int:
    here = (table.c.terminal == life.terminal.id) & (table.c.incarnation == life.terminal.incarnation)
    return conn.scalar(select(func.count()).where(here)) or 0


def _known(conn: Connection, life: Life, first: int, last: int) -> dict[tuple[int, bytes], Result]:
    here = (table.c.terminal == life.terminal.id) & (table.c.incarnation == life.terminal.incarnation)
    rows = conn.execute(select(table).where(here, table.c.seq.between(first, last)))
    return {(row.seq, bytes(row.link)): _result(row) for row in rows}


def _keep(
    conn: Connection,
    handlers: Mapping[str, Handler],
    life: Life,
    one: Received,
    said: Result | None,
    at: datetime,
) -> Result:
    """Its cash is in the drawer; the case says to whom it goes back if the operation comes to nothing."""
    header = one.header or Header(one.op, one.seq, UNREADABLE, instant(at), TimeQuality.UNKNOWN.value)
    op = Incoming(life.terminal, header, one.payload or {}, at, fork=mark(one.link))
    if (move := FloatMove.of(op)) is not None:
        move_floats(conn, [move])
    if said is not None and said.outcome.final and said.case is None:
        forks_told.keep(conn, handlers, op, said, readable=one.header is not None and one.payload is not None)
        _insert(conn, life, one, op, said)
        return said
    if op.cash_fen:
        till, suspense = ledger.till(life.terminal.point), ledger.suspense(life.terminal.id)
        ledger.book(conn, op, "taken", ledger.transfer(till, suspense, op.cash_fen))
    case = _case(conn, op, said, displaced=life.displaced)
    result = Result(one.seq, one.op, Outcome.REVIEW, _revision(said), Reason.CHAIN_FORK.value, case)
    _insert(conn, life, one, op, result)
    if said is None or not said.outcome.final:
        return result
    forks_told.decide_as_told(conn, handlers, said, op, at)
    return said


def _revision(said: Result | None) -> int:
    """Above what it was told when it was in our chain, and of another reason."""
    if said is None:
        return 1
    return said.rev if said.reason == Reason.CHAIN_FORK else said.rev + 1


def _case(conn: Connection, op: Incoming, said: Result | None, *, displaced: bool) -> str:
    facts = {"seq": op.header.seq} | ({DISPLACED: op.terminal.incarnation} if displaced else {})
    if said is not None and said.case is not None:
        return forks_told.rejoin(conn, op, said)
    return cases.open_case(conn, op, Reason.CHAIN_FORK, (), facts)


def _insert(conn: Connection, life: Life, one: Received, op: Incoming, result: Result) -> None:
    moment = instant(op.received_at)
    conn.execute(
        insert(table).values(
            terminal=life.terminal.id,
            incarnation=life.terminal.incarnation,
            seq=one.seq,
            link=one.link,
            op=one.op,
            kind=op.header.kind,
            header=one.raw.header_bytes,
            payload=one.raw.payload_bytes,
            outcome=result.outcome.value,
            reason=result.reason,
            case_id=result.case,
            rev=result.rev,
            facts={},
            received_at=moment,
            settled_at=moment if result.outcome.final else None,
        )
    )


def retry(conn: Connection, handlers: Mapping[str, Handler], case: str, at: datetime) -> None:
    """A person found the operation genuine: it is judged as any other, out of its chain."""
    for one in waiting(conn, case, at):
        if one.row.kind != UNREADABLE and one.row.reason == Reason.CHAIN_FORK:
            _judge(conn, handlers, one, at)


def _judge(conn: Connection, handlers: Mapping[str, Handler], one: Waiting, at: datetime) -> None:
    row, op = one.row, one.op
    suspense, due = ledger.suspense(op.terminal.id), ledger.customer_due(row.case_id)
    point = conn.begin_nested()
    ledger.book(conn, op, "judged", ledger.transfer(due, suspense, op.cash_fen))
    verdict = judge(conn, handlers.get(row.kind), op).verdict
    breach = isinstance(verdict, Review) and verdict.reason is Reason.LEASE_BREACH
    if not isinstance(verdict, Accepted) and not breach:
        point.rollback()
        if isinstance(verdict, Rejected):
            decide(conn, row, Outcome.REJECTED, verdict.reason, at)
        return
    point.commit()
    if isinstance(verdict, Accepted):
        ledger.book(conn, op, "settled", (Posting(suspense, op.cash_fen), *verdict.settle))
        for grant in verdict.grants:
            changes.publish_grant(conn, grant, at)
        decide(conn, row, Outcome.ACCEPTED, None, at)
    else:
        decide(conn, row, Outcome.REVIEW, Reason.LEASE_BREACH, at)


def _quarantine(conn: Connection, life: Life, seq: int, at: datetime) -> None:
    """Nobody knows which chain is the real one: neither goes on under this key."""
    here = (incarnations.c.terminal == life.terminal.id) & (
        incarnations.c.incarnation == life.terminal.incarnation
    )
    first = incarnations.c.quarantined_at.is_(None)
    evidence = {"fork_from": seq, "at": instant(at)}
    conn.execute(
        update(incarnations).where(here, first).values(quarantined_at=instant(at), evidence=evidence)
    )


def _result(row: Row[Any]) -> Result:
    return Result(row.seq, row.op, Outcome(row.outcome), row.rev, row.reason, row.case_id)
