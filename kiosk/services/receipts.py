"""Finds what a slip is about: by its number, the end of it, the code printed on it, or a case's number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection, select

from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.slips import NUMBER_DIGITS
from kiosk.store.tables import slips
from sync import cases, outbox, traces
from sync.cases import CaseView
from sync.wire.errors import WireError
from sync.wire.slipcode import PREFIX, SlipCode

LONGEST = 1000
_NUMBER = re.compile(r"(?:(.{1,64})-)?([0-9]{1,15})", re.ASCII)


@dataclass(frozen=True)
class OfOperation:
    op_id: str


@dataclass(frozen=True)
class OfNobody:
    """A slip that belongs to no operation: a guide, a test."""

    number: str


@dataclass(frozen=True)
class OfCase:
    """Of an operation that another machine recorded."""

    case: CaseView


@dataclass(frozen=True)
class MadeElsewhere:
    """Another machine made it: what its slip says, and what central has told this one of that machine."""

    terminal: str
    number: str  # of the slip, or the place in that machine's chain
    point: str | None = None
    cases: int = 0  # open ones, whichever slips they are of


Found = OfOperation | OfNobody | OfCase | MadeElsewhere


def is_code(text: str) -> bool:
    """Whether it was printed on a slip, by this machine or another."""
    return text.strip().startswith(PREFIX + ".")


def find(conn: Connection, desk: Desk, text: str) -> Found:
    """Raises Refused: nothing of that number, or a code that is not what was printed."""
    asked = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    if is_code(asked):
        return _by_code(conn, desk, asked)
    case = cases.by_number(conn, asked.upper())
    if case is None:
        return _by_number(conn, desk, asked)
    return OfCase(case) if outbox.find(conn, case.op_id) is None else OfOperation(case.op_id)


def _by_code(conn: Connection, desk: Desk, text: str) -> Found:
    try:
        code = SlipCode.parse(text)
    except WireError as error:
        raise Refused(Why.SLIP_UNREADABLE) from error
    op_id = traces.at_place(conn, code.terminal, code.incarnation, code.seq)
    if op_id is not None:
        if outbox.slip_code(conn, op_id) != str(code):
            raise Refused(Why.SLIP_ALTERED)
        return OfOperation(op_id)
    if code.terminal == desk.place.terminal:
        raise Refused(Why.SLIP_NOT_KEPT, number=str(code.seq))
    return _elsewhere(conn, code.terminal, str(code.seq))


def _by_number(conn: Connection, desk: Desk, asked: str) -> Found:
    found = _NUMBER.fullmatch(asked)
    if found is None:
        raise Refused(Why.SLIP_UNREADABLE)
    here = desk.place.terminal
    terminal, digits = found[1] or here, found[2].zfill(NUMBER_DIGITS)
    if terminal.casefold() != here.casefold():
        return _elsewhere(conn, terminal, f"{terminal}-{digits}")
    number = f"{here}-{digits}"
    row = conn.execute(select(slips.c.op_id).where(slips.c.number == number)).one_or_none()
    if row is None:
        raise Refused(Why.SLIP_UNKNOWN, number=number)
    return OfNobody(number) if row.op_id is None else OfOperation(row.op_id)


def _elsewhere(conn: Connection, terminal: str, number: str) -> MadeElsewhere:
    known = [case for case in cases.open_cases(conn) if case.terminal.casefold() == terminal.casefold()]
    return MadeElsewhere(terminal, number, known[0].point if known else None, len(known))
