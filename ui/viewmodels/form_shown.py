"""A form from its schema as questions on the screen, derived in one function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.bilingual import Lang, Text, same
from kiosk.services import moments
from kiosk.services.errors import Refused
from kiosk.services.forms import Draft, Field, Form, Value, Widget
from kiosk.services.forms import shown as answer_text
from kiosk.services.forms import told as listed_text
from kiosk.services.offer import Service
from ui.viewmodels.base import Head


class Step(Enum):
    DRAFTS = "drafts"
    ASK = "ask"
    REVIEW = "review"


NEXT, SEND = Text("下一步", "Next"), Text("提交", "Send")
FROM_CARD = Text("已按证件填好，请核对", "Filled in from the card: please check")
REVIEW = Text("请核对，点一项可以修改", "Check your answers; tap one to change it")
DRAFTS = Text("接着填，还是重新填？", "Carry on, or begin anew?")
DRAFT = Text("{at} 填到第 {step} 步", "Saved {at}, at step {step}")
EMPTY = Text("（未填）", "(empty)")
SENT_LATER = Text(
    "提交后先记在本机，联网后自动送出；办理结果在“我的业务”里看。",
    "It is recorded here and sent by itself; see what became of it under My business.",
)
MODES: dict[Widget, str] = {
    Widget.TEXT: "text",
    Widget.LONG: "text",
    Widget.NUMBER: "digits",
    Widget.PHONE: "digits",
    Widget.DATE: "digits",
    Widget.CHOICE: "text",
    Widget.NAME: "text",
    Widget.ID_NUMBER: "text",
}
TYPED = frozenset((Widget.TEXT, Widget.NAME, Widget.ID_NUMBER))
PADDED = frozenset((Widget.NUMBER, Widget.PHONE, Widget.DATE))
DATE_HINT = Text("年月日 8 位数字，例如 20260315", "Eight digits: year, month, day, for example 20260315")


@dataclass(frozen=True)
class FormState:
    service: str
    about: Service | None = None
    form: Form | None = None
    drafts: tuple[Draft, ...] = ()
    step: Step = Step.ASK
    at: int = 0
    back_to_review: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Value] = field(default_factory=dict)
    wrong: Mapping[str, Refused] = field(default_factory=dict)
    draft: str = ""
    op_id: str = ""


@dataclass(frozen=True)
class ChoiceRow:
    value: str
    label: str


@dataclass(frozen=True)
class FieldRow:
    name: str
    label: str
    help: str
    widget: str
    mode: str
    typing: str
    value: str
    error: str
    required: bool
    longest: int
    choices: tuple[ChoiceRow, ...]


@dataclass(frozen=True)
class AnswerRow:
    step: int
    label: str
    value: str
    error: str


@dataclass(frozen=True)
class DraftRow:
    id: str
    title: str
    note: str


@dataclass(frozen=True, kw_only=True)
class FormShown(Head):
    step: str
    number: int = 1
    count: int = 1
    question: str = ""
    hint: str = ""
    keeps: bool = False
    fields: tuple[FieldRow, ...] = ()
    answers: tuple[AnswerRow, ...] = ()
    drafts: tuple[DraftRow, ...] = ()


def show(state: FormState, keeps: bool, lang: Lang) -> FormShown:
    about, form = state.about, state.form
    head = Head(
        title=about.title.of(lang) if about else "",
        subtitle=about.brief.of(lang) if about else "",
        icon=about.icon if about else "form",
        chapter=about.chapter.value if about else "neutral",
    )
    if form is None:
        return FormShown(**vars(head), step="")
    match state.step:
        case Step.DRAFTS:
            return _drafts(state, head, lang)
        case Step.ASK:
            return _ask(state, form, head, keeps, lang)
        case Step.REVIEW:
            return _review(state, form, head, keeps, lang)


def _drafts(state: FormState, head: Head, lang: Lang) -> FormShown:
    return FormShown(
        **vars(head),
        step=Step.DRAFTS.value,
        question=DRAFTS.of(lang),
        drafts=tuple(
            DraftRow(d.id, _first_answer(state.form, d, lang), _saved(d).of(lang)) for d in state.drafts
        ),
    )


def _ask(state: FormState, form: Form, head: Head, keeps: bool, lang: Lang) -> FormShown:
    step = form.steps[state.at]
    alone = step.fields[0] if len(step.fields) == 1 else None
    common = vars(head) | {"primary": NEXT.of(lang), "primary_icon": "forward"}
    return FormShown(
        **common,
        step=Step.ASK.value,
        number=state.at + 1,
        count=len(form.steps) + 1,
        question=step.title.of(lang),
        hint=_help(alone).of(lang) if alone else "",
        keeps=keeps,
        fields=tuple(_field(one, state, lang, alone=alone is not None) for one in step.fields),
    )


def _review(state: FormState, form: Form, head: Head, keeps: bool, lang: Lang) -> FormShown:
    common = vars(head) | {
        "primary": SEND.of(lang),
        "primary_icon": "check",
        "primary_ready": not state.wrong,
        "primary_reason": next((w.text.of(lang) for w in state.wrong.values()), ""),
    }
    return FormShown(
        **common,
        step=Step.REVIEW.value,
        number=len(form.steps) + 1,
        count=len(form.steps) + 1,
        question=REVIEW.of(lang),
        hint=SENT_LATER.of(lang),
        keeps=keeps,
        answers=tuple(
            _answer(n, one, state, lang) for n, step in enumerate(form.steps) for one in step.fields
        ),
    )


def _field(one: Field, state: FormState, lang: Lang, *, alone: bool) -> FieldRow:
    wrong = state.wrong.get(one.name)
    return FieldRow(
        name=one.name,
        label="" if alone else one.label.of(lang),
        help="" if alone else _help(one).of(lang),
        widget=_widget(one.widget),
        mode=MODES[one.widget],
        typing=one.widget.value if one.widget in TYPED else MODES[one.widget],
        value=state.typed.get(one.name, ""),
        error=wrong.text.of(lang) if wrong else "",
        required=one.required and not alone,
        longest=one.max_length or 60,
        choices=tuple(ChoiceRow(c.value, c.label.of(lang)) for c in one.choices),
    )


def _widget(of: Widget) -> str:
    """The control that asks for it."""
    if of in TYPED:
        return Widget.TEXT.value
    return "pad" if of in PADDED else of.value


def _help(one: Field) -> Text:
    return DATE_HINT if one.widget is Widget.DATE else one.help or same("")


def _answer(step: int, one: Field, state: FormState, lang: Lang) -> AnswerRow:
    value = state.data.get(one.name)
    wrong = state.wrong.get(one.name)
    text = EMPTY if value is None else answer_text(one, value)
    return AnswerRow(step, one.label.of(lang), text.of(lang), wrong.text.of(lang) if wrong else "")


def _first_answer(form: Form | None, draft: Draft, lang: Lang) -> str:
    """What tells one draft from another: its first two answers."""
    if form is None:
        return ""
    known = [one for one in form.fields if one.name in draft.data]
    return "，".join(listed_text(one, draft.data[one.name]).of(lang) for one in known[:2]) or draft.id


def _saved(draft: Draft) -> Text:
    return DRAFT.with_params({"at": moments.show(draft.saved_at), "step": str(draft.step + 1)})
