"""The state of the queue and of a reversal, and all that is shown of them, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.bilingual import Lang, Text, same
from kiosk.devices.printer import PrinterState
from kiosk.services import moments, money, plight, words
from kiosk.services.business import Detail, QueueView
from kiosk.services.errors import Refused, Why
from kiosk.services.offer import Board
from kiosk.services.permissions import Permission
from kiosk.services.plight import Notice
from kiosk.services.reversals import REASONS, ReverseReason, Reversible
from sync.leases import Advice
from sync.outbox import State
from sync.policy import Link, Trouble
from sync.wire.rights import Sort
from ui.standing import KINDS
from ui.viewmodels import entries_shown, notices_shown, queue_entry_shown, queue_filter, upkeep_shown
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.entries_shown import EntryRow
from ui.viewmodels.notices_shown import NoticeRow
from ui.viewmodels.queue_filter import FilterRow
from ui.viewmodels.upkeep_shown import UpkeepRow


class Step(Enum):
    LIST = "list"
    ENTRY = "entry"
    REASON = "reason"
    PIN = "pin"


TITLE, SUBTITLE = Text("待送队列", "The queue"), Text("还没有最后结果的业务", "What has no final result yet")
TRY = Text("现在就试", "Try now")
REVERSE = Text("冲正这一笔", "Take this back")
QUESTIONS: dict[Step, Text] = {
    Step.LIST: same(""),
    Step.ENTRY: same(""),
    Step.REASON: Text("为什么要冲正？", "Why is it taken back?"),
    Step.PIN: Text("钱已退给顾客？请再输一次密码", "Cash handed back? Enter your PIN once more"),
}
NOTHING = Text("全部都有结果了", "Everything has its result")
TO_SEND = Text("{count} 笔等待送出", "{count} to be sent")
TO_CHECK = Text("{count} 笔正在核对", "{count} being checked")
DECIDING = Text("{count} 笔等中心答复", "{count} await central's answer")
IN_REVIEW = Text("{count} 笔在复核", "{count} under review")
LAST, NEVER = Text("上次送到中心", "Last delivery"), Text("还没有送过", "none yet")
NEXT, NOW = Text("下次自动重试", "Next try"), Text("随时", "at any moment")
TURN = Text("轮到本机", "Our turn at")
WHY = Text("原因", "Reason")
PRINTER, UNPRINTED = Text("打印机", "Printer"), Text("没打印的凭条", "Slips not printed")
PIECES = Text("{count} 张", "{count}")
DATA, EXPIRED = Text("目录数据", "Catalogue"), Text("{at}（已过期）", "{at} (expired)")
FLOAT, STOCK, COUPONS = Text("现金额度", "Cash float"), Text("现货", "Goods here"), Text("优惠券", "Coupons")
LEFT = Text("还可收 {left}（{advice}）", "{left} left ({advice})")
STOCKS = Text("{kinds} 种，共 {left} 件", "{kinds:kind|kinds}, {left:piece|pieces}")
BACK, RETURNED = Text("应退现金", "To pay back"), Text("不涉及现金", "No cash")


@dataclass(frozen=True)
class Machine:
    """This terminal's own condition."""

    printer: PrinterState
    unprinted: int
    board: Board


@dataclass(frozen=True)
class LineNow:
    link: Link = Link.UNKNOWN
    trouble: Trouble | None = None
    last_at: datetime | None = None
    next_at: datetime | None = None


NO_LINE = LineNow()


@dataclass(frozen=True)
class QueueState:
    step: Step = Step.LIST
    line: LineNow = NO_LINE
    view: QueueView | None = None
    wanted: State | None = None  # None: all
    machine: Machine | None = None
    notices: tuple[Notice, ...] = ()
    may: frozenset[Permission] = frozenset()
    detail: Detail | None = None
    reversible: Reversible | None = None
    reason: ReverseReason | None = None
    op_id: str = ""
    pin_error: Refused | None = None


@dataclass(frozen=True)
class ReasonRow:
    id: str
    title: str
    note: str


@dataclass(frozen=True, kw_only=True)
class QueueShown(Head):
    step: str
    question: str
    line: str
    line_kind: str
    line_icon: str
    line_pairs: tuple[PairRow, ...]
    counts: tuple[str, ...]
    filters: tuple[FilterRow, ...]
    entries: tuple[EntryRow, ...]
    nothing: str
    machine: tuple[PairRow, ...]
    notices: tuple[NoticeRow, ...]
    passing: tuple[NoticeRow, ...]
    entry: EntryRow
    stands: tuple[PairRow, ...]
    pairs: tuple[PairRow, ...]
    reasons: tuple[ReasonRow, ...]
    upkeep: tuple[UpkeepRow, ...]
    back_text: str
    fen: float
    pin_error: str


def show(state: QueueState, lang: Lang) -> QueueShown:
    step, detail = state.step, state.detail
    entry = detail.entry if detail else None
    refused = state.reversible.refused if state.reversible and step is Step.ENTRY else None
    fen = state.reversible.back_fen if state.reversible else 0
    view = state.view
    return QueueShown(
        title=(entry.title if entry else TITLE).of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="queue",
        primary=_primary(state).of(lang),
        primary_icon="refresh",
        primary_ready=refused is None and (step is not Step.LIST or state.line.link is not Link.LOCKED),
        primary_reason=refused.text.of(lang) if refused else "",
        step=step.value,
        question=QUESTIONS[step].of(lang),
        line=words.of(state.line.link).of(lang),
        line_kind=KINDS[state.line.link][0],
        line_icon=KINDS[state.line.link][1],
        line_pairs=_line(state.line, lang),
        counts=_counts(view, lang),
        filters=queue_filter.rows(view, state.wanted, lang),
        entries=tuple(entries_shown.row(one, lang) for one in queue_filter.picked(view, state.wanted)),
        nothing=NOTHING.of(lang) if view is not None and not view.entries else "",
        machine=_machine(state.machine, lang),
        notices=notices_shown.rows(state.notices, lang) if step is Step.LIST else (),
        passing=notices_shown.passing(state.notices, lang) if step is Step.LIST else (),
        entry=entries_shown.row(entry, lang) if entry else entries_shown.NONE,
        stands=queue_entry_shown.standing(detail, lang) if detail else (),
        pairs=queue_entry_shown.facts(detail, lang) if detail else (),
        reasons=tuple(ReasonRow(reason.value, text.of(lang), "") for reason, text in REASONS.items()),
        upkeep=upkeep_shown.machine(state.may, lang),
        back_text=(BACK if fen else RETURNED).of(lang),
        fen=float(abs(fen)),
        pin_error=state.pin_error.text.of(lang) if state.pin_error else "",
    )


def _primary(state: QueueState) -> Text:
    """A locked terminal tries nothing at a tap: the notice above says why and the way out. What the terminal
    itself asked for, and what is of a kind that never can be, is not taken back."""
    if state.step is Step.LIST:
        return same("") if state.line.link is Link.LOCKED else TRY
    reversible = state.reversible
    if state.step is not Step.ENTRY or reversible is None:
        return same("")
    never = reversible.refused is not None and reversible.refused.reason is Why.TARGET_KIND
    return same("") if never else REVERSE


def _line(line: LineNow, lang: Lang) -> tuple[PairRow, ...]:
    waits = line.trouble is Trouble.OUR_TURN
    online = line.link is Link.ONLINE and not waits
    locked = line.link is Link.LOCKED
    noticed = locked or line.trouble in plight.TROUBLES
    rows = (
        (WHY, words.of(line.trouble) if line.trouble and not online and not noticed else same("")),
        (LAST, moments.show(line.last_at) if line.last_at else NEVER),
        (
            TURN if waits else NEXT,
            same("") if online or locked else same(moments.show_time(line.next_at)) if line.next_at else NOW,
        ),
    )
    return tuple(PairRow(label.of(lang), value.of(lang)) for label, value in rows if value.zh)


def _counts(view: QueueView | None, lang: Lang) -> tuple[str, ...]:
    if view is None:
        return ()
    depth = view.depth
    found = (
        (TO_SEND, depth.waiting),
        (TO_CHECK, depth.unknown),
        (DECIDING, depth.undecided),
        (IN_REVIEW, depth.review),
    )
    return tuple(text.with_params({"count": str(count)}).of(lang) for text, count in found if count)


def _machine(machine: Machine | None, lang: Lang) -> tuple[PairRow, ...]:
    if machine is None:
        return ()
    rows: list[tuple[Text, Text]] = [(PRINTER, words.of(machine.printer))]
    if machine.unprinted:
        rows.append((UNPRINTED, PIECES.with_params({"count": str(machine.unprinted)})))
    rows += [(DATA, _data(machine.board)), (FLOAT, _float(machine.board))]
    stock, coupons = machine.board.of(Sort.STOCK), machine.board.of(Sort.COUPON)
    pieces = sum(share.lease.left for share in stock)
    if stock:
        rows.append((STOCK, STOCKS.with_params({"kinds": str(len(stock)), "left": str(pieces)})))
    if coupons:
        left = sum(share.lease.left for share in coupons)
        rows.append((COUPONS, PIECES.with_params({"count": str(left)})))
    return tuple(PairRow(label.of(lang), value.of(lang)) for label, value in rows)


def _data(board: Board) -> Text:
    fresh = board.freshness
    if fresh is None:
        return NEVER
    at = moments.show(fresh.as_of)
    return EXPIRED.with_params({"at": at}) if fresh.expired else at


def _float(board: Board) -> Text:
    stands = board.till
    if stands.advice is Advice.STOP:
        return words.of(stands.advice)
    left = money.show(stands.float_left_fen)
    return LEFT.with_params({"left": left, "advice": words.of(stands.advice)})
