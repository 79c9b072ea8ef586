"""An enrolment that central lost with a part of its past: its own signed answer brings the life back.

What the life had recorded and been told comes after it as evidence, as from any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central import changes, epoch, key_news, leases, terminals, welcome
from central.config import Keys
from central.errors import Refused
from central.handlers.base import TerminalRow
from central.recovery_tables import displaced_lives
from central.tables import incarnations, points
from central.tables import terminals as terminals_table
from sync.wire import token
from sync.wire.answers import EnrolAnswer
from sync.wire.encoding import instant
from sync.wire.errors import Malformed
from sync.wire.keys import PublicKey
from sync.wire.operation import chain_start
from sync.wire.problems import Problem


@dataclass(frozen=True)
class Shown:
    """An enrolment of ours, and the key it was for."""

    answer: EnrolAnswer
    key: PublicKey


def read(keys: Keys, text: str) -> Shown:
    """Raises WireError for what we never signed, and for what was signed before it named the key."""
    answer = EnrolAnswer.parse(token.verify(text, keys.ring, token.Typ.ENROL))
    if answer.public_key is None:
        raise Malformed("this enrolment names no key")
    return Shown(answer, PublicKey.from_jwk(answer.public_key))


def readmit(conn: Connection, keys: Keys, shown: Shown, at: datetime) -> bool:
    """Whether it was forgotten; from then on central is reconciling. Raises Refused."""
    answer = shown.answer
    row = _terminal(conn, answer)  # held: who knocks twice at once must find itself, not another machine
    if terminals.by_key(conn, shown.key.kid) is not None:
        return False
    if _is_given_away(conn, answer):
        _place(conn, answer)
        _displace(conn, shown, at)
        epoch.raise_above(conn, answer.epoch, at)
        return True
    terminal = TerminalRow(
        answer.terminal, answer.incarnation, str(answer.point["id"]), answer.county, answer.profile
    )
    is_newest = row is None or row.incarnation < answer.incarnation
    _place(conn, answer)
    if row is None:
        _begin(conn, terminal, answer)
    elif is_newest:
        _supersede(conn, terminal, at)
    conn.execute(
        insert(incarnations).values(
            terminal=terminal.id,
            incarnation=terminal.incarnation,
            kid=shown.key.kid,
            jwk=shown.key.jwk(),
            high_water=0,
            chain=chain_start(terminal.id, terminal.incarnation),
            acked=0,
            vouched=answer.epoch,
            closed_at=None if is_newest else instant(at),
        )
    )
    epoch.raise_above(conn, answer.epoch, at)
    if is_newest:
        changes.publish(conn, [terminal.id], _news(conn, keys, terminal, answer), at)
        key_news.told(conn, terminal.id, keys)
    return True


def _terminal(conn: Connection, answer: EnrolAnswer) -> Row[Any] | None:
    query = select(terminals_table).where(terminals_table.c.id == answer.terminal).with_for_update()
    row = conn.execute(query).one_or_none()
    if row is None and terminals.county_of(conn, answer.county) is None:
        raise Refused(Problem.POINT_UNKNOWN, f"no county {answer.county} here: make it again first")
    return row


def _is_given_away(conn: Connection, answer: EnrolAnswer) -> bool:
    """After the loss the number went to another machine: both are ours, and only one can be this life."""
    here = (incarnations.c.terminal == answer.terminal) & (incarnations.c.incarnation == answer.incarnation)
    return conn.execute(select(incarnations.c.kid).where(here)).first() is not None


def _displace(conn: Connection, shown: Shown, at: datetime) -> None:
    """It has no place in a chain of ours: it ends here, and a person looks at each thing it recorded."""
    answer = shown.answer
    conn.execute(
        insert(displaced_lives).values(
            kid=shown.key.kid,
            terminal=answer.terminal,
            incarnation=answer.incarnation,
            jwk=shown.key.jwk(),
            point=str(answer.point["id"]),
            vouched=answer.epoch,
            shown_at=instant(at),
        )
    )


def _place(conn: Connection, answer: EnrolAnswer) -> None:
    known = select(points.c.id).where(points.c.id == answer.point["id"])
    if conn.execute(known).first() is None:
        terminals.add_points(conn, answer.county, [answer.point], [answer.profile])


def _begin(conn: Connection, terminal: TerminalRow, answer: EnrolAnswer) -> None:
    conn.execute(
        insert(terminals_table).values(
            id=terminal.id,
            point=terminal.point,
            county=terminal.county,
            profile=terminal.profile.value,
            incarnation=terminal.incarnation,
            enrolled_at=answer.server_time,
            last_change=0,
        )
    )


def _supersede(conn: Connection, terminal: TerminalRow, at: datetime) -> None:
    """It closed those before it when it was enrolled."""
    here = update(terminals_table).where(terminals_table.c.id == terminal.id)
    conn.execute(here.values(incarnation=terminal.incarnation, point=terminal.point))
    older = (incarnations.c.terminal == terminal.id) & incarnations.c.closed_at.is_(None)
    conn.execute(update(incarnations).where(older).values(closed_at=instant(at)))
    leases.freeze_earlier(conn, terminal)


def _news(conn: Connection, keys: Keys, terminal: TerminalRow, answer: EnrolAnswer) -> list[changes.Item]:
    items = welcome.items(conn, terminal)
    same = list(answer.keys) == list(keys.public_jwks)
    return items if same else [*items, {"t": "keys", "keys": list(keys.public_jwks)}]
