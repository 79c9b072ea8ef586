"""Operators sign in with a PIN; wrong ones lock for longer and longer, and the count survives a restart."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, select

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Pair, SlipKind
from kiosk.services import moments, recording
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.permissions import Approval, Permission, Session, granted
from kiosk.services.recording import Intent, Written
from kiosk.services.slip_build import Subject
from kiosk.store.tables import pin_attempts
from sync import documents, lines
from sync.documents import Operator
from sync.wire.kinds import Kind

__all__ = [
    "Denied", "OperatorCard", "Permission", "Session", "check_new_pin", "confirm", "operators", "renewed",
    "second", "seconds", "set_pin", "sign_in", "with_own_pin",
]  # fmt: skip

FREE_TRIES = 3
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(hours=1)
PIN = re.compile(r"[0-9]{6}")
RUNS = ("0123456789", "9876543210")
_hasher = PasswordHasher()


@dataclass(frozen=True)
class OperatorCard:
    id: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Denied:
    """Returned, not raised: the attempt must stay in the ledger."""

    refused: Refused
    left_tries: int
    locked_until: datetime | None = None


def operators(conn: Connection) -> tuple[OperatorCard, ...]:
    return tuple(OperatorCard(one.id, one.name, one.roles) for one in documents.operators(conn))


def sign_in(conn: Connection, now: datetime, operator: str, pin: str) -> Session | Denied:
    known = _try(conn, now, operator, pin)
    if isinstance(known, Denied):
        return known
    return Session(known.id, known.name, known.roles, granted(known.roles), known.must_change, now)


def confirm(conn: Connection, desk: Desk, op_id: str, pin: str) -> Approval | Denied:
    """The signed-in operator's own PIN once more, for this one operation."""
    if desk.session is None:
        raise Refused(Why.SIGN_IN_FIRST)
    return _approve(conn, desk, op_id, desk.session.operator, pin)


def second(conn: Connection, desk: Desk, op_id: str, operator: str, pin: str) -> Approval | Denied:
    """Another operator's, who stands by."""
    if desk.session is None:
        raise Refused(Why.SIGN_IN_FIRST)
    if operator == desk.session.operator:
        raise Refused(Why.SECOND_IS_FIRST)
    return _approve(conn, desk, op_id, operator, pin)


def seconds(conn: Connection, desk: Desk, needed: Permission | None) -> tuple[OperatorCard, ...]:
    """Who may be the second person, by name. Raises Refused where there is nobody."""
    first = desk.session.operator if desk.session else None
    found = tuple(
        OperatorCard(one.id, one.name, one.roles)
        for one in documents.operators(conn)
        if one.id != first and not one.must_change and (needed is None or needed in granted(one.roles))
    )
    if not found:
        raise Refused(Why.SECOND_NOBODY)
    return found


def check_new_pin(old_pin: str, new_pin: str) -> None:
    if PIN.fullmatch(new_pin) is None:
        raise Refused(Why.PIN_FORM)
    if new_pin == old_pin:
        raise Refused(Why.PIN_SAME)
    if _is_simple(new_pin):
        raise Refused(Why.PIN_TOO_SIMPLE)


def _is_simple(pin: str) -> bool:
    """A run, few digits, one half said twice or backwards."""
    half = len(pin) // 2
    run = any(pin in one for one in RUNS)
    return run or len(set(pin)) < 3 or pin[half:] in (pin[:half], pin[:half][::-1])


def set_pin(conn: Connection, desk: Desk, op_id: str, old_pin: str, new_pin: str) -> Written | Denied:
    """Holds here at once, and at the county's other terminals when central has it."""
    if desk.session is None:
        raise Refused(Why.SIGN_IN_FIRST)
    who = desk.session.operator
    done = recording.before(conn, op_id, Kind.OPERATOR_PIN, {"operator": who}, made_anew=("verifier",))
    if done is not None:
        return done
    check_new_pin(old_pin, new_pin)
    known = _try(conn, desk.now, who, old_pin)
    if isinstance(known, Denied):
        return known
    verifier = _hasher.hash(new_pin)
    intent = Intent(
        op_id=op_id,
        kind=Kind.OPERATOR_PIN,
        payload={"operator": who, "verifier": verifier},
        slip=SlipKind.RECORD_OF_REQUEST,
        subject=Subject(Text("设置密码", "PIN set"), (Pair(Text("值守员", "Operator"), same(known.name)),)),
    )
    written = recording.write(conn, desk, intent)
    documents.set_local_verifier(conn, who, verifier)
    return written


def renewed(conn: Connection, session: Session) -> Session | None:
    """What the operator may do by what central says now; None where the session is over: the operator was
    closed, or must set a new PIN."""
    known = documents.operator(conn, session.operator)
    if known is None or not known.active or (known.must_change and not session.must_change):
        return None
    return replace(session, name=known.name, roles=known.roles, permissions=granted(known.roles))


def with_own_pin(session: Session) -> Session:
    """The same session once its operator has set a PIN."""
    return replace(session, must_change=False)


def _approve(conn: Connection, desk: Desk, op_id: str, operator: str, pin: str) -> Approval | Denied:
    known = _try(conn, desk.now, operator, pin)
    if isinstance(known, Denied):
        return known
    if known.must_change:
        return Denied(Refused(Why.PIN_MUST_CHANGE), 0)
    return Approval(op_id, known.id, known.name, granted(known.roles), desk.now)


def _try(conn: Connection, now: datetime, operator: str, pin: str) -> Operator | Denied:
    known = documents.operator(conn, operator)
    if known is None:
        return Denied(Refused(Why.OPERATOR_UNKNOWN), 0)
    if not known.active:
        return Denied(Refused(Why.OPERATOR_CLOSED), 0)
    if known.verifier is None:
        return Denied(Refused(Why.PIN_NONE), 0)
    before = conn.execute(select(pin_attempts).where(pin_attempts.c.operator == operator)).one_or_none()
    until = _locked_until(before)
    if before is not None and until is not None and now < until:
        longest = now + lock_after(before.failures)
        if until > longest:  # the clock was put right since: it locks nobody out for years
            _note(conn, now, operator, before.failures, longest)
        return _denied_until(min(until, longest))
    if not _fits(known.verifier, pin):
        return _failed(conn, now, operator, (before.failures if before else 0) + 1)
    if before is not None:
        lines.remove(conn, pin_attempts, operator=operator)
    return known


def _fits(verifier: str, pin: str) -> bool:
    try:
        return _hasher.verify(verifier, pin)
    except (VerificationError, InvalidHashError):
        return False


def _failed(conn: Connection, now: datetime, operator: str, failures: int) -> Denied:
    until = now + lock_after(failures) if failures >= FREE_TRIES else None
    _note(conn, now, operator, failures, until)
    if until is not None:
        return _denied_until(until)
    left = FREE_TRIES - failures
    return Denied(Refused(Why.PIN_WRONG, left=str(left)), left)


def _note(conn: Connection, now: datetime, operator: str, failures: int, until: datetime | None) -> None:
    row = {
        "operator": operator,
        "failures": failures,
        "last_at": moments.wire(now),
        "locked_until": moments.wire(until) if until else None,
    }
    lines.put(conn, pin_attempts, row)


def lock_after(failures: int) -> timedelta:
    """Doubles with every further failure."""
    doublings = min(failures - FREE_TRIES, 20)
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def _denied_until(until: datetime) -> Denied:
    return Denied(Refused(Why.PIN_LOCKED, until=moments.show_time(until)), 0, until)


def _locked_until(row: Row[Any] | None) -> datetime | None:
    return moments.parse(row.locked_until) if row is not None and row.locked_until else None
