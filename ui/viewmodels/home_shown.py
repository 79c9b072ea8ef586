"""What Home shows, derived in one function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.bilingual import Lang, Text, same
from kiosk.services import board
from kiosk.services.board import Answer, Group, Seen
from kiosk.services.business import Entry, Tone
from kiosk.services.errors import Why
from kiosk.services.offline import Can
from ui.viewmodels import board_rows
from ui.viewmodels.base import Head
from ui.viewmodels.board_rows import StripRow, TileRow

ALL = Text("全部", "All")
SOME, EVERY, ONE, NONE = (
    Text("{can} 项能办，{cannot} 项现在办不了", "{can} ready, {cannot} not now"),
    Text("{can} 项都能办", "all {can} ready"),
    Text("能办", "ready"),
    Text("现在都办不了", "none ready now"),
)
TONES: dict[Tone, tuple[str, str]] = {
    Tone.WAITING: ("warn", "clock"),
    Tone.GOOD: ("good", "check"),
    Tone.BAD: ("bad", "cross"),
    Tone.ATTENTION: ("info", "eye"),
}
CASES = Text("{count} 件待办", "{count:case|cases}")


@dataclass(frozen=True)
class HomeState:
    groups: tuple[Group, ...] = ()
    seen: Seen | None = None
    chosen: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)  # addresses by service
    recent: tuple[Entry, ...] = ()
    cases: int = 0
    loaded: bool = False


@dataclass(frozen=True)
class DoneRow:
    op_id: str
    title: str
    words: str
    kind: str
    mark: str


@dataclass(frozen=True)
class ChapterRow:
    """`chapter` tints it; `note` says how much of it can be done now."""

    id: str
    title: str
    chosen: bool
    chapter: str = "neutral"
    note: str = ""
    kind: str = "neutral"
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class HomeShown(Head):
    chapters: tuple[ChapterRow, ...] = ()
    parts: tuple[ChapterRow, ...] = ()  # the chapters alone, where one comes before its services
    tiles: tuple[TileRow, ...] = ()
    recent: tuple[DoneRow, ...] = ()
    strip: StripRow = board_rows.NO_STRIP
    cases: str = ""
    empty: str = ""
    chosen: str = ""


def show(state: HomeState, place: Text, subtitle: str, lang: Lang) -> HomeShown:
    groups = tuple(one for one in state.groups if state.chosen in ("", one.id.value))
    chapter = groups[0].title.of(lang) if state.chosen and groups else ""
    return HomeShown(
        title=place.of(lang),
        subtitle=subtitle,
        icon="station",
        chapters=(
            ChapterRow("", ALL.of(lang), not state.chosen),
            *(_chapter(one, one.id.value == state.chosen, lang) for one in state.groups),
        ),
        parts=tuple(_chapter(one, False, lang) for one in state.groups),
        tiles=tuple(
            board_rows.tile(one.id, answer, state.pictures, lang) for one in groups for answer in one.answers
        ),
        strip=_strip(groups, state.seen, chapter, lang),
        recent=tuple(_done(entry, lang) for entry in state.recent),
        empty=Why.NO_CATALOGUE.value.of(lang) if state.loaded and not state.groups else "",
        cases=_cases(state.cases).of(lang),
        chosen=state.chosen,
    )


def _strip(groups: tuple[Group, ...], seen: Seen | None, chapter: str, lang: Lang) -> StripRow:
    answers = [answer for one in groups for answer in one.answers]
    if seen is None or not answers:
        return board_rows.NO_STRIP
    return board_rows.strip(board.summary(answers, seen), chapter, lang)


def _chapter(group: Group, chosen: bool, lang: Lang) -> ChapterRow:
    note = _ready(group.answers).of(lang)
    best = min(group.answers, key=lambda one: list(board.Weight).index(one.weight), default=None)
    kind, mark = board_rows.MARKS[best.weight if best else board.Weight.NOT]
    return ChapterRow(group.id.value, group.title.of(lang), chosen, group.id.value, note, kind, mark)


def _ready(answers: tuple[Answer, ...]) -> Text:
    can = sum(one.tile.availability.can is not Can.NOT_NOW for one in answers)
    counts = {"can": str(can), "cannot": str(len(answers) - can)}
    text = SOME if 0 < can < len(answers) else (ONE if can == 1 else EVERY) if can else NONE
    return text.with_params(counts)


def _cases(count: int) -> Text:
    return CASES.with_params({"count": str(count)}) if count else same("")


def _done(entry: Entry, lang: Lang) -> DoneRow:
    kind, mark = TONES[entry.tone]
    return DoneRow(entry.op_id, entry.title.of(lang), entry.words.of(lang), kind, mark)
