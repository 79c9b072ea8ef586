"""`application.submit`: a filled form, received for the office that decides later."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from jsonschema import Draft202012Validator
from pydantic import BaseModel, Field
from sqlalchemy import Connection, insert, select, update

from central import records
from central.business_tables import ApplicationState, applications
from central.handlers.base import Accepted, Incoming, Posting, Rejected, Verdict
from central.handlers.model import Attended, Id
from central.outcomes import OperationRow
from sync.wire.case import Reason
from sync.wire.encoding import instant
from sync.wire.kinds import Kind


class ApplicationSubmit(Attended):
    service: Id
    form: Id
    form_version: Annotated[int, Field(ge=1)]
    data: dict[str, Any]
    attachments: Annotated[list[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]], Field(max_length=20)]


class Applications:
    kind: ClassVar[str] = Kind.APPLICATION_SUBMIT
    payload_model: ClassVar[type[BaseModel]] = ApplicationSubmit
    alone: ClassVar[bool] = False

    def apply(self, conn: Connection, op: Incoming, payload: ApplicationSubmit) -> Verdict:
        form = records.find(conn, op.terminal.county, "form", payload.form)
        if form is None:
            return Rejected(Reason.PAYLOAD_INVALID, facts={"form": payload.form})
        if form["version"] == payload.form_version:  # an older one was checked against its own schema there
            wrong = _wrong_fields(form["schema"], payload.data)
            if wrong:
                return Rejected(Reason.PAYLOAD_INVALID, facts={"invalid": wrong})
        conn.execute(
            insert(applications).values(
                op=op.header.op,
                county=op.terminal.county,
                state=ApplicationState.RECEIVED,
                at=instant(op.received_at),
                **payload.own(),
            )
        )
        return Accepted()

    def legs(self, conn: Connection, target: OperationRow) -> tuple[Posting, ...] | None:
        state = select(applications.c.state).where(applications.c.op == target.op)
        return () if conn.execute(state).scalar_one() == ApplicationState.RECEIVED else None

    def undo(self, conn: Connection, target: OperationRow, _at: str, /) -> None:
        here = update(applications).where(applications.c.op == target.op)
        conn.execute(here.values(state=ApplicationState.WITHDRAWN))


def _wrong_fields(schema: dict[str, Any], data: dict[str, Any]) -> list[str]:
    errors = Draft202012Validator(schema).iter_errors(data)
    return sorted({error.json_path[:80] for error in errors})[:8]
