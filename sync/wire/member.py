"""A member card as a signed QR (PROTOCOL.md §6): read offline; a lost one is revoked in the stream."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.wire import token
from sync.wire.encoding import parse_instant
from sync.wire.errors import Malformed
from sync.wire.keys import PublicKey, SigningKey
from sync.wire.shape import Fields

LONGEST = 64
LONGEST_TOKEN = 1024  # as much as a code on a card holds
SCOPE = "member"  # of the issuer keys that sign it


@dataclass(frozen=True)
class MemberCard:
    """`member` is the person's number, `card` this one piece of plastic; the name is masked."""

    card: str
    member: str
    county: str
    name: str = field(repr=False)
    issued: str
    exp: str


def issue(key: SigningKey, card: MemberCard) -> str:
    return token.sign(key, token.Typ.MEMBER, vars(card))


def read(text: str, keys: Mapping[str, PublicKey]) -> MemberCard:
    """Raises Malformed, BadSignature or WrongAnswer. Whether it has expired or was revoked, others say."""
    text = text.strip()
    if len(text) > LONGEST_TOKEN:
        raise Malformed("member card too long")
    raw = Fields(token.verify(text, keys, token.Typ.MEMBER), "member card")
    card = MemberCard(*(raw.text(name) for name in ("card", "member", "county", "name", "issued", "exp")))
    if not all(0 < len(one) <= LONGEST for one in vars(card).values()):
        raise Malformed("member card: empty or too long")
    parse_instant(card.issued), parse_instant(card.exp)
    return card
