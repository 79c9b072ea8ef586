"""What is allotted to this terminal as people name it, with what became of asking for more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from kiosk.bilingual import Text, from_pack, same
from kiosk.services import leases, moments, pack
from kiosk.services.desk import Desk
from kiosk.services.leases import Terms
from kiosk.store import tables
from sync import outbox
from sync.leases import Advice, LeaseState, Limit
from sync.outbox import OperationView, State
from sync.wire.kinds import Kind
from sync.wire.rights import MONEY, Sort, float_right, sort_of, what_of

NOT_ASKED_FOR = frozenset({Sort.COUPON, None})  # a block of coupons is homed here once


@dataclass(frozen=True)
class Request:
    """The last one for this right."""

    amount: int
    at: datetime
    state: State
    reason: str | None


@dataclass(frozen=True)
class Share:
    lease: str | None  # None: nothing of it has been allotted yet
    right: str
    sort: Sort | None  # None: of a later version
    whole: int
    spent: int
    left: int
    returned: int
    advice: Advice
    limit: Limit | None
    request: Request | None
    asked: bool
    terms: Terms | None = None  # where something has been allotted

    @property
    def id(self) -> str:
        return self.lease or self.right

    @property
    def is_money(self) -> bool:
        return self.sort in MONEY

    @property
    def over(self) -> bool:
        """Nothing is drawn from it any more: central settles it."""
        return self.terms is not None and self.terms.state is not LeaseState.OPEN

    @property
    def can_grow(self) -> bool:
        return self.sort not in NOT_ASKED_FOR and not self.over

    @property
    def can_go_back(self) -> bool:
        return self.left > 0 and self.limit is not Limit.CLOSED


def held(conn: Connection, desk: Desk) -> tuple[Share, ...]:
    """The float first, even where there is none yet, then goods, then coupons; what is over comes last."""
    asked = _requests(conn)
    found = [_share(one, asked) for one in leases.held(conn, desk)]
    cash = float_right(desk.place.point)
    if all(one.right != cash or one.limit is Limit.CLOSED for one in found):
        found.append(_none_yet(cash, asked))
    order = [*Sort, None]
    return tuple(sorted(found, key=lambda one: (one.over, order.index(one.sort))))


def titles(cache: Connection, rights: Iterable[str]) -> dict[str, Text]:
    """By right; one that is not in the pack is called by its own name."""
    ids = {right: what_of(right) for right in rights}
    known = tuple(ids.values())
    goods = pack.by_ids(cache, tables.goods, known)
    coupons = pack.by_ids(cache, tables.coupon_kinds, known)
    named = {one: same(raw["title"]) for one, raw in goods.items()}
    named |= {one: from_pack(raw["title"]) for one, raw in coupons.items()}
    return {right: named.get(one, same(one or right)) for right, one in ids.items()}


def _share(one: leases.LeaseView, asked: dict[str, Request]) -> Share:
    return Share(
        lease=one.lease,
        right=one.right,
        sort=sort_of(one.right),
        whole=one.granted - one.returned,
        spent=one.spent,
        left=one.left,
        returned=one.returned,
        advice=one.advice,
        limit=one.limit,
        request=asked.get(one.right),
        asked=one.asked,
        terms=one.terms,
    )


def _none_yet(right: str, asked: dict[str, Request]) -> Share:
    request = asked.get(right)
    waits = request is not None and request.state not in (State.ACCEPTED, State.REJECTED)
    return Share(None, right, Sort.FLOAT, 0, 0, 0, 0, Advice.STOP, None, request, waits)


def _requests(conn: Connection) -> dict[str, Request]:
    newest_first = outbox.recent(conn, kinds=(Kind.LEASE_REQUEST.value,))
    known = [view for view in reversed(newest_first) if view.payload]
    return {str(view.payload["right"]): _request(view) for view in known}


def _request(view: OperationView) -> Request:
    return Request(int(view.payload["amount"]), moments.parse(view.at), view.state, view.reason)
