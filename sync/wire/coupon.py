"""A coupon as a signed QR (PROTOCOL.md §6): checked anywhere, redeemed where the lease holds its serial."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.wire import token
from sync.wire.keys import PublicKey, SigningKey
from sync.wire.shape import Fields


@dataclass(frozen=True)
class Coupon:
    id: str
    kind: str
    home: str
    serial: int
    exp: str


def mint(key: SigningKey, coupon: Coupon) -> str:
    return token.sign(key, token.Typ.COUPON, vars(coupon))


def read(text: str, keys: Mapping[str, PublicKey]) -> Coupon:
    """Raises Malformed, BadSignature or WrongAnswer."""
    raw = Fields(token.verify(text.strip(), keys, token.Typ.COUPON), "coupon")
    return Coupon(raw.text("id"), raw.text("kind"), raw.text("home"), raw.integer("serial"), raw.text("exp"))
