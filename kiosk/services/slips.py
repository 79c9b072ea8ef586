"""Slips kept in the ledger: the first of an operation, the one of its true state now, copies that say so."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, text

from kiosk.bilingual import Text
from kiosk.devices import paper
from kiosk.devices.paper import Line, Slip, SlipKind
from kiosk.services import moments, slip_build, words
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.slip_build import Heading, Subject
from kiosk.store.tables import slips
from sync import cases, lines, outbox
from sync.outbox import OperationView, Stamp, State
from sync.wire.case import Party, What
from sync.wire.kinds import Kind

ACCEPTED_KINDS = {Kind.CASE_CLOSE: SlipKind.REFUND, Kind.CALLBACK_REQUEST: SlipKind.CALLBACK}
NUMBER_DIGITS = 5
WAITING = frozenset({State.RECORDED, State.SENT, State.UNKNOWN})
_LAST = "SELECT coalesce(max(rowid), 0) FROM slips"
_OF_OPERATION = select(slips).where(slips.c.op_id == bindparam("operation")).limit(1)
_FIRST, _NEWEST = (_OF_OPERATION.order_by(text(order)) for order in ("rowid", "rowid DESC"))


@dataclass(frozen=True)
class SlipEntry:
    """One line of the list of slips."""

    number: str
    kind: SlipKind
    title: Text
    op_id: str | None
    at: datetime
    printed: bool


def next_number(conn: Connection, terminal: str) -> str:
    return f"{terminal}-{conn.exec_driver_sql(_LAST).scalar_one() + 1:0{NUMBER_DIGITS}d}"


def keep(conn: Connection, stamp: Stamp, slip: Slip, subject: Subject, state: State | None = None) -> Slip:
    """`state` is the operation's when the slip was worded."""
    body = {
        "title": [subject.title.zh, subject.title.en],
        "facts": paper.lines_to_json(subject.facts),
        "cash": subject.cash_fen,
        "state": state.value if state else None,
        "lines": paper.lines_to_json(slip.lines),
    }
    row = {
        "number": slip.number,
        "op_id": slip.op_id,
        "kind": slip.kind.value,
        "at": moments.wire(slip.at),
        "tq": stamp.quality,
        "body": json.dumps(body, ensure_ascii=False),
        "copies": 0,
        "printed_at": None,
    }
    lines.put(conn, slips, row)
    return slip


def by_number(conn: Connection, number: str) -> Slip:
    return _slip(_row(conn, number))


def first(conn: Connection, op_id: str) -> Slip | None:
    row = _of_operation(conn, op_id, newest=False)
    return None if row is None else _slip(row)


def latest(conn: Connection, op_id: str) -> Slip | None:
    row = _of_operation(conn, op_id, newest=True)
    return None if row is None else _slip(row)


def subject(conn: Connection, op_id: str) -> Subject | None:
    row = _of_operation(conn, op_id, newest=False)
    if row is None:
        return None
    body = json.loads(row.body)
    return Subject(Text(*body["title"]), paper.lines_from_json(body["facts"]), body["cash"])


def recent(conn: Connection, limit: int = 50) -> tuple[SlipEntry, ...]:
    query = select(slips).order_by(text("rowid DESC")).limit(limit)
    return tuple(_entry(row) for row in conn.execute(query))


def of_operation(conn: Connection, op_id: str) -> tuple[SlipEntry, ...]:
    query = select(slips).where(slips.c.op_id == op_id).order_by(text("rowid"))
    return tuple(_entry(row) for row in conn.execute(query))


def unprinted(conn: Connection, limit: int = 50) -> tuple[SlipEntry, ...]:
    """What a printer without paper left behind, or nobody wanted on paper; the newest first."""
    query = select(slips).where(slips.c.printed_at.is_(None)).order_by(text("rowid DESC")).limit(limit)
    return tuple(_entry(row) for row in conn.execute(query))


def unprinted_count(conn: Connection) -> int:
    return conn.execute(select(func.count()).where(slips.c.printed_at.is_(None))).scalar_one()


def to_print(conn: Connection, number: str) -> Slip:
    """The original until it has once been printed, then a copy that says so."""
    row = _row(conn, number)
    return _slip(row) if row.printed_at is None else _slip(row).as_copy()


def mark_printed(conn: Connection, number: str, at: datetime) -> None:
    row = _row(conn, number)
    if row.printed_at is None:
        change: dict[str, Any] = {"printed_at": moments.wire(at)}
    else:
        change = {"copies": row.copies + 1}
    lines.put(conn, slips, dict(row._mapping) | change)


def for_state(conn: Connection, desk: Desk, op_id: str) -> Slip:
    """The slip that is true now: made once for each state that people can hold in their hands."""
    view, about = outbox.find(conn, op_id), subject(conn, op_id)
    newest = _of_operation(conn, op_id, newest=True)
    if view is None or about is None or newest is None:
        raise Refused(Why.TARGET_UNKNOWN)
    kind = kind_for(view, SlipKind(newest.kind))
    if kind is SlipKind(newest.kind) and _says_so(newest, view):
        return to_print(conn, newest.number)
    number = next_number(conn, desk.place.terminal)
    held = first(conn, op_id)
    heading = Heading(
        kind, number, desk.now, op_id, outbox.slip_code(conn, op_id), held.number if held else None
    )
    fresh = slip_build.compose(desk, heading, about, _verdict(conn, view, kind))
    return keep(conn, desk.stamp, fresh, about, view.state)


def kind_for(view: OperationView, now: SlipKind) -> SlipKind:
    """What paper may say of the operation, given what it said last."""
    match view.state:
        case State.ACCEPTED:
            return ACCEPTED_KINDS.get(Kind(view.kind), SlipKind.DONE)
        case State.REJECTED:
            return SlipKind.NOT_DONE
        case State.REVIEW:
            return SlipKind.IN_REVIEW
        case _:
            return now


def _says_so(newest: Row[Any], view: OperationView) -> bool:
    """What was done on the spot needs no second slip when central agrees."""
    if view.state in WAITING or SlipKind(newest.kind) is SlipKind.DONE:
        return True
    return bool(json.loads(newest.body)["state"] == view.state.value)


def _verdict(conn: Connection, view: OperationView, kind: SlipKind) -> tuple[Line, ...]:
    case = cases.by_id(conn, view.case_id) if view.case_id else None
    number = case.number if case else None
    match kind:
        case SlipKind.NOT_DONE:
            owed = case.owes if case and case.op_id == view.op_id else ()
            back = sum(o.fen or 0 for o in owed if o.to is Party.CUSTOMER and o.what is What.CASH)
            return slip_build.not_done(words.reason(view.reason), number, back)
        case SlipKind.IN_REVIEW:
            return slip_build.in_review(words.reason(view.reason), number)
        case _:
            return slip_build.confirmed(words.outcome(Kind(view.kind), view.state))


def _of_operation(conn: Connection, op_id: str, *, newest: bool) -> Row[Any] | None:
    return conn.execute(_NEWEST if newest else _FIRST, {"operation": op_id}).one_or_none()


def _row(conn: Connection, number: str) -> Row[Any]:
    row = conn.execute(select(slips).where(slips.c.number == number)).one_or_none()
    if row is None:
        raise Refused(Why.SLIP_UNKNOWN, number=number)
    return row


def _slip(row: Row[Any]) -> Slip:
    body = json.loads(row.body)
    return Slip(
        number=row.number,
        kind=SlipKind(row.kind),
        op_id=row.op_id,
        at=moments.parse(row.at),
        lines=paper.lines_from_json(body["lines"]),
    )


def _entry(row: Row[Any]) -> SlipEntry:
    title = Text(*json.loads(row.body)["title"])
    at, printed = moments.parse(row.at), row.printed_at is not None
    return SlipEntry(row.number, SlipKind(row.kind), title, row.op_id, at, printed)
