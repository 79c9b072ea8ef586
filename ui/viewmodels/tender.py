"""Cash over the counter: what was received, what goes back, what people are likely to hand over."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.bilingual import Lang, Text
from kiosk.services import money, till
from kiosk.services.errors import Refused

NOTES = (10_00, 50_00, 100_00)
EXACT = Text("正好 {fen}", "Exactly {fen}")
DUE, RECEIVED, CHANGE = Text("应收", "To pay"), Text("收到", "Received"), Text("找零", "Change")


@dataclass(frozen=True)
class Tender:
    due_fen: int
    text: str = ""

    @property
    def received_fen(self) -> int:
        return money.parse(self.text)

    @property
    def change_fen(self) -> int | None:
        """None while it is not enough or nothing that can be read."""
        try:
            return till.change(self.due_fen, self.received_fen)
        except Refused:
            return None

    @property
    def refused(self) -> Refused | None:
        """Why it is not enough; nothing while nothing is typed."""
        if not self.text:
            return None
        try:
            till.change(self.due_fen, self.received_fen)
        except Refused as refused:
            return refused
        return None


@dataclass(frozen=True)
class NoteRow:
    value: str
    label: str


@dataclass(frozen=True)
class TenderShown:
    """What the cash pad shows."""

    due: int
    text: str
    change: int
    enough: bool
    short: str
    notes: tuple[NoteRow, ...]


def show(tender: Tender, lang: Lang) -> TenderShown:
    change, refused = tender.change_fen, tender.refused
    return TenderShown(
        due=tender.due_fen,
        text=tender.text,
        change=change or 0,
        enough=change is not None,
        short=refused.text.of(lang) if refused else "",
        notes=tuple(_note(fen, tender.due_fen, lang) for fen in likely(tender.due_fen)),
    )


def likely(due_fen: int) -> tuple[int, ...]:
    """The exact sum, and the next round sums above it."""
    above = {-(-due_fen // note) * note for note in NOTES} - {due_fen}
    return (due_fen, *sorted(above))


def pairs(tender: Tender) -> tuple[tuple[Text, str], ...]:
    change = tender.change_fen
    if change is None:
        return ()
    return ((RECEIVED, money.show(tender.received_fen)), (CHANGE, money.show(change)))


def _note(fen: int, due_fen: int, lang: Lang) -> NoteRow:
    shown = money.show(fen)
    return NoteRow(money.plain(fen), EXACT.with_params({"fen": shown}).of(lang) if fen == due_fen else shown)
