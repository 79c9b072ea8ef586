"""Operations to verdicts: what is general to all kinds, the effect's transaction, and who is told.

The whole batch is tried at once; if anything in it fails, each operation is tried by itself under a
savepoint, and one that keeps failing goes to review, so that it never blocks the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, repeat

from sqlalchemy import Connection

from central import honour, outcomes, schemas, unsealing
from central.books import case_for, cash_entries
from central.bulk import Rows
from central.database import is_outage
from central.handlers.base import (
    Accepted,
    Handler,
    Incoming,
    Rejected,
    Review,
    TerminalRow,
    Verdict,
    is_set_wise,
)
from central.honour import Kept
from central.intake import UNREADABLE, Received
from central.judge import Judgement, judge, judge_together
from central.lease_moves import FloatMove, floats_moved
from central.ledger import Entry, post
from central.permits import Permits
from central.tables import operations
from central.told import Key
from sync.wire.answers import Outcome, Result
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.grant import Grant
from sync.wire.operation import Header, TimeQuality

TRIES = 3

NOTHING_TOLD: Mapping[Key, Result] = {}

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
        moved = floats_moved(conn, [one.float_move for one in fresh if one.float_move])
        entries = [entry for one in fresh for entry in one.entries]
        post(conn, entries, Rows(operations, [one.row for one in fresh]), moved)
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
    told: Mapping[Key, Result]  # what central said of them before it lost its past
    permits: Permits


_Work = Callable[[_Bench, _Sheet, Received], _Done]


def apply_all(
    conn: Connection,
    handlers: Mapping[str, Handler],
    terminal: TerminalRow,
    fresh: Sequence[Received],
    now: datetime,
    told: Mapping[Key, Result] = NOTHING_TOLD,
) -> Applied:
    bench = _Bench(conn, handlers, terminal, now, _twins(conn, fresh), told, Permits(conn))
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
    for kind, run in groupby(fresh, lambda one: _kind_to_join(bench, one)):
        if kind is None:
            for one in run:
                sheet.done.append(_apply(bench, sheet, one))
        else:
            sheet.done += _apply_together(bench, sheet, kind, list(run))
    sheet.flush(bench.conn)
    return sheet.applied


def _kind_to_join(bench: _Bench, one: Received) -> str | None:
    """The kind whose handler takes neighbours together; None for what is judged by itself."""
    header = one.header
    if header is None or one.payload is None or header.dep or header.sup or one.op in bench.twins:
        return None
    if (one.op, one.seq) in bench.told:
        return None
    handler = bench.handlers.get(header.kind)
    today = is_set_wise(handler) and header.sv == schemas.of(handler).number
    return header.kind if today else None


def _apply_together(bench: _Bench, sheet: _Sheet, kind: str, run: Sequence[Received]) -> list[_Done]:
    handler = bench.handlers[kind]
    assert is_set_wise(handler)
    if handler.alone:
        sheet.flush(bench.conn)
    ops = [_incoming(bench, one) for one in run]
    judged = judge_together(bench.conn, handler, ops, bench.permits)
    return [_settle(bench, one, op, verdict) for one, op, verdict in zip(run, ops, judged, strict=True)]


def _one_by_one(bench: _Bench, fresh: Sequence[Received]) -> Applied:
    sheet = _Sheet()
    for one in fresh:
        tries = (*repeat(_apply, TRIES), _give_up, _keep_bare)
        is_kept = any(_attempt(bench, sheet, one, work) for work in tries)
        assert is_kept, f"{one.op} cannot even be kept"
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
    op, told = _incoming(bench, one), bench.told.get((one.op, one.seq))
    if told is not None:
        return _as_told(bench, one, op, told, honour.force(bench.conn, op, told))
    return _settle(bench, one, op, Judgement(Review(Reason.CENTRAL_FAILURE), None))


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
    told = bench.told.get((one.op, one.seq)) if bench.told else None
    if told is not None:
        sheet.flush(bench.conn)
        return _keep_word(bench, one, op, told)
    if one.op in bench.twins:
        judgement = Judgement(Review(Reason.CENTRAL_FAILURE, facts={outcomes.SAME_ID: one.op}), None)
    elif one.header is None:
        judgement = Judgement(Review(Reason.UNKNOWN_SCHEMA), None)
    elif handler is not None and schemas.is_too_old(handler, one.header.sv, bench.now):
        judgement = Judgement(Review(Reason.SCHEMA_TOO_OLD), None)
    else:
        readable = one.payload is not None
        judgement = judge(bench.conn, handler, op, readable=readable, permits=bench.permits)
    return _settle(bench, one, op, judgement)


def _keep_word(bench: _Bench, one: Received, op: Incoming, told: Result) -> _Done:
    conn = bench.conn
    if one.op in bench.twins or one.header is None:
        return _as_told(bench, one, op, told, honour.force(conn, op, told))
    handler = bench.handlers.get(op.header.kind)
    kept = honour.keep(conn, handler, op, told, readable=one.payload is not None)
    return _as_told(bench, one, op, told, kept)


def _as_told(bench: _Bench, one: Received, op: Incoming, told: Result, kept: Kept) -> _Done:
    row = _row(bench, one, op.header, kept.verdict, told.case)
    if one.op in bench.twins:
        row["facts"] = {outcomes.SAME_ID: one.op}
    return _Done(row | {"rev": told.rev}, cash_entries(op, kept.verdict), FloatMove.of(op), told, ())


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
        "opened": unsealing.kept(one.payload, one.raw),
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
