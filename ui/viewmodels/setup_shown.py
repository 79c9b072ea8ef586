"""The first start as it is shown, derived in one function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.bilingual import Lang, Text
from kiosk.devices.printer import PrinterState
from kiosk.services import words
from kiosk.services.plight import Notice
from ui.ports import Offered, SetupProgress, SetupStep
from ui.viewmodels import notices_shown
from ui.viewmodels.base import Head
from ui.viewmodels.notices_shown import NoticeRow


class Step(Enum):
    CODE = "code"
    POINT = "point"
    PRINTER = "printer"
    RUN = "run"


TITLE, INTRO = (
    Text("本机首次设置", "First set-up"),
    Text("约需两分钟，须联网", "Two minutes, online"),
)
ANEW, ANEW_INTRO = (
    Text("重新设置本机", "Set this terminal up anew"),
    Text("须联网，用上级新发的登记码", "Online, with a new code from your centre"),
)
QUESTIONS: dict[Step, tuple[Text, Text]] = {
    Step.CODE: (
        Text("中心地址和登记码", "Central's address and the enrolment code"),
        Text("登记码由上级发给，只能用一次", "The code is handed out by your centre and works once"),
    ),
    Step.POINT: (
        Text("这台机器放在哪里？", "Where does this machine stand?"),
        Text("选错了要重新登记", "A wrong choice means enrolling again"),
    ),
    Step.PRINTER: (
        Text("试打一张凭条", "Print a test slip"),
        Text("看看纸上的字清楚不清楚", "See whether it is easy to read"),
    ),
    Step.RUN: (
        Text("正在设置", "Setting up"),
        Text("中途断网可以接着来", "If the network drops, it can be carried on"),
    ),
}
FINISHED = (
    Text("设置好了", "All set"),
    Text("以后开机不用联网也能办业务", "From now on it works without the network, too"),
)
PRIMARY: dict[Step, Text] = {
    Step.CODE: Text("下一步", "Next"),
    Step.PRINTER: Text("打印正常，开始设置", "Set up now"),
    Step.RUN: Text("开始使用", "Begin"),
}
NUMBERS = {Step.CODE: 1, Step.POINT: 2, Step.PRINTER: 3, Step.RUN: 4}
HANDFUL = Text("已完成 {percent}%", "{percent}% done")


@dataclass(frozen=True)
class SetupState:
    address: str
    code: str
    anew: bool = False
    notices: tuple[Notice, ...] = ()  # why it has to be
    step: Step = Step.CODE
    offered: Offered | None = None
    point: str = ""
    printer: PrinterState | None = None
    printed: bool = False
    progress: Mapping[SetupStep, SetupProgress] = field(default_factory=dict)
    running: bool = False
    finished: bool = False


@dataclass(frozen=True)
class PointRow:
    id: str
    title: str
    note: str


@dataclass(frozen=True)
class StepRow:
    title: str
    state: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class SetupShown(Head):
    step: str
    number: int
    question: str
    hint: str
    address: str
    code: str
    county: str
    printer: str
    printer_kind: str
    printed: bool
    backable: bool
    notices: tuple[NoticeRow, ...]
    points: tuple[PointRow, ...]
    steps: tuple[StepRow, ...]


def show(state: SetupState, lang: Lang) -> SetupShown:
    question, hint = FINISHED if state.finished else QUESTIONS[state.step]
    offered = state.offered
    anew = state.anew or bool(state.notices)
    return SetupShown(
        title=(ANEW if anew else TITLE).of(lang),
        subtitle=(ANEW_INTRO if anew else INTRO).of(lang),
        icon="settings",
        primary=PRIMARY[state.step].of(lang) if state.step in PRIMARY else "",
        primary_icon="forward",
        primary_ready=_ready(state),
        step=state.step.value,
        number=NUMBERS[state.step],
        question=question.of(lang),
        hint=hint.of(lang),
        address=state.address,
        code=state.code,
        county=f"{offered.county} · {words.of(offered.profile).of(lang)}" if offered else "",
        printer=words.of(state.printer).of(lang) if state.printer else "",
        printer_kind="good" if state.printer is PrinterState.READY else "warn",
        printed=state.printed,
        backable=(state.step is not Step.CODE or state.anew) and not state.running and not state.finished,
        notices=notices_shown.rows(state.notices, lang) if state.step is Step.CODE else (),
        points=tuple(PointRow(p.id, p.name.of(lang), p.address) for p in offered.points) if offered else (),
        steps=tuple(_step(state, step, lang) for step in SetupStep) if state.step is Step.RUN else (),
    )


def _ready(state: SetupState) -> bool:
    match state.step:
        case Step.CODE:
            return bool(state.address.strip() and state.code.strip())
        case Step.RUN:
            return state.finished
        case _:
            return True


def _step(state: SetupState, step: SetupStep, lang: Lang) -> StepRow:
    at = state.progress.get(step)
    if at is None:
        return StepRow(step.value.of(lang), "waiting", "")
    if at.done:
        return StepRow(step.value.of(lang), "done", "")
    percent = "" if at.permille is None else HANDFUL.with_params({"percent": str(at.permille // 10)}).of(lang)
    return StepRow(step.value.of(lang), "working" if state.running else "failed", percent)
