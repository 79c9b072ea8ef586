"""What the operator should know of this machine: what was mended at start, what ails disk or clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kiosk.bilingual import Text
from kiosk.services import moments
from kiosk.store.opening import Mended
from sync.clock import MarkKind, TrustedClock, WallClock
from sync.errors import StoreError
from sync.packplan import PackTrouble, RefusedPack

MENDED = {
    Mended.JOURNAL_TAIL: Text(
        "上次断电，流水已从账本补齐", "After a power cut the journal was completed from the ledger"
    ),
    Mended.JOURNAL_REWRITTEN: Text(
        "流水损坏，已另存并从账本重建；请报告上级",
        "The journal was damaged: set aside and begun anew from the ledger; report it",
    ),
    Mended.LEDGER_REBUILT: Text(
        "账本损坏，已另存并从流水重建；请报告上级",
        "The ledger was damaged: set aside and rebuilt from the journal; report it",
    ),
    Mended.LEDGER_IN_PART: Text(
        "账本和流水都有损坏，能读出的都已恢复，损坏的文件另存未删；本机停止办新业务，请报告上级并重新登记",
        "Ledger and journal were both damaged: what could be read is here, the damaged files are kept."
        " Nothing new is recorded on this machine: report it and enrol again",
    ),
    Mended.CACHE_WENT_BACK: Text(
        "服务资料损坏，已退回上一版，联网后会重新下载",
        "The service data was damaged: the version before it is used; it is fetched again when online",
    ),
    Mended.CACHE_DROPPED: Text(
        "服务资料损坏，联网后会重新下载", "The service data was damaged; it is fetched again when online"
    ),
}
CLOCK = {
    WallClock.BEHIND: Text(
        "本机时钟慢了，业务按可信时间记录", "This machine's clock is behind; trusted time is used"
    ),
    WallClock.AHEAD: Text(
        "本机时钟快了，业务按可信时间记录", "This machine's clock is ahead; trusted time is used"
    ),
}
JOURNAL_STANDS = Text(
    "流水写不进磁盘，暂停记录新业务；请腾出空间或联系上级",
    "The journal cannot be written and nothing new is recorded: free some space or call for help",
)


SHOWN = timedelta(days=7)
OF_WALL = frozenset({MarkKind.WALL_SET, MarkKind.WALL_WRONG})  # as long as it is off, that is said instead
MARKS = {
    MarkKind.WALL_SET: Text("本机时钟曾被调整", "This machine's clock was set"),
    MarkKind.WALL_WRONG: Text("开机时本机时钟不对", "This machine's clock was wrong after a restart"),
    MarkKind.TICKS_BACK: Text("本机计时曾中断", "This machine's ticks began anew"),
    MarkKind.CORRECTED: Text("可信时间已由中心校正", "Trusted time was put right by central"),
    MarkKind.CENTRAL_DOUBTED: Text(
        "中心的时间前后不一，暂按原来的时间记录",
        "Central's time contradicts itself: the time known before is kept",
    ),
}
REFUSED = {
    PackTrouble.BAD: Text(
        "新的服务资料装不进去，继续用现有版本；请报告上级",
        "The new service data cannot be loaded, the present version goes on; report it",
    ),
    PackTrouble.WRONG_HASH: Text(
        "新的服务资料多次下载不完整，继续用现有版本；请报告上级",
        "The new service data never came whole, the present version goes on; report it",
    ),
    PackTrouble.OLDER: Text(
        "中心给的服务资料比本机的旧，没有采用；请报告上级",
        "Central offers older service data than we have, it was not taken; report it",
    ),
    PackTrouble.OTHER_COUNTY: Text(
        "中心给的是别的区县的服务资料，没有采用；请报告上级",
        "Central offers another county's service data, it was not taken; report it",
    ),
}


@dataclass(frozen=True)
class Room:
    """Bytes of the disk that holds the data."""

    free: int
    total: int


@dataclass(frozen=True)
class Vitals:
    """What there is to look at."""

    mended: Sequence[Mended]
    journal: StoreError | None
    clock: TrustedClock
    pack: RefusedPack | None


def health(of: Vitals) -> tuple[Text, ...]:
    """Worst first; empty when all is well."""
    found = [JOURNAL_STANDS] if of.journal is not None else []
    found += [MENDED[one] for one in of.mended]
    if of.pack is not None:
        found.append(_with(REFUSED[of.pack.trouble], of.pack.version))
    wall = of.clock.wall_clock()
    if wall in CLOCK:
        found.append(CLOCK[wall])
    mark = of.clock.last_mark
    is_told = mark is not None and wall in CLOCK and mark.kind in OF_WALL
    if mark is not None and not is_told and of.clock.now().at - mark.at < SHOWN:
        found.append(_with(MARKS[mark.kind], f"{moments.show(mark.at)}, {_span(mark.seconds)}"))
    return tuple(found)


def _with(words: Text, detail: str) -> Text:
    return Text(f"{words.zh}（{detail}）", f"{words.en} ({detail})")


def _span(seconds: int) -> str:
    sign, days = "+" if seconds > 0 else "−", abs(seconds) // 86400
    hours, rest = divmod(abs(seconds) % 86400, 3600)
    return f"{sign}{days} d {hours}:{rest // 60:02d} h"
