"""What an errand with a stick came to, in numbers and words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.bilingual import Lang, Text, same
from kiosk.services import words
from sync.carried import Fate, Handled, Written
from sync.errors import StoreError
from ui.troubles import stick_text, trouble_text
from ui.viewmodels.base import PairRow

if TYPE_CHECKING:  # no page waits for what carries
    from sync.carrier import Round


class Errand(Enum):
    WRITE = "write"
    READ = "read"
    CARRY = "carry"


@dataclass(frozen=True)
class Filled:
    written: tuple[Written, ...]


@dataclass(frozen=True)
class Read:
    handled: tuple[Handled, ...]


@dataclass(frozen=True)
class Carried:
    round: Round


@dataclass(frozen=True)
class StickFailed:
    """`errand` None: a look at it."""

    errand: Errand | None
    error: StoreError
    stick: Path


Result = Filled | Read | Carried | StickFailed


@dataclass(frozen=True)
class FileRow:
    id: str
    title: str
    note: str
    icon: str


@dataclass(frozen=True)
class ResultShown:
    title: str
    kind: str
    counted: tuple[PairRow, ...] = ()
    files: tuple[FileRow, ...] = ()


NOTHING = ResultShown("", "neutral")
BAD = frozenset({Fate.DAMAGED, Fate.NEWER, Fate.FOREIGN, Fate.UNASKED, Fate.LOCKED, Fate.PACK_REFUSED})
WRITTEN = Text("已写好，可以拔下优盘", "Written: the stick may be taken out")
ONLY_ASKS = Text(
    "没有待发的业务，已写好取答复的请求", "Nothing to send: a request for answers is on the stick"
)
TOOK_IN, TOOK_NONE = (
    Text("已读完", "All read"),
    Text("优盘上没有给本机的答复", "No answers for this terminal here"),
)
NOT_ALL = Text("已读完，有文件没有收", "All read, some files were not taken")
CARRIED_ALL, CARRIED_SOME = Text("已办完，可以拔下优盘", "Done: the stick may be taken out"), Text(
    "没有全部交给中心，带上的都还在", "Not all handed in yet: what was taken along is kept"
)  # fmt: skip
OPERATIONS, FILES, SIZE = Text("业务", "Operations"), Text("文件", "Files"), Text("大小", "Size")
COUNT, PIECES = Text("{n} 笔", "{n}"), Text("{n} 个文件", "{n}")
TIMES = Text("{n} 个文件", "{n} ×")
REST = Text("其余", "The rest")
MORE = Text("装不下的，收到答复后再写一次", "did not fit: write once more after the answer")
ALONG, HANDED = Text("从优盘带上", "Taken along"), Text("已交给中心", "Handed to central")
WAITING, GIVEN = Text("还没交", "Still to hand in"), Text("写回优盘", "Written back")
WHY, TO_DO = Text("原因", "Reason"), Text("怎么办", "What to do")
ONLINE_AGAIN = Text("联网后再插一次优盘，按“代送”就交出", "Once online put a stick in again and press Carry")
UNUSABLE = Text("不完整、被改动，或中心没有收", "Not whole, altered, or not taken by central")


def shown(result: Result | None, lang: Lang) -> ResultShown:
    match result:
        case None:
            return NOTHING
        case Filled(written):
            return _filled(written, lang)
        case Read(handled):
            return _read(handled, lang)
        case Carried(done):
            return _carried(done, lang)
        case StickFailed(_, error, stick):
            return ResultShown(stick_text(error, [stick]).of(lang), "bad")


def _filled(written: tuple[Written, ...], lang: Lang) -> ResultShown:
    operations = sum(one.operations for one in written)
    rows = [
        (OPERATIONS, COUNT.with_params({"n": str(operations)})),
        (FILES, PIECES.with_params({"n": str(len(written))})),
        (SIZE, same(size(sum(one.size for one in written)))),
    ]
    if any(one.more for one in written):
        rows.append((REST, MORE))
    files = tuple(FileRow(one.file, one.file, "", "check") for one in written)
    title = WRITTEN if operations else ONLY_ASKS
    return ResultShown(title.of(lang), "good", _pairs(rows, lang), files)


def _read(handled: tuple[Handled, ...], lang: Lang) -> ResultShown:
    fates = Counter(one.fate for one in handled if one.fate not in BAD)
    rows = [(TIMES.with_params({"n": str(n)}), words.of(fate)) for fate, n in fates.items()]
    bad = tuple(
        FileRow(one.file, one.file, words.of(one.fate).of(lang), "warn") for one in handled if one.fate in BAD
    )
    title = NOT_ALL if bad else TOOK_IN if handled else TOOK_NONE
    kind = "warn" if bad else "good" if handled else "neutral"
    return ResultShown(title.of(lang), kind, _pairs(rows, lang), bad)


def _carried(done: Round, lang: Lang) -> ResultShown:
    counted = (
        (ALONG, done.taken_along),
        (HANDED, done.handed_in),
        (WAITING, done.waiting),
        (GIVEN, done.given_back),
    )
    rows = [(label, PIECES.with_params({"n": str(len(files))})) for label, files in counted]
    if done.trouble is not None:
        rows.append((WHY, trouble_text(done.trouble)))
    if done.waiting:
        rows.append((TO_DO, ONLINE_AGAIN))
    bad = tuple(FileRow(file, file, UNUSABLE.of(lang), "warn") for file, _why in done.unusable)
    is_all = not done.waiting and done.trouble is None and not bad
    title = CARRIED_ALL if is_all else CARRIED_SOME
    return ResultShown(title.of(lang), "good" if is_all else "warn", _pairs(rows, lang), bad)


def _pairs(rows: list[tuple[Text, Text]], lang: Lang) -> tuple[PairRow, ...]:
    return tuple(PairRow(label.of(lang), text.of(lang)) for label, text in rows)


def size(count: int) -> str:
    """Bytes as people read them."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}"
    return f"{count} B"
