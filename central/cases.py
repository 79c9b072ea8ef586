"""Cases: who owes whom what after an operation that was not simply accepted, until everything is given back.

What a case owes is counted, never decided: the cash is the balance of its ledger account, the coupons are
those held with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central import changes, closing, epoch, ledger, redemptions
from central.business_tables import cases
from central.case_number import COUNTY_TIME, number
from central.handlers.base import Incoming
from central.outcomes import OperationRow
from central.tables import counties
from central.upsert import next_number
from sync.wire.case import CaseState, Owed, Party, Reason, What
from sync.wire.encoding import instant, parse_instant
from sync.wire.kinds import Kind
from sync.wire.operation import new_op_id

LOST_DAY = 1000  # more cases than a county opens in a day: numbers of a lost day are not used again
_BOOKED_BY_HANDLER = frozenset({Reason.LEASE_BREACH})


def open_case(
    conn: Connection, op: Incoming, reason: Reason, owes: Sequence[Owed], facts: Mapping[str, Any]
) -> str:
    """A new case, or the open one that `facts["case"]` names: the cash then joins what that one owes."""
    named = facts.get("case")
    if isinstance(named, str) and _is_open(conn, named, op.terminal.county):
        take_cash(conn, op, named)
        if reason is Reason.TARGET_REJECTED and due(conn, named) == 0:
            _close_evened(conn, op, named)
        else:
            revise(conn, named, op.received_at)
        return named
    case = new_op_id()
    _insert(conn, op, case, reason, facts)
    if reason not in _BOOKED_BY_HANDLER and not (reason in closing.UNDECIDED and op.cash_fen < 0):
        take_cash(conn, op, case)
    _begin(conn, case, [one for one in owes if one.what is What.GOODS], op.received_at)
    return case


def join_parent(conn: Connection, op: Incoming, parent: OperationRow, reason: Reason) -> str:
    """A dependent fails with its parent: one case for both, as long as the parent's is open."""
    joins = parent.case_id is not None and _is_open(conn, parent.case_id, op.terminal.county)
    case = parent.case_id if joins and parent.case_id else new_op_id()
    if not joins:
        _insert(conn, op, case, reason, {"parent": parent.op})
    if op.header.kind == Kind.RIGHT_REDEEM:
        redemptions.hold(conn, op, case)
    take_cash(conn, op, case)
    if joins:
        revise(conn, case, op.received_at)
    else:
        _begin(conn, case, [], op.received_at)
    return case


def insert_as(conn: Connection, op: Incoming, case: str, reason: Reason, facts: Mapping[str, Any]) -> None:
    """With an id that was told before; nothing is owed yet."""
    _insert(conn, op, case, reason, facts)


def open_notice(conn: Connection, op: Incoming, reason: Reason, facts: Mapping[str, Any]) -> str:
    """Something for a person to look at: it owes nobody anything."""
    case = new_op_id()
    _insert(conn, op, case, reason, facts)
    _begin(conn, case, [], op.received_at)
    return case


def _close_evened(conn: Connection, op: Incoming, case: str) -> None:
    """The customer had the cash back before anybody knew that it was owed."""
    closing.settle_reviews(conn, case, op.received_at, given_back=True)
    close(conn, case, op.received_at, by=op.header.op, facts={"at_point": op.terminal.point})


def revise(conn: Connection, case: str, at: datetime) -> None:
    """Counts again what is owed and tells the terminals; a closed one owes nothing, whatever is still to come
    of a past that central lost."""
    row = _row(conn, case)
    if row.state == CaseState.CLOSED:
        _change(conn, row, at, owes=[])
        return
    kept = [item for item in row.owes if item["what"] == What.GOODS.value]
    _change(conn, row, at, owes=_owes(conn, case, kept))


def close(
    conn: Connection, case: str, at: datetime, *, by: str | None, facts: Mapping[str, Any], settles: int = 0
) -> None:
    """Nothing may be owed once `settles` fen are booked, which the closing operation is about to do."""
    assert due(conn, case) + settles == 0, f"case {case} still owes cash"
    assert not redemptions.held(conn, case), f"case {case} still owes a coupon"
    row = _row(conn, case)
    closed = {"state": CaseState.CLOSED, "closed": instant(at), "closed_by": by}
    _change(conn, row, at, owes=[], facts={**row.facts, **facts}, **closed)


def due(conn: Connection, case: str) -> int:
    """Below zero: the customer is to get it; above: it is to come back."""
    return ledger.balance(conn, ledger.customer_due(case))


def find(conn: Connection, case: str, *, hold: bool = False) -> Row[Any] | None:
    """With `hold` nobody else closes or adds to it until the transaction ends."""
    query = select(cases).where(cases.c.id == case)
    return conn.execute(query.with_for_update() if hold else query).one_or_none()


def by_number(conn: Connection, county: str, case_number: str) -> dict[str, Any] | None:
    here = (cases.c.county == county) & (cases.c.number == case_number.strip().upper())
    row = conn.execute(select(cases).where(here)).one_or_none()
    return None if row is None else as_dict(row)


def county_cases(conn: Connection, county: str) -> list[dict[str, Any]]:
    """The open ones, oldest first."""
    here = (cases.c.county == county) & (cases.c.state == CaseState.OPEN)
    return [
        as_dict(row) for row in conn.execute(select(cases).where(here).order_by(cases.c.opened, cases.c.id))
    ]


def as_dict(row: Row[Any]) -> dict[str, Any]:
    """The case object of the protocol."""
    return {
        "case": row.id,
        "number": row.number,
        "op": row.op,
        "terminal": row.terminal,
        "point": row.point,
        "kind": row.kind,
        "reason": row.reason,
        "opened": row.opened,
        "state": row.state,
        "rev": row.rev,
        "owes": row.owes,
        "facts": row.facts,
    }


def _is_open(conn: Connection, case: str, county: str) -> bool:
    row = find(conn, case, hold=True)
    return row is not None and row.state == CaseState.OPEN and row.county == county


def _row(conn: Connection, case: str) -> Row[Any]:
    return conn.execute(select(cases).where(cases.c.id == case).with_for_update()).one()


def _change(conn: Connection, row: Row[Any], at: datetime, **values: Any) -> None:
    here = (cases.c.id == row.id) & (cases.c.rev == row.rev)
    done = conn.execute(update(cases).where(here).values(rev=row.rev + 1, **values))
    assert done.rowcount == 1, f"case {row.id} was revised by someone else"
    tell(conn, row.id, at)


def _insert(conn: Connection, op: Incoming, case: str, reason: Reason, facts: Mapping[str, Any]) -> None:
    terminal = op.terminal
    unbooked = {"unbooked_fen": op.unbooked_fen} if op.unbooked_fen else {}
    conn.execute(
        insert(cases).values(
            id=case,
            number=fresh_number(conn, terminal.county, op.received_at),
            county=terminal.county,
            op=op.header.op,
            terminal=terminal.id,
            point=terminal.point,
            kind=op.header.kind,
            reason=reason.value,
            opened=instant(op.received_at),
            state=CaseState.OPEN,
            rev=0,
            owes=[],
            facts={**facts, **unbooked},
        )
    )


def fresh_number(conn: Connection, county: str, at: datetime) -> str:
    """One that no case has, nor had on a day of which central lost a part."""
    settings = conn.execute(select(counties.c.settings).where(counties.c.id == county)).scalar_one()
    prefix = str(settings.get("case_prefix", county))
    life, day = epoch.life(conn), _day(at)
    lost = life.risen_at is not None and day <= _day(parse_instant(life.risen_at))
    apart = LOST_DAY * (life.epoch - 1) if lost else 0
    while True:
        made = number(prefix, at, apart + next_number(conn, f"case:{prefix}:{day}"))
        if conn.execute(select(cases.c.id).where(cases.c.number == made)).first() is None:
            return made


def _day(at: datetime) -> str:
    return at.astimezone(COUNTY_TIME).strftime("%y%m%d")


def _begin(conn: Connection, case: str, goods: Sequence[Owed], at: datetime) -> None:
    """Revision 1: what is owed from the start."""
    kept = [_owed(one) for one in goods]
    conn.execute(update(cases).where(cases.c.id == case).values(owes=_owes(conn, case, kept), rev=1))
    tell(conn, case, at)


def take_cash(conn: Connection, op: Incoming, case: str) -> None:
    """Out of suspense: from now on the case says whose it is."""
    legs = ledger.transfer(ledger.suspense(op.terminal.id), ledger.customer_due(case), op.cash_fen)
    ledger.book(conn, op, "due", legs)


def _owes(conn: Connection, case: str, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    fen = due(conn, case)
    owed = [Owed(Party.CENTRAL if fen > 0 else Party.CUSTOMER, What.CASH, abs(fen))] if fen else []
    owed += [Owed(Party.CUSTOMER, What.COUPON, id=coupon) for coupon in redemptions.held(conn, case)]
    return [*map(_owed, owed), *kept]


def _owed(one: Owed) -> dict[str, Any]:
    raw = {"to": one.to.value, "what": one.what.value, "fen": one.fen, "id": one.id}
    return {key: value for key, value in raw.items() if value is not None}


def tell(conn: Connection, case: str, at: datetime) -> None:
    """The terminals whose case it is hear of it as it stands."""
    row = conn.execute(select(cases).where(cases.c.id == case)).one()
    changes.publish_case(conn, row.terminal, row.county, as_dict(row), at)
