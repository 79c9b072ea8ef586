"""What a terminal does for its leases by itself: asks for more at low water, renews, and closes what is over.

`wanted` only decides. Every deed is an operation in the chain, so nothing leaks when an answer is lost or
the power goes: what is unanswered is not asked again, what was refused is asked later and later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from sync import identity, leases, outbox, transfer
from sync.identity import IdentityState
from sync.leases import Lease, LeaseState
from sync.outbox import NewOperation, OperationView, Stamp, State
from sync.results import LEASE_CLOSE, LEASE_REQUEST
from sync.transfer import Chain
from sync.wire.case import Reason
from sync.wire.encoding import parse_instant
from sync.wire.operation import TimeQuality, new_op_id

AFTER_GRANT = timedelta(minutes=10)
AFTER_REFUSAL = timedelta(hours=1)
LONGEST_WAIT = timedelta(hours=24)
OLD = 2  # a lease is renewed after this part of its time

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Before:
    """What was asked of one right or said of one lease: how it stands, and since when."""

    open: bool
    refusals: int  # in a row, the newest
    at: datetime
    settled: bool = False  # a person decides now: nothing more is said


@dataclass(frozen=True)
class Deed:
    """One operation that the terminal records of itself."""

    kind: str
    payload: Payload


def wanted(
    held: Sequence[Lease], asked: Mapping[str, Before], now: datetime, quality: TimeQuality
) -> list[Deed]:
    """By right: how much of the slice is gone, and how old and how often used what is left is."""
    rights = {lease.right: lease for lease in held if lease.state is LeaseState.OPEN}
    deeds = []
    for right in sorted(rights):
        mine = [one for one in held if one.right == right and one.state is LeaseState.OPEN]
        amount = _missing(mine, now, quality)
        if amount is not None and _may_ask(asked.get(right), now):
            deeds.append(Deed(LEASE_REQUEST, {"right": right, "amount": amount}))
    return deeds


def _missing(mine: Sequence[Lease], now: datetime, quality: TimeQuality) -> int | None:
    """What is to be asked for; 0 renews what is held; None: nothing is needed."""
    newest = max(mine, key=lambda one: (one.issued, one.id))
    if not newest.low or not newest.slice:
        return None
    if any(_tired(one, now, quality) for one in mine if one.left > 0):
        return 0
    left = sum(one.left for one in mine)
    return newest.slice - left if left * 100 < newest.slice * newest.low else None


def _tired(lease: Lease, now: datetime, quality: TimeQuality) -> bool:
    """An unknown time says nothing of its age."""
    age = (now - parse_instant(lease.issued)).days
    aged = quality is not TimeQuality.UNKNOWN and age * OLD >= lease.max_age_days
    return aged or (lease.soft_count is not None and lease.uses >= lease.soft_count)


def _may_ask(before: Before | None, now: datetime) -> bool:
    if before is None:
        return True
    if before.open or before.settled:
        return False
    wait = AFTER_GRANT
    if before.refusals:
        wait = min(LONGEST_WAIT, AFTER_REFUSAL * 2 ** min(before.refusals - 1, 10))
    return now < before.at or now - before.at >= wait  # a time behind what was noted is no time to wait for


def closing(
    over: Sequence[Lease], ends: Mapping[int, int], said: Mapping[str, Before], now: datetime
) -> list[Deed]:
    """Statements on revoked leases and those of ended lives; `ends`: the last seq of each life that is up."""
    return [
        Deed(LEASE_CLOSE, _statement(lease, ends[lease.incarnation]))
        for lease in over
        if lease.incarnation in ends and _may_ask(said.get(lease.id), now)
    ]


def _statement(lease: Lease, last_seq: int) -> Payload:
    return {
        "lease": lease.id,
        "incarnation": lease.incarnation,
        "spent": lease.spent,
        "returned": lease.returned,
        "last_seq": last_seq,
    }


def due(conn: Connection, now: datetime, quality: TimeQuality) -> list[Deed]:
    """What is to be recorded now; nothing on a terminal that may record nothing."""
    here = identity.current(conn)
    if here is None or here.state is not IdentityState.OPEN:
        return []
    held = leases.all_leases(conn)
    over = [
        one
        for one in held
        if one.state in (LeaseState.FROZEN, LeaseState.REVOKED) and one.terminal == here.terminal
    ]
    deeds: list[Deed] = []
    if any(one.low for one in held):
        deeds += wanted(held, _history(conn, LEASE_REQUEST, "right"), now, quality)
    if over:
        lives = {one.incarnation for one in over}
        deeds += closing(over, _ends(conn, here.terminal, here.incarnation, lives),
                         _history(conn, LEASE_CLOSE, "lease"), now)  # fmt: skip
    return deeds


def tend(conn: Connection, stamp: Stamp, now: datetime) -> int:
    """Records what is due, one at a time: a statement's last seq is that of the operation before it."""
    done = 0
    while True:
        deeds = due(conn, now, TimeQuality(stamp.quality))
        if not deeds:
            return done
        new = NewOperation(op_id=new_op_id(), kind=deeds[0].kind, payload=dict(deeds[0].payload))
        outbox.record(conn, new, stamp)
        done += 1


def _ends(conn: Connection, terminal: str, current: int, lives: Iterable[int]) -> dict[int, int]:
    """Of this life the newest seq; of an ended one the last, if central has answered all of it."""
    found = {}
    for life in lives:
        chain = Chain(terminal, life)
        if life == current or transfer.first_unanswered(conn, chain) is None:
            found[life] = transfer.last_seq(conn, chain)
    return found


def _history(conn: Connection, kind: str, key: str) -> dict[str, Before]:
    """By right or lease, from the newest operations of this kind."""
    views: dict[str, list[OperationView]] = {}
    for view in outbox.recent(conn, kinds=(kind,)):
        if key in view.payload:
            views.setdefault(str(view.payload[key]), []).append(view)
    return {name: _before(found) for name, found in views.items()}


def _before(newest_first: Sequence[OperationView]) -> Before:
    newest = newest_first[0]
    refusals = 0
    for view in newest_first:
        if view.state is not State.REJECTED:
            break
        refusals += 1
    settled = newest.kind == LEASE_CLOSE and newest.state is State.REJECTED
    by_a_person = settled and newest.reason != Reason.TARGET_UNKNOWN
    return Before(not newest.state.final, refusals, parse_instant(newest.at), by_a_person)
