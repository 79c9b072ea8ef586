"""The courier's page as it is shown, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.bilingual import Lang, Text
from kiosk.devices.media import Stick
from sync.carried import Contents
from sync.policy import Link
from ui.viewmodels import courier_result
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.courier_result import Errand, FileRow, Result, size

TITLE = Text("优盘收发", "By USB stick")
SUBTITLE = Text("没有网络时，用优盘带走业务、带回答复", "Business out, answers back, on a stick")
AGAIN = Text("再看一次", "Look again")
NO_STICK = Text("请插入优盘", "Put a stick in")
NO_STICK_HINT = Text(
    "插好后按“再看一次”；优盘上的其他文件不会动", "Then press Look again; other files on it are left alone"
)
FREE = Text("还能放 {size}", "{size} free")
ERRANDS: dict[Errand, tuple[Text, str]] = {
    Errand.WRITE: (Text("写出：本机待发的业务", "Write: what this terminal has to send"), "exit"),
    Errand.READ: (Text("读入：中心的答复", "Read: central's answers"), "check"),
    Errand.CARRY: (Text("代送：别处终端的文件", "Carry: other terminals' files"), "sync"),
}
TO_WRITE = Text(
    "{n} 笔等待送出；写出后本机照样保存，直到中心答复",
    "To be sent: {n}; kept here until central has answered",
)
NOTHING_TO_WRITE = Text(
    "没有待发的；可以写一份请求，取回新的结果", "Nothing to send; a request for new results can be written"
)
TO_READ = Text("优盘上有 {n} 份给本机的答复", "Answers for this terminal: {n}")
TO_READ_PACKS = Text("优盘上有 {n} 份答复、{packs} 份服务资料", "Answers: {n}, service data: {packs}")
NONE_TO_READ = Text("优盘上还没有给本机的答复", "No answer for this terminal on it yet")
TO_CARRY = Text(
    "优盘上有 {n} 份别处的文件；联网时直接交给中心",
    "Others' files: {n}; handed to central when online",
)
LATER = Text(
    "现在没有网络：先带上，联网后再插一次就交出",
    "No network now: taken along, handed in at the next visit online",
)
WORKING: dict[Errand, Text] = {
    Errand.WRITE: Text("正在写，请不要拔优盘", "Writing: leave the stick in"),
    Errand.READ: Text("正在读，请不要拔优盘", "Reading: leave the stick in"),
    Errand.CARRY: Text("正在代送，请不要拔优盘", "Carrying: leave the stick in"),
}
ON_IT: tuple[tuple[str, Text], ...] = (
    ("ours_up", Text("本机写出的", "Written here")),
    ("ours_down", Text("给本机的答复", "Answers for here")),
    ("others_up", Text("别处终端写出的", "Written elsewhere")),
    ("others_down", Text("给别处的答复", "Answers for others")),
    ("packs", Text("服务资料", "Service data")),
    ("unreadable", Text("读不了的文件", "Unreadable files")),
)
FILES, EMPTY = Text("{n} 个文件", "{n}"), Text("还没有驿站的文件", "No Yizhan files on it yet")
CONTENTS = Text("优盘上", "On the stick")


@dataclass(frozen=True)
class CourierState:
    sticks: tuple[Stick, ...] | None = None
    chosen: Stick | None = None
    looked: Stick | None = None  # whose contents these are, with the room it had then
    contents: Contents | None = None
    waiting: int = 0
    link: Link = Link.UNKNOWN
    working: Errand | None = None
    result: Result | None = None

    @property
    def chosen_path(self) -> Path | None:
        return self.chosen.path if self.chosen else None


@dataclass(frozen=True)
class StickRow:
    id: str
    title: str
    note: str
    chosen: bool


@dataclass(frozen=True)
class ErrandRow:
    id: str
    title: str
    note: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class CourierShown(Head):
    none: str
    none_hint: str
    sticks: tuple[StickRow, ...]
    contents: tuple[PairRow, ...]
    errands: tuple[ErrandRow, ...]
    working: str
    result: str
    result_kind: str
    counted: tuple[PairRow, ...]
    files: tuple[FileRow, ...]


def show(state: CourierState, lang: Lang) -> CourierShown:
    missing = state.sticks == ()
    result = courier_result.shown(state.result, lang)
    ready = state.chosen is not None and state.working is None
    return CourierShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="bag",
        primary=AGAIN.of(lang),
        primary_icon="refresh",
        none=NO_STICK.of(lang) if missing else "",
        none_hint=NO_STICK_HINT.of(lang) if missing else "",
        sticks=tuple(_stick(one, state, lang) for one in state.sticks or ()),
        contents=_contents(state.contents, lang) if state.chosen else (),
        errands=tuple(_errand(one, state, lang) for one in Errand) if ready else (),
        working=WORKING[state.working].of(lang) if state.working else "",
        result=result.title,
        result_kind=result.kind,
        counted=result.counted,
        files=result.files,
    )


def _stick(stick: Stick, state: CourierState, lang: Lang) -> StickRow:
    free = FREE.with_params({"size": size(stick.free)}).of(lang)
    return StickRow(str(stick.path), stick.name, free, stick.path == state.chosen_path)


def _contents(contents: Contents | None, lang: Lang) -> tuple[PairRow, ...]:
    if contents is None:
        return ()
    counted = [(label, getattr(contents, name)) for name, label in ON_IT]
    rows = [(label, FILES.with_params({"n": str(n)})) for label, n in counted if n]
    return tuple(PairRow(label.of(lang), text.of(lang)) for label, text in rows or [(CONTENTS, EMPTY)])


def _errand(errand: Errand, state: CourierState, lang: Lang) -> ErrandRow:
    title, icon = ERRANDS[errand]
    return ErrandRow(errand.value, title.of(lang), _note(errand, state).of(lang), icon)


def _note(errand: Errand, state: CourierState) -> Text:
    on_it = state.contents or Contents()
    match errand:
        case Errand.WRITE:
            return TO_WRITE.with_params({"n": str(state.waiting)}) if state.waiting else NOTHING_TO_WRITE
        case Errand.READ if on_it.packs:
            return TO_READ_PACKS.with_params({"n": str(on_it.ours_down), "packs": str(on_it.packs)})
        case Errand.READ:
            return TO_READ.with_params({"n": str(on_it.ours_down)}) if on_it.ours_down else NONE_TO_READ
        case Errand.CARRY if state.link is not Link.ONLINE:
            return LATER
        case Errand.CARRY:
            return TO_CARRY.with_params({"n": str(on_it.others_up)})
