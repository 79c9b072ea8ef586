"""What can be done right now: for each service how, until when, why not, and what to do instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection

from kiosk.bilingual import Text, same
from kiosk.services import board_words, catalogue, hours, instead, moments, partners, points, words
from kiosk.services.board_words import left_of, stands
from kiosk.services.catalogue import Tile
from kiosk.services.desk import Desk
from kiosk.services.hours import Hours
from kiosk.services.instead import Around, Instead
from kiosk.services.offer import Availability, Board
from kiosk.services.offline import Can, ChapterId, Offline
from kiosk.services.partners import Partner
from kiosk.services.points import Point
from kiosk.services.profiles import rule_of
from sync.leases import Advice
from sync.policy import Link

AGES = frozenset({Offline.CACHED, Offline.QUEUED})
"""What is done from data that grows old without the network."""


class Tap(Enum):
    """Where a tap on the service leads."""

    OPEN = "open"
    SIGN_IN = "sign-in"  # first
    CALL_BACK = "call-back"
    WHY = "why"


class Weight(Enum):
    GOOD = "good"
    HALF = "half"  # something of it
    NOT = "not"
    NO_LINE = "no-line"  # only the network is missing


@dataclass(frozen=True)
class Line:
    """The way to central, as it stands."""

    link: Link
    heard_at: datetime | None = None
    next_try_at: datetime | None = None


@dataclass(frozen=True)
class Seen:
    """What stands around all services at one moment."""

    now: datetime
    line: Line
    operated: bool  # somebody answers for this place
    signed_in: bool
    here: Hours = ()
    near: tuple[Point, ...] = ()  # the other points, nearest first
    partners: Mapping[str, Partner] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    label: Text
    value: Text


@dataclass(frozen=True)
class Answer:
    tile: Tile
    weight: Weight
    badge: Text  # can it be done, and how: a few words
    note: Text  # the one thing that matters most now
    how: Text  # what its offline class means, in a sentence
    why: Text | None
    facts: tuple[Fact, ...]
    instead: tuple[Instead, ...]
    tap: Tap


@dataclass(frozen=True)
class Summary:
    """Of several services at one glance."""

    can: int
    cannot: int
    facts: tuple[Text, ...]


@dataclass(frozen=True)
class Group:
    """A chapter with the answers for its services."""

    id: ChapterId
    title: Text
    answers: tuple[Answer, ...]


def read(cache: Connection, desk: Desk, on: Board, line: Line) -> tuple[tuple[Group, ...], Seen]:
    around = see(cache, desk, line)
    chapters = catalogue.home(cache, desk, on)
    groups = (Group(one.id, one.title, tuple(answer(tile, around) for tile in one.tiles)) for one in chapters)
    return tuple(groups), around


def see(cache: Connection, desk: Desk, line: Line) -> Seen:
    here = points.find(cache, desk.place.point)
    return Seen(
        now=desk.now,
        line=line,
        operated=rule_of(desk.place.profile).operated,
        signed_in=desk.session is not None,
        here=here.hours if here else (),
        near=points.near(cache, desk.place.point),
        partners=partners.every(cache),
    )


def answer(tile: Tile, seen: Seen) -> Answer:
    now = tile.availability
    partner = seen.partners.get(tile.partner or "")
    return Answer(
        tile=tile,
        weight=_weight(now),
        badge=_badge(now),
        note=_note(tile, seen),
        how=board_words.HOW[tile.offline] if not _secured(tile) else board_words.SECURED,
        why=_why(now),
        facts=_facts(now, seen, partner),
        instead=instead.of(tile, _around(seen, partner)),
        tap=_tap(now, seen),
    )


def head(tile: Tile, at: datetime) -> Text:
    """For the head of its page, where it is being done: how, with data of when, out of how much."""
    now = tile.availability
    parts = [_badge(now)]
    if now.freshness is not None:
        parts.append(board_words.AS_OF.with_params({"at": hours.day(now.freshness.as_of, at)}))
    if now.left is not None:
        parts.append(left_of(now.left))
    return Text(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))


def summary(answers: Iterable[Answer], seen: Seen) -> Summary:
    """The least that is left and the oldest data of them speak for all."""
    every = tuple(answers)
    can = sum(one.tile.availability.can is not Can.NOT_NOW for one in every)
    lefts = {one.tile.availability.left for one in every} - {None}
    fresh = [f for one in every if (f := one.tile.availability.freshness) is not None]
    facts = [left_of(one) for one in sorted(filter(None, lefts), key=lambda left: left.unit)]
    if fresh:
        oldest = min(fresh, key=lambda one: one.as_of)
        facts.append(board_words.AS_OF.with_params({"at": hours.day(oldest.as_of, seen.now)}))
    return Summary(can, len(every) - can, (*facts, board_words.briefly(seen.line.link, _line(seen))))


def _weight(now: Availability) -> Weight:
    if now.can is Can.NOT_NOW:
        return Weight.NO_LINE if now.offline is Offline.ONLINE else Weight.NOT
    return Weight.HALF if now.can is Can.DRAFT_ONLY else Weight.GOOD


def _tap(now: Availability, seen: Seen) -> Tap:
    if now.can is Can.NOT_NOW:
        return Tap.CALL_BACK if now.callback else Tap.WHY
    return Tap.SIGN_IN if now.needs_operator and not seen.signed_in else Tap.OPEN


def _secured(tile: Tile) -> bool:
    """Cash is paid in, and lies here until central has agreed."""
    left = tile.availability.left
    return tile.offline is Offline.QUEUED and left is not None and left.unit == "fen"


def _badge(now: Availability) -> Text:
    if now.can is Can.NOT_NOW:
        return board_words.CALLBACK if now.callback else words.of(now.can)
    can, how = words.of(now.can), words.of(now.offline)
    if now.can is Can.DRAFT_ONLY:
        return Text(f"{can.zh} · {how.zh}", how.en)
    if now.can is Can.NOW_RECORDED:
        return Text(f"{can.zh} · {words.of(Offline.QUEUED).zh}", can.en)
    return Text(f"{can.zh} · {how.zh}", f"{can.en} · {how.en}")


def _note(tile: Tile, seen: Seen) -> Text:
    """Why not, what is running low, how old, or what it is for."""
    now = tile.availability
    if now.reason is not None and not now.callback:
        return now.reason.text
    if now.left is not None and now.left.advice is not Advice.FREE:
        return left_of(now.left)
    fresh = now.freshness
    ages = seen.line.link is Link.OFFLINE and now.offline in AGES and not now.callback
    if fresh is not None and (fresh.expired or ages):
        return board_words.AS_OF.with_params({"at": hours.day(fresh.as_of, seen.now)})
    return tile.brief or same("")


def _why(now: Availability) -> Text | None:
    """The service's own words before ours."""
    if now.can is Can.NOT_NOW and now.why is not None:
        return now.why
    return now.reason.text if now.reason is not None else None


def _facts(now: Availability, seen: Seen, partner: Partner | None) -> tuple[Fact, ...]:
    facts = [Fact(board_words.SYNC, stands(seen.line.link, _line(seen)))]
    if now.freshness is not None:
        span = {
            "at": moments.show(now.freshness.as_of),
            "until": moments.show_day(now.freshness.expires_at),
        }
        old = board_words.DATA_OLD if now.freshness.expired else board_words.DATA_GOOD
        facts.append(Fact(board_words.DATA, old.with_params(span)))
    if now.left is not None:
        until = now.left.until
        lasts = board_words.lasts(moments.show_day(until)) if until else same("")
        left = left_of(now.left)
        facts.append(Fact(board_words.LEFT_HERE, Text(f"{left.zh}{lasts.zh}", f"{left.en}{lasts.en}")))
    if now.needs_operator:
        facts.append(Fact(board_words.OPERATOR, _operator(seen)))
    if partner is not None:
        facts.append(Fact(board_words.PARTNER, partner.name))
    return tuple(facts)


def _operator(seen: Seen) -> Text:
    if seen.signed_in:
        return board_words.OPERATOR_HERE
    if not seen.operated:
        return board_words.NO_OPERATOR
    opens = None if hours.is_open(seen.here, seen.now) else hours.next_opening(seen.here, seen.now)
    if opens is None:
        return board_words.OPERATOR_NEEDED
    return board_words.OPERATOR_AT.with_params({"at": hours.when(opens, seen.now)})


def _line(seen: Seen) -> Text | None:
    """When it will be tried next, as people say it."""
    at = seen.line.next_try_at
    return None if at is None else hours.when(at, seen.now)


def _around(seen: Seen, partner: Partner | None) -> Around:
    return Around(seen.now, seen.line.link, seen.operated, seen.near, partner, _line(seen))
