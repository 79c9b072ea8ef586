"""What stands still around one action: place, people, link, time and the terminal's signature."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.bilingual import Text
from kiosk.services.errors import Refused, Why
from kiosk.services.permissions import Approval, Permission, Session
from kiosk.services.presence import Person
from sync.clock import Reading
from sync.leases import Lease, Standing, standing
from sync.outbox import Stamp
from sync.policy import Link
from sync.wire.answers import Profile
from sync.wire.operation import TimeQuality


@dataclass(frozen=True)
class Place:
    terminal: str
    point: str
    name: Text
    profile: Profile


@dataclass(frozen=True)
class Desk:
    place: Place
    session: Session | None
    link: Link
    now: datetime
    stamp: Stamp
    person: Person | None = None  # the villager who is known to be there
    approval: Approval | None = None

    @property
    def reading(self) -> Reading:
        return Reading(self.now, TimeQuality(self.stamp.quality), self.stamp.least)

    def require(self, permission: Permission) -> Session:
        """The signed-in operator, refused if there is none or the role lacks the permission."""
        if self.session is None:
            raise Refused(Why.SIGN_IN_FIRST)
        if self.session.must_change:
            raise Refused(Why.PIN_MUST_CHANGE)
        if permission not in self.session.permissions:
            raise Refused(Why.NOT_PERMITTED, name=self.session.name)
        return self.session

    def standing(self, lease: Lease) -> Standing:
        return standing(lease, self.now, TimeQuality(self.stamp.quality))

    def recording(self) -> None:
        """A locked terminal must not lengthen its chain."""
        if self.link is Link.LOCKED:
            raise Refused(Why.TERMINAL_LOCKED)
