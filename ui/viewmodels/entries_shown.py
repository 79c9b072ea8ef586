"""One piece of business as lists show it: what, when, how much, its true state in words and icon."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.bilingual import Lang, Text
from kiosk.devices.paper import Amount, Line, Note, Pair
from kiosk.services import counsel, moments, money
from kiosk.services.business import Entry
from sync.outbox import State
from sync.wire.kinds import Kind
from ui.viewmodels.base import PairRow

MARKS: dict[State, tuple[str, str]] = {
    State.RECORDED: ("warn", "clock"),
    State.SENT: ("warn", "sync"),
    State.UNKNOWN: ("info", "sync"),
    State.REVIEW: ("info", "eye"),
    State.ACCEPTED: ("good", "check"),
    State.REJECTED: ("bad", "cross"),
}
UNDONE = ("neutral", "refresh")
KINDS: dict[Kind, tuple[str, str]] = {
    Kind.BILL_PAY: ("bill", "bills"),
    Kind.APPLICATION_SUBMIT: ("form", "government"),
    Kind.ORDER_PLACE: ("basket", "mall"),
    Kind.GOODS_SELL: ("bag", "mall"),
    Kind.RIGHT_REDEEM: ("coupon", "rights"),
    Kind.RIGHT_USE: ("gift", "rights"),
    Kind.CALLBACK_REQUEST: ("phone", "community"),
    Kind.CASE_CLOSE: ("case", "bills"),
    Kind.OPERATION_REVERSE: ("refresh", "bills"),
    Kind.OPERATOR_PIN: ("key", "neutral"),
    Kind.LEASE_REQUEST: ("sync", "neutral"),
    Kind.LEASE_RETURN: ("sync", "neutral"),
    Kind.LEASE_CLOSE: ("sync", "neutral"),
}
OTHER = ("case", "neutral")
REMARK = Text("说明", "Note")


@dataclass(frozen=True)
class EntryRow:
    id: str
    title: str
    note: str
    icon: str
    chapter: str
    fen: int
    words: str
    kind: str
    mark: str


NONE = EntryRow("", "", "", "", "neutral", 0, "", "neutral", "")


def row(entry: Entry, lang: Lang) -> EntryRow:
    icon, chapter = KINDS[entry.kind]
    kind, mark = marks(entry)
    remark = entry.reason or (counsel.ON_A_STICK if entry.carried else None)
    return EntryRow(
        id=entry.op_id,
        title=entry.title.of(lang),
        note=f"{moments.show(entry.at).of(lang)}  {entry.number or ''}".rstrip()
        + (f"\n{remark.of(lang)}" if remark else ""),
        icon=icon,
        chapter=chapter,
        fen=entry.fen,
        words=entry.words.of(lang),
        kind=kind,
        mark=mark,
    )


def marks(entry: Entry) -> tuple[str, str]:
    """Tone and icon; neither is ever the only sign."""
    return UNDONE if entry.undone else MARKS[entry.state]


def pairs(lines: tuple[Line, ...], lang: Lang) -> tuple[PairRow, ...]:
    """The facts of a slip, as rows."""
    return tuple(found for line in lines if (found := _pair(line, lang)) is not None)


def _pair(line: Line, lang: Lang) -> PairRow | None:
    match line:
        case Pair(label, value):
            return PairRow(label.of(lang), value.of(lang))
        case Amount(label, fen):
            return PairRow(label.of(lang), money.show(fen))
        case Note(text):
            return PairRow(REMARK.of(lang), text.of(lang))
        case _:
            return None
