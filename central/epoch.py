"""Central's life number: it rises when a signed ack proves that this database lost a part of its past."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from central.tables import central_state
from sync.wire.encoding import instant


def begin(conn: Connection, at: datetime) -> None:
    conn.execute(insert(central_state).values(one=1, epoch=1, born_at=instant(at)))


def current(conn: Connection) -> int:
    return int(conn.execute(select(central_state.c.epoch)).scalar_one())


def raise_above(conn: Connection, lost: int) -> int:
    """After a loss in epoch `lost`: the epoch to live in from now on."""
    rise = update(central_state).where(central_state.c.epoch <= lost).values(epoch=lost + 1)
    conn.execute(rise)
    return current(conn)
