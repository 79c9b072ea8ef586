"""Operations to verdicts: what is general to all kinds, the effect's transaction, and who is told.

The whole batch is tried at once; if anything in it fails, each operation is tried by itself under a
savepoint, and one that keeps failing goes to review, so that it never blocks the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat

from sqlalchemy import Connection, insert

from central import outcomes
from central.books import case_for, cash_entries
from central.database import is_outage
from central.handlers.base import Accepted, Handler, Incoming, Rejected, Review, TerminalRow, Verdict
from central.intake import UNREADABLE, Received
from central.judge import Judgement, judge
from central.leases import FloatMove, move_floats
from central.ledger import Entry, post
from central.tables import operations
from sync.wire.answers import Outcome, Result
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.grant import Grant
from sync.wire.operation import Header, TimeQuality

TRIES = 3

_log = logging.getLogger(__name__)
_OUTCOMES = {Accepted: Outcome.ACCEPTED, Rejected: Outcome.REJECTED, Review: Outcome.REVIEW}


@dataclass(frozen=True)
class Applied:
    results: tuple[Result, ...]
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class _Done:
    row: Mapping[str, object]
    entries: tuple[Entry, ...]
    float_move: FloatMove | None
    result: Result
    grants: tuple[Grant, ...]


@dataclass
class _Sheet:
    """What is decided; `written` of it is in the database, the rest is buffered to be written in bulk."""

    done: list[_Done] = field(default_factory=list)
    written: int = 0

    def flush(self, conn: Connection) -> None:
        fresh = self.done[self.written :]
        if not fresh:
            return
        conn.execute(insert(operations), [one.row for one in fresh])
        entries = [entry for one in fresh for entry in one.entries]
        if entries:
            post(conn, entries)
        moves = [one.float_move for one in fresh if one.float_move]
        if moves:
            move_floats(conn, moves)
        self.written = len(self.done)

    @property
    def applied(self) -> Applied:
        grants = tuple(grant for one in self.done for grant in one.grants)
        return Applied(tuple(one.result for one in self.done), grants)


@dataclass(frozen=True)
class _Bench:
    """Where one batch is worked on."""

    conn: Connection
    handlers: Mapping[str, Handler]
    terminal: TerminalRow
    now: datetime
    twins: frozenset[str]  # ids that came before with other bytes


_Work = Callable[[_Bench, _Sheet, Received], _Done]


def apply_all(
    conn: Connection,
    handlers: Mapping[str, Handler],
    terminal: TerminalRow,
    fresh: Sequence[Received],
    now: datetime,
) -> Applied:
    bench = _Bench(conn, handlers, terminal, now, _twins(conn, fresh))
    try:
        with conn.begin_nested():
            return _at_once(bench, fresh)
    except Exception as error:  # the outermost frame of the handlers' code
        if is_outage(error):
            raise
        _log.warning("a batch of %s is taken one by one: %r", terminal.id, error)
    return _one_by_one(bench, fresh)


def _at_once(bench: _Bench, fresh: Sequence[Received]) -> Applied:
    sheet = _Sheet()
    for one in fresh:
        sheet.done.append(_apply(bench, sheet, one))
    sheet.flush(bench.conn)
    return sheet.applied


def _one_by_one(bench: _Bench, fresh: Sequence[Received]) -> Applied:
    sheet = _Sheet()
    for one in fresh:
        tries = (*repeat(_apply, TRIES), _give_up, _keep_bare)
        assert any(_attempt(bench, sheet, one, work) for work in tries), f"{one.op} cannot even be kept"
    return sheet.applied


def _attempt(bench: _Bench, sheet: _Sheet, one: Received, work: _Work) -> bool:
    try:
        with bench.conn.begin_nested():
            sheet.done.append(work(bench, sheet, one))
            sheet.flush(bench.conn)
    except Exception as error:  # the outermost frame of a handler's code
        del sheet.done[sheet.written :]
        if is_outage(error):
            raise
        _log.exception("operation %s failed", one.op)
        return False
    return True


def _give_up(bench: _Bench, _sheet: _Sheet, one: Received) -> _Done:
    failed = Judgement(Review(Reason.CENTRAL_FAILURE), None)
    return _settle(bench, one, _incoming(bench, one), failed)


def _keep_bare(bench: _Bench, _sheet: _Sheet, one: Received) -> _Done:
    """Neither case nor books can take it: kept all the same, so that what follows can be."""
    op = _incoming(bench, one)
    bare = Review(Reason.CENTRAL_FAILURE, facts={"unbooked_fen": op.cash_fen + op.unbooked_fen})
    result = Result(one.seq, one.op, Outcome.REVIEW, 1, bare.reason.value)
    return _Done(_row(bench, one, op.header, bare, None), (), None, result, ())


def _apply(bench: _Bench, sheet: _Sheet, one: Received) -> _Done:
    op = _incoming(bench, one)
    handler = bench.handlers.get(op.header.kind)
    if op.header.dep or op.header.sup or handler is None or handler.alone:
        sheet.flush(bench.conn)
    if one.op in bench.twins:
        judgement = Judgement(Review(Reason.CENTRAL_FAILURE, facts={outcomes.SAME_ID: one.op}), None)
    elif one.header is None:
        judgement = Judgement(Review(Reason.UNKNOWN_SCHEMA), None)
    else:
        judgement = judge(bench.conn, handler, op, readable=one.payload is not None)
    return _settle(bench, one, op, judgement)


def _settle(bench: _Bench, one: Received, op: Incoming, judgement: Judgement) -> _Done:
    """Books the cash, opens the case, and makes the row that is kept for ever."""
    verdict = judgement.verdict
    case = case_for(bench.conn, op, verdict, judgement.parent)
    outcome = _OUTCOMES[type(verdict)]
    reason = None if isinstance(verdict, Accepted) else verdict.reason.value
    return _Done(
        row=_row(bench, one, op.header, verdict, case),
        entries=cash_entries(op, verdict),
        float_move=FloatMove.of(op),
        result=Result(one.seq, one.op, outcome, 1, reason, case),
        grants=verdict.grants if isinstance(verdict, Accepted) else (),
    )


def _row(
    bench: _Bench, one: Received, header: Header, verdict: Verdict, case: str | None
) -> dict[str, object]:
    outcome = _OUTCOMES[type(verdict)]
    received_at = instant(bench.now)
    return {
        "terminal": bench.terminal.id,
        "incarnation": bench.terminal.incarnation,
        "seq": one.seq,
        "op": one.op,
        "kind": header.kind,
        "header": one.raw.header_bytes,
        "payload": one.raw.payload_bytes,
        "link": one.link,
        "dep": header.dep,
        "sup": header.sup,
        "outcome": outcome.value,
        "reason": None if isinstance(verdict, Accepted) else verdict.reason.value,
        "case_id": case,
        "rev": 1,
        "facts": dict(verdict.facts),
        "received_at": received_at,
        "settled_at": received_at if outcome.final else None,
    }


def _incoming(bench: _Bench, one: Received) -> Incoming:
    header = one.header or Header(
        op=one.op, seq=one.seq, kind=UNREADABLE, at=instant(bench.now), tq=TimeQuality.UNKNOWN.value
    )
    return Incoming(bench.terminal, header, one.payload or {}, bench.now)


def _twins(conn: Connection, fresh: Sequence[Received]) -> frozenset[str]:
    """Ids that another operation already has: never resolved silently, so a person looks at each."""
    seen: set[str] = set()
    twice: set[str] = set()
    for one in fresh:
        (twice if one.op in seen else seen).add(one.op)
    return outcomes.known_ids(conn, seen) | twice
