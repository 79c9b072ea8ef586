"""Bugs in what is scarce: counted wrongly, given twice, or taken back from somebody who has it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from central import lease_ends, lease_moves, pools
from central.handlers.base import Accepted, Rejected
from central.lease_ends import Remainder
from central.pools import Back
from central.rights_tables import LeaseState
from central.rights_tables import leases as given
from central.rights_tables import pools as pools_table
from sync import transfer
from sync.transfer import Chain
from sync.wire.case import Reason
from sync.wire.encoding import instant
from tests.proof.mutants import questions
from tests.proof.mutants.model import Mutant, around, instead
from tests.proof.mutants.provers import Asks, Schedules, Weeks

SPENDING = Schedules(wishes=("sell", "stated", "redeem", "order"))
ASKING = Schedules(wishes=("lease request", "sell", "lease return"))


def _without_end(conn: Any, right: str, wanted: int) -> int:
    here = pools_table.c.right == right
    if wanted > 0:
        conn.execute(pools_table.update().where(here).values(available=pools_table.c.available - wanted))
    return max(0, wanted)


def _silent_ones_first(real: Any, conn: Any, terminal: Any, right: str, *rest: Any) -> Any:
    """What nobody has heard of for a fortnight is thought to be free."""
    at = rest[-1]
    old = (given.c.right == right) & (given.c.issued < instant(at - timedelta(days=14)))
    for row in conn.execute(select(given).where(old, given.c.state == LeaseState.LIVE)).all():
        if row.terminal != terminal.id and lease_moves.left_in(row) > 0:
            lease_ends.close(conn, row, Remainder.POOL, None, at)
    return real(conn, terminal, right, *rest)


def _returned_twice(real: Any, conn: Any, op: Any, lease: Any, amount: int, back: Any) -> bool:
    done: bool = real(conn, op, lease, amount, back)
    if done:
        pools.put_back(conn, lease.right, Back(grantable=amount))
    return done


def _undone_twice(real: Any, conn: Any, lease: str, amount: int, op: str, at: str) -> None:
    real(conn, lease, amount, op, at)
    row = lease_moves.find(conn, lease)
    if row is not None and row.spent >= amount:
        real(conn, lease, amount, op, at)


def _closed_unseen(real: Any, handler: Any, conn: Any, op: Any, payload: Any) -> Any:
    lease = lease_moves.find(conn, payload.lease, hold=True)
    if lease is None or lease.state == LeaseState.CLOSED:
        return real(handler, conn, op, payload)
    lease_ends.close(conn, lease, Remainder.POOL, op.header.op, op.received_at)
    return Accepted(facts={"lease": lease.id})


def _ended_before_its_end(conn: Any, terminal: str, _current: int, lives: Any) -> dict[int, int]:
    return {life: transfer.last_seq(conn, Chain(terminal, life)) for life in lives}


def _refused_when_low(real: Any, goods: Any, conn: Any, op: Any, payload: Any) -> Any:
    """As if the stock were central's to sell: a big day, and the third sale is refused."""
    sold = conn.exec_driver_sql("SELECT count(*) FROM sales").scalar_one()
    return Rejected(Reason.POOL_EMPTY) if sold else real(goods, conn, op, payload)


MUTANTS = (
    Mutant(
        "spent without a counter",
        "A terminal records what it sells and does not count it off its lease.",
        (5,),
        SPENDING,
        (instead("sync.leases:draw", lambda *_: None),),
    ),
    Mutant(
        "rejected spend kept",
        "What a rejected operation had taken of a lease stays spent at the terminal.",
        (5,),
        Asks(questions.a_rejected_spend),
        (
            instead("sync.leases:release_spends", lambda *_: None),
            instead("sync.leases:take_again", lambda *_: None),
        ),
    ),
    Mutant(
        "granted above the pool",
        "A lease is as large as was asked for, whether the pool has that much or not.",
        (5,),
        Asks(questions.a_request_for_more_than_there_is),
        (instead("central.pools:take_up_to", _without_end),),
    ),
    Mutant(
        "granted above the ceiling",
        "What a point holds already does not count against what it may hold.",
        (5,),
        Asks(questions.a_request_for_more_than_there_is),
        (instead("central.leases:_outstanding", lambda *_: 0),),
    ),
    Mutant(
        "silent lease given to others",
        "What a terminal holds that was not heard of for a fortnight goes to whoever asks next.",
        (5, 13),
        Schedules(
            blows=("ninety days offline",), wishes=("lease request", "sell", "stated", "order"), tries=60
        ),
        (around("central.leases:grant", _silent_ones_first),),
    ),
    Mutant(
        "return counted twice",
        "What comes back from a lease is put into the pool two times.",
        (5,),
        ASKING,
        (around("central.lease_moves:give_back", _returned_twice),),
    ),
    Mutant(
        "undone twice",
        "What a reversed sale had taken lies in the lease two times.",
        (5,),
        Schedules(wishes=("sell", "reverse")),
        (around("central.lease_moves:unspend", _undone_twice),),
    ),
    Mutant(
        "closed without comparing",
        "A lease of an ended life is closed before its last operations are in, and nobody compares books.",
        (5, 13),
        Weeks(),
        (
            instead("sync.tending:_ends", _ended_before_its_end),
            around("central.handlers.lease_close:LeaseCloses.apply", _closed_unseen),
        ),
    ),
    Mutant(
        "allotted sale refused",
        "Central rejects a sale out of a lease because goods are short.",
        (13,),
        Schedules(wishes=("sell", "lease request")),
        (around("central.handlers.goods:Goods.apply", _refused_when_low),),
    ),
    Mutant(
        "old lease spent by the new life",
        "At re-enrolment the leases of the life before are not frozen.",
        (5,),
        Schedules(blows=("enrolled anew",), wishes=("sell", "stated", "order", "redeem")),
        (instead("sync.leases:freeze_others", lambda *_: None),),
    ),
    Mutant(
        "grant taken down by an older one",
        "The newest grant that arrives counts, not the highest revision.",
        (5,),
        Weeks(),
        (
            around(
                "sync.leases:apply_grant", lambda real, conn, grant, token: _any_rev(conn, grant, token, real)
            ),
        ),
    ),
)


def _any_rev(conn: Any, grant: Any, token: str, real: Any) -> Any:
    conn.exec_driver_sql("UPDATE leases SET rev = 0, spent = 0 WHERE id = ?", (grant.lease,))
    return real(conn, grant, token)
