"""Notices and campaigns of the pack that hold here and now; one that cannot be read is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table

from kiosk.bilingual import Text
from kiosk.services import catalogue, pack
from kiosk.services.desk import Desk
from kiosk.store import tables
from sync.windows import Sure, Window, within
from sync.wire.announcement import Announcement, Sort
from sync.wire.errors import WireError

MOST = 12
"""More than a passer-by would ever wait for."""


@dataclass(frozen=True)
class Notice:
    id: str
    sort: Sort
    title: Text
    text: Text
    ends: datetime | None
    service: str | None  # a campaign's
    icon: str  # of that service
    picture: str | None


def current(cache: Connection, desk: Desk) -> tuple[Notice, ...]:
    """Notices first, each sort in its order. A campaign without a service of this pack is none."""
    services = {one.id: one.icon for one in catalogue.services(cache)}
    known = (*_read(cache, tables.notices), *_read(cache, tables.campaigns))
    holding = (one for one in known if _holds(one, desk) and (one.service is None or one.service in services))
    ordered = sorted(holding, key=lambda one: (one.sort is not Sort.NOTICE, one.order, one.id))
    return tuple(_notice(one, services.get(one.service or "", "")) for one in ordered[:MOST])


def _read(cache: Connection, table: Table) -> Iterator[Announcement]:
    for raw in pack.records(cache, table):
        try:
            yield Announcement.parse(raw)
        except WireError:
            continue


def _holds(one: Announcement, desk: Desk) -> bool:
    """Where the clock cannot say, it is shown: a notice too many promises nothing."""
    here = not one.points or desk.place.point in one.points
    return here and within(Window(one.begins, one.ends), desk.reading) is not Sure.NO


def _notice(one: Announcement, icon: str) -> Notice:
    return Notice(
        id=one.id,
        sort=one.sort,
        title=Text(*one.title),
        text=Text(*one.text),
        ends=one.ends,
        service=one.service,
        icon=icon,
        picture=one.picture,
    )
