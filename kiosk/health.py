"""What the operator should know of this machine: what was mended at start, what ails disk or clock."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.bilingual import Text
from kiosk.store.opening import Mended
from sync.clock import WallClock
from sync.errors import StoreError

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


def health(mended: Sequence[Mended], journal: StoreError | None, clock: WallClock) -> tuple[Text, ...]:
    """Worst first; empty when all is well."""
    found = [JOURNAL_STANDS] if journal is not None else []
    found += [MENDED[one] for one in mended]
    if clock in CLOCK:
        found.append(CLOCK[clock])
    return tuple(found)
