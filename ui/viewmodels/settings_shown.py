"""What this terminal is and how its screen begins, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.bilingual import Lang, Text, same
from kiosk.services import words
from kiosk.services.beginning import Beginning, Deployed
from kiosk.services.presence import IdleRule, Patience
from kiosk.typing.board import KeyboardUse
from kiosk.variant import LockUse, Variant
from sync.identity import Identity
from ui.viewmodels.base import Head, PairRow

TITLE, SUBTITLE = (
    Text("本机设置", "Settings of this terminal"),
    Text("本机是什么，画面怎样开始", "What it is, and how its screen begins"),
)
AS_DEPLOYED = Text("改回设置文件里的样子", "Back to what the settings file says")
POINT, TERMINAL, PROFILE = Text("服务点", "Point"), Text("本机编号", "Terminal"), Text("机型", "Profile")
LIFE = Text("{terminal}，第 {n} 次登记", "{terminal}, enrolment {n}")
COUNTY, CENTRAL = Text("区县", "County"), Text("中心地址", "Central's address")
PROGRAM, PACK, NO_PACK = (
    Text("程序版本", "Program"),
    Text("服务资料版本", "Service data"),
    Text("还没有", "none yet"),
)
KEYBOARD = Text("屏幕键盘", "Keyboard on the screen")
KEYBOARDS: dict[KeyboardUse, Text] = {
    KeyboardUse.AUTO: Text("按机型", "by the profile"),
    KeyboardUse.ALWAYS: Text("总是有", "always"),
    KeyboardUse.NEVER: Text("没有，用系统的输入法", "none: the system's own input method"),
}
LOCK = Text("锁定全屏", "Held in full screen")
LOCKS: dict[LockUse, Text] = {
    LockUse.AUTO: Text("按机型，工作人员凭密码退出", "by the profile; staff get out by PIN"),
    LockUse.NEVER: Text("不锁", "no"),
}
NOT_FULL = Text("不是全屏，不锁", "not in full screen, no")
CUSTOMER, OPERATOR = Text("顾客没人碰", "Nobody touches, customer"), Text("值守员没人碰", "… operator")
RULE = Text("{warn} 秒提醒，{wipe} 秒清屏", "warned after {warn} s, wiped after {wipe} s")
LOCKED = Text("{warn} 秒提醒，{wipe} 秒锁屏", "warned after {warn} s, locked after {wipe} s")
YES, NO = Text("是", "Yes"), Text("否", "No")


class Choice(Enum):
    LANGUAGE = "language"
    LOOK = "look"
    LARGE = "large"
    STILL = "still"


QUESTIONS: dict[Choice, Text] = {
    Choice.LANGUAGE: Text("开始时的语言", "Language to begin with"),
    Choice.LOOK: Text("开始时的颜色", "Colours to begin with"),
    Choice.LARGE: Text("一开始就用大字", "Begin with large type"),
    Choice.STILL: Text("不要自己会动的画面", "Nothing moves by itself"),
}
SWITCH: dict[str, Text] = {"yes": YES, "no": NO}
OPTIONS: dict[Choice, dict[str, Text]] = {
    Choice.LANGUAGE: {Lang.ZH.value: same("中文"), Lang.EN.value: same("English")},
    Choice.LOOK: {
        Variant.NORMAL.value: Text("平常", "Usual"),
        Variant.CONTRAST.value: Text("黑白分明", "Contrast"),
        Variant.NIGHT.value: Text("夜间", "Night"),
    },
    Choice.LARGE: SWITCH,
    Choice.STILL: SWITCH,
}


@dataclass(frozen=True)
class About:
    point: Text
    identity: Identity
    program: str
    pack: str | None
    patience: Patience


@dataclass(frozen=True)
class SettingsState:
    deployed: Deployed
    about: About | None = None
    chosen: Beginning | None = None  # here, above the settings file

    @property
    def begins(self) -> Beginning:
        return self.chosen or self.deployed.begins


@dataclass(frozen=True)
class OptionRow:
    value: str
    label: str


@dataclass(frozen=True)
class ChoiceRow:
    id: str
    title: str
    value: str
    options: tuple[OptionRow, ...]


@dataclass(frozen=True, kw_only=True)
class SettingsShown(Head):
    about: tuple[PairRow, ...]
    deployed: tuple[PairRow, ...]
    choices: tuple[ChoiceRow, ...]
    as_deployed: str


def show(state: SettingsState, lang: Lang) -> SettingsShown:
    about = state.about
    return SettingsShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="settings",
        about=_pairs(_about(about), lang) if about else (),
        deployed=_pairs(_deployed(state.deployed, about.patience), lang) if about else (),
        choices=_choices(state.begins, lang) if about else (),
        as_deployed=AS_DEPLOYED.of(lang) if state.chosen else "",
    )


def with_choice(begins: Beginning, choice: Choice, value: str) -> Beginning:
    match choice:
        case Choice.LANGUAGE:
            return Beginning(Lang(value), begins.look, begins.large, begins.still)
        case Choice.LOOK:
            return Beginning(begins.language, Variant(value), begins.large, begins.still)
        case Choice.LARGE:
            return Beginning(begins.language, begins.look, value == "yes", begins.still)
        case Choice.STILL:
            return Beginning(begins.language, begins.look, begins.large, value == "yes")


def _choices(begins: Beginning, lang: Lang) -> tuple[ChoiceRow, ...]:
    values = {
        Choice.LANGUAGE: begins.language.value,
        Choice.LOOK: begins.look.value,
        Choice.LARGE: "yes" if begins.large else "no",
        Choice.STILL: "yes" if begins.still else "no",
    }
    return tuple(
        ChoiceRow(
            choice.value,
            question.of(lang),
            values[choice],
            tuple(OptionRow(value, label.of(lang)) for value, label in OPTIONS[choice].items()),
        )
        for choice, question in QUESTIONS.items()
    )


Rows = list[tuple[Text, Text]]


def _pairs(rows: Rows, lang: Lang) -> tuple[PairRow, ...]:
    return tuple(PairRow(label.of(lang), text.of(lang)) for label, text in rows)


def _about(about: About) -> Rows:
    here = about.identity
    return [
        (POINT, about.point),
        (PROFILE, words.of(here.profile)),
        (TERMINAL, LIFE.with_params({"terminal": here.terminal, "n": str(here.incarnation)})),
        (COUNTY, same(here.county)),
        (CENTRAL, same(here.central_url)),
        (PROGRAM, same(about.program)),
        (PACK, same(about.pack) if about.pack else NO_PACK),
    ]


def _deployed(deployed: Deployed, patience: Patience) -> Rows:
    return [
        (KEYBOARD, KEYBOARDS[deployed.keyboard]),
        (LOCK, LOCKS[deployed.lock] if deployed.full_screen else NOT_FULL),
        (CUSTOMER, _rule(RULE, patience.customer)),
        (OPERATOR, _rule(LOCKED if patience.locked_for else RULE, patience.operator)),
    ]


def _rule(said: Text, rule: IdleRule) -> Text:
    return said.with_params({"warn": f"{rule.warn_after:.0f}", "wipe": f"{rule.wipe_after:.0f}"})
