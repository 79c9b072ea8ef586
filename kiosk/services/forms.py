"""Applications: a form is filled in here, kept as a draft, checked as a whole and recorded for central."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.bilingual import Text
from kiosk.devices.idcard import IdCard
from kiosk.devices.paper import Line, Note, Pair, SlipKind
from kiosk.services import form_schema, moments, recording
from kiosk.services.attachments import MOST
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.form_schema import (
    Choice,
    Field,
    FieldProblem,
    Form,
    Step,
    Value,
    Widget,
    form,
    parse,
    problems,
    shown,
    told,
)
from kiosk.services.offer import Availability, Here, Service
from kiosk.services.offline import Can
from kiosk.services.profiles import rule_of
from kiosk.services.recording import Intent, Written
from kiosk.services.slip_build import Subject
from kiosk.store import tables
from sync import lines
from sync.attachments import attach
from sync.database import touch
from sync.policy import Link
from sync.spool import Attachment
from sync.wire.kinds import Kind

__all__ = [
    "Answers", "Choice", "Draft", "Field", "FieldProblem", "Form", "Resumed", "Step", "Value", "Widget",
    "availability", "delete_draft", "draft", "drafts", "form", "from_card", "parse", "problems", "resume",
    "save_draft", "shown", "submit", "told", "wipe_drafts",
]  # fmt: skip

LONGEST_FACT = 60


@dataclass(frozen=True)
class Draft:
    id: str
    service: str
    form: str
    version: int
    data: Mapping[str, Value]
    step: int
    saved_at: datetime


@dataclass(frozen=True)
class Answers:
    """What was filled in so far, and where."""

    draft: str
    service: Service
    form: Form
    data: Mapping[str, Value]
    step: int = 0
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Resumed:
    data: Mapping[str, Value]
    notice: Refused | None


def from_card(form: Form, at: int, card: IdCard) -> dict[str, str]:
    """What an ID card answers where step `at` asks for it: the first name and the first number from there on
    are of one person. Empty where this step asks for neither."""
    told = {Widget.NAME: card.name, Widget.ID_NUMBER: card.number}
    if not any(field.widget in told for field in form.steps[at].fields):
        return {}
    asked = [field for step in form.steps[at:] for field in step.fields]
    first = {field.widget: field.name for field in reversed(asked)}
    return {first[widget]: text for widget, text in told.items() if widget in first}


def availability(here: Here, of: Service) -> Availability:
    """A locked terminal may still help to fill in, but takes nothing on."""
    can = Can.DRAFT_ONLY if here.desk.link is Link.LOCKED else Can.NOW_RECORDED
    reason = Refused(Why.TERMINAL_LOCKED) if can is Can.DRAFT_ONLY else None
    return Availability(can, of.offline, here.board.freshness, reason)


def save_draft(conn: Connection, desk: Desk, answers: Answers) -> Draft:
    """Raises Refused where nothing of anybody is kept."""
    if not rule_of(desk.place.profile).may_cache_personal:
        raise Refused(Why.NOT_ON_PUBLIC)
    row = {
        "id": answers.draft,
        "service": answers.service.id,
        "form": answers.form.id,
        "form_version": str(answers.form.version),
        "step": answers.step,
        "data": json.dumps(dict(answers.data), ensure_ascii=False),
        "saved_at": moments.wire(desk.now),
        "tq": desk.stamp.quality,
    }
    conn.execute(lines.upsert(tables.drafts, tuple(row)), row)  # not journaled: there it would stay for ever
    touch(conn, tables.drafts.name)
    saved = draft(conn, answers.draft)
    assert saved is not None
    return saved


def resume(of: Form, kept: Draft) -> Resumed:
    """A draft of an older form keeps the answers that still fit, and says that it was revised."""
    if kept.version == of.version:
        return Resumed(kept.data, None)
    known = {field.name for field in of.fields}
    data = {name: value for name, value in kept.data.items() if name in known}
    wrong = {one.name for one in problems(of, data)}
    fitting = {name: value for name, value in data.items() if name not in wrong}
    return Resumed(fitting, Refused(Why.FORM_CHANGED))


def drafts(conn: Connection, service: str | None = None) -> tuple[Draft, ...]:
    """Newest first."""
    query = select(tables.drafts).order_by(tables.drafts.c.saved_at.desc(), tables.drafts.c.id.desc())
    if service is not None:
        query = query.where(tables.drafts.c.service == service)
    return tuple(_draft(row) for row in conn.execute(query))


def draft(conn: Connection, draft_id: str) -> Draft | None:
    row = conn.execute(select(tables.drafts).where(tables.drafts.c.id == draft_id)).one_or_none()
    return None if row is None else _draft(row)


def delete_draft(conn: Connection, draft_id: str) -> None:
    lines.remove(conn, tables.drafts, id=draft_id)


def wipe_drafts(conn: Connection) -> None:
    for one in drafts(conn):
        delete_draft(conn, one.id)


def submit(conn: Connection, desk: Desk, op_id: str, answers: Answers) -> Written:
    """Records the application and drops its draft."""
    payload: dict[str, Any] = {
        "service": answers.service.id,
        "form": answers.form.id,
        "form_version": answers.form.version,
        "data": dict(answers.data),
        "attachments": [one.sha256 for one in answers.attachments],
    }
    done = recording.before(conn, op_id, Kind.APPLICATION_SUBMIT, payload)
    if done is not None:
        return done
    if answers.attachments and not rule_of(desk.place.profile).may_cache_personal:
        raise Refused(Why.NOT_ON_PUBLIC)
    if len(answers.attachments) > MOST:
        raise Refused(Why.ATTACHMENTS_TOO_MANY, limit=str(MOST))
    wrong = form_schema.problems(answers.form, answers.data)
    if wrong:
        label = answers.form.field(wrong[0].name).label
        raise Refused(Why.FORM_INCOMPLETE, count=str(len(wrong)), label=label)
    written = recording.write(
        conn,
        desk,
        Intent(
            op_id=op_id,
            kind=Kind.APPLICATION_SUBMIT,
            payload=payload,
            asked=answers.service.approval,
            slip=SlipKind.RECORD_OF_REQUEST,
            subject=Subject(answers.form.title, _facts(answers)),
        ),
    )
    attach(conn, op_id, *answers.attachments)
    if draft(conn, answers.draft) is not None:
        delete_draft(conn, answers.draft)
    return written


def _facts(answers: Answers) -> tuple[Line, ...]:
    facts: list[Line] = []
    for field in answers.form.fields:
        if field.name not in answers.data:
            continue
        value = told(field, answers.data[field.name])
        short = len(value.zh) <= LONGEST_FACT
        facts += [Pair(field.label, value)] if short else [Note(field.label), Note(value)]
    if len(facts) == 0:
        facts.append(Note(Text("（未填写内容）", "(nothing filled in)")))
    return tuple(facts)


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        service=row.service,
        form=row.form,
        version=int(row.form_version),
        data=json.loads(row.data),
        step=row.step,
        saved_at=moments.parse(row.saved_at),
    )
