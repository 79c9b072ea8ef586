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
from sync.outbox import NewOperation, Stamp, State
from sync.transfer import Chain
from sync.wire.case import Reason
from sync.wire.encoding import parse_instant
from sync.wire.kinds import Kind
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

    kind: Kind
    payload: Payload


def wanted(
    open_: Sequence[Lease], asked: Mapping[str, Before], now: datetime, quality: TimeQuality
) -> list[Deed]:
    """By right: how much of the slice is gone, and how old and how often used what is left is."""
    deeds = []
    for right in sorted({one.right for one in open_}):
        mine = [one for one in open_ if one.right == right]
        amount = _missing(mine, now, quality)
        if amount is not None and _may_ask(asked.get(right), now):
            deeds.append(Deed(Kind.LEASE_REQUEST, {"right": right, "amount": amount}))
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
        Deed(Kind.LEASE_CLOSE, _statement(lease, ends[lease.incarnation]))
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
    open_ = [one for one in held if one.state is LeaseState.OPEN]
    over = [one for one in held if one.state in _OVER and one.terminal == here.terminal]
    asked = _known(conn, {one.right for one in open_ if one.low})
    deeds = wanted(open_, asked, now, quality)
    if over:
        ends = _ends(conn, here.terminal, here.incarnation, {one.incarnation for one in over})
        deeds += closing(over, ends, _known(conn, {one.id for one in over}), now)
    return deeds


def tend(conn: Connection, stamp: Stamp, now: datetime) -> int:
    """Records what is due, one at a time: a statement's last seq is that of the operation before it."""
    done = 0
    while deeds := due(conn, now, TimeQuality(stamp.quality)):
        deed = deeds[0]
        new = NewOperation(op_id=new_op_id(), kind=deed.kind.value, payload=dict(deed.payload))
        outbox.record(conn, new, stamp)
        asked_for(conn, str(deed.payload["right" if deed.kind is Kind.LEASE_REQUEST else "lease"]), new.op_id)
        done += 1
    return done


def asked_for(conn: Connection, what: str, op_id: str) -> None:
    """The newest request for this right, or statement on this lease, whoever made it."""
    before = _before(conn, what)
    refusals = 0 if before is None else before.refusals
    transfer.set_cursor(conn, _NAME.format(what), f"{op_id} {refusals}")


def handed_back(conn: Connection, right: str, op_id: str) -> None:
    """A person gave all of it up: nothing more is asked for until a person asks."""
    transfer.set_cursor(conn, _NAME.format(right), f"{op_id} 0")


_OVER = (LeaseState.FROZEN, LeaseState.REVOKED)
_NAME = "tended:{}"


def _ends(conn: Connection, terminal: str, current: int, lives: Iterable[int]) -> dict[int, int]:
    """Of this life the newest seq; of an ended one the last, if central has answered all of it."""
    found = {}
    for life in lives:
        chain = Chain(terminal, life)
        if life == current or transfer.first_unanswered(conn, chain) is None:
            found[life] = transfer.last_seq(conn, chain)
    return found


def _known(conn: Connection, names: Iterable[str]) -> dict[str, Before]:
    found = {name: _before(conn, name) for name in names}
    return {name: before for name, before in found.items() if before is not None}


def _before(conn: Connection, what: str) -> Before | None:
    kept = transfer.cursor(conn, _NAME.format(what))
    op_id, _, refusals = (kept or "").partition(" ")
    newest = outbox.find(conn, op_id) if kept else None
    if newest is None:
        return None
    refused = newest.state is State.REJECTED
    if newest.kind == Kind.LEASE_RETURN:
        return Before(open=False, refusals=0, at=parse_instant(newest.at), settled=not refused)
    settled = refused and newest.kind == Kind.LEASE_CLOSE and newest.reason != Reason.TARGET_UNKNOWN
    count = int(refusals) + 1 if refused else 0
    return Before(not newest.state.final, count, parse_instant(newest.at), settled)
