"""Cases as central tells them: who owes whom what, until closed."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from sync import lines
from sync.tables import cases
from sync.wire.case import CaseState, Owed, Party, What
from sync.wire.errors import Malformed
from sync.wire.shape import Fields


@dataclass(frozen=True)
class CaseView:
    id: str
    number: str
    op_id: str
    terminal: str
    point: str
    kind: str
    reason: str
    owes: tuple[Owed, ...]
    state: CaseState
    rev: int
    facts: dict[str, Any]
    opened: str


def open_cases(conn: Connection) -> list[CaseView]:
    """Oldest first."""
    query = select(cases).where(cases.c.state == CaseState.OPEN.value).order_by(cases.c.opened, cases.c.id)
    return [_view(row) for row in conn.execute(query)]


def by_number(conn: Connection, number: str) -> CaseView | None:
    row = conn.execute(select(cases).where(cases.c.number == number)).one_or_none()
    return None if row is None else _view(row)


def by_id(conn: Connection, case_id: str) -> CaseView | None:
    row = conn.execute(select(cases).where(cases.c.id == case_id)).one_or_none()
    return None if row is None else _view(row)


def apply_case(conn: Connection, raw: dict[str, Any]) -> bool:
    """The case object of the wire; whether it was news. Raises Malformed."""
    row = _row(raw)
    known = conn.execute(select(cases.c.rev).where(cases.c.id == row["id"])).scalar_one_or_none()
    if known is not None and known >= row["rev"]:
        return False
    lines.put(conn, cases, row)
    return True


def _row(raw: dict[str, Any]) -> dict[str, Any]:
    read = Fields(raw, "case")
    owes = read.items("owes")
    for item in owes:
        _owed(item)
    state = read.text("state")
    if state not in {known.value for known in CaseState}:
        raise Malformed(f"unknown state of a case {state[:32]!r}")
    return {
        "id": read.text("case"),
        "number": read.text("number"),
        "op_id": read.text("op"),
        "terminal": read.text("terminal"),
        "point": read.text("point"),
        "kind": read.text("kind"),
        "reason": read.text("reason"),
        "owes": json.dumps(owes, ensure_ascii=False, sort_keys=True),
        "facts": json.dumps(read.mapping("facts"), ensure_ascii=False, sort_keys=True),
        "state": state,
        "rev": read.integer("rev"),
        "opened": read.text("opened"),
    }


def _owed(raw: Any) -> Owed:
    read = Fields(raw, "owes")
    fen, target = read.optional_integer("fen"), read.optional_text("id")
    try:
        return Owed(Party(read.text("to")), What(read.text("what")), fen, target)
    except ValueError as error:
        raise Malformed(f"owes: {error}") from error


def _view(row: Row[Any]) -> CaseView:
    return CaseView(
        id=row.id,
        number=row.number,
        op_id=row.op_id,
        terminal=row.terminal,
        point=row.point,
        kind=row.kind,
        reason=row.reason,
        owes=tuple(_owed(item) for item in json.loads(row.owes)),
        state=CaseState(row.state),
        rev=row.rev,
        facts=json.loads(row.facts),
        opened=row.opened,
    )
