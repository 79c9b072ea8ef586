"""A form from its JSON Schema: steps of fields in two languages, and what is wrong with an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from kiosk.bilingual import Text, same
from kiosk.devices import idnumber
from kiosk.services import masking, pack
from kiosk.services.errors import Refused, Why
from kiosk.store import tables

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

Value = str | int | float | bool


class Widget(Enum):
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    PHONE = "phone"
    LONG = "long"
    NAME = "name"  # of a person
    ID_NUMBER = "idcard"


_SHOWN: Mapping[Widget, Callable[[str], str]] = {
    Widget.PHONE: masking.phone,
    Widget.ID_NUMBER: masking.number,
    Widget.NUMBER: str,
    Widget.DATE: str,
}


@dataclass(frozen=True)
class Choice:
    value: str
    label: Text


@dataclass(frozen=True)
class Field:
    name: str
    label: Text
    help: Text | None
    widget: Widget
    required: bool
    choices: tuple[Choice, ...]
    minimum: int | None
    maximum: int | None
    min_length: int | None
    max_length: int | None


@dataclass(frozen=True)
class Step:
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    id: str
    version: int
    title: Text
    steps: tuple[Step, ...]
    schema_text: str

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for step in self.steps for field in step.fields)

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def one_by_one(self) -> Form:
        """Each question on its own: for whoever stands at a screen, whatever the form puts together."""
        return replace(self, steps=tuple(Step(field.label, (field,)) for field in self.fields))


@dataclass(frozen=True)
class FieldProblem:
    name: str
    refused: Refused


def form(cache: Connection, form_id: str) -> Form:
    raw = pack.record(cache, tables.forms, form_id)
    if raw is None:
        raise Refused(Why.FORM_UNKNOWN)
    return read(raw)


def read(raw: Mapping[str, Any]) -> Form:
    schema = raw["schema"]
    return Form(raw["id"], raw["version"], _title(schema), _steps(schema), json.dumps(schema))


def parse(of: Form, name: str, typed: str) -> Value | None:
    """The answer as the schema wants it; None for an answer left out. Raises Refused."""
    field = of.field(name)
    text = typed.strip()
    if not text:
        if field.required:
            raise Refused(Why.FIELD_REQUIRED, label=field.label)
        return None
    value: Value = _READ.get(field.widget, _as_typed)(field, text)
    problem = _first_problem(json.loads(of.schema_text)["properties"][name], field, value)
    if problem is not None:
        raise problem
    return value


def problems(of: Form, data: Mapping[str, Value]) -> tuple[FieldProblem, ...]:
    """All that keeps the form from being sent, in the order of its fields."""
    found: dict[str, Refused] = {}
    for error in _validator(json.loads(of.schema_text)).iter_errors(dict(data)):
        for name in _names(error, of, data):
            found.setdefault(name, _refusal(of.field(name), error))
    for field in of.fields:
        if field.name in data and field.name not in found:
            own = _own_problem(field, data[field.name])
            if own is not None:
                found[field.name] = own
    return tuple(FieldProblem(field.name, found[field.name]) for field in of.fields if field.name in found)


def shown(field: Field, value: Value) -> Text:
    """An answer as who gave it reads it: a choice by its label, numbers of people masked."""
    labels = (choice.label for choice in field.choices if choice.value == str(value))
    return next(labels, same(_SHOWN.get(field.widget, masking.within)(str(value))))


def told(field: Field, value: Value) -> Text:
    """The same to others than who typed it: a name is masked too."""
    return same(masking.name(str(value))) if field.widget is Widget.NAME else shown(field, value)


def _validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(dict(schema))


def _names(error: ValidationError, of: Form, data: Mapping[str, Value]) -> list[str]:
    if error.path:
        return [str(error.path[0])]
    if error.validator == "required":
        missing = {field.name for field in of.fields if field.required} - data.keys()
        return sorted(missing)
    return [of.fields[0].name]  # about the whole: nothing may be sent as long as it stands


def _first_problem(schema: Mapping[str, Any], field: Field, value: Value) -> Refused | None:
    for error in _validator(schema).iter_errors(value):
        return _refusal(field, error)
    return _own_problem(field, value)


def _own_problem(field: Field, value: Value) -> Refused | None:
    """What no schema can say of a date or of a number with a check character."""
    match field.widget:
        case Widget.DATE if not _is_date(str(value)):
            return Refused(Why.FIELD_DATE, label=field.label)
        case Widget.ID_NUMBER if not idnumber.valid(str(value)):
            return Refused(Why.ID_NUMBER)
        case _:
            return None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_PLAIN = {
    "required": Why.FIELD_REQUIRED,
    "oneOf": Why.FIELD_CHOICE,
    "enum": Why.FIELD_CHOICE,
}
_LIMITS = {
    "minLength": Why.FIELD_SHORT,
    "maxLength": Why.FIELD_LONG,
    "minimum": Why.FIELD_LOW,
    "maximum": Why.FIELD_HIGH,
}


def _refusal(field: Field, error: ValidationError) -> Refused:
    rule = str(error.validator)
    if field.widget is Widget.ID_NUMBER:
        return Refused(Why.ID_NUMBER)
    if rule in _LIMITS:
        return Refused(_LIMITS[rule], label=field.label, limit=str(error.validator_value))
    if rule == "pattern" and field.widget is Widget.PHONE:
        return Refused(Why.PHONE)
    if rule == "type" and field.widget is Widget.NUMBER:
        return Refused(Why.FIELD_NUMBER, label=field.label)
    return Refused(_PLAIN.get(rule, Why.FIELD_FORM), label=field.label)


def _number(field: Field, text: str) -> int:
    if re.fullmatch(r"-?[0-9]{1,12}", text.translate(_HALF_WIDTH)) is None:
        raise Refused(Why.FIELD_NUMBER, label=field.label)
    return int(text.translate(_HALF_WIDTH))


def _as_typed(_field: Field, text: str) -> str:
    return text


def _id_number(_field: Field, text: str) -> str:
    return "".join(text.split()).upper()


_READ: Mapping[Widget, Callable[[Field, str], Value]] = {
    Widget.NUMBER: _number,
    Widget.ID_NUMBER: _id_number,
}
_HALF_WIDTH = {ord("０") + n: ord("0") + n for n in range(10)}


def _steps(schema: Mapping[str, Any]) -> tuple[Step, ...]:
    """One question a step; neighbours with the same `x-step` stand together under the first one's title."""
    properties: Mapping[str, Any] = schema["properties"]
    required = frozenset(schema.get("required", ()))
    order = [name for name in schema.get("x-order", ()) if name in properties]
    order += [name for name in properties if name not in order]
    groups: list[tuple[str, list[Field]]] = []
    for name in order:
        step = properties[name].get("x-step", f"={name}")
        if not groups or groups[-1][0] != step:
            groups.append((step, []))
        groups[-1][1].append(_field(name, properties[name], required=name in required))
    return tuple(Step(fields[0].label, tuple(fields)) for _, fields in groups)


def _field(name: str, raw: Mapping[str, Any], *, required: bool) -> Field:
    zh = raw.get("description")
    return Field(
        name=name,
        label=_title(raw, name),
        help=Text(zh, raw.get("x-description-en", zh)) if zh else None,
        widget=_widget(raw),
        required=required,
        choices=_choices(raw),
        minimum=raw.get("minimum"),
        maximum=raw.get("maximum"),
        min_length=raw.get("minLength"),
        max_length=raw.get("maxLength"),
    )


def _widget(raw: Mapping[str, Any]) -> Widget:
    named = raw.get("x-widget")
    if named in {widget.value for widget in Widget}:
        return Widget(named)
    if "enum" in raw or "oneOf" in raw:
        return Widget.CHOICE
    if raw.get("format") == "date":
        return Widget.DATE
    return Widget.NUMBER if raw.get("type") in ("integer", "number") else Widget.TEXT


def _choices(raw: Mapping[str, Any]) -> tuple[Choice, ...]:
    listed = tuple(Choice(str(one["const"]), _title(one, str(one["const"]))) for one in raw.get("oneOf", ()))
    return listed or tuple(Choice(str(value), same(str(value))) for value in raw.get("enum", ()))


def _title(raw: Mapping[str, Any], fallback: str = "") -> Text:
    zh = raw.get("title", fallback)
    return Text(zh, raw.get("x-title-en", zh))
