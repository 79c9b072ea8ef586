"""Counted cash in the drawer, and the float: how much more cash this point may take."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from kiosk.services import moments, money
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.store.tables import till_moves
from sync import leases, lines
from sync.leases import Advice, Draw, Lease, Limit, Standing
from sync.wire.kinds import Kind
from sync.wire.operation import TimeQuality
from sync.wire.rights import float_right

REFUSALS = {
    Limit.HARD: Why.FLOAT_STOPPED,
    Limit.AGE: Why.FLOAT_TOO_OLD,
    Limit.CLOCK: Why.FLOAT_TOO_OLD,
    Limit.EXHAUSTED: Why.FLOAT_STOPPED,
    Limit.CLOSED: Why.FLOAT_NONE,
}


@dataclass(frozen=True)
class TillStanding:
    till_fen: int
    float_left_fen: int
    float_fen: int
    advice: Advice
    limit: Limit | None


@dataclass(frozen=True)
class KindTotal:
    kind: Kind
    count: int
    fen: int


@dataclass(frozen=True)
class DayTotals:
    day: date
    taken_fen: int
    given_fen: int
    by_kind: tuple[KindTotal, ...]


def in_drawer(conn: Connection) -> int:
    return int(conn.execute(select(func.coalesce(func.sum(till_moves.c.fen), 0))).scalar_one())


def standing(conn: Connection, desk: Desk) -> TillStanding:
    held = leases.for_right(conn, float_right(desk.place.point))
    if not held:
        return TillStanding(in_drawer(conn), 0, 0, Advice.STOP, Limit.EXHAUSTED)
    best = _best(held, desk)
    left = sum(lease.left for lease in held)
    total = sum(lease.amount - lease.returned for lease in held)
    return TillStanding(in_drawer(conn), left, total, best.advice, best.limit)


def check(conn: Connection, desk: Desk, fen: int) -> None:
    """Whether this cash may move now: above zero into the drawer, below out of it. Raises Refused."""
    _lease_for(conn, desk, fen)


def move(conn: Connection, desk: Desk, op_id: str, kind: Kind, fen: int) -> dict[str, int | str]:
    """Moves the cash and the float by the same amount; returns the payload's `cash`."""
    lease = _lease_for(conn, desk, fen)
    if fen == 0:
        return {"fen": 0, "lease": lease.id}
    blind = desk.stamp.quality == TimeQuality.UNKNOWN.value
    leases.draw(conn, Draw(lease.id, fen, op_id=op_id, blind=blind))
    row = {
        "at": moments.wire(desk.now),
        "tq": desk.stamp.quality,
        "fen": fen,
        "kind": kind.value,
        "op_id": op_id,
        "operator": desk.session.operator if desk.session else None,
    }
    lines.put(conn, till_moves, row)
    return {"fen": fen, "lease": lease.id}


def change(due_fen: int, tendered_fen: int) -> int:
    """What the payer gets back."""
    if tendered_fen < due_fen:
        raise Refused(Why.TENDERED_SHORT, short=money.show(due_fen - tendered_fen))
    return tendered_fen - due_fen


def day(conn: Connection, of: date) -> DayTotals:
    start = moments.wire(moments.day_start(of))
    end = moments.wire(moments.day_start(of + timedelta(days=1)))
    query = (
        select(till_moves.c.kind, func.count(), func.sum(till_moves.c.fen))
        .where(till_moves.c.at >= start, till_moves.c.at < end)
        .group_by(till_moves.c.kind)
        .order_by(till_moves.c.kind)
    )
    totals = tuple(KindTotal(Kind(kind), count, fen) for kind, count, fen in conn.execute(query))
    within = till_moves.c.at >= start, till_moves.c.at < end
    taken = select(func.coalesce(func.sum(till_moves.c.fen), 0)).where(*within, till_moves.c.fen > 0)
    given = select(func.coalesce(func.sum(-till_moves.c.fen), 0)).where(*within, till_moves.c.fen < 0)
    return DayTotals(of, conn.execute(taken).scalar_one(), conn.execute(given).scalar_one(), totals)


def _lease_for(conn: Connection, desk: Desk, fen: int) -> Lease:
    held = leases.for_right(conn, float_right(desk.place.point))
    if not held:
        raise Refused(Why.FLOAT_NONE)
    if fen <= 0:
        return _for_payout(conn, held, -fen)
    free = [lease for lease in held if desk.standing(lease).advice is not Advice.STOP]
    if not free:
        limit = _best(held, desk).limit
        raise Refused(REFUSALS[limit] if limit is not None else Why.FLOAT_STOPPED)
    roomy = [lease for lease in free if lease.room >= fen]
    if not roomy:
        raise Refused(Why.OVER_FLOAT, left=money.show(max(lease.room for lease in free)))
    return roomy[0]


def _for_payout(conn: Connection, held: list[Lease], fen: int) -> Lease:
    """Giving cash back is never stopped by a lease's limits, only by an empty drawer."""
    cash = in_drawer(conn)
    if cash < fen:
        raise Refused(Why.TILL_SHORT, till=money.show(cash))
    return max(held, key=lambda lease: lease.spent)


def _best(held: list[Lease], desk: Desk) -> Standing:
    order = (Advice.FREE, Advice.PREFER_ONLINE, Advice.STOP)
    return min((desk.standing(lease) for lease in held), key=lambda s: order.index(s.advice))
