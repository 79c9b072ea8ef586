"""Room on this machine's disk: what takes how much of it, what waits longest, and tidying now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtQml import QmlElement

from kiosk.bilingual import Lang, Text, same
from kiosk.services import moments
from kiosk.services.permissions import Permission
from kiosk.storage import Storage, Tidied
from sync import gauge
from ui.routes import StorageRoute
from ui.viewmodels.base import Head, PageModel, PairRow, listed, prop
from ui.viewmodels.courier_result import size

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

TITLE = Text("存储", "Storage")
SUBTITLE = Text("本机磁盘上有什么", "What lies on this machine's disk")
TIDY = Text("现在就整理", "Tidy now")
LOOKING = Text("正在查看磁盘…", "Looking at the disk…")
FREE = Text("还有 {free}，共 {total}", "{free} free of {total}")
SCARCE = Text(
    "磁盘快满了：先整理；还不够，请上级清理本机其他文件",
    "The disk is nearly full: tidy; if that is not enough, have other files on this machine cleared",
)
SCARCE_BYTES = 500_000_000  # below this an upgrade or a new pack may not find room
OLDEST, NONE = (
    Text("最早一笔没有答复的业务", "Oldest not answered"),
    Text("没有，全部有答复", "none, all answered"),
)
DONE = Text(
    "整理好了：清除了 {count} 笔过期内容，腾出 {freed}", "Tidied: {count} out of date erased, {freed} freed"
)
NOTHING = Text("整理好了：没有过期的内容", "Tidied: nothing was out of date")


@dataclass(frozen=True)
class StorageState:
    storage: Storage | None = None
    oldest: datetime | None = None
    tidied: Tidied | None = None


@dataclass(frozen=True, kw_only=True)
class StorageShown(Head):
    looking: str
    room: str
    room_kind: str
    used: float
    scarce: str
    notice: str
    sizes: tuple[PairRow, ...]
    waits: tuple[PairRow, ...]


def show(state: StorageState, lang: Lang) -> StorageShown:
    room = state.storage.room if state.storage else None
    scarce = room is not None and room.free < SCARCE_BYTES
    text = FREE.with_params({"free": size(room.free), "total": size(room.total)}) if room else same("")
    oldest = moments.show(state.oldest) if state.oldest else NONE
    return StorageShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="disk",
        primary=TIDY.of(lang),
        primary_icon="refresh",
        primary_ready=room is not None,
        looking="" if room else LOOKING.of(lang),
        room=text.of(lang),
        room_kind="bad" if scarce else "good",
        used=1 - room.free / max(room.total, 1) if room else 0.0,
        scarce=SCARCE.of(lang) if scarce else "",
        notice=_notice(state.tidied).of(lang),
        sizes=_sizes(state.storage, lang),
        waits=(PairRow(OLDEST.of(lang), oldest.of(lang)),) if room else (),
    )


def _sizes(storage: Storage | None, lang: Lang) -> tuple[PairRow, ...]:
    sizes = storage.sizes.items() if storage else ()
    return tuple(PairRow(part.value.of(lang), size(count)) for part, count in sizes)


def _notice(tidied: Tidied | None) -> Text:
    if tidied is None:
        return same("")
    if not tidied.erased and not tidied.freed:
        return NOTHING
    return DONE.with_params({"count": str(tidied.erased), "freed": size(tidied.freed)})


@QmlElement
class StorageModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"operations", "outcomes", "acks", "active_pack"})
    state: StorageState
    shown: StorageShown

    changed = Signal()
    looking = prop(str, "looking", changed)
    room = prop(str, "room", changed)
    roomKind = prop(str, "room_kind", changed)
    used = prop(float, "used", changed)
    scarce = prop(str, "scarce", changed)
    notice = prop(str, "notice", changed)
    sizes = listed("sizes")
    waits = listed("waits")

    def __init__(self, frame: Frame, route: StorageRoute) -> None:  # noqa: ARG002
        super().__init__(frame, StorageState())

    def derive(self) -> StorageShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        self.frame.desk().require(Permission.TIDY)
        oldest = await self.ports.data.read(gauge.oldest_unanswered)
        at = moments.parse(oldest) if oldest else None
        self.update(storage=await self.ports.upkeep.look(), oldest=at)

    def forward(self) -> None:
        self.work("tidy", self._tidy)

    async def _tidy(self) -> None:
        self.frame.desk().require(Permission.TIDY)
        self.update(tidied=None)
        self.update(tidied=await self.ports.upkeep.tidy())
        self.refresh()
