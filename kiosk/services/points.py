"""The county's points as the pack lists them: who stands there, when, and which are near this one."""

from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.bilingual import Text, from_pack
from kiosk.services import hours, pack
from kiosk.services.hours import Hours
from kiosk.store import tables
from sync.wire.answers import Profile

TOWN = 9
"""Digits of a place's code that name its town."""
PROFILES = {one.value: one for one in Profile}


@dataclass(frozen=True)
class Point:
    id: str
    place: str
    name: Text
    address: str
    profile: Profile | None = None  # None: the pack does not say
    phone: str | None = None
    hours: Hours = ()

    @property
    def town(self) -> str:
        return self.place[:TOWN]


def find(cache: Connection, point_id: str) -> Point | None:
    raw = pack.record(cache, tables.points, point_id)
    return None if raw is None else _point(raw)


def near(cache: Connection, point_id: str) -> tuple[Point, ...]:
    """All the others, those of the same town first. A code knows no distance, so the rest is as listed."""
    every = tuple(_point(raw) for raw in pack.records(cache, tables.points))
    here = next((one.town for one in every if one.id == point_id), None)
    others = (one for one in every if one.id != point_id)
    return tuple(sorted(others, key=lambda one: one.town != here))


def _point(raw: pack.Record) -> Point:
    return Point(
        id=raw["id"],
        place=str(raw.get("place", "")),
        name=from_pack(raw["name"]),
        address=str(raw.get("address", "")),
        profile=PROFILES.get(str(raw.get("profile", ""))),
        phone=pack.text(raw.get("phone")),
        hours=hours.read(raw.get("hours")),
    )
