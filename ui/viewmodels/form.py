"""Filling in a form: drafts, one question at a time, review, send."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.devices.idcard import IdCard
from kiosk.services import catalogue, forms
from kiosk.services.errors import Refused
from kiosk.services.forms import Answers, Draft, Form, Widget
from sync.database import Unsubscribe
from sync.wire.operation import new_op_id
from ui.leaving import drop_draft
from ui.routes import FormRoute, SlipRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.form_shown import FROM_CARD, FormShown, FormState, Step, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FormModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"active_pack"})
    state: FormState
    shown: FormShown

    changed = Signal()
    step = prop(str, "step", changed)
    number = prop(int, "number", changed)
    count = prop(int, "count", changed)
    question = prop(str, "question", changed)
    hint = prop(str, "hint", changed)
    keeps = prop(bool, "keeps", changed)
    fields = listed("fields")
    answers = listed("answers")
    drafts = listed("drafts")

    def __init__(self, frame: Frame, route: FormRoute) -> None:
        super().__init__(frame, FormState(route.service))
        self._dropping: Unsubscribe | None = None  # a draft that was not put aside yet

    def derive(self) -> FormShown:
        return show(self.state, self._keeps, self.lang)

    async def read(self) -> None:
        service = self.state.service
        about = await self.ports.data.read_cache(lambda cache: catalogue.service(cache, service))
        assert about.ref is not None, f"the service {service} names no form"
        ref = about.ref
        form = await self.ports.data.read_cache(lambda cache: forms.form(cache, ref))
        form = form.one_by_one() if self.frame.rules.touch else form
        drafts = await self.ports.data.read(lambda conn: forms.drafts(conn, service))
        opening = self.state.form is None
        self.update(about=about, form=form, drafts=drafts)
        if opening and drafts:
            self.update(step=Step.DRAFTS)
        elif opening:
            self.begin()

    # --- what the person does -------------------------------------------------------------------------
    @Slot()
    def begin(self) -> None:
        self.update(step=Step.ASK, at=0, draft=new_op_id(), typed={}, data={}, wrong={})

    @Slot(str)
    def carryOn(self, draft_id: str) -> None:
        draft = next(d for d in self.state.drafts if d.id == draft_id)
        at = min(draft.step, len(self._form.steps) - 1)
        typed = {name: str(value) for name, value in draft.data.items()}
        self.update(step=Step.ASK, at=at, draft=draft.id, typed=typed, data=draft.data, wrong={})

    @Slot(str)
    def throwAway(self, draft_id: str) -> None:
        self.work("throw-away", lambda: self._throw_away(draft_id))

    @Slot(str, str)
    def answer(self, name: str, text: str) -> None:
        wrong = {k: v for k, v in self.state.wrong.items() if k != name}
        self.update(typed=dict(self.state.typed) | {name: text}, wrong=wrong)

    @Slot(int)
    def change(self, step: int) -> None:
        self.update(step=Step.ASK, at=step, back_to_review=True)

    @Slot()
    def keep(self) -> None:
        """Puts the draft aside and leaves."""
        self.work("keep", self._keep_and_leave)

    def card(self, card: IdCard) -> None:
        """Its bearer need not type what it says."""
        asking = self.state.step is Step.ASK and self.state.form is not None
        found = forms.from_card(self._form, self.state.at, card) if asking else {}
        if not found:
            super().card(card)
            return
        wrong = {name: why for name, why in self.state.wrong.items() if name not in found}
        self.update(typed=dict(self.state.typed) | found, wrong=wrong)
        self.frame.toast(FROM_CARD)

    def forward(self) -> None:
        match self.state.step:
            case Step.ASK if self._take_answers():
                self.work("next", self._next)
            case Step.REVIEW:
                self.work("send", self._send)
            case _:
                pass

    def step_back(self) -> bool:
        state = self.state
        match state.step:
            case Step.REVIEW:
                self.update(step=Step.ASK, at=len(self._form.steps) - 1)
            case Step.ASK if state.at > 0:
                self.update(at=state.at - 1)
            case Step.ASK if state.drafts:
                self.update(step=Step.DRAFTS)
            case _:
                return False
        return True

    # --- inside ---------------------------------------------------------------------------------------
    @property
    def _form(self) -> Form:
        assert self.state.form is not None
        return self.state.form

    @property
    def _keeps(self) -> bool:
        return self.frame.rules.may_cache_personal

    def _answers(self, step: int) -> Answers:
        state = self.state
        assert state.about is not None
        return Answers(state.draft, state.about, self._form, state.data, step)

    def _take_answers(self) -> bool:
        """Checks the questions of this step; says what is wrong with each."""
        form, data, wrong = self._form, dict(self.state.data), {}
        for one in form.steps[self.state.at].fields:
            typed = self.state.typed.get(one.name, "")
            try:
                value = forms.parse(form, one.name, dashed(typed) if one.widget is Widget.DATE else typed)
            except Refused as refused:
                wrong[one.name] = refused
                continue
            data.pop(one.name, None)
            if value is not None:
                data[one.name] = value
        self.update(data=data, wrong=wrong)
        return not wrong

    async def _next(self) -> None:
        last = self.state.at + 1 == len(self._form.steps) or self.state.back_to_review
        if self._keeps:
            await self._save(self.state.at + 1)
        if last:
            problems = forms.problems(self._form, self.state.data)
            wrong = {p.name: p.refused for p in problems}
            self.update(step=Step.REVIEW, wrong=wrong, op_id=new_op_id(), back_to_review=False)
        else:
            self.update(at=self.state.at + 1)

    async def _save(self, step: int) -> Draft:
        desk, answers, known = self.frame.desk(), self._answers(step), self.state.drafts
        if self._dropping is None and all(one.id != answers.draft for one in known):
            self._dropping = drop_draft(self.ports.data, answers.draft, self.frame.on_leaving)
        return await self.ports.data.run(lambda conn: forms.save_draft(conn, desk, answers))

    async def _keep_and_leave(self) -> None:
        self._take_answers()
        await self._save(self.state.at)
        self._settled()
        self.frame.home()

    def _settled(self) -> None:
        """The draft is put aside, or became an application."""
        dropping, self._dropping = self._dropping, None
        if dropping is not None:
            dropping()

    async def _throw_away(self, draft_id: str) -> None:
        await self.ports.data.run(lambda conn: forms.delete_draft(conn, draft_id))
        left = tuple(d for d in self.state.drafts if d.id != draft_id)
        self.update(drafts=left)
        if not left:
            self.begin()

    async def _send(self) -> None:
        desk, op_id, answers = self.frame.desk(), self.state.op_id, self._answers(0)
        written = await self.ports.data.run(lambda conn: forms.submit(conn, desk, op_id, answers))
        self._settled()
        self.frame.replace(SlipRoute(op_id=written.op_id, fresh=written.slip))


def dashed(typed: str) -> str:
    """A date typed as eight digits, as the schema wants it."""
    whole = len(typed) == 8 and typed.isdigit()
    return f"{typed[:4]}-{typed[4:6]}-{typed[6:]}" if whole else typed
