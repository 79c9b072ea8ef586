"""A central that lost a part of its past takes its own signed words from a terminal, and holds to them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from central import (
    bare,
    changes,
    contradictions,
    epoch,
    forks_told,
    leases,
    losses,
    members,
    old_cases,
    operators,
    outcomes,
    pools,
    serials,
    terminals,
    told,
)
from central.cases import open_notice
from central.config import Keys
from central.errors import Refusal
from central.handlers.base import Handler, Incoming
from central.outcomes import OperationRow
from central.tables import counties
from central.tables import terminals as terminals_table
from central.terminals import Life
from central.told import Key, Word
from sync.wire import token
from sync.wire.answers import Ack, Changes, Forks, Result, Status
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.errors import Malformed, WireError
from sync.wire.evidence import Evidence
from sync.wire.grant import Grant
from sync.wire.operation import Header, TimeQuality
from sync.wire.problems import Problem
from sync.wire.token import Typ

_log = logging.getLogger(__name__)
RESTORED_LEASE = "lease.restored"


@dataclass
class _Shown:
    """What the tokens of one page say; of those that are not ours, nothing."""

    lost: int = 0  # the newest epoch of which this database lacks a part
    words: list[Word] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    items: list[Mapping[str, Any]] = field(default_factory=list)  # cases, operators, lost cards, as told
    cursor: int = 0


@dataclass(frozen=True)
class Hearing:
    """What central works with while it listens."""

    keys: Keys
    handlers: Mapping[str, Handler]
    now: datetime


def take(conn: Connection, hearing: Hearing, evidence: Evidence, kid: str | None = None) -> Status | Refusal:
    """The same page again changes nothing; the last one lets this life push again."""
    life = terminals.lock(conn, evidence.terminal, evidence.incarnation, kid)
    assert life is not None, "the request's signature named it"
    shown = _read(conn, hearing.keys, life, evidence.tokens)
    if shown.lost:
        epoch.raise_above(conn, shown.lost, hearing.now)
    _keep(conn, hearing, life, shown)
    high_water, chain = life.high_water, life.chain
    if evidence.bare is not None and life.displaced:
        return Refusal(Problem.CHAIN_FORK, "another machine is this life", {})
    if evidence.bare is not None:
        placed = bare.place(conn, life, evidence.bare, hearing.now)
        if isinstance(placed, Refusal):
            return placed
        high_water, chain = placed
    now_epoch = epoch.current(conn)
    if not evidence.more:
        terminals.note(conn, life, vouched=now_epoch)
    moment = instant(hearing.now)
    who = (evidence.terminal, now_epoch, evidence.incarnation, evidence.nonce)
    return Status(*who, high_water, chain, moment, epoch.is_reconciling(conn))


def _read(conn: Connection, keys: Keys, life: Life, tokens: Iterable[str]) -> _Shown:
    shown = _Shown()
    for text in tokens:
        try:
            _hear(conn, keys, life, text, shown)
        except WireError as error:
            _log.warning("evidence of %s: %s", life.terminal.id, error)
    return shown


def _hear(conn: Connection, keys: Keys, life: Life, text: str, shown: _Shown) -> None:
    typ = token.typ_of(text)
    payload = token.verify(text, keys.ring, typ)
    if payload.get("terminal") != life.terminal.id:
        raise Malformed("told to another terminal")
    match typ:
        case Typ.ACK:
            _hear_ack(conn, keys, life, Ack.parse(payload), shown)
        case Typ.CHANGES:
            _hear_changes(conn, keys, life, Changes.parse(payload), shown)
        case Typ.FORKS:
            forks = Forks.parse(payload)
            if forks.incarnation == life.terminal.incarnation:
                shown.words += [Word(one, forks.incarnation, in_chain=False) for one in forks.results]
        case Typ.GRANT:
            shown.grants.append(Grant.parse(payload))
        case _:
            raise Malformed(f"{typ.value} is no evidence")


def _hear_ack(conn: Connection, keys: Keys, life: Life, ack: Ack, shown: _Shown) -> None:
    if ack.incarnation != life.terminal.incarnation:
        raise Malformed("told to another life")
    grants = _grants(keys, ack.grants)
    if losses.shown_by_ack(conn, life, ack, grants):
        shown.lost = max(shown.lost, ack.epoch)
    shown.words += [Word(one, ack.incarnation, in_chain=True) for one in ack.results]
    shown.grants += grants


def _hear_changes(conn: Connection, keys: Keys, life: Life, page: Changes, shown: _Shown) -> None:
    if losses.shown_by_page(conn, life, page):
        shown.lost = max(shown.lost, page.epoch)
    shown.cursor = max(shown.cursor, page.cursor)
    for item in page.items:
        match item["t"]:
            case "outcome":
                shown.words.append(Word(Result.parse(item), None, in_chain=False))
            case "grant":
                shown.grants += _grants(keys, [str(item.get("token"))])
            case "case" | "operator":
                shown.items.append(item)
            case "revocation" if item.get("what") == "member":
                shown.items.append(item)


def _grants(keys: Keys, tokens: Iterable[str]) -> list[Grant]:
    return [Grant.parse(token.verify(text, keys.ring, Typ.GRANT)) for text in tokens]


def _keep(conn: Connection, hearing: Hearing, life: Life, shown: _Shown) -> None:
    at, terminal = hearing.now, life.terminal
    if shown.cursor > life.last_change:
        _begin_stream_above(conn, life, shown.cursor, at)
    for item in shown.items:
        match item["t"]:
            case "case":
                old_cases.take(conn, terminal.county, item, at)
            case "operator":
                operators.take_told(conn, terminal, item, at)
            case _:
                members.take_told(conn, terminal.county, item, at)
    for grant in sorted(shown.grants, key=lambda one: one.rev):
        _honour(conn, life, grant, at)
    news = _news(conn, hearing, life, shown.words)
    told.keep(conn, terminal.id, news, at)
    terminals.note(conn, life, told=max([life.told, *(one.seq for one in news)]))


def _news(conn: Connection, hearing: Hearing, life: Life, words: Sequence[Word]) -> list[Result]:
    """What is not in the chain here; what is gets the outcome that was told, whatever was decided since."""
    found: dict[Key, list[OperationRow]] = {}
    for row in outcomes.by_ids(conn, life.terminal.id, {word.result.op for word in words}):
        found.setdefault((row.op, row.seq), []).append(row)
    news, moved = [], False
    for word in words:
        one = word.result
        rows = found.get((one.op, one.seq), [])
        if moved:  # by a word before this one: of one operation there may be several
            rows = [outcomes.at(conn, *row.place) for row in rows]
        meant = word.meant(rows)
        if meant is None and forks_told.catch_up(conn, hearing.handlers, life.terminal.id, one, hearing.now):
            moved = True
            continue
        meant = meant or word.only(rows)
        if meant is not None:
            moved |= contradictions.resolve(conn, hearing.handlers, meant, one, hearing.now)
        elif word.life is not None or not rows:
            news.append(one)
        else:
            _log.warning("evidence of %s: which %s is meant?", life.terminal.id, one.op)
    return news


def _honour(conn: Connection, life: Life, grant: Grant, at: datetime) -> None:
    """A right that the pool has no more of is handed out all the same: that is central's loss."""
    if grant.terminal != life.terminal.id:
        return
    if pools.find(conn, grant.right) is None:
        pools.create(conn, grant.right, pools.Unit(grant.unit), 0)
    missing = leases.honour(conn, grant, at, ended=life.displaced)
    if missing is None:
        return
    facts: dict[str, Any] = {"right": grant.right, "lease": grant.lease}
    if missing:
        _notice(conn, life, facts | {"overdrawn": missing}, at)
    if serials.is_block(grant.detail):
        twice = serials.given_twice(conn, grant.right, grant.terminal, grant.detail)
        if twice:
            _notice(conn, life, facts | {"twice": [list(run) for run in twice]}, at)


def _notice(conn: Connection, life: Life, facts: Mapping[str, Any], at: datetime) -> None:
    header = Header(str(facts["lease"]), 1, RESTORED_LEASE, instant(at), TimeQuality.ANCHORED.value)
    open_notice(conn, Incoming(life.terminal, header, {}, at), Reason.CENTRAL_RESTORED, facts)


def _begin_stream_above(conn: Connection, life: Life, cursor: int, at: datetime) -> None:
    """No number of the lost stream is used for something else; the settings of today come after them."""
    terminal = life.terminal
    here = update(terminals_table).where(terminals_table.c.id == terminal.id)
    conn.execute(here.values(last_change=cursor))
    settings = conn.execute(select(counties.c.settings).where(counties.c.id == terminal.county)).scalar_one()
    changes.publish(conn, [terminal.id], [terminals.settings_item(settings)], at)
