"""Members of a county and their cards: given out, renewed, revoked; terminals check them without central."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central import case_number, changes, packs
from central.changes import Item
from central.errors import SetupError
from central.tables import member_cards, members
from central.upsert import insert_unless_there
from sync.wire import masking
from sync.wire import member as wire
from sync.wire.encoding import instant
from sync.wire.keys import PublicKey, SigningKey
from sync.wire.member import MemberCard

MOST_YEARS = 20
LONGEST_NAME = 40
_DIGITS = 8  # drawn by lot: a restored central does not give out again what it forgot


@dataclass(frozen=True)
class Joining:
    county: str
    name: str = field(repr=False)
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Span:
    """Of a card."""

    begin: datetime
    years: int

    @property
    def end(self) -> datetime:
        year = self.begin.year + self.years
        leap_day = (self.begin.month, self.begin.day) == (2, 29)
        return self.begin.replace(year=year, day=28 if leap_day else self.begin.day)


def trust(conn: Connection, county: str, key: PublicKey) -> bool:
    """Puts the key among the issuers that the county's next pack names; whether it was not there yet."""
    issuer = {"t": "issuer_key", "id": key.kid, "jwk": key.jwk(), "scopes": [wire.SCOPE]}
    return packs.put_records(conn, county, [issuer]) > 0


def join(conn: Connection, joining: Joining, at: datetime) -> str:
    """The new member's number. Raises SetupError."""
    name = joining.name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise SetupError(f"姓名应为 1 到 {LONGEST_NAME} 个字 · a name of 1 to {LONGEST_NAME} characters")
    row = {"county": joining.county, "name": name, "phone": joining.phone, "joined_at": instant(at)}
    while not insert_unless_there(conn, members, row | {"id": (number := _draw(joining.county))}):
        pass
    return number


def issue(conn: Connection, key: SigningKey, member: str, span: Span) -> str:
    """One more card of the member's, as its token. Raises SetupError."""
    known = _member(conn, member)
    card = MemberCard(
        card=f"{member}/{secrets.token_hex(4)}",
        member=member,
        county=known.county,
        name=masking.name(known.name),
        issued=instant(span.begin),
        exp=instant(span.end),
    )
    row = {"id": card.card, "county": card.county, "member": member}
    row |= {"issued_at": card.issued, "expires_at": card.exp}
    conn.execute(insert(member_cards).values(**row))
    return wire.issue(key, card)


def revoke(conn: Connection, card: str, reason: str, at: datetime) -> None:
    """The county's terminals hear of it. Raises SetupError."""
    row = conn.execute(select(member_cards).where(member_cards.c.id == card)).one_or_none()
    if row is None:
        raise SetupError(f"没有这张卡：{card} · no such card")
    if row.revoked_at is not None:
        raise SetupError(f"这张卡已作废：{row.reason} · it was revoked before")
    here = update(member_cards).where(member_cards.c.id == card)
    conn.execute(here.values(revoked_at=instant(at), reason=reason))
    changes.publish_to_county(conn, row.county, [_item(card, reason)], at)


def revoke_all(conn: Connection, member: str, reason: str, at: datetime) -> int:
    """Every card of the member's that still counts; how many there were."""
    _member(conn, member)
    here = (member_cards.c.member == member) & member_cards.c.revoked_at.is_(None)
    live = list(conn.execute(select(member_cards.c.id).where(here).order_by(member_cards.c.id)).scalars())
    for card in live:
        revoke(conn, card, reason, at)
    return len(live)


def revocations(conn: Connection, county: str) -> list[Item]:
    """For a terminal that is new. Those of expired cards too: a clock in doubt expires nothing."""
    here = (member_cards.c.county == county) & member_cards.c.revoked_at.is_not(None)
    rows = conn.execute(select(member_cards).where(here).order_by(member_cards.c.id))
    return [_item(row.id, row.reason) for row in rows]


def take_told(conn: Connection, county: str, told: Mapping[str, Any], at: datetime) -> None:
    """A revocation that central signed and forgot: it holds, and the county hears of it again."""
    card, reason = str(told["id"]), str(told["reason"])
    row = {"id": card, "county": county, "member": card.partition("/")[0]}
    fresh = insert_unless_there(conn, member_cards, row)
    here = (member_cards.c.id == card) & member_cards.c.revoked_at.is_(None)
    stopped = conn.execute(update(member_cards).where(here).values(revoked_at=instant(at), reason=reason))
    if fresh or stopped.rowcount:
        changes.publish_to_county(conn, county, [_item(card, reason)], at)


def cards(conn: Connection, county: str) -> list[Row[Any]]:
    """With their member's name, where that is known."""
    columns = (*member_cards.c, members.c.name)
    joined = member_cards.outerjoin(members, members.c.id == member_cards.c.member)
    here = select(*columns).select_from(joined).where(member_cards.c.county == county)
    return list(conn.execute(here.order_by(member_cards.c.member, member_cards.c.issued_at)))


def _item(card: str, reason: str) -> Item:
    return {"t": "revocation", "what": "member", "id": card, "reason": reason}


def _member(conn: Connection, member: str) -> Row[Any]:
    row = conn.execute(select(members).where(members.c.id == member)).one_or_none()
    if row is None:
        raise SetupError(f"没有这位会员：{member} · no such member")
    return row


def _draw(county: str) -> str:
    digits = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    return f"M{county}-{digits}{case_number.check_digit(county + digits)}"
