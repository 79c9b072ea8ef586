"""One right of every generic sort at the village point, for tests that spend, return and close them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from central import decks, pools
from central.pools import Allotment, Limits, Unit
from central.rights_tables import pools as pools_table
from sync.wire.rights import Sort

POINTS, BUDGET, DECK, NUMBERS = "points:summer", "budget:new-year", "deck:new-year", "numbers:desk-1"
PRIZES = {"rice-5kg": 3, "tea": 5, "thanks": 32}
LIMITS = Limits(soft_percent=80, max_age_days=30, low_percent=30, most_uses=200)


def plant_rights(conn: Connection, points: tuple[str, ...], sizes: tuple[int, int] = (10, 20)) -> str:
    """Each point may hold a first and a most of single things, ten times as much of the others."""
    first, most = sizes
    pools.create(conn, POINTS, Unit.POINT, 100 * most, LIMITS)
    pools.create(conn, BUDGET, Unit.FEN, 100 * most, LIMITS)
    pools.create(conn, NUMBERS, Unit.PIECE, len(points) * most, LIMITS)
    prizes = PRIZES if len(points) * most == sum(PRIZES.values()) else {"thanks": len(points) * most}
    commitment = decks.create(conn, DECK, prizes, LIMITS)
    for n, point in enumerate(points):
        for right in (POINTS, BUDGET):
            pools.allot(conn, Allotment(right, point, 10 * first, 10 * most))
        run = {"next_serial": n * most + 1, "last_serial": (n + 1) * most}
        for right in (DECK, NUMBERS):
            pools.allot(conn, Allotment(right, point, first, most, **run))
    known = set(conn.execute(select(pools_table.c.right)).scalars())
    assert {right.partition(":")[0] for right in known} >= set(Sort) - {"float", "stock", "coupon"}
    return commitment
