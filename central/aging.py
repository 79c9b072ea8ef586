"""How far a chain is in every backup that somebody may still restore: a terminal forgets nothing younger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from central.tables import operations
from central.terminals import Life
from sync.wire.encoding import instant, parse_instant

STRIDE = 2000  # operations looked at in one push


@dataclass(frozen=True)
class Aged:
    seq: int
    next_at: str | None  # when there is more to find; null: nobody has looked


def aged(conn: Connection, life: Life, now: datetime, horizon: timedelta) -> Aged:
    """Costs nothing until the next operation is old enough."""
    if life.ages_at is not None and instant(now) < life.ages_at:
        return Aged(life.aged, life.ages_at)
    limit = instant(now - horizon)
    here = (operations.c.terminal == life.terminal.id) & (
        operations.c.incarnation == life.terminal.incarnation
    )
    window = operations.c.seq.between(life.aged + 1, life.aged + STRIDE)
    old = select(func.max(operations.c.seq)).where(here, window, operations.c.received_at <= limit)
    reached = conn.execute(old).scalar_one() or life.aged
    following = select(operations.c.received_at).where(here, operations.c.seq == reached + 1)
    received = conn.execute(following).scalar_one_or_none()
    if received is None:
        return Aged(reached, None)
    return Aged(reached, instant(parse_instant(received) + horizon))
