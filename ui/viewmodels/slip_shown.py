"""What a slip looks like on the screen, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.bilingual import Lang, Text, same
from kiosk.devices.paper import Amount, Line, Note, Pair, Qr, Rule, Slip, SlipKind, Title, Words
from kiosk.devices.slip_text import COPY
from kiosk.services import business, money, words
from kiosk.services.slips import kind_for
from sync.outbox import OperationView
from sync.wire.kinds import Kind
from ui.slip_image import address
from ui.viewmodels.base import Head

STAMPS: dict[SlipKind, tuple[str, str]] = {
    SlipKind.RECORD_OF_REQUEST: ("warn", "clock"),
    SlipKind.DONE: ("good", "check"),
    SlipKind.NOT_DONE: ("bad", "cross"),
    SlipKind.IN_REVIEW: ("warn", "eye"),
    SlipKind.REFUND: ("good", "cash"),
    SlipKind.CALLBACK: ("info", "phone"),
    SlipKind.GUIDE: ("neutral", "guide"),
    SlipKind.TEST: ("neutral", "printer"),
}
WHAT_NOW: dict[SlipKind, Text] = {
    SlipKind.RECORD_OF_REQUEST: Text(
        "已经记在本机，断电也不会丢。联网后自动送到中心办理，办成后可用凭条号打印办结凭证。",
        "Safely recorded here. It goes to central by itself; once done, a receipt can be printed here.",
    ),
    SlipKind.DONE: Text("已经办成，这就是办结凭证。", "Done. This is your receipt."),
    SlipKind.NOT_DONE: Text(
        "没有办成，原因见凭条。付过的现金在本点退还。",
        "Not done; the slip says why. Cash paid is returned here.",
    ),
    SlipKind.IN_REVIEW: Text(
        "中心正在复核，不用重办；有结果后可在这里打印新的凭条。",
        "Central is looking into it: do not do it again. A new slip will say what became of it.",
    ),
    SlipKind.REFUND: Text("现金已经当面退还。", "The cash has been handed back."),
    SlipKind.CALLBACK: Text("已登记，联网后由工作人员给您回电。", "Noted: staff will call you back."),
    SlipKind.GUIDE: Text("可以打印带走。", "Print it and take it along."),
    SlipKind.TEST: Text("打印机工作正常。", "The printer works."),
}
TITLE = Text("凭条", "Slip")
PRINT, AGAIN = Text("打印凭条", "Print"), Text("再打一张", "Print a copy")
NEWER = Text("结果已到：{kind}", "News: {kind}")
PRINTED = Text("已打印", "Printed")
SAVED = Text("PDF 已保存：{file}", "PDF saved: {file}")
LATER = Text(
    "办的事不受影响。凭条 {number} 随时可以补打，也可以先存成 PDF。",
    "What was done stands. Slip {number} can be printed at any time; or save it as PDF for now.",
)
LATER_PUBLIC = Text(
    "办的事不受影响。请记下凭条号 {number}，或用手机拍下这一页，打印机修好后可以补打。",
    "What was done stands. Note the number {number} or take a picture of this page: it can be printed later.",
)
PDF = Text("保存为 PDF", "Save as PDF")


class Paper(Enum):
    """What became of this slip on paper while the page is open."""

    NOT_ASKED = "not-asked"
    PRINTED = "printed"
    NOT_PRINTED = "not-printed"


@dataclass(frozen=True)
class SlipState:
    op_id: str | None
    number: str | None  # None: the newest slip of the operation
    slip: Slip | None = None
    operation: OperationView | None = None
    paper: Paper = Paper.NOT_ASKED
    files: bool = False  # somebody looks after files that are left here
    pdf: str = ""
    fresh: Slip | None = None


@dataclass(frozen=True)
class SlipRow:
    text: str
    value: str = ""
    style: str = "text"


@dataclass(frozen=True, kw_only=True)
class SlipShown(Head):
    number: str = ""
    fen: float = 0
    stamp: str = ""
    stamp_kind: str = "neutral"
    stamp_icon: str = ""
    what_now: str = ""
    words: str = ""
    newer: str = ""
    qr: str = ""
    qr_note: str = ""
    notice: str = ""
    notice_kind: str = "good"
    pdf: str = ""
    pdf_kind: str = "secondary"
    lines: tuple[SlipRow, ...] = ()


def show(state: SlipState, lang: Lang) -> SlipShown:
    slip = state.slip
    if slip is None:
        return SlipShown(title=TITLE.of(lang), icon="receipt")
    kind, icon = STAMPS[slip.kind]
    code = next((line for line in slip.lines if isinstance(line, Qr)), None)
    subject = next((line.text for line in slip.lines if isinstance(line, Words)), same(""))
    return SlipShown(
        title=words.of(slip.kind).of(lang),
        subtitle=subject.of(lang),
        icon="receipt",
        primary=(AGAIN if state.paper is Paper.PRINTED else PRINT).of(lang),
        primary_icon="print",
        number=slip.number,
        fen=float(next((line.fen for line in slip.lines if isinstance(line, Amount)), 0)),
        stamp=f"{words.of(slip.kind).of(lang)} {COPY.of(lang) if slip.copy else ''}".strip(),
        stamp_kind=kind,
        stamp_icon=icon,
        what_now=WHAT_NOW[slip.kind].of(lang),
        words=_state(state.operation, slip.kind).of(lang),
        newer=_newer(state, slip).of(lang),
        qr=address(code.data) if code else "",
        qr_note=code.caption.of(lang) if code else "",
        notice=_notice(state, slip.number).of(lang),
        notice_kind="info" if state.paper is Paper.NOT_PRINTED and not state.pdf else "good",
        pdf=PDF.of(lang) if state.files else "",
        pdf_kind="primary" if state.paper is Paper.NOT_PRINTED and not state.pdf else "secondary",
        lines=tuple(row for line in slip.lines for row in _rows(line, lang)),
    )


def _state(operation: OperationView | None, paper: SlipKind) -> Text:
    """As the paper says it: what is done here is not merely recorded."""
    return business.said(Kind(operation.kind), operation.state, paper) if operation else same("")


def _newer(state: SlipState, slip: Slip) -> Text:
    """The operation has moved on since this slip was made."""
    if state.operation is None or kind_for(state.operation, slip.kind) is slip.kind:
        return same("")
    return NEWER.with_params({"kind": words.of(kind_for(state.operation, slip.kind))})


def _notice(state: SlipState, number: str) -> Text:
    if state.pdf:
        return SAVED.with_params({"file": state.pdf})
    match state.paper:
        case Paper.PRINTED:
            return PRINTED
        case Paper.NOT_PRINTED:
            return (LATER if state.files else LATER_PUBLIC).with_params({"number": number})
        case Paper.NOT_ASKED:
            return same("")


def _rows(line: Line, lang: Lang) -> tuple[SlipRow, ...]:
    match line:
        case Title() | Qr():
            return ()
        case Words(text, strong):
            return (SlipRow(text.of(lang), style="title" if strong else "text"),)
        case Pair(label, value):
            return (SlipRow(label.of(lang), value.of(lang)),)
        case Amount(label, fen):
            return (SlipRow(label.of(lang), money.show(fen), "amount"),)
        case Rule():
            return (SlipRow("", style="rule"),)
        case Note(text):
            return (SlipRow(text.of(lang), style="soft"),)
