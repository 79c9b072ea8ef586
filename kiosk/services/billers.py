"""Billers and their rules for what a customer types: which parameters, what form, how much may be paid."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection

from kiosk.bilingual import Text, from_pack
from kiosk.services import pack
from kiosk.services.errors import Refused, Why
from kiosk.store import tables


class Exactness(Enum):
    EXACT = "exact"
    ANY = "any"
    AT_LEAST = "at_least"


class Input(Enum):
    DIGITS = "digits"
    ALNUM = "alnum"
    TEXT = "text"


@dataclass(frozen=True)
class Param:
    name: str
    label: Text
    regex: str
    min: int
    max: int
    input: Input
    example: str


@dataclass(frozen=True)
class Biller:
    id: str
    service: str
    name: Text
    params: tuple[Param, ...]
    exactness: Exactness
    min_fen: int
    max_fen: int
    step_fen: int
    stated: bool
    phone: str | None


@dataclass(frozen=True)
class Account:
    """What the payer typed, checked against the biller's rules."""

    biller: str
    key: str
    params: tuple[tuple[str, str], ...]


def billers(cache: Connection, service: str) -> tuple[Biller, ...]:
    found = pack.records(cache, tables.billers, service=service)
    return tuple(_biller(raw) for raw in found if _understood(raw))


def biller(cache: Connection, biller_id: str) -> Biller:
    raw = pack.record(cache, tables.billers, biller_id)
    if raw is None or not _understood(raw):
        raise Refused(Why.BILLER_UNKNOWN)
    return _biller(raw)


def check_account(of: Biller, entered: Mapping[str, str]) -> Account:
    """Says exactly what is wrong with what was typed. Raises Refused."""
    params = tuple((param.name, _check_param(param, entered.get(param.name, ""))) for param in of.params)
    return Account(of.id, params[0][1], params)


def _check_param(param: Param, typed: str) -> str:
    text = _half_width(typed, param)
    if not text:
        raise Refused(Why.ACCOUNT_EMPTY, label=param.label)
    odd = [char for char in text if not _allowed(param.input, char)]
    if odd:
        raise Refused(Why.ACCOUNT_CHARACTERS, label=param.label, char=odd[0])
    if not param.min <= len(text) <= param.max:
        length = str(param.max) if param.min == param.max else f"{param.min}–{param.max}"
        raise Refused(Why.ACCOUNT_LENGTH, label=param.label, length=length, count=str(len(text)))
    if re.search(param.regex, text) is None:
        raise Refused(Why.ACCOUNT_FORM, label=param.label, example=param.example)
    return text


def _half_width(typed: str, param: Param) -> str:
    """Digits and letters as the rules know them: no spaces, no full-width forms, capitals where those fit."""
    kept = (chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in typed if not char.isspace())
    text = "".join(kept)
    as_typed = param.input is Input.TEXT and re.search(param.regex, text.upper()) is None
    return text if as_typed else text.upper()


def _allowed(kind: Input, char: str) -> bool:
    if kind is Input.TEXT:
        return char.isprintable()
    return char.isascii() and (char.isdigit() if kind is Input.DIGITS else char.isalnum())


def _understood(raw: pack.Record) -> bool:
    """Whether its rules are of this version; one of a later is not offered."""
    exactness = raw["exactness"] in {one.value for one in Exactness}
    return exactness and all(param["input"] in {one.value for one in Input} for param in raw["params"])


def _biller(raw: pack.Record) -> Biller:
    params = tuple(
        Param(
            name=param["name"],
            label=from_pack(param["label"]),
            regex=param["regex"],
            min=param["min"],
            max=param["max"],
            input=Input(param["input"]),
            example=param["example"],
        )
        for param in raw["params"]
    )
    return Biller(
        id=raw["id"],
        service=raw["service"],
        name=from_pack(raw["name"]),
        params=params,
        exactness=Exactness(raw["exactness"]),
        min_fen=raw["min_fen"],
        max_fen=raw["max_fen"],
        step_fen=raw["step_fen"],
        stated=raw["stated"],
        phone=raw.get("phone"),
    )
