"""What is allotted to this terminal: seen, asked for and handed back, each as an operation in the chain."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from kiosk.services import moments, money, recording
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.permissions import Permission
from sync import leases as sync_leases
from sync import outbox, tending
from sync.leases import Advice, Lease, LeaseState, Limit
from sync.outbox import NewOperation, OperationView, State
from sync.wire.kinds import Kind

SERIALS = "serials"
MOST = 10**12  # fen or pieces: what central reads in one amount


@dataclass(frozen=True)
class Terms:
    """How far it goes with no network, and what becomes of it by itself."""

    state: LeaseState
    closing: bool  # a statement on it waits for central's answer
    soft: int
    hard: int
    uses: int
    hard_count: int | None
    until: datetime  # with no news of central it is used no longer
    renews_below: int | None


@dataclass(frozen=True)
class LeaseView:
    lease: str
    right: str
    unit: str
    granted: int
    spent: int
    returned: int
    left: int
    advice: Advice
    limit: Limit | None
    issued: datetime
    asked: bool  # more of it has been asked for, central has not answered yet
    terms: Terms


def held(conn: Connection, desk: Desk) -> tuple[LeaseView, ...]:
    waiting, closing = _asked_for(conn), _open_about(conn, Kind.LEASE_CLOSE, "lease")
    found = []
    for lease in sync_leases.all_leases(conn):
        stands = desk.standing(lease)
        view = LeaseView(
            lease=lease.id,
            right=lease.right,
            unit=lease.unit,
            granted=lease.amount,
            spent=lease.spent,
            returned=lease.returned,
            left=lease.left,
            advice=stands.advice,
            limit=stands.limit,
            issued=moments.parse(lease.issued),
            asked=lease.right in waiting,
            terms=_terms(lease, lease.id in closing),
        )
        found.append(view)
    return tuple(found)


def ask(conn: Connection, desk: Desk, op_id: str, right: str, amount: int) -> OperationView:
    """The grant comes with the answer, and may be for less."""
    payload = {"right": right, "amount": amount}
    if not recording.recorded(conn, op_id, Kind.LEASE_REQUEST, payload):
        desk.require(Permission.ALLOT)
        money.positive(amount)
        if amount > MOST:
            raise Refused(Why.AMOUNT_TOO_LARGE, limit=money.show(MOST))
        if right in _asked_for(conn):
            raise Refused(Why.ALREADY_ASKED)
        _record(conn, desk, op_id, Kind.LEASE_REQUEST, payload)
        tending.asked_for(conn, right, op_id)
    return _view(conn, op_id)


def hand_back(conn: Connection, desk: Desk, op_id: str, lease_id: str, amount: int) -> OperationView:
    """At once out of what may be spent here; of single things the last ones, named by their serials."""
    payload: dict[str, Any] = {"lease": lease_id, "amount": amount}
    if not recording.recorded(conn, op_id, Kind.LEASE_RETURN, payload, {SERIALS}):
        desk.require(Permission.ALLOT)
        money.positive(amount)
        lease = sync_leases.by_id(conn, lease_id)
        left = lease.left if lease is not None else 0
        if lease is None or amount > left:
            raise Refused(Why.SHARE_LESS, left=str(left))
        serials = sync_leases.give_back(conn, lease_id, amount, op_id)
        if serials:
            payload[SERIALS] = serials
        _record(conn, desk, op_id, Kind.LEASE_RETURN, payload)
        if amount == left:
            tending.handed_back(conn, lease.right, op_id)
    return _view(conn, op_id)


def _terms(lease: Lease, closing: bool) -> Terms:
    return Terms(
        state=lease.state,
        closing=closing,
        soft=lease.soft,
        hard=lease.hard,
        uses=lease.uses,
        hard_count=lease.hard_count,
        until=moments.parse(lease.issued) + timedelta(days=lease.max_age_days),
        renews_below=lease.slice * lease.low // 100 if lease.slice and lease.low else None,
    )


def _asked_for(conn: Connection) -> frozenset[str]:
    return _open_about(conn, Kind.LEASE_REQUEST, "right")


def _open_about(conn: Connection, kind: Kind, member: str) -> frozenset[str]:
    """What operations of this kind that are not final yet are about."""
    waiting = (State.RECORDED, State.SENT, State.UNKNOWN, State.REVIEW)
    found = outbox.recent(conn, kinds=(kind.value,), states=waiting)
    return frozenset(str(view.payload.get(member)) for view in found)


def _record(conn: Connection, desk: Desk, op_id: str, kind: Kind, payload: dict[str, Any]) -> None:
    desk.recording()
    by = desk.session.operator if desk.session else None
    outbox.record(conn, NewOperation(op_id=op_id, kind=kind.value, payload=payload, by=by), desk.stamp)


def _view(conn: Connection, op_id: str) -> OperationView:
    view = outbox.find(conn, op_id)
    assert view is not None
    return view
