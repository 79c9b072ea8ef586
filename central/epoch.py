"""Central's life number: it rises when a signed ack proves that this database lost a part of its past.

From then on central is reconciling, until a person says that enough terminals were heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from central.tables import central_state
from sync.wire.encoding import instant


@dataclass(frozen=True)
class Life:
    epoch: int
    risen_at: str | None
    reconciling_since: str | None


def begin(conn: Connection, at: datetime) -> None:
    conn.execute(insert(central_state).values(one=1, epoch=1, born_at=instant(at)))


_EPOCH, _LIFE = select(central_state.c.epoch), select(central_state)


def current(conn: Connection) -> int:
    return int(conn.execute(_EPOCH).scalar_one())


def life(conn: Connection) -> Life:
    row = conn.execute(_LIFE).one()
    return Life(row.epoch, row.risen_at, row.reconciling_since)


def is_reconciling(conn: Connection) -> bool:
    """While a part of the past is outstanding nothing is granted and nothing told to partners."""
    return conn.execute(select(central_state.c.reconciling_since)).scalar_one() is not None


def raise_above(conn: Connection, lost: int, at: datetime) -> int:
    """After a loss in epoch `lost`: the epoch to live in from now on."""
    rise = update(central_state).where(central_state.c.epoch <= lost)
    moment = instant(at)
    conn.execute(rise.values(epoch=lost + 1, risen_at=moment, reconciling_since=moment))
    return current(conn)


def end_reconciling(conn: Connection) -> None:
    conn.execute(update(central_state).values(reconciling_since=None))
