"""The board's answers as rows: a tile, the strip over several of them, and their signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.bilingual import Lang, Text
from kiosk.services.board import Answer, Summary, Tap, Weight
from kiosk.services.offline import ChapterId

MARKS: dict[Weight, tuple[str, str]] = {
    Weight.GOOD: ("good", "check"),
    Weight.HALF: ("info", "edit"),
    Weight.NOT: ("warn", "cross"),
    Weight.NO_LINE: ("warn", "offline"),
}
CAN, CANNOT = Text("现在能办 {count} 项", "{count} ready now"), Text("办不了 {count} 项", "{count} not now")
NONE_CAN = Text("{count} 项现在都办不了", "none of {count} ready now")
IN = Text("{chapter}：{text}", "{chapter}: {text}")


@dataclass(frozen=True)
class TileRow:
    service: str
    chapter: str
    title: str
    icon: str
    picture: str
    badge: str
    kind: str
    mark: str
    note: str
    can: bool


@dataclass(frozen=True)
class StripRow:
    text: str
    more: str
    facts: tuple[str, ...]
    kind: str
    mark: str


NO_STRIP = StripRow("", "", (), "neutral", "")


def tile(chapter: ChapterId, answer: Answer, pictures: Mapping[str, str], lang: Lang) -> TileRow:
    kind, mark = MARKS[answer.weight]
    return TileRow(
        service=answer.tile.service,
        chapter=chapter.value,
        title=answer.tile.title.of(lang),
        icon=answer.tile.icon,
        picture=pictures.get(answer.tile.service, ""),
        badge=answer.badge.of(lang),
        kind=kind,
        mark=mark,
        note=answer.note.of(lang),
        can=answer.tap is not Tap.WHY,
    )


def strip(summary: Summary, chapter: str, lang: Lang) -> StripRow:
    """`chapter`: its name, empty over all of them."""
    count = {"count": str(summary.can or summary.cannot)}
    can = (CAN if summary.can else NONE_CAN).with_params(count).of(lang)
    kind, mark = MARKS[Weight.GOOD if summary.can else Weight.NOT]
    both = summary.can and summary.cannot
    return StripRow(
        text=IN.with_params({"chapter": chapter, "text": can}).of(lang) if chapter else can,
        more=CANNOT.with_params({"count": str(summary.cannot)}).of(lang) if both else "",
        facts=tuple(one.of(lang) for one in summary.facts),
        kind=kind,
        mark=mark,
    )
