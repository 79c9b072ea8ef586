"""The till as the operator sees it, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.bilingual import Lang, Text
from kiosk.services import moments, money, words
from kiosk.services.permissions import Permission, Session
from kiosk.services.till import DayTotals, KindTotal, TillStanding
from sync.leases import Advice
from ui.viewmodels import entries_shown
from ui.viewmodels.base import Head

TITLE, SUBTITLE = (
    Text("钱箱", "Till"),
    Text("抽屉里应有的现金和还可收的额度", "Cash in the drawer, and float left"),
)
OF = Text("共 {fen}", "of {fen}")
KINDS: dict[Advice, str] = {Advice.FREE: "good", Advice.PREFER_ONLINE: "warn", Advice.STOP: "bad"}
TODAY = Text("{day}（今天）", "{day} (today)")
COUNT = Text("{count} 笔", "{count}")
NOTHING = Text("这一天没有收付现金", "No cash moved on this day")


@dataclass(frozen=True)
class TillState:
    today: date
    day: date
    stands: TillStanding | None = None
    totals: DayTotals | None = None
    session: Session | None = None


@dataclass(frozen=True)
class TotalRow:
    id: str
    title: str
    note: str
    icon: str
    chapter: str
    fen: int


@dataclass(frozen=True, kw_only=True)
class TillShown(Head):
    drawer: float
    left: float
    whole: str
    share: float
    advice: str
    kind: str
    day: str
    later: bool
    taken: float
    given: float
    rows: tuple[TotalRow, ...]
    nothing: str
    allots: bool


def show(state: TillState, lang: Lang) -> TillShown:
    stands, totals = state.stands, state.totals
    left, whole = (stands.float_left_fen, stands.float_fen) if stands else (0, 0)
    day = moments.named_day(state.day)
    return TillShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="cash",
        drawer=float(stands.till_fen if stands else 0),
        left=float(left),
        whole=OF.with_params({"fen": money.show(whole)}).of(lang),
        share=left / whole if whole else 0.0,
        advice=words.of(stands.advice).of(lang) if stands else "",
        kind=KINDS[stands.advice] if stands else "neutral",
        day=TODAY.with_params({"day": day}).of(lang) if state.day == state.today else day.of(lang),
        later=state.day < state.today,
        taken=float(totals.taken_fen if totals else 0),
        given=float(totals.given_fen if totals else 0),
        rows=tuple(_row(total, lang) for total in (totals.by_kind if totals else ())),
        nothing=NOTHING.of(lang) if totals and not totals.by_kind else "",
        allots=bool(state.session and Permission.ALLOT in state.session.permissions),
    )


def _row(total: KindTotal, lang: Lang) -> TotalRow:
    icon, chapter = entries_shown.KINDS[total.kind]
    count = COUNT.with_params({"count": str(total.count)}).of(lang)
    return TotalRow(total.kind.value, words.of(total.kind).of(lang), count, icon, chapter, total.fen)
