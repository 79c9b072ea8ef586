"""Records operations durably and exactly once, and shows what became of them."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, or_, select

from sync import leases, lines
from sync.database import touch
from sync.errors import NotEnrolled, NotSuperseding, OperationExists, PayloadTooLarge
from sync.identity import IdentityState
from sync.leases import Draw
from sync.tables import operations, outcomes
from sync.wire import canon
from sync.wire.answers import Outcome
from sync.wire.keys import SigningKey
from sync.wire.operation import MAX_PAYLOAD, Header, TimeQuality, chain_link, chain_start, seal_bytes
from sync.wire.slipcode import SlipCode


@dataclass(frozen=True)
class Stamp:
    """When, how surely, and by whose key an operation is recorded."""

    at: str
    quality: str
    signer: SigningKey
    terminal: str
    incarnation: int
    least: datetime | None = None  # central signed that it is not earlier than this


@dataclass(frozen=True)
class NewOperation:
    op_id: str
    kind: str
    payload: dict[str, Any] = field(hash=False)
    lease: str | None = None
    spend: int = 0
    token: str | None = None  # what of the lease is spent, where it consists of single things
    tokens: tuple[str, ...] = ()  # the same of several
    by: str | None = None
    depends_on: str | None = None
    supersedes: str | None = None
    sv: int = 1
    pack: str | None = None


@dataclass(frozen=True)
class Recorded:
    op_id: str
    seq: int
    kind: str
    at: str
    link: bytes
    slip_code: str
    again: bool = False  # this very operation was recorded before; nothing was written now


class Transfer(Enum):
    """How far central has it, as far as is known here."""

    RECORDED = "recorded"
    SENT = "sent"
    UNKNOWN = "unknown"
    ANSWERED = "answered"  # the outcome says the rest


class State(Enum):
    RECORDED = "recorded"
    SENT = "sent"
    UNKNOWN = "unknown"
    REVIEW = "review"
    ACCEPTED = "accepted"
    REJECTED = "rejected"

    @property
    def final(self) -> bool:
        return self in (State.ACCEPTED, State.REJECTED)


@dataclass(frozen=True)
class OperationView:
    op_id: str
    seq: int
    kind: str
    at: str
    state: State
    reason: str | None
    case_id: str | None
    payload: dict[str, Any]  # empty once pruned
    by: str | None
    depends_on: str | None
    supersedes: str | None
    final_at: str | None


@dataclass(frozen=True)
class QueueDepth:
    """What is not final yet."""

    waiting: int  # central does not have it, or we do not know whether it has
    unknown: int
    undecided: int  # central has it, no outcome yet
    review: int

    @property
    def open(self) -> int:
        return self.waiting + self.undecided + self.review


_BEFORE = (
    "SELECT state,"
    " (SELECT 1 FROM operations WHERE op_id = ?1),"
    " (SELECT max(seq) FROM operations o WHERE o.terminal = i.terminal AND o.incarnation = i.incarnation)"
    " FROM identity i WHERE terminal = ?2 AND incarnation = ?3"
)
_LINK = "SELECT link FROM operations WHERE terminal = ? AND incarnation = ? AND seq = ?"
_INSERT = (
    "INSERT INTO operations (op_id, terminal, incarnation, seq, kind, at, by, dep, sup, header, payload,"
    " payload_hash, link, seal, transfer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'recorded')"
)


def record(conn: Connection, new: NewOperation, stamp: Stamp) -> Recorded:
    """Raises PayloadTooLarge, NotEnrolled, NotSuperseding, OperationExists and what `leases.draw` raises."""
    payload = canon.encode(new.payload)
    if len(payload) > MAX_PAYLOAD:
        raise PayloadTooLarge(len(payload), MAX_PAYLOAD)
    chain = (stamp.terminal, stamp.incarnation)
    before = conn.exec_driver_sql(_BEFORE, (new.op_id, *chain)).one_or_none()
    if before is not None and before[1] is not None:
        return _recorded_before(conn, new, payload)
    if before is None or before[0] != IdentityState.OPEN.value:
        raise NotEnrolled(f"{stamp.terminal}/{stamp.incarnation}")
    if new.supersedes is not None:
        _check_superseded(conn, new.supersedes)
    last = before[2] or 0
    header = _header(new, last + 1, stamp)
    link = chain_link(_previous(conn, chain, last), header, payload)
    seal = stamp.signer.sign(seal_bytes(*chain, last + 1, link))
    texts = (new.kind, stamp.at, new.by, new.depends_on, new.supersedes)
    digest = hashlib.sha256(payload).digest()
    conn.exec_driver_sql(_INSERT, (new.op_id, *chain, last + 1, *texts, header, payload, digest, link, seal))
    _journal(conn, chain, header, payload, seal)
    if new.lease is not None and new.spend:
        blind = stamp.quality == TimeQuality.UNKNOWN.value
        single = new.tokens or (() if new.token is None else (new.token,))
        leases.draw(conn, Draw(new.lease, new.spend, single, new.op_id, blind))
    touch(conn, "operations")
    code = SlipCode(*chain, last + 1, link, seal)
    return Recorded(new.op_id, last + 1, new.kind, stamp.at, link, str(code))


def _header(new: NewOperation, seq: int, stamp: Stamp) -> bytes:
    rests_on = {"pack": new.pack, "lease": new.lease, "by": new.by}
    follows = {"dep": new.depends_on, "sup": new.supersedes}
    header = Header(new.op_id, seq, new.kind, stamp.at, stamp.quality, new.sv, **rests_on, **follows)
    return header.encode()


def _previous(conn: Connection, chain: tuple[str, int], last: int) -> bytes:
    if last == 0:
        return chain_start(*chain)
    return bytes(conn.exec_driver_sql(_LINK, (*chain, last)).scalar_one())


def _journal(conn: Connection, chain: tuple[str, int], header: bytes, payload: bytes, seal: bytes) -> None:
    texts = {"header": header.decode(), "payload": payload.decode()}
    lines.append(conn, "op", {"terminal": chain[0], "incarnation": chain[1], **texts, "seal": seal})


def replay(conn: Connection, line: dict[str, Any]) -> None:
    """Writes the operation of a journal line as it was recorded; its seal is checked by whoever reads it."""
    header_bytes, payload = line["header"].encode(), line["payload"].encode()
    header = Header.decode(header_bytes)
    chain = (line["terminal"], line["incarnation"])
    link = chain_link(_previous(conn, chain, header.seq - 1), header_bytes, payload)
    texts = (header.kind, header.at, header.by, header.dep, header.sup)
    digest = hashlib.sha256(payload).digest()
    values = (header.op, *chain, header.seq, *texts, header_bytes, payload, digest, link, line["seal"])
    conn.exec_driver_sql(_INSERT, values)


def _recorded_before(conn: Connection, new: NewOperation, payload: bytes) -> Recorded:
    row = conn.execute(select(operations).where(operations.c.op_id == new.op_id)).one()
    header = Header.decode(row.header)
    asked = (new.kind, new.sv, new.lease, new.by, new.depends_on, new.supersedes)
    known = (header.kind, header.sv, header.lease, header.by, header.dep, header.sup)
    if asked != known or hashlib.sha256(payload).digest() != row.payload_hash:
        raise OperationExists(new.op_id)
    return Recorded(new.op_id, row.seq, row.kind, row.at, row.link, _slip_code(row), again=True)


def _check_superseded(conn: Connection, op_id: str) -> None:
    first = find(conn, op_id)
    if first is None or first.state is not State.REJECTED:
        raise NotSuperseding(op_id)


_VIEW: Select[Any] = select(
    operations.c.op_id,
    operations.c.seq,
    operations.c.kind,
    operations.c.at,
    operations.c.transfer,
    operations.c.payload,
    operations.c.by,
    operations.c.dep,
    operations.c.sup,
    outcomes.c.outcome,
    outcomes.c.reason,
    outcomes.c.case_id,
    outcomes.c.received_at,
).outerjoin_from(operations, outcomes, operations.c.op_id == outcomes.c.op_id)
_FIND = _VIEW.where(operations.c.op_id == bindparam("wanted"))


def find(conn: Connection, op_id: str) -> OperationView | None:
    row = conn.execute(_FIND, {"wanted": op_id}).one_or_none()
    return None if row is None else _view(row)


def recent(
    conn: Connection,
    *,
    kinds: Collection[str] | None = None,
    states: Collection[State] | None = None,
    limit: int = 200,
) -> list[OperationView]:
    """Newest first."""
    query = _VIEW.order_by(operations.c.n.desc()).limit(limit)
    if kinds is not None:
        query = query.where(operations.c.kind.in_(kinds))
    if states is not None:
        query = _in_states(query, states)
    return [_view(row) for row in conn.execute(query)]


def dependents(conn: Connection, op_id: str) -> list[OperationView]:
    query = _VIEW.where(operations.c.dep == op_id).order_by(operations.c.n)
    return [_view(row) for row in conn.execute(query)]


def slip_code(conn: Connection, op_id: str) -> str | None:
    row = conn.execute(select(operations).where(operations.c.op_id == op_id)).one_or_none()
    return None if row is None else _slip_code(row)


def _slip_code(row: Row[Any]) -> str:
    return str(SlipCode(row.terminal, row.incarnation, row.seq, row.link, row.seal))


_DEPTH = """
SELECT coalesce(sum(o.seq > i.high_water), 0),
       coalesce(sum(o.transfer = 'unknown'), 0),
       coalesce(sum(o.seq <= i.high_water), 0),
       (SELECT count(*) FROM outcomes WHERE outcome = 'review')
FROM operations o
JOIN identity i ON i.terminal = o.terminal AND i.incarnation = o.incarnation
WHERE o.transfer <> 'answered'
"""


def depth(conn: Connection) -> QueueDepth:
    return QueueDepth(*conn.exec_driver_sql(_DEPTH).one())


_TRANSFERS = frozenset(item.value for item in Transfer)
_OUTCOMES = frozenset(item.value for item in Outcome)


def _in_states(query: Select[Any], states: Collection[State]) -> Select[Any]:
    transfers = [state.value for state in states if state.value in _TRANSFERS]
    decided = [state.value for state in states if state.value in _OUTCOMES]
    undecided = and_(outcomes.c.outcome.is_(None), operations.c.transfer.in_(transfers))
    return query.where(or_(undecided, outcomes.c.outcome.in_(decided)))


def _view(row: Row[Any]) -> OperationView:
    state = State(row.outcome if row.outcome is not None else row.transfer)
    return OperationView(
        op_id=row.op_id,
        seq=row.seq,
        kind=row.kind,
        at=row.at,
        state=state,
        reason=row.reason,
        case_id=row.case_id,
        payload={} if row.payload is None else json.loads(row.payload),
        by=row.by,
        depends_on=row.dep,
        supersedes=row.sup,
        final_at=row.received_at if state.final else None,
    )
