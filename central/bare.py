"""Places of a chain whose payload was erased with leave: kept by header and hash, decided by a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, update

from central import outcomes, told
from central.cases import open_notice
from central.errors import Refusal
from central.handlers.base import Incoming
from central.intake import UNREADABLE, plain
from central.tables import incarnations, operations
from central.terminals import Life
from sync.wire.answers import Outcome, Result
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.errors import BadSignature, Malformed
from sync.wire.evidence import BareRun
from sync.wire.operation import Header, TimeQuality, chain_link_over, chain_start, seal_bytes
from sync.wire.problems import Problem

BARE = "payload_sha256"


@dataclass(frozen=True)
class _Place:
    seq: int
    link: bytes
    header_bytes: bytes
    header: Header
    payload_hash: bytes


def place(conn: Connection, life: Life, run: BareRun, at: datetime) -> tuple[int, bytes] | Refusal:
    """High water and chain after it; the cash of what stands here bare is in no account."""
    who = (life.terminal.id, life.terminal.incarnation)
    if run.first_seq > life.high_water + 1:
        state = {"expected": life.high_water + 1, "high_water": life.high_water, "chain": life.chain.hex()}
        return Refusal(Problem.SEQUENCE_GAP, "places are missing", state)
    places = list(_places(run))
    last = places[-1]
    try:
        life.key.verify(run.seal, seal_bytes(*who, last.seq, last.link))
    except BadSignature as error:
        raise Malformed("the seal does not fit the places") from error
    before = run.first_seq - 1
    known = chain_start(*who) if before == 0 else outcomes.link_at(conn, *who, before)
    fresh = [one for one in places if one.seq > life.high_water]
    overlap = [one for one in places if one.seq == life.high_water]
    if run.prev != known or any(one.link != life.chain for one in overlap):
        return Refusal(Problem.CHAIN_FORK, f"another chain than ours at {before}")
    if not fresh:
        return life.high_water, life.chain
    _write(conn, life, fresh, at)
    here = (incarnations.c.terminal == who[0]) & (incarnations.c.incarnation == who[1])
    conn.execute(update(incarnations).where(here).values(high_water=last.seq, chain=last.link))
    return last.seq, last.link


def _places(run: BareRun) -> Iterator[_Place]:
    link = run.prev
    for seq, one in enumerate(run.places, run.first_seq):
        link = chain_link_over(link, one.header_bytes, one.payload_hash)
        yield _Place(seq, link, one.header_bytes, _header(one.header_bytes, seq, link), one.payload_hash)


def _header(data: bytes, seq: int, link: bytes) -> Header:
    try:
        header = Header.decode(data) if plain(data) else None
    except Malformed:
        header = None
    if header is not None and header.seq == seq:
        return header
    unread = f"{UNREADABLE}-{link.hex()[:24]}"
    return Header(unread, seq, UNREADABLE, "1970-01-01T00:00:00Z", TimeQuality.UNKNOWN.value)


def _write(conn: Connection, life: Life, fresh: Sequence[_Place], at: datetime) -> None:
    """What was told stands; for all the rest one case, which a person closes."""
    said = told.among(conn, life.terminal.id, fresh[0].seq, fresh[-1].seq)
    silent = [one for one in fresh if (one.header.op, one.seq) not in said]
    case = None
    if silent:
        facts = {"bare": len(silent), "first_seq": silent[0].seq, "last_seq": silent[-1].seq}
        first = Incoming(life.terminal, silent[0].header, {}, at)
        case = open_notice(conn, first, Reason.CENTRAL_RESTORED, facts)
    conn.execute(
        insert(operations), [_row(life, one, said.get((one.header.op, one.seq)), case, at) for one in fresh]
    )


def _row(life: Life, one: _Place, said: Result | None, case: str | None, at: datetime) -> dict[str, object]:
    known = said or Result(one.seq, one.header.op, Outcome.REVIEW, 1, Reason.CENTRAL_RESTORED.value, case)
    moment = instant(at)
    return {
        "terminal": life.terminal.id,
        "incarnation": life.terminal.incarnation,
        "seq": one.seq,
        "op": one.header.op,
        "kind": one.header.kind,
        "header": one.header_bytes,
        "payload": b"",
        "link": one.link,
        "dep": one.header.dep,
        "sup": one.header.sup,
        "outcome": known.outcome.value,
        "reason": known.reason,
        "case_id": known.case,
        "rev": known.rev,
        "facts": {BARE: one.payload_hash.hex()},
        "received_at": moment,
        "settled_at": moment if known.outcome.final else None,
    }
