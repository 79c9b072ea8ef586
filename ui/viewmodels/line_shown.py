"""The line and the clock as they are shown, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.bilingual import Lang, Text, same
from kiosk.health import MARKS, WRONG, Room, off, span
from kiosk.services import moments, plight, words
from sync.budget import Outlook
from sync.clock import Reading
from sync.identity import Identity
from sync.linereport import LaneNow, LineReport
from sync.policy import Link, Trouble
from sync.rate import Rate, Speed
from sync.recovery import Recovery
from sync.witnesses import TOLERANCE, ClockMark
from ui.standing import KINDS
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.courier_result import size

TITLE, SUBTITLE = (
    Text("线路与时钟", "Line and clock"),
    Text("网络、流量、时间和存储", "Network, data, time and storage"),
)
TRY = Text("现在就试", "Try now")
WHY, TO_DO = Text("原因", "Reason"), Text("怎么办", "What to do")
LAST, NEVER = Text("上次送到中心", "Last delivery"), Text("还没有送过", "none yet")
NEXT, NOW = Text("下次自动重试", "Next try"), Text("随时", "at any moment")
UP, DOWN, THERE = Text("上传速度", "Speed up"), Text("下载速度", "Speed down"), Text("往返时间", "Round trip")
A_SECOND, NOT_MEASURED = Text("每秒 {size}", "{size}/s"), Text("还没测到", "not measured yet")
MILLIS = Text("{n} 毫秒", "{n} ms")
RESTING, NEXT_AT = Text("为省流量暂停", "Resting to save data"), Text("下次 {at}", "next {at}")
AS_NEEDED, HELD = Text("有事就发", "as needed"), Text("没有成功，稍后再试", "failed, tried again later")
FAILED_AT = Text("没有成功，{at} 再试", "failed, again {at}")
USED, FORECAST, LIMIT = (
    Text("本月已用", "Used this month"),
    Text("预计全月", "Forecast"),
    Text("每月上限", "Limit"),
)
NO_LIMIT = Text("不限流量", "No limit on data")
WITHIN = Text("够用", "Enough for the month")
OVER = Text(
    "预计超出，先停图片资料，再停附件", "Over the limit: pictures and packs rest first, then attachments"
)
TIME, QUALITY = Text("业务用的时间", "Time in use"), Text("准不准", "How sure")
DRIFT, RIGHT = Text("本机时钟", "Machine's clock"), Text("与业务用的时间一致", "agrees with the time in use")
AHEAD, BEHIND = WRONG
UNCHECKED = Text("还没有核对过", "not checked yet")
MARK = Text("变动", "Change")
NO_MARKS = Text("没有被调整过", "never set or turned")
TERMINAL = Text("本机编号", "Terminal")
LIFE = Text("{terminal}，第 {n} 次登记", "{terminal}, enrolment {n}")
CENTRAL, WHOLE = Text("中心的数据", "Central's data"), Text("没有恢复过", "never restored")
RESTORED = Text("从备份恢复过，共 {n} 次", "restored from a backup, times: {n}")
SENT, SENT_OF = Text("中心已有", "Central has"), Text("{n} 笔，共 {whole} 笔", "{n} of {whole}")
PRUNED, UP_TO = Text("可以清理", "May be cleared"), Text("前 {n} 笔", "the first {n}")
KEEP_ALL = Text("还没有，全部保留", "nothing yet, all is kept")
DISK, FREE = Text("磁盘", "Disk"), Text("还有 {free}，共 {total}", "{free} free of {total}")


@dataclass(frozen=True)
class Clock:
    reading: Reading
    drift: timedelta | None
    marks: tuple[ClockMark, ...]


@dataclass(frozen=True)
class Kept:
    identity: Identity
    last_seq: int
    high_water: int
    prune_mark: int


@dataclass(frozen=True)
class LineState:
    link: Link = Link.UNKNOWN
    trouble: Trouble | None = None
    last_at: datetime | None = None
    next_at: datetime | None = None
    report: LineReport = field(default_factory=LineReport)
    clock: Clock | None = None
    kept: Kept | None = None
    room: Room | None = None


@dataclass(frozen=True, kw_only=True)
class LineShown(Head):
    line: str
    line_kind: str
    line_icon: str
    line_pairs: tuple[PairRow, ...]
    lanes: tuple[PairRow, ...]
    data: str
    data_kind: str
    used: float
    forecast: float
    limit: float
    limited: bool
    data_pairs: tuple[PairRow, ...]
    clock_pairs: tuple[PairRow, ...]
    kept_pairs: tuple[PairRow, ...]


Rows = list[tuple[Text, Text]]


def show(state: LineState, lang: Lang) -> LineShown:
    outlook, kind = state.report.data, KINDS[state.link]
    text, tone = _budget(outlook)
    scale = max(outlook.forecast, outlook.limit or 0, 1)
    return LineShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="online",
        primary="" if state.link is Link.LOCKED else TRY.of(lang),  # the reason stands among the pairs
        primary_icon="refresh",
        primary_ready=state.link is not Link.LOCKED,
        line=words.of(state.link).of(lang),
        line_kind=kind[0],
        line_icon=kind[1],
        line_pairs=_pairs(_line(state), lang),
        lanes=_pairs([_lane(one) for one in state.report.lanes], lang),
        data=text.of(lang),
        data_kind=tone,
        used=outlook.used / scale,
        forecast=outlook.forecast / scale,
        limit=outlook.limit / scale if outlook.limit else -1.0,
        limited=outlook.limit is not None,
        data_pairs=_pairs(_data(outlook), lang),
        clock_pairs=_pairs(_clock(state.clock), lang),
        kept_pairs=_pairs(_kept(state), lang),
    )


def _pairs(rows: Rows, lang: Lang) -> tuple[PairRow, ...]:
    return tuple(PairRow(label.of(lang), text.of(lang)) for label, text in rows)


def _line(state: LineState) -> Rows:
    rows: Rows = []
    if state.trouble is not None and state.link is not Link.ONLINE:
        rows.append((WHY, words.of(state.trouble)))
        if state.trouble in plight.TROUBLES:
            rows.append((TO_DO, plight.TROUBLES[state.trouble]))
    rows.append((LAST, moments.show(state.last_at) if state.last_at else NEVER))
    if state.link not in (Link.ONLINE, Link.LOCKED):
        rows.append((NEXT, same(moments.show_time(state.next_at)) if state.next_at else NOW))
    return rows + _speed(state.report.speed)


def _speed(speed: Speed) -> Rows:
    rows = [(UP, _rate(speed.up)), (DOWN, _rate(speed.down))]
    if speed.round_trip is not None:
        rows.append((THERE, MILLIS.with_params({"n": str(round(speed.round_trip * 1000))})))
    return rows


def _rate(rate: Rate) -> Text:
    if rate.per_second is None:
        return NOT_MEASURED
    return A_SECOND.with_params({"size": size(round(rate.per_second))})


def _lane(now: LaneNow) -> tuple[Text, Text]:
    label = words.of(now.lane)
    if now.resting:
        return label, RESTING
    if now.next_at is None:
        return label, HELD if now.error else AS_NEEDED
    told = FAILED_AT if now.error else NEXT_AT
    return label, told.with_params({"at": moments.show_time(now.next_at)})


def _budget(outlook: Outlook) -> tuple[Text, str]:
    if outlook.limit is None:
        return NO_LIMIT, "info"
    return (OVER, "warn") if outlook.forecast > outlook.limit else (WITHIN, "good")


def _data(outlook: Outlook) -> Rows:
    rows = [(USED, same(size(outlook.used))), (FORECAST, same(size(outlook.forecast)))]
    return rows if outlook.limit is None else [*rows, (LIMIT, same(size(outlook.limit)))]


def _clock(clock: Clock | None) -> Rows:
    if clock is None:
        return []
    rows: Rows = [
        (TIME, moments.show(clock.reading.at)),
        (QUALITY, words.of(clock.reading.quality)),
        (DRIFT, _drift(clock.drift)),
    ]
    return rows + ([(MARK, _mark(one)) for one in clock.marks] or [(MARK, NO_MARKS)])


def _drift(drift: timedelta | None) -> Text:
    if drift is None:
        return UNCHECKED
    if abs(drift) <= TOLERANCE:
        return RIGHT
    return (AHEAD if drift > timedelta(0) else BEHIND).with_params({"span": span(drift)})


def _mark(mark: ClockMark) -> Text:
    said, at, by = MARKS[mark.kind], moments.show(mark.at), off(mark)
    return Text(f"{at.zh} {said.zh}（{by.zh}）", f"{at.en} {said.en} ({by.en})")


def _kept(state: LineState) -> Rows:
    kept, rows = state.kept, []
    if kept is not None:
        here = kept.identity
        life = LIFE.with_params({"terminal": here.terminal, "n": str(here.incarnation)})
        restored = here.epoch - 1
        central = RESTORED.with_params({"n": str(restored)}) if restored else WHOLE
        recovery = state.report.recovery
        if recovery is not Recovery.NONE:
            now = words.of(recovery)
            central = Text(f"{central.zh}；{now.zh}", f"{central.en}; {now.en}")
        sent = SENT_OF.with_params({"n": str(kept.high_water), "whole": str(kept.last_seq)})
        pruned = UP_TO.with_params({"n": str(kept.prune_mark)}) if kept.prune_mark else KEEP_ALL
        rows = [(TERMINAL, life), (CENTRAL, central), (SENT, sent), (PRUNED, pruned)]
    if state.room is not None:
        free, total = size(state.room.free), size(state.room.total)
        rows.append((DISK, FREE.with_params({"free": free, "total": total})))
    return rows
