"""The state of my business, and all that is shown of it, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.bilingual import Lang, Text, same
from kiosk.devices.paper import SlipKind
from kiosk.services import moments, words
from kiosk.services.business import FILTERS, Detail, Entry, Filter
from kiosk.services.points import Point
from kiosk.services.receipts import Found, MadeElsewhere, OfCase
from kiosk.services.slips import SlipEntry
from ui.viewmodels import entries_shown
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.entries_shown import EntryRow

TITLE, ONE = Text("我的业务", "My business"), Text("业务详情", "In detail")
SUBTITLE = Text("办过的每一笔，现在到了哪一步", "What was done, and how far each one is")
NOTHING = Text("这里还没有业务", "Nothing here yet")
HIDDEN = Text(
    "扫凭条上的码，或输入凭条号，就能看到结果",
    "Scan the code on your slip, or enter its number, to see the result",
)
NOTHING_OF_PERSON = Text("{person} 在这里还没有业务", "Nothing of {person} here yet")
OF_PERSON, OF_PLACE = Text("{person} 的业务", "Of {person}"), Text("本机全部", "All of this terminal")
ELSEWHERE = Text("这张凭条是另一台机器办的", "Another machine made this slip")
ELSEWHERE_TEXT = Text(
    "它的结果本机看不到。凭条一直有效：请到原来办理的地方查，那里凭条号就能查到。",
    "Its result cannot be seen here. The slip stays good: ask where it was made, by its number.",
)
CASE_ELSEWHERE = Text("待办 {number} 由别处办理", "Case {number} is settled elsewhere")
CASE_ELSEWHERE_TEXT = Text("请带凭条到那里办。", "Please take your slip there.")
MACHINE, PLACE_OF, OPEN_CASES = (
    Text("机器编号", "Machine"),
    Text("服务点", "Point"),
    Text("那台机器的待办", "Its open cases"),
)
PRINT, COPY = Text("打印{kind}", "Print the slip: {kind}"), Text("再打一张{kind}", "Print a copy: {kind}")
PRINTED = Text("已打印 {number}", "Printed {number}")
NUMBER, AT, BY = Text("凭条号", "Slip"), Text("办理时间", "Recorded"), Text("经办", "Operator")
FINAL = Text("结果时间", "Decided")
CASE = Text("待办 {number}", "Case {number}")
DONE, NOT_YET = Text("已打印", "printed"), Text("还没打印", "not printed yet")


class Whose(Enum):
    PERSON = "person"
    PLACE = "place"
    NOBODY = "nobody"


@dataclass(frozen=True)
class BusinessState:
    op_id: str | None = None
    trail: tuple[str | None, ...] = ()
    slip: str = ""  # to be looked up first
    query: str = ""
    elsewhere: Found | None = None
    point: Point | None = None  # of that
    whose: Whose = Whose.PLACE
    person: str = ""  # masked
    operator_there: bool = False
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
    query: str = ""
    anonymous: bool = False  # nobody's is shown until somebody says who they are
    whose: tuple[FilterRow, ...] = ()
    elsewhere: str = ""
    elsewhere_text: str = ""
    elsewhere_pairs: tuple[PairRow, ...] = ()
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
    if state.elsewhere is not None:
        return _elsewhere(state, state.elsewhere, lang)
    filters = FILTERS if state.whose is not Whose.NOBODY else {}
    return BusinessShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="receipt",
        listing=True,
        query=state.query,
        anonymous=state.whose is Whose.NOBODY,
        whose=_choices(state, lang),
        filters=tuple(
            FilterRow(wanted.value, text.of(lang), wanted is state.wanted) for wanted, text in filters.items()
        ),
        entries=tuple(entries_shown.row(entry, lang) for entry in state.entries or ()),
        nothing=_nothing(state).of(lang) if state.entries == () else "",
    )


def _nothing(state: BusinessState) -> Text:
    match state.whose:
        case Whose.NOBODY:
            return HIDDEN
        case Whose.PERSON:
            return NOTHING_OF_PERSON.with_params({"person": state.person})
        case Whose.PLACE:
            return NOTHING


def _choices(state: BusinessState, lang: Lang) -> tuple[FilterRow, ...]:
    """An operator beside a villager may look at all; the villager alone sees what is theirs."""
    if not state.person or not state.operator_there:
        return ()
    named = OF_PERSON.with_params({"person": state.person}).of(lang)
    both = ((Whose.PERSON, named), (Whose.PLACE, OF_PLACE.of(lang)))
    return tuple(FilterRow(whose.value, text, whose is state.whose) for whose, text in both)


def _elsewhere(state: BusinessState, found: Found, lang: Lang) -> BusinessShown:
    title, text, pairs = ELSEWHERE, ELSEWHERE_TEXT, []
    if isinstance(found, OfCase):
        title, text = CASE_ELSEWHERE.with_params({"number": found.case.number}), CASE_ELSEWHERE_TEXT
    if isinstance(found, MadeElsewhere):
        pairs = [(NUMBER, same(found.number)), (MACHINE, same(found.terminal))]
        pairs += [(OPEN_CASES, same(str(found.cases)))] if found.cases else []
    if state.point is not None:
        where = "，".join(part for part in (state.point.name.zh, state.point.address) if part)
        told = (state.point.name.en, state.point.address, state.point.phone or "")
        phone = f"，{state.point.phone}" if state.point.phone else ""
        pairs.append((PLACE_OF, Text(f"{where}{phone}", ", ".join(part for part in told if part))))
    return BusinessShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="receipt",
        listing=True,
        query=state.query,
        elsewhere=title.of(lang),
        elsewhere_text=text.of(lang),
        elsewhere_pairs=tuple(PairRow(label.of(lang), value.of(lang)) for label, value in pairs),
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
        (AT, moments.show(entry.at).of(lang)),
        (BY, detail.operator or ""),
        (FINAL, moments.show(detail.final_at).of(lang) if detail.final_at else ""),
    )
    fixed = tuple(PairRow(label.of(lang), value) for label, value in head if value)
    return (*fixed, *entries_shown.pairs(detail.facts, lang))


def _slip(slip: SlipEntry, lang: Lang) -> SlipRow:
    printed = (DONE if slip.printed else NOT_YET).of(lang)
    return SlipRow(slip.number, words.of(slip.kind).of(lang), f"{slip.number}\n{printed}")
