"""Composes a slip: heading, facts, and the true state in words; nothing here reads or writes."""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Amount, Line, Note, Pair, Qr, Rule, Slip, SlipKind, Title, Words
from kiosk.services import moments, words
from kiosk.services.desk import Desk

NUMBER = Text("凭条号", "Slip")
TIME = Text("时间", "Time")
POINT = Text("服务点", "Point")
OPERATOR = Text("经办", "Operator")
ORIGINAL = Text("原凭条号", "Original slip")
VERIFY = Text("核验码", "Verification code")

NOT_YET = Text("已记录，尚未办结", "Recorded, not yet done")
NOT_A_RECEIPT = Text(
    "本单不是办结凭证。中心确认后，可用凭条号打印办结凭证。",
    "This is no receipt. Once central has confirmed, a receipt can be printed by the slip's number.",
)
MONEY_SAFE = Text(
    "如未办成，所付现金在本点全额退还。", "If it cannot be done, the cash is paid back here in full."
)
DONE_HERE = Text("已当场办结", "Done here and now")
PAID_BACK = Text(
    "现金已当面退还，等待中心确认", "Cash paid back in person; central's confirmation is awaited"
)
NOT_KEPT = Text(
    "个人资料已加密交中心，本机不留存，补打不含个人资料。",
    "Personal details are sealed for central and not kept here: no copy shows them.",
)
ROOM = same(" ")  # for a hand to write
LATER = Text(
    "请保留本单，不用重办。有结果后，可用凭条号在本点查询并打印。",
    "Keep this slip; there is no need to do it again. The result can be seen and printed here by its number.",
)
SIGN = Text("领款人签字：________________", "Received (signature): ________________")
CALL_NOT_DONE = Text(
    "已登记回电，所求事项尚未办理", "The call is noted; what you asked for has not been done"
)

_CONTROLS = (*range(32), *range(127, 160), 0x2028, 0x2029)
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN = dict.fromkeys(_CONTROLS, " ") | dict.fromkeys(_TURNING, "")


@dataclass(frozen=True)
class Subject:
    """What a slip is about, whatever became of it."""

    title: Text
    facts: tuple[Line, ...]
    cash_fen: int = 0
    lasting: tuple[Line, ...] = ()  # those that say nothing of a person: what a public terminal keeps


@dataclass(frozen=True)
class Heading:
    kind: SlipKind
    number: str
    at: datetime
    op_id: str | None = None
    code: str | None = None
    original: str | None = None  # the number of the paper that the customer holds already


def title(kind: SlipKind) -> Title:
    """On paper the kind stands out in both languages."""
    name = words.of(kind)
    return Title(Text(name.zh, name.en.upper()))


def without_persons(subject: Subject) -> Subject:
    return replace(subject, facts=(*subject.lasting, Note(NOT_KEPT)))


def compose(desk: Desk, heading: Heading, subject: Subject, verdict: tuple[Line, ...]) -> Slip:
    lines: list[Line] = [title(heading.kind), Words(subject.title, strong=True), Rule()]
    lines.append(Pair(NUMBER, same(heading.number)))
    if heading.original is not None:
        lines.append(Pair(ORIGINAL, same(heading.original)))
    lines.append(Pair(TIME, moments.show(heading.at)))
    lines.append(Pair(POINT, desk.place.name))
    if desk.session is not None:
        lines.append(Pair(OPERATOR, same(desk.session.name)))
    lines += [Rule(), *subject.facts]
    if verdict:
        lines += [Rule(), *verdict]
    if heading.code is not None:
        lines.append(Qr(heading.code, VERIFY))
    return Slip(heading.number, heading.kind, heading.op_id, heading.at, tuple(lines)).spelt(plain)


def plain(text: str) -> str:
    """What a person typed cannot command a printer, turn the reading order or begin a line of its own."""
    return text if text.isprintable() else text.translate(_UNSEEN)


def at_recording(kind: SlipKind, cash_fen: int) -> tuple[Line, ...]:
    """The words under a slip at the moment of recording."""
    match kind:
        case SlipKind.DONE:
            return (Words(DONE_HERE, strong=True),)
        case SlipKind.REFUND:
            return (Words(PAID_BACK, strong=True), Note(ROOM), Note(SIGN))
        case SlipKind.CALLBACK:
            return (Words(CALL_NOT_DONE, strong=True),)
        case _:
            money = (Note(MONEY_SAFE),) if cash_fen > 0 else ()
            return (Words(NOT_YET, strong=True), Note(NOT_A_RECEIPT), *money)


def confirmed(text: Text) -> tuple[Line, ...]:
    return (Words(text, strong=True),)


def not_done(reason: Text, case_number: str | None, back_fen: int) -> tuple[Line, ...]:
    lines: list[Line] = [Words(Text("未办成：", "Not done: "), strong=True), Words(reason)]
    if case_number is not None:
        lines.append(Pair(Text("待办编号", "Case"), same(case_number)))
    if back_fen > 0:
        lines.append(Amount(Text("应退现金", "Cash to be paid back"), back_fen))
        lines.append(Note(Text("请凭本单在本点领回现金。", "Bring this slip to this point to be paid back.")))
    return tuple(lines)


def in_review(reason: Text, case_number: str | None) -> tuple[Line, ...]:
    lines: list[Line] = [
        Words(Text("中心复核中，尚无结果", "Under review at central, no result yet"), strong=True)
    ]
    lines.append(Words(reason))
    if case_number is not None:
        lines.append(Pair(Text("待办编号", "Case"), same(case_number)))
    return (*lines, Note(LATER))


def printer_test(at: datetime) -> Slip:
    """What no ledger keeps: it shows straight lines, digits and rare characters."""
    lines = (
        title(SlipKind.TEST),
        Words(Text("驿站打印测试", "Yizhan printer test"), strong=True),
        Note(Text("横平竖直，一二三四，¥1,234.50", "Straight lines, 1234, ¥1,234.50")),
        Note(same("㳇 㮾 𡓐")),
    )
    return Slip("TEST", SlipKind.TEST, None, at, lines)
