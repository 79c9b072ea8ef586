"""What is allotted to this terminal, asking for more and handing back: state and all that is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from kiosk.bilingual import Lang, Text, same
from kiosk.services import money, words
from kiosk.services.errors import Refused
from kiosk.services.shares import Request, Share
from sync.leases import Advice, Limit
from sync.outbox import State
from sync.wire.rights import Sort
from ui.viewmodels import share_terms_shown
from ui.viewmodels.base import Head, PairRow
from ui.viewmodels.entries_shown import NONE, EntryRow


class Step(Enum):
    LIST = "list"
    SHARE = "share"
    AMOUNT = "amount"
    ASK = "ask"
    BACK = "back"


TITLE = Text("本机份额", "Shares of this terminal")
SUBTITLE = Text("中心留给本机的额度、现货、券和号段", "What central keeps for this terminal alone")
FLOAT = Text("现金额度", "Cash float")
TITLES: Mapping[Sort | None, Text] = {
    Sort.STOCK: Text("现货：{title}", "Goods here: {title}"),
    Sort.COUPON: Text("优惠券：{title}", "Coupons: {title}"),
    Sort.POINTS: Text("积分：{title}", "Points: {title}"),
    Sort.BUDGET: Text("活动经费：{title}", "Campaign budget: {title}"),
    Sort.DECK: Text("抽奖：{title}", "Prize draw: {title}"),
    Sort.NUMBERS: Text("号码：{title}", "Numbers: {title}"),
    None: Text("{title}", "{title}"),
}
QUESTIONS: Mapping[Step, Text] = {
    Step.AMOUNT: Text("要补充多少？", "How much more?"),
    Step.ASK: Text("请核对申请", "Check what is asked for"),
    Step.BACK: Text("剩下的全部交回中心？", "Hand back all that is left?"),
}
PRIMARY: Mapping[Step, Text] = {
    Step.AMOUNT: Text("下一步", "Next"),
    Step.ASK: Text("提交申请", "Ask for it"),
    Step.BACK: Text("确认交回", "Hand it back"),
}
ASK = Text("申请补充", "Ask for a refill")
BEFORE: Mapping[Step, Step] = {
    Step.SHARE: Step.LIST,
    Step.AMOUNT: Step.SHARE,
    Step.ASK: Step.AMOUNT,
    Step.BACK: Step.SHARE,
}
LOOKS: Mapping[Sort | None, tuple[str, str]] = {
    Sort.FLOAT: ("cash", "bills"),
    Sort.STOCK: ("bag", "mall"),
    Sort.COUPON: ("coupon", "rights"),
    Sort.POINTS: ("points", "rights"),
    Sort.BUDGET: ("cash", "campaigns"),
    Sort.DECK: ("gift", "campaigns"),
    Sort.NUMBERS: ("ticket", "campaigns"),
    None: ("case", "neutral"),
}
TONES: Mapping[Advice, tuple[str, str]] = {
    Advice.FREE: ("good", "check"),
    Advice.PREFER_ONLINE: ("warn", "warn"),
    Advice.STOP: ("bad", "cross"),
}
OVER = ("neutral", "lock")
NONE_YET, RETURNED = Text("还没有份额", "Nothing allotted yet"), Text("已交回", "Handed back")
ASKED = Text("已申请，等中心答复", "Asked for, awaiting central")
LEFT_OF = Text("剩 {left}，共 {whole}", "{left} left of {whole}")
LEFT, WHOLE, SPENT = Text("还剩", "Left"), Text("一共", "In all"), Text("已用", "Used")
STANDING, LAST = Text("状态", "Standing"), Text("上次申请", "Last request")
WANTED, GIVEN = Text("申请补充", "Refill asked for"), Text("交回", "Handed back")
WHAT, AFTER = Text("份额", "Share"), Text("说明", "Note")
GRANTED = Text("{amount}，中心已批", "{amount}: granted by central")
REFUSED = Text("{amount}，中心未批：{reason}", "{amount}: not granted: {reason}")
WAITS = Text("{amount}，{state}", "{amount}: {state}")
USED_UP = Text("已用 {spent}；批多少由中心决定", "{spent} used; central decides how much is granted")
LATER = Text("先记录在本机，中心答复后到账", "Recorded now; it counts once central has answered")
AT_ONCE = Text("交回后本机立即不能再用", "Once handed back it can no longer be used here")
PIECES = Text("{n} 件", "{n:piece|pieces}")
COUNTED: Mapping[Sort | None, Text] = {
    Sort.COUPON: Text("{n} 张", "{n:coupon|coupons}"),
    Sort.POINTS: Text("{n} 分", "{n:point|points}"),
    Sort.DECK: Text("{n} 次", "{n:draw|draws}"),
    Sort.NUMBERS: Text("{n} 个", "{n:number|numbers}"),
}


@dataclass(frozen=True)
class LeasesState:
    shares: tuple[Share, ...] = ()
    titles: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    step: Step = Step.LIST
    chosen: str = ""
    typed: str = ""
    amount: int = 0
    op_id: str = ""

    @property
    def share(self) -> Share | None:
        return next((one for one in self.shares if one.id == self.chosen), None)


@dataclass(frozen=True, kw_only=True)
class LeasesShown(Head):
    step: str
    question: str
    rows: tuple[EntryRow, ...]
    share: EntryRow
    pairs: tuple[PairRow, ...]
    back: bool
    mode: str
    typed: str
    note: str


def show(state: LeasesState, lang: Lang) -> LeasesShown:
    step, share = state.step, state.share
    waits = bool(share and share.asked and step is Step.SHARE)
    used = USED_UP.with_params({"spent": _amount(share, share.spent)}) if share else same("")
    return LeasesShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="shield",
        primary=_primary(step, share).of(lang),
        primary_icon="sync" if step is not Step.AMOUNT else "forward",
        primary_ready=not waits and (step is not Step.AMOUNT or wanted(state) > 0),
        step=step.value,
        question=QUESTIONS[step].of(lang) if step in QUESTIONS else "",
        rows=tuple(_row(one, state.titles, lang) for one in state.shares),
        share=_row(share, state.titles, lang) if share else NONE,
        pairs=tuple(PairRow(label.of(lang), text.of(lang)) for label, text in _pairs(state)),
        back=bool(share and share.can_go_back),
        mode="amount" if share and share.is_money else "digits",
        typed=state.typed,
        note=used.of(lang),
    )


def wanted(state: LeasesState) -> int:
    """Fen or pieces; 0 while nothing that counts is typed."""
    share = state.share
    try:
        fen = money.parse(state.typed)
    except Refused:
        return 0
    return max(0, fen if share and share.is_money else fen // 100)


def _primary(step: Step, share: Share | None) -> Text:
    if step is Step.SHARE:
        return ASK if share and share.can_grow else same("")
    return PRIMARY.get(step, same(""))


def _pairs(state: LeasesState) -> tuple[tuple[Text, Text], ...]:
    share, step = state.share, state.step
    if share is None:
        return ()
    amount = _amount(share, state.amount)
    if step is Step.ASK:
        return (WHAT, _title(share, state.titles)), (WANTED, amount), (AFTER, LATER)
    if step is Step.BACK:
        return (WHAT, _title(share, state.titles)), (GIVEN, amount), (AFTER, AT_ONCE)
    facts = (
        (LEFT, _amount(share, share.left)),
        (WHOLE, _amount(share, share.whole)),
        (SPENT, _amount(share, share.spent)),
        (STANDING, _standing(share)),
    )
    more = share_terms_shown.facts(share, lambda amount: _amount(share, amount))
    last = () if share.request is None else ((LAST, _request(share, share.request)),)
    return (*facts, *more, *last)


def _row(share: Share, titles: Mapping[str, Text], lang: Lang) -> EntryRow:
    icon, chapter = LOOKS[share.sort]
    waits = share.asked and not share.over
    kind, mark = ("warn", "clock") if waits else OVER if share.over else TONES[share.advice]
    left, whole = _amount(share, share.left), _amount(share, share.whole)
    note = LEFT_OF.with_params({"left": left, "whole": whole}).of(lang)
    if share.request is not None and not share.asked:
        note += f"\n{LAST.of(lang)}  {_request(share, share.request).of(lang)}"
    return EntryRow(
        id=share.id,
        title=_title(share, titles).of(lang),
        note=note,
        icon=icon,
        chapter=chapter,
        fen=0,
        words=(ASKED if waits else _standing(share)).of(lang),
        kind=kind,
        mark=mark,
    )


def _title(share: Share, titles: Mapping[str, Text]) -> Text:
    named = titles.get(share.right, same(""))
    return FLOAT if share.sort is Sort.FLOAT else TITLES[share.sort].with_params({"title": named})


def _standing(share: Share) -> Text:
    if share.lease is None:
        return NONE_YET
    if share.over:
        return share_terms_shown.standing(share.terms)
    if share.limit is Limit.EXHAUSTED and share.returned and not share.whole:
        return RETURNED
    stopped = share.advice is Advice.STOP and share.limit is not None
    return words.of(share.limit if stopped and share.limit else share.advice)


def _request(share: Share, request: Request) -> Text:
    amount = _amount(share, request.amount)
    match request.state:
        case State.ACCEPTED:
            return GRANTED.with_params({"amount": amount})
        case State.REJECTED:
            return REFUSED.with_params({"amount": amount, "reason": words.reason(request.reason)})
        case _:
            return WAITS.with_params({"amount": amount, "state": words.of(request.state)})


def _amount(share: Share, amount: int) -> Text:
    if share.is_money:
        return same(money.show(amount))
    return COUNTED.get(share.sort, PIECES).with_params({"n": str(amount)})
