"""The versions of a kind's payload that central takes, and until when; older shapes become today's, purely.

Whatever the version, `cash` stays where it is: the books read it before anybody knows the shape.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from central.handlers.base import Handler

LEAST = timedelta(days=365)
"""A terminal may have been offline this long, and its program may be as old."""


@dataclass(frozen=True)
class Old:
    """A version that terminals no longer record."""

    number: int
    until: date  # the last day on which central takes it
    model: type[BaseModel]
    newer: Callable[[Any], dict[str, Any]]  # one of `model` as the payload of the next version


@dataclass(frozen=True)
class Schemas:
    """Of one kind. `since`: when the version that the handler's `payload_model` is began to be recorded."""

    number: int = 1
    since: date = date(2026, 1, 1)
    old: tuple[Old, ...] = ()  # oldest first, without gaps

    def __post_init__(self) -> None:
        numbers = [*(one.number for one in self.old), self.number]
        assert all(after == before + 1 for before, after in pairwise(numbers)), "a version is missing"
        assert all(one.until >= self.since + LEAST for one in self.old[-1:]), "taken for less than a year"


FIRST = Schemas()


def of(handler: Handler) -> Schemas:
    """A handler whose payload has had another shape says so in its class attribute `schemas`."""
    known = getattr(handler, "schemas", FIRST)
    assert isinstance(known, Schemas)
    return known


def is_known(handler: Handler, number: int) -> bool:
    known = of(handler)
    return number == known.number or any(one.number == number for one in known.old)


def is_too_old(handler: Handler, number: int, at: datetime) -> bool:
    """On arrival only: what a person has judged again is not too old any more."""
    return any(one.number == number and at.date() > one.until for one in of(handler).old)


def today(handler: Handler, number: int, payload: dict[str, Any]) -> BaseModel:
    """The payload in the shape the handler judges. Raises ValidationError."""
    older: Sequence[Old] = [one for one in of(handler).old if one.number >= number]
    for one in older:
        payload = one.newer(one.model.model_validate(payload))
    return handler.payload_model.model_validate(payload)
