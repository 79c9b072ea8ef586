"""What the operator should know of this machine: what was mended at start, what ails disk or clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kiosk.bilingual import Text
from kiosk.services import moments
from kiosk.store.opening import Mended
from sync.clock import ClockMark, MarkKind, TrustedClock, WallClock
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
        "本机时钟慢了；业务按中心的时间记录，不受影响",
        "This machine's clock is behind; business goes by central's time and is not affected",
    ),
    WallClock.AHEAD: Text(
        "本机时钟快了；业务按中心的时间记录，不受影响",
        "This machine's clock is ahead; business goes by central's time and is not affected",
    ),
}
JOURNAL_STANDS = Text(
    "流水写不进磁盘，暂停记录新业务；请腾出空间或联系上级",
    "The journal cannot be written and nothing new is recorded: free some space or call for help",
)


WRONG = Text("快了 {span}", "{span} ahead"), Text("慢了 {span}", "{span} behind")
TURNED = Text("拨快 {span}", "{span} forward"), Text("拨慢 {span}", "{span} back")
SHOWN = timedelta(days=7)
OF_WALL = frozenset({MarkKind.WALL_SET, MarkKind.WALL_WRONG})  # as long as it is off, that is said instead
MARKS = {
    MarkKind.WALL_SET: Text("本机时钟曾被调整", "This machine's clock was set"),
    MarkKind.WALL_WRONG: Text("开机时本机时钟不对", "This machine's clock was wrong after a restart"),
    MarkKind.TICKS_BACK: Text("本机计时曾中断", "This machine's ticks began anew"),
    MarkKind.CORRECTED: Text("业务用的时间已由中心校正", "The time in use was put right by central"),
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
        at, by = moments.show(mark.at), off(mark)
        said = MARKS[mark.kind]
        found.append(Text(f"{said.zh}（{at.zh}，{by.zh}）", f"{said.en} ({at.en}, {by.en})"))
    return tuple(found)


def _with(words: Text, detail: str) -> Text:
    return Text(f"{words.zh}（{detail}）", f"{words.en} ({detail})")


def off(mark: ClockMark) -> Text:
    """How far and which way: a clock that somebody turned, or one that is found wrong."""
    ahead, behind = TURNED if mark.kind in (MarkKind.WALL_SET, MarkKind.CORRECTED) else WRONG
    return (ahead if mark.seconds > 0 else behind).with_params(
        {"span": span(timedelta(seconds=mark.seconds))}
    )


def span(of: timedelta) -> Text:
    minutes = round(abs(of).total_seconds() / 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return Text(f"{days} 天 {hours} 小时", f"{days} d {hours} h")
    return Text(f"{hours} 小时 {minutes % 60} 分", f"{hours} h {minutes % 60} min")
