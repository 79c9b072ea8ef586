"""A service of the catalogue, and whether it can be done at this moment: the types that all shapes share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk.bilingual import Text
from kiosk.services import moments, till
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.offline import Can, ChapterId, Offline
from kiosk.services.pack import Freshness
from kiosk.services.permissions import Asked
from kiosk.services.till import TillStanding
from sync.leases import Advice, Lease, Standing
from sync.wire.rights import Sort, sort_of


@dataclass(frozen=True)
class Service:
    id: str
    scene: str
    chapter: ChapterId
    shape: str
    offline: Offline
    title: Text
    brief: Text
    icon: str
    partner: str | None
    ref: str | None
    why: Text | None
    from_: datetime | None
    to: datetime | None
    order: int
    approval: Asked = Asked.NOBODY
    points: tuple[str, ...] = ()  # where people do it in person
    picture: str | None = None


@dataclass(frozen=True)
class Left:
    """What is left in the lease that the service draws on."""

    amount: int
    unit: str
    advice: Advice
    until: datetime | None = None  # with no news of central it is used no longer
    sort: Sort | None = None


@dataclass(frozen=True)
class Availability:
    can: Can
    offline: Offline
    freshness: Freshness | None = None
    reason: Refused | None = None
    why: Text | None = None
    left: Left | None = None
    needs_operator: bool = False
    callback: bool = False


@dataclass(frozen=True)
class Held:
    """A lease of this terminal and what it allows now."""

    lease: Lease
    standing: Standing


@dataclass(frozen=True)
class Board:
    """What the ledger says about what can be done here now."""

    freshness: Freshness | None
    till: TillStanding
    leases: Mapping[str, tuple[Held, ...]]  # by right
    chapters: frozenset[ChapterId] = frozenset(ChapterId)  # that are offered here

    def of(self, sort: Sort) -> tuple[Held, ...]:
        """The leases of all rights of one sort."""
        return tuple(one for right, held in self.leases.items() if sort_of(right) is sort for one in held)


@dataclass(frozen=True)
class Here:
    """What a shape may look at to say what it can do now."""

    cache: Connection
    desk: Desk
    board: Board


def for_cash(here: Here, of: Service, can: Can, freshness: Freshness | None) -> Availability:
    """Of a service that takes cash: an operator must stand by, and the float must have room."""
    stands = here.board.till
    left = Left(
        stands.float_left_fen, "fen", stands.advice, good_until(here.board.of(Sort.FLOAT)), Sort.FLOAT
    )
    if stands.advice is Advice.STOP:
        reason = Refused(till.REFUSALS[stands.limit] if stands.limit else Why.FLOAT_STOPPED)
        return Availability(Can.NOT_NOW, of.offline, freshness, reason, left=left, needs_operator=True)
    return Availability(can, of.offline, freshness, left=left, needs_operator=True)


def good_until(held: tuple[Held, ...]) -> datetime | None:
    """The latest day to which any of them may be drawn on unseen by central."""
    live = (one.lease for one in held if one.standing.advice is not Advice.STOP)
    ends = (moments.parse(lease.issued) + timedelta(days=lease.max_age_days) for lease in live)
    return max(ends, default=None)
