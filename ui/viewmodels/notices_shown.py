"""What is not ordinary with the terminal, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.bilingual import Lang, Text
from kiosk.services.plight import Notice, WayOut, Weight

OUT: dict[WayOut, Text] = {
    WayOut.SET_UP_ANEW: Text("重新设置本机", "Set up anew"),
    WayOut.COURIER: Text("用优盘带走", "Send by stick"),
    WayOut.NONE: Text("", ""),
}
ICONS = {Weight.STOPS: "lock", Weight.HINDERS: "warn", Weight.PASSES: "info"}


@dataclass(frozen=True)
class NoticeRow:
    id: str
    kind: str
    icon: str
    title: str
    text: str
    out: str
    action: str


def rows(notices: tuple[Notice, ...], lang: Lang) -> tuple[NoticeRow, ...]:
    """What somebody has to know before all else."""
    return tuple(_row(one, lang) for one in notices if one.weight is not Weight.PASSES)


def passing(notices: tuple[Notice, ...], lang: Lang) -> tuple[NoticeRow, ...]:
    """What goes on by itself."""
    return tuple(_row(one, lang) for one in notices if one.weight is Weight.PASSES)


def _row(notice: Notice, lang: Lang) -> NoticeRow:
    return NoticeRow(
        id=notice.id,
        kind=notice.weight.value,
        icon=ICONS[notice.weight],
        title=notice.title.of(lang),
        text=notice.text.of(lang),
        out=notice.way_out.value,
        action=OUT[notice.way_out].of(lang),
    )
