"""Decks of prizes: made and sealed once, leased by position, laid open when the campaign is over."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from central import pools
from central.pools import Limits, Unit
from central.rights_tables import deck_cards, decks
from sync.wire import deck as wire_deck
from sync.wire.deck import Card
from sync.wire.encoding import b64
from sync.wire.errors import Malformed


@dataclass(frozen=True)
class OpenDeck:
    """Everything of it, for whoever wants to check: the commitment follows from the cards."""

    right: str
    commitment: str
    cards: tuple[Card, ...]


def create(conn: Connection, right: str, prizes: Mapping[str, int], limits: Limits | None = None) -> str:
    """Shuffles so many of each prize; returns the commitment, to be made public before the first draw."""
    order = [prize for prize, count in sorted(prizes.items()) for _ in range(count)]
    random.SystemRandom().shuffle(order)
    secret = os.urandom(32)
    cards = [
        Card(right, n, wire_deck.salt(secret, n), prize) for n, prize in enumerate(order, start=1)
    ]  # fmt: skip
    commitment = wire_deck.commitment(right, [card.leaf for card in cards])
    pools.create(conn, right, Unit.PIECE, len(order), limits)
    conn.execute(insert(decks).values(right=right, secret=secret, commitment=commitment))
    conn.execute(
        insert(deck_cards), [{"right": right, "position": c.position, "prize": c.prize} for c in cards]
    )
    return commitment


def is_there(conn: Connection, right: str) -> bool:
    return conn.execute(select(decks.c.right).where(decks.c.right == right)).first() is not None


def cards_for(conn: Connection, right: str, first: int, last: int) -> dict[str, Any]:
    """What a lease of these positions needs to be drawn from with no network; nothing for other rights."""
    row = conn.execute(select(decks).where(decks.c.right == right)).one_or_none()
    if row is None:
        return {}
    here = (deck_cards.c.right == right) & deck_cards.c.position.between(first, last)
    found = conn.execute(select(deck_cards).where(here).order_by(deck_cards.c.position))
    cards = [[b64(wire_deck.salt(row.secret, one.position)), one.prize] for one in found]
    return {"commitment": row.commitment, "cards": cards}


def genuine(conn: Connection, right: str, token: str) -> Card | None:
    """The card a terminal says it drew, if it lies at that position."""
    try:
        card = wire_deck.read(right, token)
    except Malformed:
        return None
    here = (deck_cards.c.right == right) & (deck_cards.c.position == card.position)
    row = conn.execute(
        select(decks.c.secret, deck_cards.c.prize)
        .join(decks, decks.c.right == deck_cards.c.right)
        .where(here)
    ).one_or_none()
    true = row is not None and (wire_deck.salt(row.secret, card.position), row.prize) == (
        card.salt,
        card.prize,
    )
    return card if true else None


def lay_open(conn: Connection, right: str) -> OpenDeck:
    """For the end of the campaign: whoever has it knows every card that was not drawn."""
    row = conn.execute(select(decks).where(decks.c.right == right)).one()
    query = select(deck_cards).where(deck_cards.c.right == right).order_by(deck_cards.c.position)
    cards = tuple(
        Card(right, one.position, wire_deck.salt(row.secret, one.position), one.prize)
        for one in conn.execute(query)
    )
    return OpenDeck(right, row.commitment, cards)
