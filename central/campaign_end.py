"""The end of a campaign: its deck is laid open, and nothing of it can be drawn any more."""

from __future__ import annotations

from sqlalchemy import Connection, select

from central import decks, epoch, pools
from central.decks import OpenDeck
from central.errors import BooksWrong, SetupError
from central.rights_tables import LeaseState, leases
from sync.wire import deck as wire_deck


def lay_open(conn: Connection, right: str) -> OpenDeck:
    """Once for good, and again as often as wanted: who sees the deck knows every card that was not drawn, so
    none may be out and what lies in the pool is written off. Raises SetupError, BooksWrong."""
    if not decks.is_there(conn, right):
        raise SetupError(f"没有这副牌：{right} · no such deck")
    if epoch.is_reconciling(conn):
        raise SetupError("恢复核对中，可能还有份额在外 · reconciling: more of it may be out than is known")
    pools.recount(conn, right, 0)
    query = select(leases).where(leases.c.right == right, leases.c.state != LeaseState.CLOSED)
    out = [f"{row.id} ({row.terminal})" for row in conn.execute(query.order_by(leases.c.id))]
    if out:
        raise SetupError(
            f"还有份额在外，请先了结（lease close --remainder write-off）：{', '.join(out)} · "
            "still out there: close these leases first"
        )
    found = decks.lay_open(conn, right)
    if wire_deck.commitment(right, [card.leaf for card in found.cards]) != found.commitment:
        raise BooksWrong(f"{right}：牌与承诺不符 · the cards are not those of the commitment")
    return found
