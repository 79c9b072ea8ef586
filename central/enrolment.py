"""How a terminal comes into being: one-time code, offer of points, enrolment, and a new incarnation."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central import changes, epoch, key_news, leases, readmission, terminals, welcome
from central.config import Keys
from central.errors import Refused, SetupError
from central.handlers.base import TerminalRow
from central.numbers import GivenNumbers
from central.tables import counties, enrolment_codes, incarnations
from central.tables import terminals as terminals_table
from sync.wire import token
from sync.wire.answers import EnrolAnswer, Offer, Profile
from sync.wire.code import EnrolmentCode, base32
from sync.wire.encoding import instant, parse_instant
from sync.wire.errors import Malformed, WireError
from sync.wire.keys import PublicKey
from sync.wire.operation import chain_start
from sync.wire.problems import Problem

CODE_DAYS = 7
FORGOTTEN = 10  # while reconciling: numbers below may be those of lives we have still to hear of
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Application:
    """What a machine that wants to become a terminal sends."""

    code: str
    point: str
    public_key: PublicKey
    nonce: str
    again: bool = False  # only what was enrolled before and whose answer was lost
    lives: tuple[str, ...] = ()  # `yz-enrol` of the lives this machine had before


def issue_code(
    conn: Connection,
    ca_der: bytes,
    profile: Profile,
    county: str,
    at: datetime,
    *,
    terminal: str | None = None,
) -> EnrolmentCode:
    """Good for one machine; with `terminal`, for that terminal to start a new incarnation."""
    if terminals.county_of(conn, county) is None:
        raise SetupError(f"没有这个县区：{county} · no such county")
    code = EnrolmentCode.new(ca_der)
    conn.execute(
        insert(enrolment_codes).values(
            secret_sha256=_hash(code.secret),
            county=county,
            profile=profile.value,
            terminal=terminal,
            created_at=instant(at),
            expires_at=instant(at + timedelta(days=CODE_DAYS)),
        )
    )
    return code


def offer(conn: Connection, keys: Keys, code: str, nonce: str, at: datetime) -> Offer:
    row = _code(conn, code, at)
    profile = Profile(row.profile)
    county = conn.execute(select(counties).where(counties.c.id == row.county)).one()
    return Offer(
        nonce=nonce,
        county=row.county,
        county_name=county.name,
        profile=profile,
        points=terminals.offered_points(conn, row.county, profile),
        keys=keys.public_jwks,
    )


def enrol(
    conn: Connection, keys: Keys, wanted: Application, at: datetime, numbers: GivenNumbers
) -> EnrolAnswer:
    """Uses the code up; the same code and key again get the same answer, with the new nonce."""
    row = _code(conn, wanted.code, at, hold=True)
    kid = wanted.public_key.kid
    if row.used_at is not None:
        if row.used_kid != kid:
            raise Refused(Problem.CODE_USED, "this code has enrolled another machine")
        return replace(EnrolAnswer.parse(row.answer), nonce=wanted.nonce, server_time=instant(at))
    if wanted.again:
        raise Refused(Problem.CODE_UNKNOWN, "nothing was enrolled with this code")
    if terminals.by_key(conn, kid) is not None:
        raise Refused(Problem.FORBIDDEN, "this key already belongs to a terminal")
    _remember(conn, keys, row, wanted.lives, at)
    profile = Profile(row.profile)
    if wanted.point not in {p.id for p in terminals.offered_points(conn, row.county, profile)}:
        raise Refused(Problem.POINT_UNKNOWN, "this point is not on offer")
    terminal = _admit(conn, row, wanted, at, numbers)
    key_news.told(conn, terminal.id, keys)
    answer = _answer(conn, keys, terminal, wanted, at)
    here = update(enrolment_codes).where(enrolment_codes.c.secret_sha256 == row.secret_sha256)
    conn.execute(here.values(used_at=instant(at), used_kid=kid, answer=answer.payload()))
    return answer


def _remember(conn: Connection, keys: Keys, code: Row[Any], lives: Iterable[str], at: datetime) -> None:
    """Restored from a backup, we may have forgotten some: no number is given a second time."""
    for text in lives:
        try:
            shown = readmission.read(keys, text)
            if shown.answer.terminal == code.terminal:
                readmission.readmit(conn, keys, shown, at)
        except (WireError, Refused) as error:
            _log.warning("a life of %s: %s", code.terminal, error)


def _code(conn: Connection, text: str, at: datetime, *, hold: bool = False) -> Row[Any]:
    try:
        secret = EnrolmentCode.parse(text).secret
    except Malformed as error:
        raise Refused(Problem.CODE_UNKNOWN, "not an enrolment code") from error
    query = select(enrolment_codes).where(enrolment_codes.c.secret_sha256 == _hash(secret))
    row = conn.execute(query.with_for_update() if hold else query).one_or_none()
    if row is None:
        raise Refused(Problem.CODE_UNKNOWN, "no such enrolment code")
    if row.used_at is None and parse_instant(row.expires_at) < at:
        raise Refused(Problem.CODE_UNKNOWN, "this enrolment code has expired")
    return row


def _admit(
    conn: Connection, code: Row[Any], wanted: Application, at: datetime, numbers: GivenNumbers
) -> TerminalRow:
    if code.terminal is None:
        terminal, incarnation = f"T{base32(os.urandom(5))}", 1
        conn.execute(
            insert(terminals_table).values(
                id=terminal,
                point=wanted.point,
                county=code.county,
                profile=code.profile,
                incarnation=incarnation,
                enrolled_at=instant(at),
                last_change=0,
            )
        )
    else:
        terminal = code.terminal
        incarnation = _close_life(conn, terminal, wanted.point, at, numbers)
    conn.execute(
        insert(incarnations).values(
            terminal=terminal,
            incarnation=incarnation,
            kid=wanted.public_key.kid,
            jwk=wanted.public_key.jwk(),
            high_water=0,
            chain=chain_start(terminal, incarnation),
            acked=0,
            vouched=epoch.current(conn),
        )
    )
    return TerminalRow(terminal, incarnation, wanted.point, code.county, Profile(code.profile))


def _close_life(conn: Connection, terminal: str, point: str, at: datetime, numbers: GivenNumbers) -> int:
    """Ends the old incarnation, whose records may still come in; returns the new one's number."""
    here = terminals_table.c.id == terminal
    held = select(terminals_table.c.incarnation).where(here).with_for_update()
    known = int(conn.execute(held).scalar_one())
    step = FORGOTTEN if epoch.is_reconciling(conn) else 1
    number = max(known + step, numbers.last(terminal) + 1)
    numbers.give(terminal, number)
    conn.execute(update(terminals_table).where(here).values(incarnation=number, point=point))
    old = (incarnations.c.terminal == terminal) & incarnations.c.closed_at.is_(None)
    conn.execute(update(incarnations).where(old).values(closed_at=instant(at)))
    return number


def _answer(
    conn: Connection, keys: Keys, terminal: TerminalRow, wanted: Application, at: datetime
) -> EnrolAnswer:
    county = conn.execute(select(counties).where(counties.c.id == terminal.county)).one()
    grants = leases.first_grants(conn, terminal, at)
    given = [changes.grant_item(grant) for grant in grants]
    changes.publish(conn, [terminal.id], [*given, *welcome.items(conn, terminal)], at)
    return EnrolAnswer(
        nonce=wanted.nonce,
        terminal=terminal.id,
        incarnation=terminal.incarnation,
        epoch=epoch.current(conn),
        county=terminal.county,
        profile=terminal.profile,
        point=terminals.point_record(conn, terminal.point),
        keys=keys.public_jwks,
        settings=county.settings,
        grants=tuple(token.sign(keys.answers, token.Typ.GRANT, grant.payload()) for grant in grants),
        server_time=instant(at),
        public_key=wanted.public_key.jwk(),
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
