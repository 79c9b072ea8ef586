"""What a passer-by is shown, derived in one function."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.bilingual import Lang, Text, same
from kiosk.services import hours, moments
from kiosk.services.hours import Hours
from kiosk.services.notices import Notice
from sync.wire.announcement import Sort
from ui.viewmodels.base import Head

WELCOME = Text("办事、缴费、买东西、用优惠券", "Services, bills, shopping, coupons")
OPEN, OPENS = Text("现在开着", "Open now"), Text("{at} 开门", "Opens {at}")
SORTS: dict[Sort, tuple[Text, str, str]] = {
    Sort.NOTICE: (Text("通知", "Notice"), "info", "info"),
    Sort.CAMPAIGN: (Text("活动", "Campaign"), "good", "campaign"),
}
UNTIL = Text("到 {at} 为止", "until {at}")


@dataclass(frozen=True)
class AttractState:
    hours: Hours = ()
    told: tuple[Notice, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CardRow:
    id: str
    sort: str
    kind: str
    mark: str
    title: str
    text: str
    until: str
    picture: str
    icon: str
    service: str


@dataclass(frozen=True, kw_only=True)
class AttractShown(Head):
    welcome: str
    hours: str = ""
    standing: str = ""
    standing_kind: str = "neutral"
    cards: tuple[CardRow, ...] = ()


def show(state: AttractState, place: Text, now: datetime, lang: Lang) -> AttractShown:
    standing, kind = _standing(state.hours, now)
    return AttractShown(
        title=place.of(lang),
        welcome=WELCOME.of(lang),
        hours="\n".join(re.split("； *|; ", hours.show(state.hours).of(lang))),  # a line for each kind of day
        standing=standing.of(lang),
        standing_kind=kind,
        cards=tuple(_card(one, state.pictures.get(one.id, ""), lang) for one in state.told),
    )


def _standing(of: Hours, now: datetime) -> tuple[Text, str]:
    if hours.is_open(of, now):
        return OPEN, "good"
    opens = hours.next_opening(of, now)
    return (
        (same(""), "neutral")
        if opens is None
        else (OPENS.with_params({"at": hours.when(opens, now)}), "warn")
    )


def _card(one: Notice, picture: str, lang: Lang) -> CardRow:
    sort, kind, mark = SORTS[one.sort]
    campaign = one.sort is Sort.CAMPAIGN and one.ends is not None
    until = UNTIL.with_params({"at": moments.show_day(one.ends)}).of(lang) if campaign and one.ends else ""
    return CardRow(
        id=one.id,
        sort=sort.of(lang),
        kind=kind,
        mark=mark,
        title=one.title.of(lang),
        text=one.text.of(lang),
        until=until,
        picture=picture,
        icon=one.icon or mark,
        service=one.service or "",
    )
