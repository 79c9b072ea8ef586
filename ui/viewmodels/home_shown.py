"""What Home shows, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.bilingual import Lang, Text, same
from kiosk.services import moments, money, words
from kiosk.services.business import Entry, Tone
from kiosk.services.catalogue import Chapter, Tile
from kiosk.services.errors import Why
from kiosk.services.offer import Availability
from kiosk.services.offline import Can, Offline
from sync.leases import Advice
from ui.viewmodels.base import Head

BADGES: dict[Can, tuple[str, str]] = {
    Can.NOW: ("good", "check"),
    Can.NOW_RECORDED: ("good", "check"),
    Can.DRAFT_ONLY: ("info", "edit"),
    Can.NOT_NOW: ("warn", "cross"),
}
ALL = Text("全部", "All")
CALLBACK = Text("须联网，可登记回电", "Needs the network: ask for a call")
AS_OF = Text("数据截至 {at}", "Data of {at}")
LEFT_MONEY, LEFT = Text("还可收 {left}", "{left} of float left"), Text("本点余 {left}", "{left} left here")
AGES = frozenset(
    {Offline.CACHED, Offline.QUEUED}
)  # what is done from data that grows old without the network


TONES: dict[Tone, tuple[str, str]] = {
    Tone.WAITING: ("warn", "clock"),
    Tone.GOOD: ("good", "check"),
    Tone.BAD: ("bad", "cross"),
    Tone.ATTENTION: ("info", "eye"),
}
CASES, ONE_CASE = Text("{count} 件待办", "{count} cases"), Text("1 件待办", "1 case")


@dataclass(frozen=True)
class HomeState:
    chapters: tuple[Chapter, ...] = ()
    chosen: str = ""
    recent: tuple[Entry, ...] = ()
    cases: int = 0
    loaded: bool = False
    offline: bool = False


@dataclass(frozen=True)
class DoneRow:
    op_id: str
    title: str
    words: str
    kind: str
    mark: str


@dataclass(frozen=True)
class TileRow:
    service: str
    chapter: str
    title: str
    icon: str
    badge: str
    kind: str
    mark: str
    note: str
    can: bool


@dataclass(frozen=True)
class ChapterRow:
    id: str
    title: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class HomeShown(Head):
    chapters: tuple[ChapterRow, ...] = ()
    tiles: tuple[TileRow, ...] = ()
    recent: tuple[DoneRow, ...] = ()
    cases: str = ""
    empty: str = ""


def show(state: HomeState, place: Text, subtitle: str, lang: Lang) -> HomeShown:
    chosen = tuple(c for c in state.chapters if state.chosen in ("", c.id.value))
    named = ((c.id.value, c.title.of(lang)) for c in state.chapters)
    return HomeShown(
        title=place.of(lang),
        subtitle=subtitle,
        icon="station",
        chapters=tuple(
            ChapterRow(id, title, id == state.chosen) for id, title in (("", ALL.of(lang)), *named)
        ),
        tiles=tuple(_tile(c, tile, lang, offline=state.offline) for c in chosen for tile in c.tiles),
        recent=tuple(_done(entry, lang) for entry in state.recent),
        empty=Why.NO_CATALOGUE.value.of(lang) if state.loaded and not state.chapters else "",
        cases=_cases(state.cases).of(lang),
    )


def _cases(count: int) -> Text:
    many = CASES.with_params({"count": str(count)}) if count else same("")
    return ONE_CASE if count == 1 else many


def _tile(chapter: Chapter, tile: Tile, lang: Lang, *, offline: bool) -> TileRow:
    now = tile.availability
    kind, mark = BADGES[now.can]
    return TileRow(
        service=tile.service,
        chapter=chapter.id.value,
        title=tile.title.of(lang),
        icon=tile.icon,
        badge=_badge(now).of(lang),
        kind=kind,
        mark="offline" if now.offline is Offline.ONLINE and now.can is Can.NOT_NOW else mark,
        note=_note(tile, offline=offline).of(lang),
        can=now.can is not Can.NOT_NOW or now.callback,
    )


def _done(entry: Entry, lang: Lang) -> DoneRow:
    kind, mark = TONES[entry.tone]
    return DoneRow(entry.op_id, entry.title.of(lang), entry.words.of(lang), kind, mark)


def _badge(now: Availability) -> Text:
    """What can be done now, and how it will be done."""
    if now.can is Can.NOT_NOW:
        return CALLBACK if now.callback else words.of(now.can)
    can, how = words.of(now.can), words.of(now.offline)
    if now.can is Can.DRAFT_ONLY:
        return Text(f"{can.zh} · {how.zh}", how.en)
    if now.can is Can.NOW_RECORDED:
        return Text(f"{can.zh} · {words.of(Offline.QUEUED).zh}", can.en)
    return Text(f"{can.zh} · {how.zh}", f"{can.en} · {how.en}")


def _note(tile: Tile, *, offline: bool) -> Text:
    """The one fact that matters most now: why not, what is running low, how old, or what it is for."""
    now = tile.availability
    if now.reason is not None and not now.callback:
        return now.reason.text
    if now.left is not None and now.left.advice is not Advice.FREE:
        left = money.show(now.left.amount) if now.left.unit == "fen" else str(now.left.amount)
        return (LEFT_MONEY if now.left.unit == "fen" else LEFT).with_params({"left": left})
    fresh = now.freshness
    ages = offline and now.offline in AGES and not now.callback
    if fresh is not None and (fresh.expired or ages):
        return AS_OF.with_params({"at": moments.show_day(fresh.as_of)})
    return tile.brief or same("")
