"""Leases given: a slice of a pool becomes a terminal's, grows, is renewed, and is honoured after a loss."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from central import changes, decks, epoch, pools, serials
from central.handlers.base import TerminalRow
from central.lease_moves import event, find, left_in, note
from central.rights_tables import LeaseEvent, LeaseState, allotments, lease_events, leases
from central.rights_tables import pools as pools_table
from central.tables import terminals
from sync.wire.answers import Profile
from sync.wire.encoding import instant
from sync.wire.grant import OPTIONAL, Grant
from sync.wire.operation import new_op_id
from sync.wire.rights import GENERIC, sort_of

MOST_BLOCKS = 8  # of single things in one answer; each is a lease of its own


@dataclass(frozen=True)
class Given:
    """What one question brought."""

    amount: int = 0
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True)
class _Wish:
    terminal: TerminalRow
    right: str
    start_seq: int
    at: datetime


def first_grants(conn: Connection, terminal: TerminalRow, at: datetime) -> list[Grant]:
    """At enrolment: what lies at the point; the leases of the terminal's earlier lives are frozen."""
    freeze_earlier(conn, terminal)
    if terminal.profile is Profile.PUBLIC or epoch.is_reconciling(conn):  # no drawer: nobody answers
        return []
    here = select(allotments).where(allotments.c.point == terminal.point, allotments.c.first > 0)
    wanted = [(row.right, row.first) for row in conn.execute(here.order_by(allotments.c.right))]
    given = (grant(conn, terminal, right, amount, 1, at) for right, amount in wanted)
    return [one for each in given for one in each.grants]


def freeze_earlier(conn: Connection, terminal: TerminalRow) -> None:
    old = (leases.c.terminal == terminal.id) & (leases.c.incarnation < terminal.incarnation)
    conn.execute(update(leases).where(old, leases.c.state == LeaseState.LIVE).values(state=LeaseState.FROZEN))


def grant(
    conn: Connection, terminal: TerminalRow, right: str, wanted: int, start_seq: int, at: datetime
) -> Given:
    """As much as pool and point allow; asking for nothing renews the age of what is held."""
    wish = _Wish(terminal, right, start_seq, at)
    allotted = pools.allotment(conn, right, terminal.point)
    if allotted is None:
        return Given()
    if wanted == 0:
        return Given(0, tuple(_renewed(conn, row, at) for row in _live(conn, wish) if left_in(row)))
    room = min(wanted, int(allotted.ceiling) - _outstanding(conn, right, terminal.point))
    if allotted.next_serial is not None:
        return _blocks(conn, wish, allotted, room)
    taken = pools.take_up_to(conn, right, room)
    if not taken:
        return Given()
    newest = next(iter(_live(conn, wish)), None)
    lease = _new(conn, wish, taken, {}) if newest is None else _raise(conn, newest, taken, at)
    note(conn, [event(lease, LeaseEvent.GRANT, taken, None, instant(at))])
    return Given(taken, (grant_of(conn, lease),))


def is_news(conn: Connection, given: Grant) -> bool:
    return _is_newer(given, find(conn, given.lease, hold=True))


def _is_newer(given: Grant, known: Row[Any] | None) -> bool:
    return known is None or known.rev < given.rev


def honour(conn: Connection, given: Grant, at: datetime, *, ended: bool = False) -> int | None:
    """A grant that central signed and, restored from a backup, has forgotten: it holds, in every case.

    Returns how much of it the pool does not have any more: the overdraw is central's loss. None: it is no
    news. `ended`: the life it was given to is not the one of this number that lives now.
    """
    known = find(conn, given.lease, hold=True)
    if known is not None and known.rev == given.rev and known.amount != given.amount:
        given = replace(given, rev=given.rev + 1)  # the first word holds; neither takes an equal revision
        changes.publish_grant(conn, given, at)
    if not _is_newer(given, known):
        return None
    more = given.amount - (known.amount if known else 0)
    missing = max(0, more - pools.take_up_to(conn, given.right, more))
    pools.add_missing(conn, given.right, missing)
    pools.put_back(conn, given.right, pools.Back(grantable=max(0, -more)))
    values = _columns(given)
    if known is None:
        life = select(terminals.c.point, terminals.c.incarnation).where(terminals.c.id == given.terminal)
        here = conn.execute(life).one()
        state = LeaseState.LIVE if given.incarnation == here.incarnation and not ended else LeaseState.FROZEN
        first = {"spent": 0, "returned": 0, "state": state, "point": here.point}
        conn.execute(insert(leases).values(**values, **first))
        if serials.is_block(given.detail):
            serials.take(conn, given.right, here.point, given.detail["first"], given.detail["last"])
    else:
        conn.execute(update(leases).where(leases.c.id == given.lease).values(**values))
    note(conn, [event(given.lease, LeaseEvent.GRANT, more, None, instant(at))])
    if missing:
        note(conn, [event(given.lease, LeaseEvent.OVERDRAW, missing, None, instant(at))])
    return missing


def grant_of(conn: Connection, lease: str) -> Grant:
    row = conn.execute(select(leases).where(leases.c.id == lease)).one()
    return Grant(
        lease=row.id,
        right=row.right,
        unit=row.unit,
        amount=row.amount,
        rev=row.rev,
        terminal=row.terminal,
        incarnation=row.incarnation,
        start_seq=row.start_seq,
        soft=row.soft,
        hard=row.hard,
        max_age_days=row.max_age_days,
        detail=row.detail,
        issued=row.issued,
        **{name: getattr(row, name) for name in OPTIONAL},
    )


def still_given(conn: Connection, named: Iterable[str]) -> list[Grant]:
    """Those in use: what was revoked or closed meanwhile is not given a second time."""
    ids = list(named)
    if not ids:
        return []
    here = leases.c.id.in_(ids) & (leases.c.state == LeaseState.LIVE)
    return [grant_of(conn, lease) for lease in conn.execute(select(leases.c.id).where(here)).scalars().all()]


def _columns(given: Grant) -> dict[str, Any]:
    return {"id" if name == "lease" else name: value for name, value in vars(given).items()}


def _blocks(conn: Connection, wish: _Wish, allotted: Row[Any], room: int) -> Given:
    """Single things: one lease a run of serials."""
    found: list[str] = []
    total = 0
    while room > total and len(found) < MOST_BLOCKS:
        run = serials.next_run(conn, allotted)
        taken = (
            0 if run is None else pools.take_up_to(conn, wish.right, min(room - total, run[1] - run[0] + 1))
        )
        if run is None or not taken:
            break
        last = run[0] + taken - 1
        serials.take(conn, wish.right, wish.terminal.point, run[0], last)
        detail = {"first": run[0], "last": last} | decks.cards_for(conn, wish.right, run[0], last)
        found.append(_new(conn, wish, taken, detail))
        note(conn, [event(found[-1], LeaseEvent.GRANT, taken, None, instant(wish.at))])
        total += taken
        again = pools.allotment(conn, wish.right, wish.terminal.point)
        assert again is not None
        allotted = again
    return Given(total, tuple(grant_of(conn, lease) for lease in found))


def _outstanding(conn: Connection, right: str, point: str) -> int:
    """What counts against the point's ceiling; goods and cash that lie or lay there count for ever."""
    held = leases.c.amount - leases.c.returned - leases.c.written_off
    if sort_of(right) in GENERIC:
        held = held - leases.c.spent
    here = (leases.c.right == right) & (leases.c.point == point)
    return int(conn.scalar(select(func.coalesce(func.sum(held), 0)).where(here)) or 0)


def _live(conn: Connection, wish: _Wish) -> list[Row[Any]]:
    """Newest first."""
    terminal = wish.terminal
    here = (
        (leases.c.terminal == terminal.id)
        & (leases.c.incarnation == terminal.incarnation)
        & (leases.c.right == wish.right)
        & (leases.c.point == terminal.point)
        & (leases.c.state == LeaseState.LIVE)
    )
    return list(conn.execute(select(leases).where(here).order_by(leases.c.issued.desc(), leases.c.id.desc())))


def _rule(conn: Connection, right: str) -> Row[Any]:
    return conn.execute(select(pools_table).where(pools_table.c.right == right)).one()


def _limits(rule: Row[Any], amount: int, uses: int) -> dict[str, Any]:
    """Of a lease of this amount that so many operations have drawn on."""
    counts = {"soft_count": None, "hard_count": None}
    if rule.most_uses is not None:
        soft = uses + rule.most_uses * rule.soft_percent // 100
        counts = {"soft_count": soft, "hard_count": uses + rule.most_uses}
    return {"soft": amount * rule.soft_percent // 100, "hard": amount, "most": rule.most, **counts}


def _new(conn: Connection, wish: _Wish, amount: int, detail: dict[str, Any]) -> str:
    rule, terminal, lease = _rule(conn, wish.right), wish.terminal, new_op_id()
    allotted = pools.allotment(conn, wish.right, terminal.point)
    assert allotted is not None
    conn.execute(
        insert(leases).values(
            id=lease,
            right=wish.right,
            point=terminal.point,
            terminal=terminal.id,
            incarnation=terminal.incarnation,
            start_seq=wish.start_seq,
            unit=rule.unit,
            amount=amount,
            spent=0,
            returned=0,
            rev=1,
            max_age_days=rule.max_age_days,
            detail=detail,
            issued=instant(wish.at),
            state=LeaseState.LIVE,
            slice=allotted.first or amount,
            low=rule.low_percent,
            **_limits(rule, amount, 0),
        )
    )
    return lease


def _renewed(conn: Connection, row: Row[Any], at: datetime) -> Grant:
    return grant_of(conn, _raise(conn, row, 0, at))


def _raise(conn: Connection, row: Row[Any], taken: int, at: datetime) -> str:
    drew = (
        (lease_events.c.lease == row.id)
        & (lease_events.c.what == LeaseEvent.SPEND)
        & (lease_events.c.amount > 0)
    )
    uses = int(conn.scalar(select(func.count()).select_from(lease_events).where(drew)) or 0)
    amount = row.amount + taken
    higher = update(leases).where(leases.c.id == row.id, leases.c.rev == row.rev)
    values = {"amount": amount, "rev": row.rev + 1, "issued": instant(at)}
    limits = _limits(_rule(conn, row.right), amount, uses)
    raised = conn.execute(higher.values(**values, **limits))
    assert raised.rowcount == 1, "the terminal is locked while its batch is applied"
    return str(row.id)
