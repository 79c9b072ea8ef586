"""The state of the board, and all that is shown of it, derived in one function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.bilingual import Lang, Text
from kiosk.services import board
from kiosk.services.board import Answer, Group, Seen, Tap
from kiosk.services.errors import Why
from kiosk.services.instead import Instead, Way
from kiosk.services.offline import Can
from ui.viewmodels import board_rows
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.board_rows import StripRow

TITLE = Text("现在能办什么", "What can be done now")
SUBTITLE = Text("每一项：能不能办，为什么，怎么办", "Each service: whether, why not, and what instead")
DO_IT, SIGN_IN, CALL = (
    Text("现在就办", "Go ahead"),
    Text("请值守员登录后办", "The operator signs in first"),
    Text("留个电话", "Leave a number"),
)
WAYS: dict[Way, str] = {
    Way.CALL_BACK: "callback",
    Way.GO_TO: "location",
    Way.COME_BACK: "clock",
    Way.OPERATOR: "operator",
    Way.RING: "phone",
}
PRIMARY: dict[Tap, tuple[Text, str]] = {
    Tap.OPEN: (DO_IT, "forward"),
    Tap.SIGN_IN: (SIGN_IN, "operator"),
    Tap.CALL_BACK: (CALL, "phone"),
}


class Filter(Enum):
    ALL = "all"
    CAN = "can"
    CANNOT = "cannot"


FILTERS = {
    Filter.ALL: Text("全部", "All"),
    Filter.CAN: Text("现在能办", "Ready now"),
    Filter.CANNOT: Text("现在办不了", "Not now"),
}


@dataclass(frozen=True)
class BoardState:
    service: str = ""
    chapter: str = ""
    wanted: Filter = Filter.ALL
    groups: tuple[Group, ...] = ()
    seen: Seen | None = None
    pictures: Mapping[str, str] = field(default_factory=dict)  # addresses by service

    @property
    def answer(self) -> Answer | None:
        answers = (one for group in self.groups for one in group.answers)
        return next((one for one in answers if one.tile.service == self.service), None)


@dataclass(frozen=True)
class FilterRow:
    id: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class ServiceRow:
    service: str
    title: str
    note: str
    icon: str
    chapter: str
    picture: str
    badge: str
    kind: str
    mark: str


@dataclass(frozen=True)
class GroupRow:
    id: str
    title: str
    rows: tuple[ServiceRow, ...]


@dataclass(frozen=True)
class WayRow:
    """`acts`: it can be tapped."""

    id: str
    way: str
    title: str
    text: str
    icon: str
    acts: bool


@dataclass(frozen=True, kw_only=True)
class BoardShown(Head):
    listing: bool
    filters: tuple[FilterRow, ...] = ()
    groups: tuple[GroupRow, ...] = ()
    strip: StripRow = board_rows.NO_STRIP
    picture: str = ""
    badge: str = ""
    kind: str = "neutral"
    mark: str = ""
    how: str = ""
    why: str = ""
    facts: tuple[PairRow, ...] = ()
    ways: tuple[WayRow, ...] = ()


def show(state: BoardState, lang: Lang) -> BoardShown:
    return _one(state, lang) if state.service else _all(state, lang)


def _all(state: BoardState, lang: Lang) -> BoardShown:
    groups = tuple(one for one in state.groups if state.chapter in ("", one.id.value))
    answers = [answer for group in groups for answer in group.answers]
    chapter = groups[0].title.of(lang) if state.chapter and groups else ""
    summary = board.summary(answers, state.seen) if state.seen else None
    rows = (GroupRow(one.id.value, one.title.of(lang), _rows(one, state, lang)) for one in groups)
    return BoardShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="info",
        listing=True,
        filters=tuple(FilterRow(f.value, text.of(lang), f is state.wanted) for f, text in FILTERS.items()),
        groups=tuple(one for one in rows if one.rows),
        strip=board_rows.strip(summary, chapter, lang) if summary and answers else board_rows.NO_STRIP,
    )


def _rows(group: Group, state: BoardState, lang: Lang) -> tuple[ServiceRow, ...]:
    asked = (one for one in group.answers if _asked(one, state.wanted))
    return tuple(_row(group, one, state.pictures, lang) for one in asked)


def _asked(answer: Answer, wanted: Filter) -> bool:
    can = answer.tile.availability.can is not Can.NOT_NOW
    return wanted is Filter.ALL or can is (wanted is Filter.CAN)


def _row(group: Group, answer: Answer, pictures: Mapping[str, str], lang: Lang) -> ServiceRow:
    row = board_rows.tile(group.id, answer, pictures, lang)
    return ServiceRow(
        row.service, row.title, row.note, row.icon, row.chapter, row.picture, row.badge, row.kind, row.mark
    )


def _one(state: BoardState, lang: Lang) -> BoardShown:
    answer = state.answer
    if answer is None:
        gone = Why.SERVICE_UNKNOWN.value.of(lang) if state.seen else ""
        return BoardShown(title=TITLE.of(lang), icon="info", listing=False, why=gone)
    group = next(one for one in state.groups if answer in one.answers)
    kind, mark = board_rows.MARKS[answer.weight]
    primary, icon = PRIMARY.get(answer.tap, (Text("", ""), ""))
    return BoardShown(
        title=answer.tile.title.of(lang),
        subtitle=answer.tile.brief.of(lang),
        icon=answer.tile.icon,
        chapter=group.id.value,
        primary=primary.of(lang),
        primary_icon=icon,
        listing=False,
        picture=state.pictures.get(state.service, ""),
        badge=answer.badge.of(lang),
        kind=kind,
        mark=mark,
        how=answer.how.of(lang),
        why=answer.why.of(lang) if answer.why else "",
        facts=tuple(PairRow(one.label.of(lang), one.value.of(lang)) for one in answer.facts),
        ways=tuple(_way(n, one, lang) for n, one in enumerate(answer.instead)),
    )


def _way(n: int, one: Instead, lang: Lang) -> WayRow:
    return WayRow(
        f"{n}", one.way.value, one.title.of(lang), one.text.of(lang), WAYS[one.way], one.way is Way.CALL_BACK
    )
