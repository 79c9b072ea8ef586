"""The state of asking to be called back, and all that is shown of it, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.bilingual import Lang, Text, same
from kiosk.services import masking
from kiosk.services.callbacks import WISHES, Wish
from kiosk.services.offer import Service
from kiosk.services.offline import Offline
from ui.viewmodels.base import Head, PairRow


class Step(Enum):
    WHY = "why"
    PHONE = "phone"
    WISH = "wish"
    NOTE = "note"
    NAME = "name"
    CONFIRM = "confirm"


STEPS = tuple(Step)
TITLES: dict[Step, Text] = {
    Step.WHY: same(""),
    Step.PHONE: Text("打哪个电话找您？", "Which number shall we call?"),
    Step.WISH: Text("什么时候打方便？", "When is a good time?"),
    Step.NOTE: Text("要办什么？说几句", "What is it about?"),
    Step.NAME: Text("怎么称呼您？可以不填", "How shall we address you? May be left empty"),
    Step.CONFIRM: Text("请核对，没错就登记", "Check, then leave the request"),
}
PRIMARY: dict[Step, Text] = {
    Step.WHY: Text("留个电话", "Leave a number"),
    Step.PHONE: Text("下一步", "Next"),
    Step.NOTE: Text("下一步", "Next"),
    Step.NAME: Text("下一步", "Next"),
    Step.CONFIRM: Text("登记回电", "Ask for the call"),
}
SKIP = Text("不说，下一步", "Nothing to add, next")
UNNAMED = Text("不填，下一步", "Leave empty, next")
NOW_NOT = Text("现在不能当场办", "This cannot be done here now")
BY_CALL = Text("这件事由工作人员打电话办", "Staff do this by telephone")
WHAT, PHONE = Text("事项", "Service"), Text("回电号码", "Call back on")
WISH, NAME, NOTE = Text("方便时间", "Best time"), Text("称呼", "Name"), Text("要办的事", "About")
NEXT = Text(
    "登记后给您一张回电登记单。联网后送到，工作人员按您方便的时间打来。",
    "You get a slip. The request is sent when the network is back, and staff will call at that time.",
)


@dataclass(frozen=True)
class CallbackState:
    service: str
    about: Service | None = None
    why: Text | None = None
    step: Step = Step.WHY
    phone: str = ""
    wish: Wish = Wish.ANY
    name: str = ""
    note: str = ""
    op_id: str = ""

    @property
    def must_say(self) -> bool:
        """Where the call is the service itself, staff must know what to ask."""
        return self.about is not None and self.about.offline is not Offline.ONLINE


@dataclass(frozen=True)
class WishRow:
    id: str
    title: str
    note: str


@dataclass(frozen=True, kw_only=True)
class CallbackShown(Head):
    step: str
    number: int
    question: str
    why_title: str
    why: str
    phone: str
    wishes: tuple[WishRow, ...]
    name: str
    note: str
    pairs: tuple[PairRow, ...]
    next: str


def show(state: CallbackState, lang: Lang) -> CallbackShown:
    about, step = state.about, state.step
    return CallbackShown(
        title=about.title.of(lang) if about else "",
        subtitle=about.brief.of(lang) if about else "",
        icon=about.icon if about else "callback",
        chapter=about.chapter.value if about else "community",
        primary=_primary(state).of(lang),
        primary_icon="phone" if step in (Step.WHY, Step.CONFIRM) else "forward",
        primary_ready=_ready(state),
        step=step.value,
        number=STEPS.index(step),
        question=TITLES[step].of(lang),
        why_title=(BY_CALL if state.must_say else NOW_NOT).of(lang) if about else "",
        why=state.why.of(lang) if state.why and about else "",
        phone=state.phone,
        wishes=tuple(WishRow(wish.value, WISHES[wish].of(lang), "") for wish in Wish),
        name=state.name,
        note=state.note,
        pairs=_pairs(state, lang),
        next=NEXT.of(lang),
    )


def _primary(state: CallbackState) -> Text:
    if state.step is Step.NOTE and not state.note.strip() and not state.must_say:
        return SKIP
    if state.step is Step.NAME and not state.name.strip():
        return UNNAMED
    return PRIMARY.get(state.step, same(""))


def _ready(state: CallbackState) -> bool:
    if state.step is Step.WHY:
        return state.about is not None
    if state.step is Step.PHONE:
        return bool(state.phone)
    return state.step is not Step.NOTE or not state.must_say or bool(state.note.strip())


def _pairs(state: CallbackState, lang: Lang) -> tuple[PairRow, ...]:
    rows = (
        (WHAT, state.about.title if state.about else same("")),
        (PHONE, same(masking.phone(state.phone))),
        (WISH, WISHES[state.wish]),
        (NAME, same(state.name.strip())),
        (NOTE, same(masking.within(state.note.strip()))),
    )
    return tuple(PairRow(label.of(lang), value.of(lang)) for label, value in rows if value.zh)
