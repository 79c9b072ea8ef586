"""The state of my business, and all that is shown of it, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.bilingual import Lang, Text
from kiosk.devices.paper import SlipKind
from kiosk.services import moments, words
from kiosk.services.business import FILTERS, Detail, Entry, Filter
from kiosk.services.slips import SlipEntry
from ui.viewmodels import entries_shown
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.entries_shown import EntryRow

TITLE, ONE = Text("我的业务", "My business"), Text("业务详情", "In detail")
SUBTITLE = Text("在本机办过的，每一笔现在到了哪一步", "What was done here, and how far each one is")
NOTHING = Text("这里还没有业务", "Nothing here yet")
HIDDEN = Text("公共终端不显示别人的业务", "A public terminal shows nobody's business")
PRINT, COPY = Text("打印{kind}", "Print the slip: {kind}"), Text("再打一张{kind}", "Print a copy: {kind}")
PRINTED = Text("已打印 {number}", "Printed {number}")
NUMBER, AT, BY = Text("凭条号", "Slip"), Text("办理时间", "Recorded"), Text("经办", "Operator")
FINAL = Text("结果时间", "Decided")
CASE = Text("待办 {number}", "Case {number}")
DONE, NOT_YET = Text("已打印", "printed"), Text("还没打印", "not printed yet")


@dataclass(frozen=True)
class BusinessState:
    op_id: str | None = None
    trail: tuple[str | None, ...] = ()
    hidden: bool = False
    wanted: Filter = Filter.ALL
    entries: tuple[Entry, ...] | None = None
    detail: Detail | None = None
    paper: SlipKind | None = None  # what can be printed of it now
    printed: str = ""


@dataclass(frozen=True)
class FilterRow:
    id: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class SlipRow:
    number: str
    title: str
    note: str


@dataclass(frozen=True, kw_only=True)
class BusinessShown(Head):
    listing: bool
    filters: tuple[FilterRow, ...] = ()
    entries: tuple[EntryRow, ...] = ()
    nothing: str = ""
    words: str = ""
    kind: str = "neutral"
    mark: str = ""
    reason: str = ""
    fen: float = 0.0
    case: str = ""
    pairs: tuple[PairRow, ...] = ()
    slips: tuple[SlipRow, ...] = ()
    related: tuple[EntryRow, ...] = ()
    notice: str = ""


def show(state: BusinessState, lang: Lang) -> BusinessShown:
    if state.op_id is None:
        return _list(state, lang)
    if state.detail is None:
        return BusinessShown(title=ONE.of(lang), icon="receipt", listing=False)
    return _one(state, state.detail, lang)


def _list(state: BusinessState, lang: Lang) -> BusinessShown:
    empty = HIDDEN if state.hidden else NOTHING
    return BusinessShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="receipt",
        listing=True,
        filters=tuple(
            FilterRow(wanted.value, text.of(lang), wanted is state.wanted) for wanted, text in FILTERS.items()
        ),
        entries=tuple(entries_shown.row(entry, lang) for entry in state.entries or ()),
        nothing=empty.of(lang) if state.entries == () else "",
    )


def _one(state: BusinessState, detail: Detail, lang: Lang) -> BusinessShown:
    entry, paper = detail.entry, state.paper
    kind, mark = entries_shown.marks(entry)
    related = (*((detail.depends_on,) if detail.depends_on else ()), *detail.dependents)
    made = any(slip.kind is paper and slip.printed for slip in detail.slips)
    name = {"kind": words.of(paper)} if paper else {}
    return BusinessShown(
        title=entry.title.of(lang),
        subtitle=ONE.of(lang),
        icon=entries_shown.KINDS[entry.kind][0],
        chapter=entries_shown.KINDS[entry.kind][1],
        primary=(COPY if made else PRINT).with_params(name).of(lang) if paper else "",
        primary_icon="print",
        listing=False,
        words=entry.words.of(lang),
        kind=kind,
        mark=mark,
        reason=entry.reason.of(lang) if entry.reason else "",
        fen=float(entry.fen),
        case=CASE.with_params({"number": entry.case_number}).of(lang) if entry.case_number else "",
        pairs=_pairs(detail, lang),
        slips=tuple(_slip(slip, lang) for slip in detail.slips),
        related=tuple(entries_shown.row(one, lang) for one in related),
        notice=PRINTED.with_params({"number": state.printed}).of(lang) if state.printed else "",
    )


def _pairs(detail: Detail, lang: Lang) -> tuple[PairRow, ...]:
    entry = detail.entry
    head = (
        (NUMBER, entry.number or ""),
        (AT, moments.show(entry.at)),
        (BY, detail.operator or ""),
        (FINAL, moments.show(detail.final_at) if detail.final_at else ""),
    )
    fixed = tuple(PairRow(label.of(lang), value) for label, value in head if value)
    return (*fixed, *entries_shown.pairs(detail.facts, lang))


def _slip(slip: SlipEntry, lang: Lang) -> SlipRow:
    printed = (DONE if slip.printed else NOT_YET).of(lang)
    return SlipRow(slip.number, words.of(slip.kind).of(lang), f"{slip.number}\n{printed}")
