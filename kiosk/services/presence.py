"""Who stands at the screen: a state machine, with the rule in it for when nobody does any more.

Times are seconds of a monotonic clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from math import ceil

from kiosk.services.permissions import Session


class How(Enum):
    """By what a villager is known."""

    CARD = "card"  # the ID card on the reader
    MEMBER = "member"  # the member card's code, signed by central
    VOUCHED = "vouched"  # a telephone number, on an operator's word


@dataclass(frozen=True)
class Person:
    """`number`: of the ID card, of the membership or of the telephone, whole; never shown so."""

    how: How
    name: str = field(repr=False)
    number: str = field(repr=False)
    vouched_by: str | None = None  # the operator
    secret: bytes = field(default=b"", repr=False)  # what only the card that was shown can say


@dataclass(frozen=True)
class Nobody:
    pass


@dataclass(frozen=True)
class Guest:
    pass


@dataclass(frozen=True)
class Villager:
    person: Person


@dataclass(frozen=True)
class OperatorThere:
    session: Session


@dataclass(frozen=True)
class Assisting:
    """An operator with a villager beside."""

    session: Session
    person: Person


@dataclass(frozen=True)
class Locked:
    """The operator went away; what was open waits behind the operator's PIN."""

    behind: OperatorThere | Assisting


Who = Nobody | Guest | Villager | OperatorThere | Assisting | Locked


@dataclass(frozen=True)
class IdleRule:
    """Seconds without a touch until the warning, and until the screen is taken from whoever was there."""

    warn_after: float = 60
    wipe_after: float = 90

    def times(self, factor: float) -> IdleRule:
        return IdleRule(self.warn_after * factor, self.wipe_after * factor)


@dataclass(frozen=True)
class Patience:
    """Where `locked_for` is above zero an operator's session is locked first, and ends that much later."""

    customer: IdleRule = IdleRule()
    operator: IdleRule = IdleRule()
    locked_for: float = 0

    def doubled(self) -> Patience:
        return replace(self, customer=self.customer.times(2), operator=self.operator.times(2))


@dataclass(frozen=True)
class Presence:
    who: Who = Nobody()
    since: float = 0  # the last sign of life; ahead of the clock while more time was granted

    @property
    def session(self) -> Session | None:
        """Who may act as an operator now."""
        return self.who.session if isinstance(self.who, (OperatorThere, Assisting)) else None

    @property
    def person(self) -> Person | None:
        return self.who.person if isinstance(self.who, (Villager, Assisting)) else None


@dataclass(frozen=True)
class Touched:
    pass


@dataclass(frozen=True)
class Ticked:
    pass


@dataclass(frozen=True)
class MoreTime:
    """Asked for: the next warning comes twice as late, unless a touch puts it off further."""


@dataclass(frozen=True)
class Came:
    pass


@dataclass(frozen=True)
class Identified:
    person: Person


@dataclass(frozen=True)
class PersonLeft:
    """The villager is done; an operator stays."""


@dataclass(frozen=True)
class SignedIn:
    session: Session


@dataclass(frozen=True)
class SignedOut:
    pass


@dataclass(frozen=True)
class Left:
    pass


Event = Touched | Ticked | MoreTime | Came | Identified | PersonLeft | SignedIn | SignedOut | Left


class Departure(Enum):
    """Who goes, and so whose traces must go."""

    ERRAND = "errand"  # nobody: what was begun is dropped
    PERSON = "person"
    EVERYBODY = "everybody"


def step(before: Presence, event: Event, at: float, patience: Patience) -> Presence:
    """What was overdue happens first: a touch comes too late for a visit that is over."""
    due = _overdue(before, at, patience)
    if due is not None:
        before = due
    who, rule = before.who, _rule(before.who, patience)
    match event:
        case Ticked():
            return before
        case Touched():
            awake = not isinstance(who, (Nobody, Locked))
            return replace(before, since=max(before.since, at)) if awake and due is None else before
        case MoreTime():
            awake = rule is not None and due is None
            return replace(before, since=at + rule.warn_after) if awake and rule else before
        case _:
            after = _changed(who, event)
            return Presence(after, at) if after != who else before


def seconds_left(presence: Presence, at: float, patience: Patience) -> int | None:
    """Of the countdown; None while there is no warning."""
    rule = _rule(presence.who, patience)
    if rule is None or at - presence.since < rule.warn_after:
        return None
    return max(ceil(rule.wipe_after - (at - presence.since)), 0)


def departure(before: Who, after: Who) -> Departure | None:
    if before == after:
        return None
    match before, after:
        case Nobody(), _:
            return None
        case _, Nobody():
            return Departure.EVERYBODY
        case _, Locked():
            return None
        case Locked(behind), OperatorThere() | Assisting():
            return None if behind.session.operator == after.session.operator else Departure.PERSON
        case _:
            return _of_person(before, after)


def _of_person(before: Who, after: Who) -> Departure | None:
    gone = Presence(before).person
    if gone is not None and gone != Presence(after).person:
        return Departure.PERSON
    signed_out = Presence(before).session is not None and Presence(after).session is None
    return Departure.ERRAND if signed_out else None


def _changed(who: Who, event: Event) -> Who:  # noqa: PLR0911  a table
    match event, who:
        case Left(), _:
            return Nobody()
        case Came(), Nobody():
            return Guest()
        case SignedIn(session), Locked(behind) if behind.session.operator == session.operator:
            return replace(behind, session=session)
        case SignedIn(session), Villager(person) | Assisting(_, person):
            return Assisting(session, person)
        case SignedIn(session), _:
            return OperatorThere(session)
        case _, Locked():
            return who
        case Identified(person), OperatorThere(session) | Assisting(session, _):
            return Assisting(session, person)
        case Identified(person), _:
            return Villager(person)
        case (SignedOut(), Assisting(_, person)):
            return Villager(person)
        case (SignedOut(), OperatorThere()) | (PersonLeft(), Villager()):
            return Guest()
        case PersonLeft(), Assisting(session, _):
            return OperatorThere(session)
        case _:
            return who


def _overdue(presence: Presence, at: float, patience: Patience) -> Presence | None:
    quiet, rule = at - presence.since, _rule(presence.who, patience)
    match presence.who:
        case Locked() if quiet >= patience.locked_for:
            return Presence(Nobody(), at)
        case OperatorThere() | Assisting() as who if (
            patience.locked_for and rule and quiet >= rule.wipe_after
        ):
            return _overdue_lock(Presence(Locked(who), presence.since + rule.wipe_after), at, patience)
        case _:
            return Presence(Nobody(), at) if rule is not None and quiet >= rule.wipe_after else None


def _overdue_lock(locked: Presence, at: float, patience: Patience) -> Presence:
    """The machine slept through both."""
    return _overdue(locked, at, patience) or locked


def _rule(who: Who, patience: Patience) -> IdleRule | None:
    match who:
        case Nobody() | Locked():
            return None
        case OperatorThere() | Assisting():
            return patience.operator
        case _:
            return patience.customer
