"""Home: the services by chapter, each with what can be done now, how fresh it is, and why not if not."""

from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from sqlalchemy import Connection

from kiosk.bilingual import Text, from_pack
from kiosk.services import moments, pack, profiles, till, words
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.offer import Availability, Board, Held, Here, Left, Service
from kiosk.services.offline import Can, ChapterId, Offline
from kiosk.services.pack import Freshness
from kiosk.services.permissions import Asked
from kiosk.services.shapes import SHAPES
from kiosk.store import tables
from sync import documents, leases
from sync.clock import Reading
from sync.policy import Link
from sync.windows import Sure, Window, passed, within

__all__ = [
    "Availability", "Board", "Can", "Chapter", "ChapterId", "Freshness", "Left", "Offline", "Service", "Tile",
    "availability", "board", "home", "service", "services", "tile",
]  # fmt: skip

CHAPTERS = frozenset(chapter.value for chapter in ChapterId)
OFFLINE = frozenset(offline.value for offline in Offline)


@dataclass(frozen=True)
class Tile:
    service: str
    scene: str
    shape: str
    title: Text
    brief: Text
    icon: str
    offline: Offline
    availability: Availability
    partner: str | None = None
    points: tuple[str, ...] = ()
    picture: str | None = None


@dataclass(frozen=True)
class Chapter:
    id: ChapterId
    title: Text
    tiles: tuple[Tile, ...]


def board(conn: Connection, desk: Desk) -> Board:
    held: dict[str, tuple[Held, ...]] = {}
    for lease in leases.all_leases(conn):
        one = Held(lease, desk.standing(lease))
        held[lease.right] = (*held.get(lease.right, ()), one)
    offered = profiles.chapters(desk.place, documents.settings(conn))
    fresh, cash = pack.freshness(conn, desk.reading), till.standing(conn, desk)
    return Board(fresh, cash, MappingProxyType(held), offered)


def services(cache: Connection) -> tuple[Service, ...]:
    """Those this version understands: one of a later version is not offered, and costs nothing else."""
    found = (_service(raw) for raw in pack.records(cache, tables.services) if _understood(raw))
    return tuple(sorted(found, key=lambda service: service.order))


def service(cache: Connection, service_id: str) -> Service:
    raw = pack.record(cache, tables.services, service_id)
    if raw is None or not _understood(raw):
        raise Refused(Why.SERVICE_UNKNOWN)
    return _service(raw)


def home(cache: Connection, desk: Desk, on: Board) -> tuple[Chapter, ...]:
    order = list(ChapterId)
    offered = (one for one in services(cache) if one.chapter in on.chapters)
    known = sorted(offered, key=lambda one: (order.index(one.chapter), one.order))
    return tuple(
        Chapter(chapter, words.of(chapter), tuple(_tile(cache, desk, on, one) for one in of_chapter))
        for chapter, of_chapter in groupby(known, key=lambda one: one.chapter)
    )


def tile(cache: Connection, desk: Desk, on: Board, service_id: str) -> Tile:
    """Raises Refused."""
    return _tile(cache, desk, on, service(cache, service_id))


def availability(cache: Connection, desk: Desk, on: Board, of: Service) -> Availability:
    shape = SHAPES.get(of.shape)
    no = _no(desk, on, of) if shape is not None else Refused(Why.NOT_ON_THIS_TERMINAL)
    if shape is None or no is not None:
        return Availability(Can.NOT_NOW, of.offline, on.freshness, reason=no, why=of.why)
    found = shape.availability(Here(cache, desk, on), of)
    return found if found.reason is not None else replace(found, reason=_in_doubt(of, desk.reading))


def _no(desk: Desk, on: Board, of: Service) -> Refused | None:
    """What holds for every shape."""
    if on.freshness is None:
        return Refused(Why.NO_CATALOGUE)
    if of.chapter not in on.chapters:
        return Refused(Why.NOT_ON_THIS_TERMINAL)
    if desk.link is Link.LOCKED and of.offline not in (Offline.CACHED, Offline.DRAFT):
        return Refused(Why.TERMINAL_LOCKED)
    return _closed(of, desk.reading)


def _closed(of: Service, reading: Reading) -> Refused | None:
    if within(Window(of.from_, of.to), reading) is not Sure.NO:
        return None
    if of.to is not None and passed(of.to, reading) is Sure.YES:
        return Refused(Why.SERVICE_OVER, at=moments.show(of.to))
    assert of.from_ is not None
    return Refused(Why.SERVICE_NOT_YET, at=moments.show(of.from_))


def _in_doubt(of: Service, reading: Reading) -> Refused | None:
    """The service has its days, and the clock cannot say whether this is one."""
    window = Window(of.from_, of.to)
    return Refused(Why.DATE_IN_DOUBT) if within(window, reading) is Sure.NOT_SURE else None


def _tile(cache: Connection, desk: Desk, on: Board, of: Service) -> Tile:
    now = availability(cache, desk, on, of)
    return Tile(
        service=of.id,
        scene=of.scene,
        shape=of.shape,
        title=of.title,
        brief=of.brief,
        icon=of.icon,
        offline=of.offline,
        availability=now,
        partner=of.partner,
        points=of.points,
        picture=of.picture,
    )


def _understood(raw: pack.Record) -> bool:
    return raw["chapter"] in CHAPTERS and raw["offline"] in OFFLINE


def _approval(said: object) -> Asked:
    """A word of a later version asks for more, not for less."""
    if said is None:
        return Asked.NOBODY
    return Asked.OWN if said == Asked.OWN.value else Asked.SECOND


def _service(raw: pack.Record) -> Service:
    return Service(
        id=raw["id"],
        scene=raw["scene"],
        chapter=ChapterId(raw["chapter"]),
        shape=raw["shape"],
        offline=Offline(raw["offline"]),
        title=from_pack(raw["title"]),
        brief=from_pack(raw["brief"]),
        icon=raw["icon"],
        partner=raw.get("partner"),
        ref=raw.get("ref"),
        why=from_pack(raw["why"]) if raw.get("why") else None,
        from_=moments.parse(raw["from"]) if raw.get("from") else None,
        to=moments.parse(raw["to"]) if raw.get("to") else None,
        order=raw["order"],
        approval=_approval(raw.get("approval")),
        points=pack.texts(raw.get("points")),
        picture=pack.text(raw.get("picture")),
    )
