"""Who a villager is: by the ID card on the reader, by a member card's code, or on an operator's word."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.bilingual import Text
from kiosk.devices import idnumber
from kiosk.devices.idcard import IdCard
from kiosk.services import approval, issuers, moments, phones
from kiosk.services.approval import Ask
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.permissions import Asked, Permission
from kiosk.services.presence import How, Person
from kiosk.services.profiles import rule_of
from sync import documents, identity
from sync.documents import Revoked
from sync.windows import Sure, passed
from sync.wire.errors import BadSignature, Malformed, WireError

if TYPE_CHECKING:  # what reads signatures comes with it: no start waits for it
    from sync.wire.member import MemberCard

LONGEST_NAME = 40
NAME = Text("姓名", "Name")


@dataclass(frozen=True)
class Shown:
    """A member card whose signature is right; whether it still counts, the ledger knows."""

    card: MemberCard
    kid: str
    secret: bytes = field(repr=False)


def number(typed: str) -> str:
    """An ID card number as it is recorded, an `x` raised. Raises Refused."""
    text = "".join(typed.split()).upper()
    if not idnumber.valid(text):
        raise Refused(Why.ID_NUMBER)
    return text


def by_card(desk: Desk, card: IdCard) -> Person:
    """Refused where the card has surely expired; a clock in doubt stops nobody."""
    if card.valid_to is not None:
        over = moments.day_start(card.valid_to) + timedelta(days=1)
        if passed(over, desk.reading) is Sure.YES:
            raise Refused(Why.CARD_EXPIRED, at=moments.named_day(card.valid_to))
    return Person(How.CARD, card.name.strip(), card.number)


def is_member(text: str) -> bool:
    """What the code says it is; whether that is true, `read_member` finds."""
    from sync.wire import token

    try:
        return token.typ_of(text.strip()) is token.Typ.MEMBER
    except Malformed:
        return False


def read_member(cache: Connection, text: str) -> Shown:
    """Raises Refused: unreadable, forged."""
    from sync.wire import member, token

    text = text.strip()
    try:
        card = member.read(text, issuers.keys(cache, member.SCOPE))
    except BadSignature as error:
        raise Refused(Why.MEMBER_FORGED) from error
    except WireError as error:
        raise Refused(Why.MEMBER_UNREADABLE) from error
    return Shown(card, token.kid_of(text), hashlib.sha256(text.encode()).digest())


def by_member(conn: Connection, desk: Desk, shown: Shown) -> Person:
    """Raises Refused: of another county, expired, reported lost."""
    card = shown.card
    if card.county != identity.require(conn).county:
        raise Refused(Why.MEMBER_ELSEWHERE)
    expires = moments.parse(card.exp)
    if passed(expires, desk.reading) is Sure.YES:
        raise Refused(Why.MEMBER_EXPIRED, at=moments.show_day(expires))
    if any(
        documents.revocation(conn, *one) for one in ((Revoked.MEMBER, card.card), (Revoked.KEY, shown.kid))
    ):
        raise Refused(Why.MEMBER_REVOKED)
    return Person(How.MEMBER, card.name, card.member, secret=shown.secret)


def by_phone(desk: Desk, occasion: str, phone: str, name: str = "") -> Person:
    """On the signed-in operator's word, confirmed with the PIN (`sessions.confirm`) for this occasion."""
    operator = desk.require(Permission.IDENTIFY)
    if How.VOUCHED not in rule_of(desk.place.profile).identities:
        raise Refused(Why.NOT_ON_THIS_TERMINAL)
    phone, name = phones.check(phone), name.strip()
    if len(name) > LONGEST_NAME:
        raise Refused(Why.FIELD_LONG, label=NAME, limit=str(LONGEST_NAME))
    approval.settle(desk, Ask(occasion, Asked.OWN, Permission.IDENTIFY))
    return Person(How.VOUCHED, name, phone, vouched_by=operator.operator)
