"""A deck of prizes: sealed before the first draw, drawn with no network, checked by anyone (PROTOCOL.md §5).

The order of the prizes is fixed when the deck is made. Each position has a salt that only central and the
terminal that leases the position know; the commitment over all positions is public from the start, and with
the whole deck, laid open after the campaign, anyone checks it and every card that was drawn.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from sync.wire.encoding import b64, unb64
from sync.wire.errors import Malformed

_LEAF, _DECK = b"yizhan-card-v1", b"yizhan-deck-v1"
SALT = 16


@dataclass(frozen=True)
class Card:
    """One position of a deck, open."""

    deck: str  # its right
    position: int
    salt: bytes
    prize: str

    @property
    def token(self) -> str:
        """As an operation and a slip name it."""
        return f"{self.position}.{b64(self.salt)}.{self.prize}"

    @property
    def leaf(self) -> bytes:
        """The prize comes last: only the salt before it may hold a zero byte, and its length is fixed."""
        head = b"\0".join((_LEAF, self.deck.encode(), str(self.position).encode()))
        return hashlib.sha256(head + b"\0" + self.salt + self.prize.encode()).digest()


def read(deck: str, token: str) -> Card:
    """Raises Malformed."""
    position, _, rest = token.partition(".")
    salt, _, prize = rest.partition(".")
    if not (position.isascii() and position.isdigit() and len(position) < 10 and prize):
        raise Malformed("not a card")
    raw = unb64(salt)
    if len(raw) != SALT:
        raise Malformed("a card's salt has another length")
    return Card(deck, int(position), raw, prize)


def salt(secret: bytes, position: int) -> bytes:
    """Central's: what it knows of one position says nothing of another."""
    return hmac.digest(secret, str(position).encode(), "sha256")[:SALT]


def commitment(deck: str, leaves: Sequence[bytes]) -> str:
    """Over all positions from 1 on."""
    digest = hashlib.sha256(_DECK + b"\0" + deck.encode() + b"\0" + str(len(leaves)).encode() + b"\0")
    for leaf in leaves:
        digest.update(leaf)
    return digest.hexdigest()
